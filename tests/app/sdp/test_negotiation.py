"""Offer and answer."""

from __future__ import annotations

import pytest

from app.sdp.description import SessionDescription, parse
from app.sdp.negotiation import (
    Capabilities,
    Codec,
    Direction,
    answer,
    audio_target,
    direction_of,
    hold,
    keep_codecs,
    offer,
    prefer_codecs,
    resume,
)

OURS = Capabilities(
    host="192.0.2.1",
    port=12000,
    codecs=(
        Codec(9, "G722", 8000),
        Codec(8, "PCMA", 8000),
        Codec(0, "PCMU", 8000),
        Codec(111, "opus", 48000, 2),
    ),
    session_id=42,
)


def body(*rows: str) -> SessionDescription:
    head = ["v=0", "o=- 1 1 IN IP4 192.0.2.7", "s=-", "c=IN IP4 192.0.2.7", "t=0 0"]
    return parse("\n".join([*head, *rows]).encode())


def lines_of(description: SessionDescription) -> list[str]:
    return description.encode().decode().split("\r\n")


def test_an_answer_takes_what_both_know_in_the_offers_order_and_numbers() -> None:
    offered = body(
        "m=video 5000 RTP/AVP 31",
        "m=audio 4000 RTP/AVP 18 96 0 8 97 101",
        "a=rtpmap:96 OPUS/48000/2",
        "a=rtpmap:97 telephone-event/48000",
        "a=rtpmap:101 telephone-event/8000",
        "a=ptime:30",
        "m=audio 4002 RTP/AVP 0",
    )
    assert lines_of(answer(offered, OURS)) == [
        "v=0",
        "o=- 42 1 IN IP4 192.0.2.1",
        "s=-",
        "c=IN IP4 192.0.2.1",
        "t=0 0",
        "m=video 0 RTP/AVP 31",
        "m=audio 12000 RTP/AVP 96 0 8 97 101",
        "a=rtpmap:96 OPUS/48000/2",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:97 telephone-event/48000",
        "a=rtpmap:101 telephone-event/8000",
        "a=ptime:30",
        "a=sendrecv",
        "m=audio 0 RTP/AVP 0",
        "",
    ]


def test_a_maximum_of_packet_time_is_kept() -> None:
    assert "a=ptime:10" in lines_of(answer(body("m=audio 4000 RTP/AVP 0", "a=maxptime:10"), OURS))
    assert "a=ptime:20" in lines_of(answer(body("m=audio 4000 RTP/AVP 0", "a=ptime:soon"), OURS))


@pytest.mark.parametrize(
    "audio",
    ["m=audio 4000 RTP/AVP 18", "m=audio 4000 RTP/SAVP 0", "m=audio 0 RTP/AVP 0", "m=audio 4000 RTP/AVP 13"],
)
def test_nothing_in_common_rejects_every_line(audio: str) -> None:
    answered = answer(body(audio), OURS)
    assert audio_target(answered) is None
    assert len(answered.media) == 1


@pytest.mark.parametrize(
    ("offered", "answered"), [("sendonly", "recvonly"), ("recvonly", "sendonly"), ("inactive", "inactive")]
)
def test_an_answer_to_hold(offered: str, answered: str) -> None:
    target = audio_target(answer(body("m=audio 4000 RTP/AVP 0", f"a={offered}"), OURS))
    assert target is not None
    assert target.direction == answered


def test_an_offer_has_a_telephone_event_for_every_clock() -> None:
    made = offer(OURS)
    target = audio_target(made)
    assert target is not None
    events = [(codec.payload_type, codec.clock_rate) for codec in target.codecs if codec.is_telephone_event]
    assert events == [(101, 8000), (96, 48000)]
    assert target.telephone_event_pt == 101
    assert parse(made.encode()) == made
    assert audio_target(answer(made, OURS)) is not None


def test_keys_at_8_khz_are_101_whatever_codec_comes_first() -> None:
    opus_first = Capabilities(host="192.0.2.1", port=12000, codecs=OURS.codecs[::-1], session_id=42)
    target = audio_target(offer(opus_first))
    assert target is not None
    events = {codec.clock_rate: codec.payload_type for codec in target.codecs if codec.is_telephone_event}
    assert events == {8000: 101, 48000: 96}


def test_keys_that_have_a_number_keep_it() -> None:
    known = (
        Codec(0, "PCMU", 8000),
        Codec(101, "opus", 48000, 2),
        Codec(97, "telephone-event", 8000, 1, "0-16"),
    )
    target = audio_target(offer(Capabilities(host="192.0.2.1", port=12000, codecs=known, session_id=42)))
    assert target is not None
    events = {codec.clock_rate: codec.payload_type for codec in target.codecs if codec.is_telephone_event}
    assert events == {8000: 97, 48000: 96}


def test_hold_and_resume() -> None:
    talking = body("m=audio 4000 RTP/AVP 0", "m=video 0 RTP/AVP 31", "m=text 4 RTP/AVP 98", "a=recvonly")
    held = hold(talking)
    assert [direction_of(media, held).value for media in held.media] == ["sendonly", "sendrecv", "inactive"]
    assert hold(held) == held
    back = resume(held)
    assert [direction_of(media, back).value for media in back.media] == ["sendrecv", "sendrecv", "recvonly"]


def test_hold_overrules_a_direction_of_the_session() -> None:
    talking = parse(
        b"v=0\no=- 1 1 IN IP4 192.0.2.7\ns=-\nc=IN IP4 192.0.2.7\na=recvonly\nm=audio 4 RTP/AVP 0\n"
    )
    held = hold(talking)
    assert direction_of(held.media[0], held) is Direction.INACTIVE
    assert not held.has("recvonly")


def test_codecs_are_reordered_and_left_out() -> None:
    offered = body(
        "m=audio 4000 RTP/AVP 0 8 96 101",
        "a=rtpmap:96 opus/48000/2",
        "a=fmtp:96 stereo=1",
        "a=rtpmap:101 telephone-event/8000",
        "m=video 5000 RTP/AVP 31",
    )
    assert prefer_codecs(offered, ["OPUS", "pcma"]).media[0].formats == ("96", "8", "0", "101")
    kept = keep_codecs(offered, ["PCMA"])
    assert kept.media[0].formats == ("8", "101")
    assert [line.value for line in kept.media[0].lines] == ["rtpmap:101 telephone-event/8000"]
    assert kept.media[1] == offered.media[1]
    assert keep_codecs(offered, ["G729"]).media[0].is_rejected
