"""Descriptions on their way through the B2BUA."""

from __future__ import annotations

import dataclasses

from app.sdp.description import SessionDescription, parse
from app.sdp.direction import Direction
from app.sdp.relaying import (
    at_place_of,
    complete_answer,
    next_version,
    same_body,
    through_relay,
    with_places_of,
    without_pictures,
)
from app.sdp.target import audio_target

BROWSERISH = """v=0
o=- 77 3 IN IP4 192.168.1.5
s=-
c=IN IP4 192.168.1.5
t=0 0
a=group:BUNDLE 0 1
a=ice-lite
a=tool:phone
m=audio 4000 RTP/SAVP 0 8 101
c=IN IP4 192.168.1.6
a=mid:0
a=rtcp:4444
a=rtcp-mux
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz
a=candidate:1 1 UDP 2130706431 192.168.1.5 4000 typ host
a=ice-ufrag:abcd
a=ice-pwd:efgh
a=end-of-candidates
a=rtpmap:101 telephone-event/8000
a=ptime:20
m=video 4002 RTP/AVP 96
a=mid:1
a=rtpmap:96 VP8/90000
a=candidate:1 1 UDP 2130706431 192.168.1.5 4002 typ host
m=audio 4004 RTP/AVP 0
m=application 0 UDP/BFCP *
"""


def description(text: str = BROWSERISH) -> SessionDescription:
    return parse(text.encode())


def simple(audio: str, host: str = "192.0.2.7") -> SessionDescription:
    return description(f"v=0\no=- 1 1 IN IP4 {host}\ns=-\nc=IN IP4 {host}\nt=0 0\n{audio}")


def test_only_the_sound_goes_to_the_relay() -> None:
    relayed = through_relay(description(), "192.0.2.1", 12000)
    assert relayed.encode().decode().splitlines() == [
        "v=0",
        "o=- 77 3 IN IP4 192.168.1.5",
        "s=-",
        "c=IN IP4 192.0.2.1",
        "t=0 0",
        "a=tool:phone",
        "m=audio 12000 RTP/SAVP 0 8 101",
        "a=mid:0",
        "a=rtcp-mux",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
        "a=rtpmap:101 telephone-event/8000",
        "a=ptime:20",
        "m=video 0 RTP/AVP 96",
        "a=mid:1",
        "m=audio 0 RTP/AVP 0",
        "m=application 0 UDP/BFCP *",
    ]


def test_the_relay_may_be_reached_by_ipv6() -> None:
    relayed = through_relay(description(), "2001:db8::1", 12000)
    target = audio_target(relayed)
    assert b"c=IN IP6 2001:db8::1\r\n" in relayed.encode()
    assert target is not None
    assert (target.host, target.port, target.rtcp_port) == ("2001:db8::1", 12000, 12001)


def test_holding_by_an_empty_address_is_said_in_the_new_way() -> None:
    relayed = through_relay(simple("m=audio 4000 RTP/AVP 0\n", "0.0.0.0"), "192.0.2.1", 12000)
    target = audio_target(relayed)
    assert target is not None
    assert (target.host, target.direction) == ("192.0.2.1", Direction.SENDONLY)


def test_a_direction_of_the_session_moves_into_the_line() -> None:
    held = description(BROWSERISH.replace("a=tool:phone", "a=inactive"))
    relayed = through_relay(held, "192.0.2.1", 12000)
    target = audio_target(relayed)
    assert target is not None
    assert target.direction is Direction.INACTIVE
    assert relayed.encode().count(b"a=inactive") == 1


def test_without_sound_nothing_is_left() -> None:
    relayed = through_relay(simple("m=video 4002 RTP/AVP 96\n"), "192.0.2.1", 12000)
    assert [media.port for media in relayed.media] == [0]


def test_our_origin_line_counts_changes_only() -> None:
    first = next_version(simple("m=audio 4000 RTP/AVP 0\n"), 4711, 1, "192.0.2.1")
    assert str(first.origin) == "- 4711 1 IN IP4 192.0.2.1"
    theirs_again = simple("m=audio 4000 RTP/AVP 0\n").with_origin(description().origin)
    again = next_version(theirs_again, 4711, 1, "192.0.2.1", previous=first)
    assert again == first
    held = next_version(simple("m=audio 4000 RTP/AVP 0\na=sendonly\n"), 4711, 1, "192.0.2.1", previous=again)
    assert held.origin.version == "2"


def test_what_a_device_forgot_is_added() -> None:
    bare = description("v=0\no=- 1 1 IN IP4 192.0.2.7\nm=audio 4000 RTP/AVP 0\nc=IN IP4 192.0.2.7\n")
    ours = next_version(bare, 1, 1, "192.0.2.1")
    assert [line.kind for line in ours.lines] == ["v", "o", "s", "t"]
    assert same_body(bare, ours)
    lost = next_version(description("v=0\no=- 1 1 IN IP6 ::1\nm=audio 4000 RTP/AVP 0\n"), 1, 1, "::1")
    assert b"c=IN IP6 ::\r\n" in lost.encode()


OFFER = "m=audio 4000 RTP/AVP 0\nm=video 5000 RTP/AVP 96\nm=audio 0 RTP/AVP 8\n"


def test_an_answer_gets_as_many_lines_as_its_offer() -> None:
    completed = complete_answer(simple("m=audio 6000 RTP/AVP 0\n"), simple(OFFER))
    assert [media.head() for media in completed.media] == [
        "audio 6000 RTP/AVP 0",
        "video 0 RTP/AVP 96",
        "audio 0 RTP/AVP 8",
    ]


def test_an_answer_opens_nothing_that_was_not_offered() -> None:
    eager = simple(
        "m=audio 6000 RTP/AVP 0\nm=audio 6002 RTP/AVP 0\nm=audio 6004 RTP/AVP 8\nm=text 6006 RTP/AVP 98\n"
    )
    completed = complete_answer(eager, simple(OFFER))
    assert [(media.kind, media.port) for media in completed.media] == [
        ("audio", 6000),
        ("video", 0),
        ("audio", 0),
    ]


def test_a_refused_video_stays_refused_on_the_way_back() -> None:
    offer = simple("m=video 5000 RTP/AVP 96\nm=audio 4000 RTP/AVP 0\n")
    toward_callee = through_relay(offer, "192.0.2.1", 12000)
    assert [media.port for media in toward_callee.media] == [0, 12000]
    answered = simple("m=video 0 RTP/AVP 96\nm=audio 6000 RTP/AVP 0\n")
    toward_caller = complete_answer(through_relay(answered, "192.0.2.1", 12002), offer)
    assert [media.port for media in toward_caller.media] == [0, 12002]


def test_an_answer_that_does_not_know_holding_is_narrowed() -> None:
    completed = complete_answer(
        simple("m=audio 6000 RTP/AVP 0\n"), simple("m=audio 4000 RTP/AVP 0\na=sendonly\n")
    )
    target = audio_target(completed)
    assert target is not None
    assert target.direction is Direction.RECVONLY


def test_without_pictures_only_the_sound_is_left() -> None:
    video_last = parse(
        b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"
        b"m=audio 4000 RTP/AVP 0\r\nm=video 4002 RTP/AVP 97\r\nm=image 4004 udptl t38\r\n"
    )
    kept = without_pictures(video_last)
    assert [(media.kind, media.port) for media in kept.media] == [("audio", 4000)]
    assert kept.attribute("group") is None
    video_first = dataclasses.replace(video_last, media=video_last.media[1::-1])
    kept = without_pictures(video_first)
    assert [(media.kind, media.port) for media in kept.media] == [("video", 0), ("audio", 4000)]
    sound = dataclasses.replace(video_last, media=video_last.media[:1])
    assert without_pictures(sound) is sound
    silent = dataclasses.replace(video_last, media=video_last.media[1:2])
    assert without_pictures(silent) is silent


def test_an_offer_keeps_the_places_its_peer_knows() -> None:
    known = parse(
        b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        b"m=audio 4000 RTP/AVP 0\r\nm=video 4002 RTP/AVP 97\r\n"
    )
    fewer = dataclasses.replace(known, media=known.media[:1])
    assert [media.port for media in with_places_of(fewer, known).media] == [4000, 0]
    assert with_places_of(known, fewer) is known
    assert with_places_of(known, None) is known


def test_our_one_line_stands_where_its_peer_knows_the_sound() -> None:
    known = parse(
        b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        b"m=video 0 RTP/AVP 97\r\nm=audio 4000 RTP/AVP 0\r\nm=video 4002 RTP/AVP 98\r\n"
    )
    ours = dataclasses.replace(known, media=known.media[1:2])

    def kinds(desc: SessionDescription) -> list[tuple[str, int]]:
        return [(media.kind, media.port) for media in desc.media]

    assert kinds(at_place_of(ours, known)) == [("video", 0), ("audio", 4000), ("video", 0)]
    switched_off = known.with_media(1, known.media[1].rejected())
    assert kinds(at_place_of(ours, switched_off)) == [("video", 0), ("audio", 4000), ("video", 0)]
    pictures = dataclasses.replace(known, media=known.media[:1])
    assert kinds(at_place_of(ours, pictures)) == [("video", 0), ("audio", 4000)]
    assert at_place_of(ours, None) is ours
