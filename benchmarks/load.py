"""What the benchmarks of a running server share: cores, CPU per unit of work, figures beside budgets."""

from __future__ import annotations

import itertools
import os
import platform
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.programs import Program
from tests.support.server import Server, password_of
from tests.support.sipp import credentials, finish_sipp, start_sipp

SERVER_CORE, LOAD_CORE = 0, 1

_OPTIONS = (
    "OPTIONS sip:127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{own};branch=z9hG4bK{count};rport\r\n"
    "Max-Forwards: 70\r\nFrom: <sip:probe@127.0.0.1>;tag=1\r\nTo: <sip:127.0.0.1:{port}>\r\n"
    "Call-ID: probe{count}@127.0.0.1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a piece of work may cost: at first, and in the end. Copied from benchmarks/README.md."""

    first: float
    goal: float
    unit: str


BUDGETS = {
    "digest REGISTER": Budget(300, 120, "µs CPU"),
    "call": Budget(2200, 750, "µs CPU"),
    "idle, windowless": Budget(60, 45, "MiB"),
    "idle, with window": Budget(180, 140, "MiB"),
    "per 1,000 registrations": Budget(8, 3, "MiB"),
    "per call": Budget(60, 30, "KiB"),
    "start, windowless": Budget(1.5, 0.7, "s"),
    "start, window": Budget(2.5, 1.5, "s"),
}


def pinned(core: int) -> tuple[str, ...]:
    """The prefix that keeps a program on one core, where the machine has enough of them."""
    return ("taskset", "-c", str(core)) if (os.cpu_count() or 1) > 1 else ()


def print_setting(title: str) -> None:
    """Print what is measured, and on what."""
    cores = f"server on core {SERVER_CORE}, load on core {LOAD_CORE}" if pinned(0) else "one core for all"
    print(
        f"\n{title}\n  {platform.machine()}, {os.cpu_count()} cores ({cores}), loopback, "
        f"Python {platform.python_version()}, load average {os.getloadavg()[0]:.1f}"
    )


def print_figure(name: str, value: float, budget: str = "") -> None:
    """Print one figure, beside its budget where it has one."""
    if not budget:
        print(f"  {name:<44} {value:>9,.1f}")
        return
    limits = BUDGETS[budget]
    verdict = (
        "goal met" if value <= limits.goal else "budget met" if value <= limits.first else "BUDGET MISSED"
    )
    print(
        f"  {name:<44} {value:>9,.1f} {limits.unit:<6} "
        f" budget {limits.first:g}, goal {limits.goal:g}: {verdict}"
    )


@contextmanager
def running_server(extensions: Sequence[str], **settings: str) -> Iterator[Server]:
    """A server on a core of its own with these extensions, ready."""
    with tempfile.TemporaryDirectory(prefix="openmss-bench-") as folder:
        server = Server(Path(folder), prefix=pinned(SERVER_CORE))
        server.import_extensions(extensions)
        for name, value in settings.items():
            server.ask("set", "setting", name, f"value={value}")
        with server:
            server.start(log_level="warning")
            yield server


def register(server: Server, numbers: Sequence[str], contact: str, *, rate: float = 400) -> None:
    """Register every number once, all at the same contact address."""
    rows = [(number, credentials(number, password_of(number)), contact) for number in numbers]
    folder = Path(tempfile.mkdtemp(dir=server.folder))
    finish_sipp(
        start_sipp(
            "register", server.udp, folder, rows=rows, calls=len(rows), rate=rate, prefix=pinned(LOAD_CORE)
        )
    )


def cpu_of(program: Program, work: Callable[[], object]) -> float:
    """The CPU seconds that the program uses while some work is done."""
    before = program.cpu_seconds()
    work()
    return program.cpu_seconds() - before


def median_of(rounds: int, measure: Callable[[], float]) -> float:
    """The median of some rounds."""
    return statistics.median(measure() for _ in range(rounds))


def response_times(folder: Path, scenario: str) -> list[float]:
    """The milliseconds that SIPp noted under -trace_rtt."""
    times: list[float] = []
    for path in folder.glob(f"{scenario}_*_rtt.csv"):
        rows = path.read_text(encoding="ascii").splitlines()[1:]
        times.extend(float(row.split(";")[1]) for row in rows)
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def first_answer(port: int, program: Program, timeout: float = 30) -> float:
    """Ask with OPTIONS until the first answer comes; when, by the monotonic clock."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("127.0.0.1", port))
        probe.settimeout(0.005)
        own = probe.getsockname()[1]
        until = time.monotonic() + timeout
        for count in itertools.count():
            try:
                probe.send(_OPTIONS.format(port=port, own=own, count=count).encode())
                if probe.recv(4096).startswith(b"SIP/2.0 "):
                    return time.monotonic()
            except TimeoutError:
                pass
            except ConnectionRefusedError:  # nobody has the port yet
                time.sleep(0.005)
            if time.monotonic() > until or program.process.poll() is not None:
                break
    raise AssertionError(f"no answer:\n{program.output}")
