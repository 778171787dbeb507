"""Which requests go by stream instead of datagram, and how they come back."""

from __future__ import annotations

from app.net.large_requests import LARGEST_DATAGRAM, LargeRequests
from app.sip.flow import Address, Flow, Transport

PEER = Address("192.0.2.9", 5060)
DATAGRAM = Flow(Transport.UDP, Address("10.0.0.1", 5060), PEER)
STREAM = Flow(Transport.TCP, Address("10.0.0.1", 5062), PEER)


def request(method: str = "INVITE", branch: str = "z9hG4bK1", size: int = 1_400) -> bytes:
    head = f"{method} sip:a@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;rport;branch={branch}\r\n"
    return f"{head}Via: SIP/2.0/UDP other.test;branch=z9hG4bKother\r\n\r\n".encode() + b"x" * size


class World:
    def __init__(self, stream: Flow | None = STREAM) -> None:
        self.now = 0.0
        self.is_open = True
        self.large = LargeRequests(
            stream_to=lambda _: stream, is_open=lambda _: self.is_open, clock=lambda: self.now
        )


def test_short_requests_and_responses_are_no_concern() -> None:
    large = World().large
    assert not large.concerns(b"x" * LARGEST_DATAGRAM)
    assert large.concerns(request())
    assert not large.concerns(b"SIP/2.0 200 OK\r\n" + b"x" * 2_000)


def test_a_long_request_goes_on_a_stream_with_the_via_of_the_stream() -> None:
    sent = World().large.divert(request(), DATAGRAM)
    assert sent is not None
    assert sent.flow is STREAM
    assert sent.data == request().replace(b"UDP 10.0.0.1:5060", b"TCP 10.0.0.1:5062")
    assert b"Via: SIP/2.0/UDP other.test" in sent.data, "only our own Via"


def test_repetitions_are_swallowed_and_cancel_follows() -> None:
    large = World().large
    large.divert(request(), DATAGRAM)
    repeated = large.divert(request(), DATAGRAM)
    assert repeated is not None
    assert repeated.data == b""
    cancel = request("CANCEL", size=0)
    assert large.concerns(cancel)
    sent = large.divert(cancel, DATAGRAM)
    assert sent is not None
    assert sent.data.startswith(b"CANCEL")
    assert b"SIP/2.0/TCP 10.0.0.1:5062;rport;branch=z9hG4bK1" in sent.data
    assert large.divert(request("BYE", "z9hG4bK2", 0), DATAGRAM) is None, "another, short request"


def test_a_refused_connection_gives_the_datagrams_back_and_is_remembered() -> None:
    world = World()
    world.large.divert(request(), DATAGRAM)
    assert world.large.give_back(STREAM) == [(request(), DATAGRAM)]
    assert world.large.give_back(STREAM) == []
    assert world.large.divert(request(), DATAGRAM) is None, "its repetitions are datagrams again"
    assert world.large.divert(request(branch="z9hG4bK2"), DATAGRAM) is None
    world.now = 601.0
    assert world.large.divert(request(branch="z9hG4bK3"), DATAGRAM) is not None


def test_a_connection_that_broke_leaves_the_rest_to_datagrams() -> None:
    world = World()
    world.large.divert(request(), DATAGRAM)
    world.is_open = False
    assert world.large.divert(request(), DATAGRAM) is None
    world.is_open = True
    assert world.large.divert(request(), DATAGRAM) is None, "no way back: the peer has seen the datagram"


def test_nothing_is_diverted_where_tcp_is_not_listened_on() -> None:
    assert World(None).large.divert(request(), DATAGRAM) is None


def test_what_has_no_via_of_udp_stays_as_it_is() -> None:
    assert World().large.divert(b"INVITE x SIP/2.0\r\n\r\n" + b"x" * 2_000, DATAGRAM) is None


def test_old_requests_are_forgotten() -> None:
    world = World()
    for number in range(3_000):
        world.large.divert(request(branch=f"z9hG4bK{number}"), DATAGRAM)
    assert len(world.large._by_branch) <= 2_000
    world.now = 301.0
    world.large.divert(request(branch="z9hG4bKnew"), DATAGRAM)
    assert len(world.large._by_branch) == 1


def test_a_peer_that_is_set_to_datagrams_gets_them_whatever_their_size() -> None:
    large = World().large
    large.exempt(PEER)
    assert large.divert(request(), DATAGRAM) is None
    other = Flow(Transport.UDP, DATAGRAM.local, Address("192.0.2.10", 5060))
    assert large.divert(request(), other) is not None
