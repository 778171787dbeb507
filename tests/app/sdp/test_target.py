"""Where sound is to be sent."""

from __future__ import annotations

import pytest

from app.sdp.description import SessionDescription, parse
from app.sdp.direction import Direction
from app.sdp.target import MediaTarget, audio_target, behind_nat


def body(
    host: str = "192.0.2.7", audio: str = "m=audio 4000 RTP/AVP 0 101", *attributes: str
) -> SessionDescription:
    kind = "IP6" if ":" in host else "IP4"
    rows = ["v=0", f"o=- 1 1 IN {kind} {host}", "s=-", f"c=IN {kind} {host}", "t=0 0", audio]
    return parse("\n".join([*rows, *(f"a={each}" for each in attributes)]).encode())


def test_the_first_audio_line_that_is_not_switched_off_counts() -> None:
    target = audio_target(
        body("192.0.2.7", "m=video 5000 RTP/AVP 31\nm=audio 0 RTP/AVP 0\nm=audio 4000 RTP/AVP 8")
    )
    assert target is not None
    assert (target.host, target.port, target.rtcp_port) == ("192.0.2.7", 4000, 4001)
    assert [codec.name for codec in target.codecs] == ["PCMA"]
    assert target.telephone_event_pt is None


def test_all_that_a_target_says() -> None:
    lines = ("rtpmap:101 telephone-event/8000", "rtcp:53020 IN IP4 192.0.2.9", "rtcp-mux", "recvonly")
    target = audio_target(body("2001:db8::7", "m=audio 4000 RTP/AVP 0 101", *lines))
    assert target is not None
    assert target == MediaTarget("2001:db8::7", 4000, 53020, target.codecs, 101, Direction.RECVONLY, True)


@pytest.mark.parametrize("rtcp", ["0", "65536", "x", "", "-1", "9" * 5000])
def test_a_malformed_rtcp_line_means_the_next_port(rtcp: str) -> None:
    target = audio_target(body("192.0.2.7", "m=audio 4000 RTP/AVP 0", f"rtcp:{rtcp}"))
    assert target is not None
    assert target.rtcp_port == 4001


@pytest.mark.parametrize("audio", ["m=audio 0 RTP/AVP 0", "m=image 4000 udptl t38", ""])
def test_no_sound_no_target(audio: str) -> None:
    assert audio_target(body("192.0.2.7", audio)) is None


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ((), None),
        (("ptime:30",), 30),
        (("ptime:30", "maxptime:20"), 20),
        (("maxptime:20",), None),
        (("ptime:x",), None),
        (("ptime:0",), None),
    ],
)
def test_how_long_a_packet_is_to_be(attributes: tuple[str, ...], expected: int | None) -> None:
    target = audio_target(body("192.0.2.7", "m=audio 4000 RTP/AVP 0", *attributes))
    assert target is not None
    assert target.ptime == expected


def test_no_address_no_target() -> None:
    assert audio_target(parse(b"v=0\no=- 1 1 IN IP4 192.0.2.7\ns=-\nm=audio 4000 RTP/AVP 0\n")) is None


@pytest.mark.parametrize(
    ("written", "source", "expected"),
    [
        ("192.168.1.5", "192.168.1.5", False),
        ("192.168.1.5", "203.0.113.9", True),
        ("100.64.3.3", "203.0.113.9", True),
        ("203.0.113.9", "192.168.1.5", True),  # a phone in our network that asked STUN
        ("192.168.1.5", "192.168.1.77", False),  # a media board beside its signalling
        ("172.17.0.2", "192.168.1.77", True),  # a container
        ("203.0.113.9", "198.51.100.4", False),  # a carrier's media gateway
        ("127.0.0.1", "127.0.0.2", False),
        ("127.0.0.1", "192.168.1.5", True),
        ("0.0.0.0", "192.168.1.5", False),
        ("phone.example", "192.168.1.5", False),
        ("fd00::5", "2001:db8::1", True),
        ("2001:DB8::0001", "2001:db8::1", False),
        ("192.168.1.5", "::ffff:192.168.1.5", False),
        ("192.168.1.5", "not an address", False),
    ],
)
def test_behind_a_nat(written: str, source: str, expected: bool) -> None:
    assert behind_nat(body(written), source) is expected


def test_no_sound_is_no_sign_of_a_nat() -> None:
    assert not behind_nat(body("192.168.1.5", "m=audio 0 RTP/AVP 0"), "203.0.113.9")
