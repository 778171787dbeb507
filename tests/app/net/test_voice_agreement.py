"""What a peer's SDP means for a voice port."""

from __future__ import annotations

import pytest

from app.media.voice_codec import CODECS
from app.net.voice_agreement import Agreement, agreement, voice_of
from app.sdp.codec import STATIC, Codec
from app.sdp.direction import Direction
from app.sdp.target import MediaTarget

OPUS = Codec(96, "OPUS", 48_000, 2)
EVENT, EVENT_48 = Codec(101, "telephone-event", 8000), Codec(97, "telephone-event", 48_000)


def target(*codecs: Codec, host: str = "192.0.2.7", direction: Direction = Direction.SENDRECV) -> MediaTarget:
    return MediaTarget(host, 4000, 4001, codecs, direction=direction)


def test_without_a_target_nothing_is_sent() -> None:
    assert agreement(None) == Agreement()
    assert not agreement(None).sends
    assert agreement(None).meaning(8) is STATIC[8]


def test_the_first_codec_we_speak_is_sent_with_the_peers_number() -> None:
    agreed = agreement(target(STATIC[18], OPUS, STATIC[0], EVENT, EVENT_48))
    assert agreed.codec is CODECS["opus"]
    assert agreed.payload_type == 96
    assert agreed.event == (97, 48_000)
    assert agreed.sends
    assert agreed.takes_events


def test_without_a_codec_of_ours_nothing_is_sent_but_what_comes_is_known() -> None:
    agreed = agreement(target(STATIC[18], EVENT))
    assert agreed.codec is None
    assert not agreed.sends
    assert agreed.meaning(101) is EVENT


def test_what_comes_has_the_numbers_we_announced() -> None:
    ours = Codec(107, "opus", 48_000, 2)
    agreed = agreement(MediaTarget("192.0.2.7", 4000, 4001, (OPUS,), incoming=(ours, EVENT)))
    assert agreed.payload_type == 96
    assert agreed.meaning(107) is ours
    assert agreed.meaning(96) is OPUS
    assert agreed.meaning(99) is None
    assert agreed.takes_events
    assert agreed.event is None


@pytest.mark.parametrize(
    ("wanted", "sent"), [(None, 20), (20, 20), (5, 10), (10, 10), (35, 30), (60, 60), (200, 60)]
)
def test_packets_are_as_long_as_wanted_where_we_can(wanted: int | None, sent: int) -> None:
    assert agreement(MediaTarget("192.0.2.7", 4000, 4001, (STATIC[0],), ptime=wanted)).ptime_ms == sent


def test_opus_has_no_packets_of_30_ms() -> None:
    assert agreement(MediaTarget("192.0.2.7", 4000, 4001, (OPUS,), ptime=30)).ptime_ms == 20


@pytest.mark.parametrize(
    ("direction", "sends"),
    [
        (Direction.SENDRECV, True),
        (Direction.RECVONLY, True),
        (Direction.SENDONLY, False),
        (Direction.INACTIVE, False),
    ],
)
def test_who_holds_is_sent_nothing(direction: Direction, sends: bool) -> None:
    assert agreement(target(STATIC[0], direction=direction)).sends is sends
    assert agreement(target(STATIC[0], direction=direction)).codec is CODECS["pcmu"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_who_holds_the_old_way_is_sent_nothing(host: str) -> None:
    assert not agreement(target(STATIC[0], host=host)).sends


def test_a_codec_of_another_clock_or_channels_is_another_codec() -> None:
    assert voice_of(Codec(97, "PCMU", 16_000)) is None
    assert voice_of(Codec(97, "opus", 48_000)) is None
