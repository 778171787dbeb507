"""Runs SIPp with a scenario of ours: scripted callers, callees and registrations in bulk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.programs import Program, eventually, free_ports

SCENARIOS = Path(__file__).parents[1] / "peers" / "scenarios"


def start_sipp(
    scenario: str,
    server: str,
    folder: Path,
    *,
    rows: Sequence[Sequence[str]] = (),
    calls: int = 1,
    rate: float = 10,
    host: str = "127.0.0.1",
    port: int = 0,
    transport: str = "u1",
    keys: Mapping[str, str] | None = None,
    limit: int | None = None,
    prefix: Sequence[str] = (),
    options: Sequence[str] = (),
    timeout: int = 100,
) -> Program:
    """Start a scenario toward `server` (host:port); row by row, `rows` fills [field0], [field1] …

    `transport` is SIPp's own: u1 = one UDP socket, t1 = one TCP connection, un = a socket a call. Exit status
    0 = every call went as the scenario says. `prefix` stands before the command (taskset …).
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_ports(host=host)
    command = [*prefix, "sipp", server, "-sf", str(SCENARIOS / f"{scenario}.xml")]
    command += ["-m", str(calls), "-r", f"{rate:g}", "-i", host, "-p", str(port)]
    command += [
        "-t",
        transport,
        "-nostdin",
        "-timeout",
        f"{timeout}s",
        "-timeout_error",
        "-recv_timeout",
        "60000",
    ]
    command += ["-trace_err", "-error_file", str(folder / f"{scenario}-errors.log"), "-skip_rlimit"]
    command += ["-trace_logs", "-log_file", str(folder / f"{scenario}-notes.log")]
    if limit is not None:
        command += ["-l", str(limit)]
    if rows:
        table = folder / f"{scenario}-rows.csv"
        table.write_text("SEQUENTIAL\n" + "".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
        command += ["-inf", str(table)]
    for name, value in (keys or {}).items():
        command += ["-key", name, value]
    log = folder / f"{scenario}.log"
    program = Program([*command, *options], log, environment={"TERM": "dumb"}, folder=folder)
    if transport.startswith("u"):
        eventually(lambda: program.process.poll() is not None or is_bound(port), f"{scenario} opens its port")
    return program


def is_bound(port: int) -> bool:
    """Whether a program has the UDP port, seen without touching it (Linux)."""
    tables = [Path("/proc/net/udp"), Path("/proc/net/udp6")]
    return any(f":{port:04X} " in table.read_text(encoding="ascii") for table in tables if table.exists())


def finish_sipp(program: Program, timeout: float = 120) -> None:
    """Wait for the scenario's end; every call must have gone as it says."""
    status = program.wait(timeout)
    errors = "".join(
        path.read_text(encoding="utf-8", errors="replace")[-4000:]
        for path in program.log.parent.glob(f"{program.log.stem}-errors.log")
    )
    assert status == 0, f"{program.log.stem} failed with status {status}:\n{errors or program.output[-3000:]}"


def audio_port(program: Program) -> int:
    """The port where the other side's SDP asks for the sound: the scenarios note it."""
    notes = program.log.with_name(f"{program.log.stem}-notes.log")

    def noted() -> int:
        if program.process.poll() not in (None, 0):
            finish_sipp(program)
        found = re.search(r"audio (\d+)", notes.read_text(encoding="ascii")) if notes.exists() else None
        return int(found[1]) if found else 0

    return eventually(noted, f"{program.log.stem} sees an SDP")


def credentials(number: str, password: str) -> str:
    """The field that makes SIPp answer a challenge."""
    return f"[authentication username={number} password={password}]"
