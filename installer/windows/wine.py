"""Runs Windows programs under Wine in a prefix of our own, by what was learnt of its traps."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

# The 64-bit loader itself: the `wine` script only adds a note that there is no 32-bit one.
_LOADERS = ("/usr/lib/wine/wine64", "wine64", "wine")
_NO_PROMPTS = "mscoree=;mshtml=;winemenubuilder.exe="
_PREFIX_S = 180.0
_LAST_WORDS_S = 3.0  # for what an ended program has still in its pipe


class WineError(Exception):
    """Wine is missing, or a program failed under it; the text has what it printed."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended."""

    code: int
    output: str


class Wine:
    """One prefix with its server; use it as a context, so that the server ends with it."""

    def __init__(self, prefix: Path, loader: str = "") -> None:
        self.prefix = prefix.absolute()
        self._loader = loader or find_loader()
        self._server: subprocess.Popen[bytes] | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("WINE", "PYTHON"))},
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _NO_PROMPTS,
        }

    @property
    def drive_c(self) -> Path:
        """The prefix's `C:`."""
        return self.prefix / "drive_c"

    def __enter__(self) -> Wine:
        self.prefix.mkdir(parents=True, exist_ok=True)
        # Started by the first program it would hold that program's pipes open: nobody would see their end.
        self._server = self._detached("wineserver", "-f", "-p60")
        time.sleep(0.5)  # it has no way to say that it listens
        if not (self.prefix / "system.reg").exists():
            end(self._detached(self._loader, "wineboot", "-i"), _PREFIX_S)
            end(self._detached(self._loader, "winecfg", "-v", "win10"), _PREFIX_S)
            # A crashed program would wait for a debugger.
            key = r"HKCU\Software\Wine\WineDbg"
            self.run("reg", "add", key, "/v", "ShowCrashDialog", "/t", "REG_DWORD", "/d", "0", "/f")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end(self._detached("wineserver", "-k"), 30.0)
        if self._server is not None:
            end(self._server, 30.0)

    def restart(self) -> None:
        """End every program and begin anew, as a PC does."""
        self.__exit__(None, None, None)
        self.__enter__()

    def add_drive(self, letter: str, folder: Path) -> None:
        """Let a folder be a drive, as `D:`."""
        link = self.prefix / "dosdevices" / f"{letter.lower()}:"
        link.unlink(missing_ok=True)
        link.symlink_to(folder.absolute())

    def run(
        self,
        *command: str | Path,
        folder: Path | None = None,
        limit: float = 120.0,
        check: bool = True,
        environment: dict[str, str] | None = None,
    ) -> Done:
        """Run a program to its end; WineError where it fails (unless `check` is off) or exceeds its time."""
        process = self.start(*command, folder=folder, environment=environment)
        assert process.stdout is not None
        heard: list[bytes] = []
        listener = threading.Thread(target=_hear, args=(process.stdout, heard), daemon=True)
        listener.start()
        try:
            process.stdin.close()  # type: ignore[union-attr]
            process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            said = b"".join(heard).decode(errors="replace")
            raise WineError(f"{command[0]} did not end within {limit:.0f} s:\n{said}") from None
        # What Wine started meanwhile, a service for one, may hold the pipe open for as long as it lives.
        listener.join(_LAST_WORDS_S)
        output = b"".join(heard)
        text = output.decode("utf-8", "replace").replace("\r\n", "\n")
        if check and process.returncode:
            raise WineError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{text}")
        return Done(process.returncode, text)

    def start(
        self, *command: str | Path, folder: Path | None = None, environment: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program. Its stdin and stdout are pipes: with files, console programs die."""
        return subprocess.Popen(
            [self._loader, *map(str, command)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=self._environment | (environment or {}),
        )

    def reads(self, key: str, value: str) -> str:
        """A value of the registry; empty where there is none."""
        done = self.run("reg", "query", key, "/v", value, "/reg:64", check=False)
        for line in done.output.splitlines():
            parts = line.strip().split(None, 2)
            if len(parts) == 3 and parts[0].lower() == value.lower():
                return parts[2]
        return ""

    def has_key(self, key: str) -> bool:
        """Whether the registry has this key."""
        return self.run("reg", "query", key, "/reg:64", check=False).code == 0

    def _detached(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )


def _hear(pipe: IO[bytes], heard: list[bytes]) -> None:
    """Keep what comes out of a pipe, until its last writer is gone."""
    with pipe:
        while piece := os.read(pipe.fileno(), 65536):
            heard.append(piece)


def end(process: subprocess.Popen[bytes], patience_s: float) -> None:
    """Wait for a program's end, and bring it about where it does not come."""
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def find_loader() -> str:
    """The command that runs a 64-bit Windows program. Raises WineError that says what to install."""
    for name in _LOADERS:
        if found := shutil.which(name):
            return found
    raise WineError("Wine is missing; on Debian: apt-get install --no-install-recommends wine wine64")


def as_windows(path: Path | str) -> str:
    r"""A path of this machine as Wine's programs see it: `Z:\…`."""
    return "Z:" + str(path).replace("/", "\\")


def lines_with(output: str, words: Sequence[str]) -> list[str]:
    """The lines of an output that hold one of the words, for a message that stays short."""
    return [line for line in output.splitlines() if any(word in line for word in words)]
