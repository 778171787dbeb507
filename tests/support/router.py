"""A router with a public side: what comes to its ports is passed on to a machine behind it."""

from __future__ import annotations

import asyncio
from functools import partial

from app.sip.flow import Address


class Router:
    """Passes datagrams on, and the answers back to who sent last; the machine sees the router's address."""

    def __init__(self, public_host: str, inside_host: str) -> None:
        self.public_host, self.inside_host = public_host, inside_host
        self._doors: list[_Door] = []

    async def open(self, *ports: int) -> None:
        """Begin to pass these ports on."""
        for port in ports:
            door = _Door(Address(self.inside_host, port))
            loop = asyncio.get_running_loop()
            await loop.create_datagram_endpoint(partial(_given, door), local_addr=(self.public_host, port))
            self._doors.append(door)

    def passed(self, port: int) -> int:
        """How many datagrams came to a port from outside."""
        return next(door.passed for door in self._doors if door.inside.port == port)

    def close(self) -> None:
        """Pass nothing on any more."""
        for door in self._doors:
            if door.transport is not None:
                door.transport.close()


class _Door(asyncio.DatagramProtocol):
    def __init__(self, inside: Address) -> None:
        self.inside = inside
        self.transport: asyncio.DatagramTransport | None = None
        self.passed = 0
        self._outside: tuple[str, int] | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        assert self.transport is not None
        if addr[0] == self.inside.host:
            if self._outside is not None:
                self.transport.sendto(data, self._outside)
            return
        self._outside = addr
        self.passed += 1
        self.transport.sendto(data, self.inside)


def _given(door: _Door) -> _Door:
    return door
