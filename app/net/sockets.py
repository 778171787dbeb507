"""What carries datagrams for the SIP endpoint: the seam where a simulated wire takes the place of UDP."""

from __future__ import annotations

from typing import Protocol

from app.sip.flow import Address


class DatagramReceiver(Protocol):
    """Who takes what a datagram socket hears. Called on the loop, one after the other."""

    def datagram_received(self, data: bytes, remote: Address) -> None:
        """One datagram, in the order of arrival. `remote` compares as a tuple (host, port)."""

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        """Nothing sent there arrives: an ICMP error, or the kernel's refusal. Others are not concerned."""


class DatagramSocket(Protocol):
    """One bound socket."""

    @property
    def address(self) -> Address:
        """Where it is bound, with the port that was really taken; the host may be a wildcard."""

    @property
    def dropped(self) -> int:
        """How many datagrams were given up because the send queue was full."""

    def send(self, data: bytes, remote: Address) -> None:
        """Send, or queue, or drop; never raises, never waits."""

    def close(self) -> None:
        """Close at once; nothing is received or reported any more."""


class DatagramSockets(Protocol):
    """Opens datagram sockets: UDP, or the wire of a test."""

    async def open(self, host: str, port: int, receiver: DatagramReceiver) -> DatagramSocket:
        """Bind, port 0 = any. EnvironmentFault when it cannot be."""

    def local_toward(self, remote_host: str) -> str:
        """Our address as that host sees it, for sockets bound to a wildcard."""
