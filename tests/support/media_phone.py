"""A phone's media sockets on loopback, and the event loops that media is tried on."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.media.rtp import RtpPacket
from app.net.relay import MediaTarget
from app.net.rtp_ports import RtpPorts
from app.sdp.codec import STATIC
from tests.support.programs import free_ports

PATIENCE = 10.0  # seconds until a test that waits for a packet gives up


def rtp_ports(count: int = 200, **settings: Any) -> RtpPorts:
    """A pool of ports that nobody else on this machine uses."""
    low = free_ports(count)
    return RtpPorts(low, low + count - 1, **settings)


class UnwatchedLoop(asyncio.SelectorEventLoop):
    """A loop that takes no readers, as Proactor on Windows."""

    def add_reader(self, *args: Any) -> None:
        """Refuse."""
        raise NotImplementedError


def loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Every kind of loop that this machine has, by name."""
    factories: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
        "asyncio": asyncio.SelectorEventLoop,
        "unwatched": UnwatchedLoop,
    }
    with contextlib.suppress(ImportError):
        import uvloop

        factories["uvloop"] = uvloop.new_event_loop
    return factories


def on_every_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an asynchronous test once on each kind of loop."""
    factories = loop_factories()

    def run(loop_kind: str, **arguments: Any) -> None:
        with asyncio.Runner(loop_factory=factories[loop_kind]) as runner:
            runner.run(test(**arguments))

    run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
    kind = inspect.Parameter("loop_kind", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = [kind, *inspect.signature(test).parameters.values()]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    marked = pytest.mark.parametrize("loop_kind", sorted(factories))(run)
    marked.pytestmark += getattr(test, "pytestmark", [])
    return marked


class MediaPhone:
    """An RTP and an RTCP socket that send numbered packets and note what they get."""

    def __init__(self, host: str = "127.0.0.1", *, ssrc: int = 1) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.rtp = socket.socket(family, socket.SOCK_DGRAM)
        self.rtcp = socket.socket(family, socket.SOCK_DGRAM)
        for sock in (self.rtp, self.rtcp):
            sock.setblocking(False)
            sock.bind((host, 0))
        self.host, self.ssrc = host, ssrc
        self.port: int = self.rtp.getsockname()[1]
        self.rtcp_port: int = self.rtcp.getsockname()[1]
        self._sequence = 65_530

    def target(self, *, rtcp_mux: bool = False) -> MediaTarget:
        """Where this phone's SDP would say it listens."""
        return MediaTarget(self.host, self.port, self.rtcp_port, (STATIC[0],), rtcp_mux=rtcp_mux)

    def packet(self) -> bytes:
        """The next packet of its stream."""
        self._sequence += 1
        number = self._sequence
        return RtpPacket(
            payload_type=0, sequence=number, timestamp=number * 160, ssrc=self.ssrc, payload=bytes(160)
        ).encode()

    def send(self, port: int, data: bytes | None = None) -> bytes:
        """Send RTP, or `data`, to a port of the relay; returns what was sent."""
        data = self.packet() if data is None else data
        self.rtp.sendto(data, (self.host, port))
        return data

    async def receive(self) -> tuple[bytes, int]:
        """The next datagram on the RTP socket, and the port it came from."""
        return await _receive(self.rtp)

    async def receive_rtcp(self) -> tuple[bytes, int]:
        """The next datagram on the RTCP socket, and the port it came from."""
        return await _receive(self.rtcp)

    def has_heard_nothing(self) -> bool:
        """Whether no RTP waits to be read."""
        try:
            self.rtp.recv(2048)
        except BlockingIOError:
            return True
        return False

    def close(self) -> None:
        """Close both sockets."""
        self.rtp.close()
        self.rtcp.close()


async def until(condition: Callable[[], bool]) -> None:
    """Give the loop turns until the condition holds; on loopback what was sent is there at once."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  what is waited for has no event
            await asyncio.sleep(0)


async def _receive(sock: socket.socket) -> tuple[bytes, int]:
    found: list[tuple[bytes, int]] = []

    def has_come() -> bool:
        with contextlib.suppress(BlockingIOError):
            data, address = sock.recvfrom(4096)
            found.append((data, address[1]))
        return bool(found)

    await until(has_come)
    return found[0]
