"""Runs Kamailio as a carrier's registrar and proxy, on a port of loopback, until the test ends."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.support.programs import Program, eventually, free_ports

TEMPLATE = Path(__file__).parents[1] / "peers" / "kamailio.cfg"
DOMAIN = "carrier.example"  # a logical domain: no DNS knows it
GRANTED = 12  # seconds a registration lasts: what is forgotten in a restart is refreshed soon
_PASSWORD = "kamailio"
_READY = (
    "OPTIONS sip:{address} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bKready{count}\r\n"
    "Max-Forwards: 5\r\n"
    "From: <sip:kit@{own}>;tag=1\r\nTo: <sip:{address}>\r\nCall-ID: ready{count}@{own}\r\n"
    "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
)


def password_at_carrier(user: str) -> str:
    """The password that this Kamailio wants of a user: everybody has an account."""
    return f"{_PASSWORD}-{user}"


class Kamailio:
    """One Kamailio that can be ended and started again on the same port; its bindings are in memory only."""

    def __init__(self, folder: Path, *, host: str = "127.0.0.1") -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.host = host
        self.port = free_ports(1, host)
        self.program: Program | None = None
        self._starts = 0

    @property
    def address(self) -> str:
        """host:port, UDP and TCP."""
        return f"{self.host}:{self.port}"

    def configuration(self) -> str:
        """The template, filled in."""
        text = TEMPLATE.read_text(encoding="utf-8")
        for name, value in {
            "HOST": self.host,
            "PORT": str(self.port),
            "DOMAIN": DOMAIN,
            "PASSWORD": _PASSWORD,
            "EXPIRES": str(GRANTED),
        }.items():
            text = text.replace(f"@{name}@", value)
        return text

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._starts += 1
        path = self.folder / "kamailio.cfg"
        path.write_text(self.configuration(), encoding="utf-8")
        command: list[str | Path] = ["kamailio", "-DD", "-E", "-f", path, "-m", "16", "-M", "4"]
        command += ["-P", self.folder / "kamailio.pid", "-w", self.folder, "-Y", self.folder]
        self.program = Program(command, self.folder / f"kamailio-{self._starts}.log")
        try:
            eventually(self._answers, "Kamailio answers")
        except BaseException:
            self.program.end()
            raise

    def _answers(self) -> bool:
        assert self.program is not None
        assert self.program.process.poll() is None, self.program.output
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((self.host, 0))
            probe.settimeout(0.3)
            own = "{}:{}".format(*probe.getsockname())
            text = _READY.format(address=self.address, own=own, count=probe.getsockname()[1])
            try:
                probe.sendto(text.encode(), (self.host, self.port))
                return probe.recv(4096).startswith(b"SIP/2.0 200")
            except OSError:  # not there yet
                return False

    def wait_registered(self, user: str, *, times: int = 1, transport: str = "udp") -> None:
        """Wait until a user has registered so often since the start."""
        assert self.program is not None
        program = self.program
        told = f"REGISTERED {user} "
        eventually(
            lambda: (
                sum(told in line and f"over {transport} " in line for line in program.output.splitlines())
                >= times
            ),
            f"{user} registers over {transport}; the log is {program.log}",
            timeout=60,
        )

    def lines(self, word: str) -> list[str]:
        """What it has logged of a kind: REGISTERED, INVITED."""
        assert self.program is not None
        return [line.partition(word)[2].strip() for line in self.program.output.splitlines() if word in line]

    def stop(self) -> None:
        """End it; its bindings are forgotten."""
        if self.program is not None:
            self.program.end()
            self.program = None

    def restart(self) -> None:
        """End it and start it again on the same port."""
        self.stop()
        self.start()

    def __enter__(self) -> Kamailio:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
