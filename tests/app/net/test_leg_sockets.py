"""What a leg's sockets do by themselves; the way of sound is tested with relay and voice ports."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.media.rtp import RtpPacket
from app.net.leg_sockets import LegSockets
from app.net.rtp_socket import open_pair
from app.sdp.target import MediaTarget
from tests.support.media_phone import MediaPhone, on_every_loop, rtp_ports, until

PHONE = ("192.0.2.7", 4000)
RTCP = RtpPacket(payload_type=73, sequence=1, timestamp=0, ssrc=1, marker=True).encode()  # type 201


class Leg:
    """A leg's sockets and what they took."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.taken_rtcp: list[bytes] = []
        self.quiet = 0.0
        self.pair = open_pair("127.0.0.1", rtp_ports(), 0.0)
        loop = asyncio.get_running_loop()
        self.sockets = LegSockets(
            loop, self.pair, self.taken.append, self.taken_rtcp.append, lambda: self.quiet
        )


@pytest_asyncio.fixture
async def leg() -> AsyncIterator[Leg]:
    made = Leg()
    yield made
    made.sockets.close()
    made.sockets.close()


async def test_rtcp_is_guessed_to_go_to_the_next_port_of_a_learned_source(leg: Leg) -> None:
    sockets = leg.sockets
    sockets.expect(MediaTarget(*PHONE, 4009))
    assert sockets.rtcp_guess() == ("192.0.2.7", 4009)
    for number in range(3):
        sockets.lock.judge(("203.0.113.9", 61_000), (number, 1))
    assert sockets.rtcp_guess() == ("203.0.113.9", 61_001)
    assert str(sockets.source) == "203.0.113.9:61000"
    sockets.expect(None)
    assert sockets.rtcp_guess() is None
    assert sockets.source is None


async def test_a_leg_that_never_started_closes_its_sockets(leg: Leg) -> None:
    leg.sockets.close()
    with pytest.raises(OSError, match="no address"):
        leg.sockets.send(b"x")
    leg.sockets.send_rtcp(RTCP)
    assert leg.pair.rtp.fileno() == leg.pair.rtcp.fileno() == -1


@on_every_loop
async def test_the_peer_is_heard_and_strangers_are_not() -> None:
    leg, phone, stranger = Leg(), MediaPhone(), MediaPhone("127.0.0.2", ssrc=9)
    try:
        await leg.sockets.start()
        leg.sockets.expect(phone.target())
        port = leg.sockets.address.port
        sent = [phone.send(port) for _ in range(3)]
        await until(lambda: len(leg.taken) == 3)
        for _ in range(4):
            stranger.rtp.sendto(stranger.packet(), ("127.0.0.1", port))
        stranger.rtcp.sendto(RTCP, ("127.0.0.1", port + 1))
        await until(lambda: leg.sockets.foreign == 5)
        phone.rtcp.sendto(RTCP, ("127.0.0.1", port + 1))
        await until(lambda: bool(leg.taken_rtcp))
        assert leg.taken == sent
        leg.sockets.send(b"sound")
        assert await phone.receive() == (b"sound", port)
        leg.sockets.send_rtcp(RTCP)
        assert await phone.receive_rtcp() == (RTCP, port + 1)
    finally:
        for each in (leg.sockets, phone, stranger):
            each.close()


@on_every_loop
async def test_who_takes_packets_may_close_the_leg_meanwhile() -> None:
    leg, phone = Leg(), MediaPhone()
    try:
        await leg.sockets.start()
        leg.sockets._take = lambda data: (leg.taken.append(data), leg.sockets.close())
        leg.sockets.expect(phone.target())
        phone.send(leg.sockets.address.port)
        await until(lambda: bool(leg.taken))
        with pytest.raises(OSError, match="no address"):
            leg.sockets.send(b"x")
    finally:
        leg.sockets.close()
        phone.close()


async def test_nothing_is_sent_to_one_that_holds_or_is_unknown(leg: Leg) -> None:
    await leg.sockets.start()
    for target in (None, MediaTarget("0.0.0.0", 4000, 4001)):
        leg.sockets.expect(target)
        assert leg.sockets.is_silent
        leg.sockets.send_rtcp(RTCP)
        with pytest.raises(OSError, match="no address"):
            leg.sockets.send(b"x")
