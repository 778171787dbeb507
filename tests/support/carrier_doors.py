"""The sockets of the simulated carrier: UDP and TCP on loopback, or datagrams on the simulated wire."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable
from typing import Protocol

from app.net.sockets import DatagramSocket, DatagramSockets
from app.sip.flow import Address, Transport

_LENGTH = re.compile(rb"(?im)^(?:content-length|l)[ \t]*:[ \t]*(\d+)")


class Door(Protocol):
    """A socket that messages come in and go out by."""

    transport: Transport
    address: Address

    def send(self, data: bytes, remote: Address) -> None:
        """Send one message."""

    async def close(self) -> None:
        """Close it."""


Taker = Callable[[bytes, Door, Address], None]


class DatagramDoor(asyncio.DatagramProtocol):
    """UDP on loopback, or the wire in its place."""

    transport = Transport.UDP

    def __init__(self, take: Taker) -> None:
        self._take = take
        self._udp: asyncio.DatagramTransport | None = None
        self._wire: DatagramSocket | None = None
        self.address = Address("", 0)

    async def open(self, host: str, port: int, sockets: DatagramSockets | None) -> DatagramDoor:
        """Bind; port 0 = any."""
        if sockets is not None:
            self._wire = await sockets.open(host, port, self)
            self.address = self._wire.address
        else:
            loop = asyncio.get_running_loop()
            self._udp, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(host, port))
            self.address = Address(*self._udp.get_extra_info("sockname")[:2])
        return self

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if data.strip():  # else a keep-alive
            self._take(data, self, Address(*addr[:2]))

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        """Nobody listens there: the repeats will find out."""

    def send(self, data: bytes, remote: Address) -> None:
        if self._wire is not None:
            self._wire.send(data, remote)
        elif self._udp is not None and not self._udp.is_closing():
            self._udp.sendto(data, remote)

    async def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
        if self._udp is not None:
            self._udp.close()
            await asyncio.sleep(0)


class StreamDoor:
    """TCP, or TLS with a context: the connections that peers make, and are called back on."""

    def __init__(self, take: Taker, tls: ssl.SSLContext | None = None) -> None:
        self.transport = Transport.TCP if tls is None else Transport.TLS
        self._tls = tls
        self._take = take
        self._server: asyncio.Server | None = None
        self._tasks: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._writers: dict[Address, asyncio.StreamWriter] = {}
        self.address = Address("", 0)

    async def open(self, host: str, port: int) -> StreamDoor:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, host, port, ssl=self._tls)
        self.address = Address(*self._server.sockets[0].getsockname()[:2])
        return self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        remote = Address(*writer.get_extra_info("peername")[:2])
        self._tasks[task] = writer
        self._writers[remote] = writer
        try:
            while True:
                first = await reader.readexactly(1)
                if not (first.isalpha() or first in b"\r\n"):
                    return  # TLS where none is spoken
                head = first + await reader.readuntil(b"\r\n\r\n")
                if not head.strip():
                    writer.write(b"\r\n")  # RFC 5626 3.5.1: pong
                    continue
                found = _LENGTH.search(head)
                body = await reader.readexactly(int(found[1])) if found else b""
                self._take(head.lstrip(b"\r\n") + body, self, remote)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.pop(task, None)
            self._writers.pop(remote, None)
            writer.close()

    @property
    def peers(self) -> tuple[Address, ...]:
        """Who is connected."""
        return tuple(self._writers)

    def send(self, data: bytes, remote: Address) -> None:
        writer = self._writers.get(remote)
        if writer is not None and not writer.is_closing():
            writer.write(data)

    def cut(self) -> None:
        """Drop every connection, as a restart does."""
        for writer in list(self._writers.values()):
            writer.transport.abort()

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            self._tasks[task].close()
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()
        await asyncio.sleep(0)
