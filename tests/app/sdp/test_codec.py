"""Codecs of a media line."""

from __future__ import annotations

from app.sdp.codec import STATIC, Codec, codecs_of, telephone_event_for, with_codecs
from app.sdp.description import Line, Media


def audio(formats: str, *attributes: str) -> Media:
    return Media(
        kind="audio",
        port=4000,
        protocol="RTP/AVP",
        formats=tuple(formats.split()),
        lines=tuple(Line("a", each) for each in attributes),
    )


def test_static_payload_types_need_no_rtpmap() -> None:
    assert [codec.name for codec in codecs_of(audio("0 8 9 18"))] == ["PCMU", "PCMA", "G722", "G729"]
    assert STATIC[9].clock_rate == 8000


def test_an_rtpmap_wins_over_the_static_meaning_and_fmtp_is_kept() -> None:
    found = codecs_of(
        audio("0 111", "rtpmap:0 pcmu/16000", "rtpmap:111 opus/48000/2", "fmtp:111 useinbandfec=1")
    )
    assert found == (Codec(0, "pcmu", 16000), Codec(111, "opus", 48000, 2, "useinbandfec=1"))


def test_what_cannot_be_read_is_left_out() -> None:
    broken = audio(
        "96 97 98 99 200 x 0 0", "rtpmap:96 opus", "rtpmap:97 opus/zero", "rtpmap:98 a/0", "rtpmap:q"
    )
    assert codecs_of(broken) == (STATIC[0],)


def test_the_telephone_event_of_the_codecs_clock_is_chosen() -> None:
    found = codecs_of(
        audio(
            "96 97 0 98",
            "rtpmap:96 opus/48000/2",
            "rtpmap:97 telephone-event/8000",
            "rtpmap:98 telephone-event/48000",
        )
    )
    chosen = telephone_event_for(found)
    assert chosen is not None
    assert chosen.payload_type == 98
    narrow = telephone_event_for(found, STATIC[0])
    assert narrow is not None
    assert narrow.payload_type == 97
    assert telephone_event_for(codecs_of(audio("0 8"))) is None
    only = telephone_event_for(codecs_of(audio("9 97", "rtpmap:97 telephone-event/16000")))
    assert only is not None
    assert only.clock_rate == 16000


def test_choosing_codecs_takes_their_lines_along() -> None:
    media = audio(
        "0 96 97", "rtpmap:96 opus/48000/2", "fmtp:96 x", "rtcp-fb:96 nack", "rtpmap:97 iLBC/8000", "ptime:20"
    )
    changed = with_codecs(
        media, (Codec(97, "iLBC", 8000), STATIC[0], Codec(101, "telephone-event", 8000, 1, "0-15"))
    )
    assert changed.formats == ("97", "0", "101")
    assert [line.value for line in changed.lines] == [
        "rtpmap:97 iLBC/8000",
        "ptime:20",
        "rtpmap:101 telephone-event/8000",
        "fmtp:101 0-15",
    ]


def test_encodings_are_the_same_whatever_their_number_and_case() -> None:
    assert Codec(96, "OPUS", 48000, 2).is_same(Codec(111, "opus", 48000, 2, "x"))
    assert not Codec(96, "L16", 44100, 2).is_same(Codec(96, "L16", 44100))
    assert not Codec(101, "telephone-event", 8000).is_voice
    assert not STATIC[13].is_voice
