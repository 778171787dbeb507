"""Runs the real server in a process of its own, with ports and a data folder of its own."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.support.programs import DEADLINE, Program, eventually, free_ports

ROOT = Path(__file__).parents[2]
PASSWORD = "Tr0mbone-{number}"
# The program under test, where it is not this source: the command of a frozen or installed `openmss-cli`.
BUILT = "OPENMSS_CLI"


def password_of(number: str) -> str:
    """The password that the kit gives an extension."""
    return PASSWORD.format(number=number)


def command_line() -> list[str]:
    """The words that start `openmss-cli`: those of the environment's OPENMSS_CLI, else our source."""
    return shlex.split(os.environ.get(BUILT, "")) or [sys.executable, "-m", "app"]


class Server:
    """`openmss-cli serve` on a data folder; the commands of the command line work before, while and after."""

    def __init__(self, folder: Path, *, bind: str = "127.0.0.1", prefix: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.data = folder / "data"
        self.bind = bind
        self.prefix = tuple(prefix)
        self.rtp_ports = (0, 0)
        self.addresses: dict[str, str] = {}
        self.program: Program | None = None
        self._starts = 0

    @property
    def udp(self) -> str:
        """Where it listens on UDP: host:port."""
        return self.addresses["udp"]

    def start(
        self, *options: str, log_level: str = "info", environment: dict[str, str] | None = None
    ) -> None:
        """Start it, and wait until all its sockets listen. Started again, it listens on the same ports."""
        ports = {"udp": "0", "tls": "0"} | {
            name: address.rpartition(":")[2] for name, address in self.addresses.items()
        }
        low = free_ports(200, self.bind)
        self.rtp_ports = (low, low + 199)
        self._starts += 1
        command = [*self.prefix, *command_line(), "serve", "--data", str(self.data)]
        command += ["--bind", self.bind, "--sip-port", ports["udp"], "--tls-port", ports["tls"]]
        command += ["--rtp-ports", f"{low}-{low + 199}", "--log-level", log_level, *options]
        log = self.folder / f"server-{self._starts}.log"
        self.program = Program(command, log, folder=ROOT, environment=environment)
        try:
            ready = self.program.wait_for(r"^ready (.*)", 60)[1]
        except BaseException:
            self.program.end()
            raise
        self.addresses = dict(part.split("=", 1) for part in ready.split())

    def stop(self) -> int:
        """Ask it to end (SIGTERM); its exit status."""
        assert self.program is not None
        self.program.process.terminate()
        return self.program.wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.program is not None
        self.program.kill()

    def ask(self, *arguments: str, check: bool = True) -> str:
        """Run a command of the command line on its data folder; what it prints."""
        done = subprocess.run(
            [*command_line(), "--data", str(self.data), *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=DEADLINE * 2,
            check=False,
        )
        assert not check or done.returncode == 0, f"{arguments} failed: {done.stdout}\n{done.stderr}"
        return done.stdout

    def add_extension(self, number: str, **fields: str) -> None:
        """Add an extension with the kit's password."""
        values = {"password": password_of(number), **fields}
        self.ask("add", "extension", number, *(f"{name}={value}" for name, value in values.items()))

    def import_extensions(self, numbers: Iterable[str], **fields: str) -> None:
        """Add many extensions at once."""
        table = self.folder / "extensions.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["number", "password", *fields])
            writer.writerows([number, password_of(number), *fields.values()] for number in numbers)
        self.ask("import", "extension", str(table))

    def status(self) -> dict[str, Any]:
        """`status --json`."""
        return dict(json.loads(self.ask("status", "--json")))

    def bindings(self) -> dict[str, list[Any]]:
        """The registered devices of each extension that has any."""
        return {row["number"]: row["bindings"] for row in self.status()["extensions"] if row["bindings"]}

    def counters(self) -> dict[str, int]:
        """The counters of `status --json`."""
        return dict(self.status()["counters"])

    def wait_idle(self) -> None:
        """Wait until no call is left."""
        eventually(lambda: self.status()["calls"] in (0, []), "no call is left")

    def is_alive(self) -> bool:
        """Whether its process still runs."""
        return self.program is not None and self.program.process.poll() is None

    def complaints(self) -> list[str]:
        """The lines of its log that tell of an error of the program itself."""
        assert self.program is not None
        return [
            line
            for line in self.program.output.splitlines()
            if re.search(r"Traceback|CRITICAL|\bERROR\b", line)
        ]

    def close(self) -> None:
        """End it, if it still runs."""
        if self.program is not None:
            self.program.end()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
