from __future__ import annotations

import pytest

from app.calls.outbound import ALL_SOUND, SoundRules
from app.sdp.codec import codecs_of
from app.sdp.description import parse

OFFER = parse(
    b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
    b"m=audio 4000 RTP/AVP 9 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"
    b"m=video 4002 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n"
)


@pytest.mark.parametrize(
    ("codecs", "left"),
    [
        ((), ["G722", "PCMU", "PCMA", "telephone-event"]),
        (("PCMA",), ["PCMA", "telephone-event"]),
        (("PCMA", "PCMU"), ["PCMA", "PCMU", "telephone-event"]),
        (("G729",), ["G722", "PCMU", "PCMA", "telephone-event"]),  # the carrier shall say no, not we
    ],
)
def test_the_codecs_of_a_line_in_its_order(codecs: tuple[str, ...], left: list[str]) -> None:
    shaped = SoundRules(codecs).apply(OFFER)
    assert [codec.name for codec in codecs_of(shaped.media[0])] == left
    assert len(shaped.media) == 2


def test_pictures_only_where_they_may_be() -> None:
    assert [media.kind for media in SoundRules((), has_video=False).apply(OFFER).media] == ["audio"]
    assert ALL_SOUND.apply(OFFER) is OFFER
