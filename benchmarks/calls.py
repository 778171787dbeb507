"""CPU time per call, calls a second, and how long the caller waits for the 180."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load import (
    LOAD_CORE,
    cpu_of,
    median_of,
    percentile,
    pinned,
    print_figure,
    print_setting,
    register,
    response_times,
    running_server,
)
from tests.support.programs import Program, free_ports
from tests.support.server import Server, password_of
from tests.support.sipp import credentials, finish_sipp, start_sipp

CALLERS = [str(number) for number in range(2000, 2100)]
CALLED = [str(number) for number in range(3000, 3100)]


@contextmanager
def answering_phones(server: Server) -> Iterator[Program]:
    """All the called phones, at one port, each registered; they answer at once."""
    port = free_ports()
    register(server, CALLED, f"127.0.0.1:{port}")
    phones = start_sipp(
        "callee",
        server.udp,
        Path(tempfile.mkdtemp(dir=server.folder)),
        calls=10_000_000,
        port=port,
        prefix=pinned(LOAD_CORE),
        keys={"rtp_port": "40000"},
        options=("-trace_stat", "-fd", "60"),
        timeout=3600,
    )
    with phones:
        yield phones


def call_all(server: Server, rate: float, calls: int) -> list[float]:
    """Call at a steady rate; the milliseconds each caller waited for its 180."""
    rows = [
        (caller, credentials(caller, password_of(caller)), called)
        for caller, called in zip(CALLERS, CALLED, strict=True)
    ]
    folder = Path(tempfile.mkdtemp(dir=server.folder))
    callers = start_sipp(
        "caller",
        server.udp,
        folder,
        rows=rows,
        calls=calls,
        rate=rate,
        prefix=pinned(LOAD_CORE),
        keys={"rtp_port": "40002"},
        options=("-d", "100", "-trace_rtt", "-rtt_freq", "1"),
    )
    finish_sipp(callers)
    return response_times(folder, "caller")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--calls", type=int, default=500, help="calls a round")
    parser.add_argument("--rate", type=float, default=50, help="calls a second in the measured rounds")
    parser.add_argument("--most", action="store_true", help="look for the highest rate too (5 s bursts)")
    options = parser.parse_args()
    with running_server([*CALLERS, *CALLED], local_media="direct") as server, answering_phones(server):
        program = server.program
        assert program is not None
        print_setting(f"Calls: UDP, digest on INVITE, no media, {options.rate:g} a second")
        call_all(server, options.rate, options.calls)
        waits: list[float] = []

        def one_round() -> float:
            cpu, _ = cpu_of(program, lambda: waits.extend(call_all(server, options.rate, options.calls)))
            return float(cpu / options.calls * 1e6)

        print_figure("CPU per call", median_of(options.rounds, one_round), "call")
        print_figure("INVITE to 180, p50 ms", percentile(waits, 0.5))
        print_figure("INVITE to 180, p99 ms", percentile(waits, 0.99))
        if options.most:
            print_figure("most calls a second without failure", most(server))


def most(server: Server) -> float:
    """The highest rate, in steps of a fifth, at which a burst of 5 s goes without a failure or a repeat."""
    rate = 60.0
    while True:
        before = server.counters()
        try:
            call_all(server, rate * 1.2, int(rate * 1.2 * 5))
        except AssertionError:
            return rate
        after = server.counters()
        if after["retransmissions"] > before["retransmissions"]:
            return rate
        rate *= 1.2


if __name__ == "__main__":
    main()
