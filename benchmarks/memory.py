"""Memory of the server process: idle, per 1,000 registrations, per call in progress."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.calls import CALLED, CALLERS, answering_phones
from benchmarks.load import (
    LOAD_CORE,
    first_answer,
    pinned,
    print_figure,
    print_setting,
    register,
    running_server,
)
from tests.support.programs import Program, eventually, free_ports
from tests.support.server import ROOT, Server, password_of
from tests.support.sipp import credentials, start_sipp

MANY = [str(number) for number in range(5000, 8000)]
MIB = 1 << 20
TRANSACTION = 33  # seconds until a transaction over UDP is forgotten (RFC 3261 17.2.2, timer J)


def resident(server: Server) -> int:
    """What the server holds at present."""
    assert server.program is not None
    return server.program.resident_bytes()


def per_registration() -> None:
    """With 1,000 and with 3,000 extensions registered, each time by 6,000 REGISTERs.

    Transactions, trace and what the allocator keeps are then alike: the difference is the bindings.
    """
    held = []
    for number in (1000, 3000):
        with running_server(MANY) as server:
            for _ in range(6000 // number):
                register(server, MANY[:number], "127.0.0.1:5999")
            time.sleep(TRANSACTION)
            held.append(resident(server))
    print_figure("per 1,000 registrations", (held[1] - held[0]) / 2 / MIB, "per 1,000 registrations")


def per_call(calls: int) -> None:
    """From a quarter of the calls to all of them: what the others add per call is what a call holds."""
    rows = [
        (caller, credentials(caller, password_of(caller)), called)
        for caller, called in zip(CALLERS, CALLED, strict=True)
    ]
    with running_server([*CALLERS, *CALLED], local_media="direct") as server, answering_phones(server):
        callers = start_sipp(
            "caller",
            server.udp,
            Path(tempfile.mkdtemp(dir=server.folder)),
            rows=rows,
            calls=calls,
            rate=20,
            prefix=pinned(LOAD_CORE),
            keys={"rtp_port": "40002"},
            options=("-d", "60000"),
        )
        with callers:
            few = eventually(lambda: at_least(server, calls // 4), f"{calls // 4} calls", 60)
            before = resident(server)
            many = eventually(lambda: at_least(server, calls), f"{calls} calls", 60)
            print_figure("per call", (resident(server) - before) / (many - few) / 1024, "per call")


def at_least(server: Server, wanted: int) -> int:
    """How many calls there are now, once there are enough; 0 before."""
    calls = server.status()["calls"]
    count = calls if isinstance(calls, int) else len(calls)
    return count if count >= wanted else 0


def idle_windowless() -> float:
    """MiB of a server with 100 extensions that has just started."""
    with running_server(CALLERS) as server:
        return resident(server) / MIB


def idle_with_window(program: Sequence[str] = (sys.executable, "-m", "ui")) -> float:
    """MiB of the window over the same, drawn off screen."""
    with tempfile.TemporaryDirectory(prefix="openmss-bench-") as folder:
        server = Server(Path(folder))
        server.import_extensions(CALLERS)
        command = [*program, "--data", str(server.data), "--bind", "127.0.0.1"]
        port = free_ports()
        command += ["--sip-port", str(port), "--tls-port", str(free_ports())]
        environment = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        with Program(command, Path(folder) / "window.log", environment=environment, folder=ROOT) as window:
            first_answer(port, window)
            time.sleep(3)  # the window is drawn after its engine has started
            return window.resident_bytes() / MIB


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200, help="calls in progress at once")
    options = parser.parse_args()
    print_setting("Resident memory of the server process")
    print_figure("idle, windowless", idle_windowless(), "idle, windowless")
    print_figure("idle, with window", idle_with_window(), "idle, with window")
    per_registration()
    per_call(options.calls)


if __name__ == "__main__":
    main()
