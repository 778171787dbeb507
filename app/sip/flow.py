"""Between whom a message travels: transport, our end, their end."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Transport(StrEnum):
    """A SIP transport, spelled as in a Via header (RFC 3261 20.42)."""

    UDP = "UDP"
    TCP = "TCP"
    TLS = "TLS"

    @property
    def is_reliable(self) -> bool:
        """Whether it repeats for us: timers A, E, G stay off and D, I, J, K are zero (RFC 3261 17)."""
        return self is not Transport.UDP

    @property
    def default_port(self) -> int:
        """The port where a URI names none (RFC 3261 19.1.2)."""
        return 5061 if self is Transport.TLS else 5060


class Direction(StrEnum):
    """Which way a message went, as we see it."""

    IN = "in"
    OUT = "out"


class Address(NamedTuple):
    """A numeric IP address (IPv6 without brackets) and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Flow:
    """One way to a peer. The network shell makes one object a peer and hands the same one out each time.

    `local` is the address of ours that the socket sends from (never 0.0.0.0). `connection` tells stream
    connections apart; 0 = a datagram socket, or a connection yet to be opened. `public` is set where a router
    stands between us and the peer, and it can reach us at that address only. `proof` is the name that the
    peer's TLS certificate must be made out to before anything is sent; "" = nothing is demanded.
    """

    transport: Transport
    local: Address
    remote: Address
    connection: int = 0
    public: Address | None = field(default=None, compare=False)  # the same way, whatever we are called
    proof: str = ""

    @property
    def shown(self) -> Address:
        """Our address as the peer can reach it: it stands in the Via, Contact and SDP we send."""
        return self.public or self.local
