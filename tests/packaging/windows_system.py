"""A Windows to install into: a fresh Wine prefix with a drive D:, and OpenMSS's server running in it."""

from __future__ import annotations

import json
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installer.windows.wine import Wine
from installer.windows.wine_gaps import fill
from tests.support.programs import free_ports

START_MENU = "ProgramData/Microsoft/Windows/Start Menu/Programs/OpenMSS/OpenMSS.lnk"
DESKTOP = "users/Public/Desktop/OpenMSS.lnk"
UNINSTALL_KEY = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\OpenMSS"
APP_KEY = r"HKLM\Software\OpenMSS"
_READY_S = 90.0


class WindowsSystem:
    """What set-up has made of a prefix."""

    def __init__(self, wine: Wine, drive_d: Path) -> None:
        fill(wine)
        wine.add_drive("d", drive_d)
        self.wine = wine
        self.drive_d = drive_d

    @property
    def folder(self) -> Path:
        """Where the programs are, as the registry says."""
        found = self.wine.reads(APP_KEY, "InstallDir")
        assert found, "not installed"
        return self.outside(found)

    def outside(self, path: str) -> Path:
        """A path of Windows as this machine sees it."""
        drives = {"c": self.wine.drive_c, "d": self.drive_d}
        return drives[path[0].lower()].joinpath(*path[3:].split("\\"))

    def set_up(self, program: Path, *options: str, check: bool = True) -> int:
        """Run a set-up silently."""
        return self.wine.run(program, "/S", *options, limit=300.0, check=check).code

    def uninstall(self, *options: str) -> None:
        """Run the uninstaller silently. It goes on as a copy of itself, until it has deleted itself."""
        program = self.folder / "uninstall.exe"
        self.wine.run(program, "/S", *options, limit=120.0)
        give_up_at = time.monotonic() + 120.0
        while program.exists() or self.wine.has_key(APP_KEY):
            assert time.monotonic() < give_up_at, "the uninstaller does not end"
            time.sleep(0.5)

    def ask(self, *arguments: str, data: str = "") -> str:
        """Put a command of the command line; by itself on the user's data folder."""
        options = ["--data", data] if data else []
        done = self.wine.run(self.folder / "openmss-cli.exe", *options, *arguments, limit=120.0)
        return done.output

    def status(self, data: str = "") -> dict[str, Any]:
        """`status --json`."""
        text = self.ask("status", "--json", data=data)
        return dict(json.loads(text[text.index("{") :]))

    @contextmanager
    def restarted(self) -> Iterator[None]:
        """After a restart of the PC, with somebody at it.

        Wine ends its services with the last program that is none, and what starts meanwhile runs without
        services. So the shell is the first program, and stays.
        """
        self.wine.restart()
        shell = self.wine.start("cmd", "/k")
        try:
            yield
        finally:
            leave(shell)

    def wait_for_service(self, state: str, name: str = "OpenMSS") -> None:
        """Wait until the system says that of a service."""
        give_up_at = time.monotonic() + _READY_S
        # Wine's control refuses to answer at times, while it starts something
        while state not in (said := self.wine.run("sc", "query", name, check=False).output):
            assert time.monotonic() < give_up_at, said
            time.sleep(0.5)


def leave(shell: subprocess.Popen[bytes]) -> None:
    """End a command shell; not waiting for the end of its output: Wine's services may hold that open."""
    assert shell.stdin is not None
    shell.stdin.write(b"exit\r\n")
    shell.stdin.flush()
    shell.wait(60)
    close_pipes(shell)


def close_pipes(process: subprocess.Popen[bytes]) -> None:
    """Close our ends of an ended program's pipes."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


class WindowsServer:
    """`openmss-cli.exe serve` on loopback."""

    def __init__(self, system: WindowsSystem, *, data: str = "") -> None:
        self._system = system
        low = free_ports(200)
        self._options = [
            "--bind",
            "127.0.0.1",
            "--sip-port",
            str(free_ports()),
            "--tls-port",
            str(free_ports()),
        ]
        self._options += ["--rtp-ports", f"{low}-{low + 199}"]
        if data:
            self._options += ["--data", data]
        self.process: subprocess.Popen[bytes] | None = None
        self.lines: list[str] = []
        self.udp = ""
        self._reader: threading.Thread | None = None
        self._ready = threading.Event()

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self.lines.clear()
        self._ready.clear()
        self.process = self._system.wine.start(
            self._system.folder / "openmss-cli.exe", "serve", *self._options
        )
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        assert self._ready.wait(_READY_S), "\n".join(self.lines)
        found = next(line for line in self.lines if line.startswith("ready "))
        self.udp = dict(word.split("=", 1) for word in found.split()[1:])["udp"]

    def kill(self) -> None:
        """End it as a power cut would."""
        self._system.wine.run("taskkill", "/F", "/IM", "openmss-cli.exe")
        self.wait()

    def wait(self) -> int:
        """Wait for its end; its exit code."""
        assert self.process is not None
        assert self._reader is not None
        code = self.process.wait(60)
        self._reader.join(60)
        close_pipes(self.process)
        return code

    def complaints(self) -> list[str]:
        """Lines that tell of a mistake of the program itself."""
        return [line for line in self.lines if re.search(r"Traceback|CRITICAL|\bERROR\b", line)]

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.decode("utf-8", "replace").rstrip())
            if self.lines[-1].startswith("ready "):
                self._ready.set()
