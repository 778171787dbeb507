"""Starts a foreign program, follows what it prints, and ends it by its own process id."""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import pytest

Answer = TypeVar("Answer")

DEADLINE = 30.0  # seconds; generous: a busy machine is no failure


def need(*names: str) -> None:
    """Skip the test when a program is not installed; fail under CI=true, where all must be there."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"not installed: {', '.join(missing)}", pytrace=False)
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


_FIRST, _END = 10_240, 32_768  # below the ports that systems hand out by themselves


def free_ports(count: int = 1, host: str = "127.0.0.1") -> int:
    """The first of `count` neighbouring ports, an even one; all were free for UDP and TCP a moment ago.

    No two answers overlap, in this process or in another worker of the same test run.
    """
    for _ in range(2000):
        first = _ports.take(count)
        if all(is_free(host, first + offset) for offset in range(count)):
            return first
    raise AssertionError(f"no {count} neighbouring ports are free")


class _Ports:
    """This worker's share of the ports, handed out one after the other, round and round."""

    def __init__(self, worker: int, workers: int) -> None:
        share = (_END - _FIRST) // workers
        self.low = _FIRST + worker * share
        self.high = self.low + share
        self._next = random.randrange(self.low, self.high)

    def take(self, count: int) -> int:
        first = self._next + (self._next & 1)
        if first + count > self.high:
            first = self.low + (self.low & 1)
        self._next = first + count
        return first


_ports = _Ports(
    int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    % int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")),
    int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")),
)


def is_free(host: str, port: int) -> bool:
    """Whether nobody uses the port, on UDP and on TCP."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        with socket.socket(family, kind) as probe:
            try:
                probe.bind((host, port))
            except OSError:
                return False
    return True


class Program:
    """A running program: its lines as they come, kept in a log file beside."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.log = log
        self.lines: list[str] = []
        self._grown = threading.Condition()
        self._over = False
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=None if environment is None else {**os.environ, **environment},
            cwd=folder,
            text=True,
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, name=f"output of {log.stem}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    @property
    def output(self) -> str:
        """All it has printed so far."""
        with self._grown:
            return "".join(self.lines)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.log.open("a", encoding="utf-8") as log:
            for line in self.process.stdout:
                log.write(line)
                log.flush()
                with self._grown:
                    self.lines.append(line)
                    self._grown.notify_all()
        with self._grown:
            self._over = True
            self._grown.notify_all()

    def wait_for(self, pattern: str, timeout: float = DEADLINE) -> re.Match[str]:
        """Wait for the first line that matches, from the start of its output."""
        found: re.Match[str] | None = None
        seen = 0

        def has_come() -> bool:
            nonlocal found, seen
            for line in self.lines[seen:]:
                seen += 1
                if found := re.search(pattern, line):
                    return True
            return self._over

        with self._grown:
            self._grown.wait_for(has_come, timeout)
        if found is None:
            tail = "".join(self.lines[-40:])
            raise AssertionError(f"{self.log.stem}: no line matched {pattern!r}; its last lines:\n{tail}")
        return found

    def wait(self, timeout: float = DEADLINE) -> int:
        """Wait for its end; its exit status."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.end()
            tail = "".join(self.lines[-40:])
            raise AssertionError(f"{self.log.stem} did not end in time; its last lines:\n{tail}") from None
        self._finish_reading()
        return status

    def end(self) -> None:
        """Terminate it, by force after a while."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._finish_reading()

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        self.process.kill()
        self.process.wait()
        self._finish_reading()

    def cpu_seconds(self) -> float:
        """The processor time it has used (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """The memory it holds (Linux)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def _finish_reading(self) -> None:
        self._reader.join(10)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


def eventually(question: Callable[[], Answer], wanted: str, timeout: float = DEADLINE) -> Answer:
    """Ask until the answer is true, and give it: for what announces itself nowhere."""
    until = time.monotonic() + timeout
    pause = threading.Event()
    while not (answer := question()):
        if time.monotonic() > until:
            raise AssertionError(f"not in {timeout:g} s: {wanted}; the last answer was {answer!r}")
        pause.wait(0.05)
    return answer


def read_all(paths: Iterable[Path]) -> str:
    """The texts of some files, one after the other, for a failure's message."""
    return "\n".join(
        f"== {path.name}\n{path.read_text(encoding='utf-8', errors='replace')}" for path in paths
    )
