"""CPU time per digest REGISTER, and how many a second one core takes without a failure."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.load import (
    LOAD_CORE,
    cpu_of,
    median_of,
    pinned,
    print_figure,
    print_setting,
    running_server,
)
from tests.support.server import Server, password_of
from tests.support.sipp import credentials, finish_sipp, start_sipp

NUMBERS = [str(number) for number in range(2000, 3000)]


def register_all(server: Server, rate: float, calls: int) -> None:
    """Register the numbers one after the other, over and over."""
    rows = [(number, credentials(number, password_of(number)), "127.0.0.1:5999") for number in NUMBERS]
    folder = Path(tempfile.mkdtemp(dir=server.folder))
    finish_sipp(
        start_sipp(
            "register", server.udp, folder, rows=rows, calls=calls, rate=rate, prefix=pinned(LOAD_CORE)
        )
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--calls", type=int, default=2000, help="registrations a round")
    parser.add_argument(
        "--rate", type=float, default=1000, help="registrations a second in the measured rounds"
    )
    parser.add_argument("--most", action="store_true", help="look for the highest rate too (5 s bursts)")
    options = parser.parse_args()
    with running_server(NUMBERS) as server:
        program = server.program
        assert program is not None
        print_setting(f"REGISTER with digest: 2 round trips over UDP, {options.rate:g} a second")
        register_all(server, options.rate, len(NUMBERS))  # every extension has its binding before we measure

        def one_round() -> float:
            cpu = cpu_of(program, lambda: register_all(server, options.rate, options.calls))
            return float(cpu / options.calls * 1e6)

        print_figure("CPU per digest REGISTER", median_of(options.rounds, one_round), "digest REGISTER")
        if options.most:
            print_figure("most REGISTER a second without failure", most(server))


def most(server: Server) -> float:
    """The highest rate, in steps of a fifth, at which a burst of 5 s goes without a failure or a repeat."""
    rate = 500.0
    while True:
        before = server.counters()["retransmissions"]
        try:
            register_all(server, rate * 1.2, int(rate * 1.2 * 5))
        except AssertionError:
            return rate
        if server.counters()["retransmissions"] > before:
            return rate
        rate *= 1.2


if __name__ == "__main__":
    main()
