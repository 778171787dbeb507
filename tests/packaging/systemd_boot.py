"""A clean Debian that runs under a systemd of its own, in a container without a network but its loopback."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import pytest

from tests.packaging.clean_system import CleanSystem
from tests.support.programs import Program, eventually

Answer = TypeVar("Answer")
NEEDED = ("systemd",)  # beyond the smallest Debian
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_BOOT_S = 90.0


class BootedSystem(CleanSystem):
    """A copy of the base system, booted; use it as a context."""

    def __init__(self, base: Path, root: Path) -> None:
        super().__init__(base, root)
        self._nspawn: Program | None = None
        self._first_process = 0

    def __enter__(self) -> BootedSystem:
        if shutil.which("systemd-nspawn") is None:
            pytest.skip("systemd-nspawn is not installed (Debian: systemd-container)")
        subprocess.run(["cp", "--archive", "--reflink=auto", str(self._base), str(self.root)], check=True)
        command = ["systemd-nspawn", "--boot", "--register=no", "--private-network"]
        command += ["--console=pipe", "--link-journal=no", "--resolv-conf=off", "--timezone=off"]
        if not Path("/run/systemd/system").exists():
            command.append("--keep-unit")  # no systemd outside that could give it a unit of its own
        self._nspawn = Program(
            [*command, f"--machine=openmss-{os.getpid()}", "--directory", self.root],
            self.root.with_name("console.log"),
            environment={"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
        )
        try:
            self._wait_until_it_runs(self._nspawn)
        except BaseException:
            self._nspawn.end()
            raise
        return self

    def _wait_until_it_runs(self, nspawn: Program) -> None:
        eventually(lambda: self._is_up(nspawn) or not is_running(nspawn), "the system has started", _BOOT_S)
        if not is_running(nspawn):
            pytest.skip(f"systemd-nspawn cannot boot a system here: {nspawn.output[-300:].strip()}")

    def _is_up(self, nspawn: Program) -> bool:
        children = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children").read_text(encoding="ascii").split()
        self._first_process = int(children[0]) if children else 0
        if not children:
            return False
        return self.run("systemctl", "is-system-running", check=False).stdout.strip() == "running"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._nspawn is not None
        self._nspawn.process.terminate()  # an orderly power-off
        self._nspawn.wait(60)

    def enter(self) -> list[str]:
        """The words before a command that is to run inside."""
        namespaces = ["--mount", "--pid", "--net", "--ipc", "--uts", "--cgroup"]
        return ["nsenter", "--target", str(self._first_process), *namespaces, "--root", "--wd"]

    def in_its_network(self, work: Callable[[], Answer]) -> Answer:
        """Do something on a thread, with the threads that it starts, whose sockets are in there."""
        with ThreadPoolExecutor(1, initializer=self._enter_network) as pool:
            return pool.submit(work).result()

    def _enter_network(self) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        with open(f"/proc/{self._first_process}/ns/net", "rb") as network:
            if libc.setns(network.fileno(), _NEW_NETWORK):
                raise OSError(ctypes.get_errno(), "the network cannot be entered")

    def journal(self, *options: str) -> str:
        """The messages of this boot."""
        return self.run("journalctl", "--boot", "--no-pager", "--output=cat", *options).stdout


def is_running(program: Program) -> bool:
    """Whether it has not ended yet."""
    return program.process.poll() is None
