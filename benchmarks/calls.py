"""CPU time per call, calls a second, and how long the caller waits for the 180."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median

from benchmarks.load import (
    LOAD_CORE,
    SERVER_CORE,
    cpu_of,
    percentile,
    pinned,
    print_figure,
    print_setting,
    register,
    response_times,
    running_server,
)
from tests.support.programs import Program, eventually, free_ports
from tests.support.server import Server, password_of
from tests.support.sipp import credentials, finish_sipp, is_bound, start_sipp

CALLERS = [str(number) for number in range(2000, 2100)]
CALLED = [str(number) for number in range(3000, 3100)]


@contextmanager
def answering_phones(server: Server) -> Iterator[Program]:
    """All the called phones, at one port, each registered; they answer at once."""
    port = free_ports()
    register(server, CALLED, f"127.0.0.1:{port}")
    with start_phones(server.udp, server.folder, port) as phones:
        yield phones


def start_phones(address: str, folder: Path, port: int) -> Program:
    """Phones that answer every call at this port."""
    return start_sipp(
        "callee",
        address,
        Path(tempfile.mkdtemp(dir=folder)),
        calls=10_000_000,
        port=port,
        prefix=pinned(LOAD_CORE),
        keys={"rtp_port": "40000"},
        timeout=3600,
    )


def call_all(address: str, folder: Path, rate: float, calls: int, scenario: str = "caller") -> list[float]:
    """Call at a steady rate; the milliseconds each caller waited for its 180."""
    rows = [
        (caller, credentials(caller, password_of(caller)), called)
        for caller, called in zip(CALLERS, CALLED, strict=True)
    ]
    folder = Path(tempfile.mkdtemp(dir=folder))
    callers = start_sipp(
        scenario,
        address,
        folder,
        rows=rows,
        calls=calls,
        rate=rate,
        prefix=pinned(LOAD_CORE),
        keys={"rtp_port": "40002"},
        options=("-d", "100", "-trace_rtt", "-rtt_freq", "1"),
    )
    finish_sipp(callers)
    return response_times(folder, scenario)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--calls", type=int, default=1000, help="calls a round")
    parser.add_argument("--rate", type=float, default=200, help="calls a second in the measured rounds")
    parser.add_argument("--most", action="store_true", help="look for the highest rate too (5 s bursts)")
    parser.add_argument("--peer", action="store_true", help="measure sippy 2.5 (a B2BUA in Python) beside us")
    options = parser.parse_args()
    with running_server([*CALLERS, *CALLED], local_media="direct") as server, answering_phones(server):
        program = server.program
        assert program is not None
        print_setting(f"Calls: UDP, digest on INVITE, no media, {options.rate:g} a second")
        call_all(server.udp, server.folder, options.rate, options.calls)
        waits: list[float] = []

        def one_round() -> float:
            def work() -> None:
                waits.extend(call_all(server.udp, server.folder, options.rate, options.calls))

            return float(cpu_of(program, work) / options.calls * 1e6)

        ours, theirs = [], []
        with sippy(server.folder) if options.peer else nullcontext() as other:
            for _ in range(options.rounds):
                ours.append(one_round())
                if other is not None:
                    theirs.append(cost_of_peer(*other, options.rate, options.calls))
        print_figure("CPU per call", median(ours), "call")
        if theirs:
            print_figure("the same by sippy 2.5, no digest, no record", median(theirs))
            print_figure("ours : sippy's", median(ours) / median(theirs))
        print_figure("INVITE to 180, p50 ms", percentile(waits, 0.5))
        print_figure("INVITE to 180, p99 ms", percentile(waits, 0.99))
        if options.most:
            print_figure("most calls a second without failure", most(server))


@contextmanager
def sippy(folder: Path) -> Iterator[tuple[Program, str, Path]]:
    """sippy's B2BUA from the package index, in a throw-away environment, with phones of its own behind it."""
    environment = folder / "sippy"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    subprocess.run([str(environment / "bin/pip"), "-q", "install", "sippy==2.5"], check=True)
    port, phones_port = free_ports(), free_ports()
    command = [*pinned(SERVER_CORE), str(environment / "bin/b2bua_simple"), "-f", "-l", "127.0.0.1"]
    command += ["-p", str(port), "-n", f"127.0.0.1:{phones_port}"]
    with (
        Program(command, folder / "sippy.log", environment={"SIPLOG_BEND": "none"}) as program,
        start_phones(f"127.0.0.1:{port}", folder, phones_port),
    ):
        eventually(lambda: is_bound(port), "sippy listens")
        yield program, f"127.0.0.1:{port}", folder


def cost_of_peer(program: Program, address: str, folder: Path, rate: float, calls: int) -> float:
    """Microseconds of CPU per call."""
    cpu = cpu_of(program, lambda: call_all(address, folder, rate, calls, "caller_trusted"))
    return cpu / calls * 1e6


def most(server: Server) -> float:
    """The highest rate, in steps of a fifth, at which a burst of 5 s goes without a failure or a repeat."""
    rate = 60.0
    while True:
        before = server.counters()
        try:
            call_all(server.udp, server.folder, rate * 1.2, int(rate * 1.2 * 5))
        except AssertionError:
            return rate
        after = server.counters()
        if after["retransmissions"] > before["retransmissions"]:
            return rate
        rate *= 1.2


if __name__ == "__main__":
    main()
