"""Parsing, editing and writing session descriptions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sdp.description import Connection, Line, Media, Origin, SdpError, SessionDescription, parse

PHONE = (
    b"v=0\r\n"
    b"o=- 3890000000 3890000001 IN IP4 192.0.2.7\r\n"
    b"s=call\r\n"
    b"c=IN IP4 192.0.2.7\r\n"
    b"b=AS:84\r\n"
    b"t=0 0\r\n"
    b"a=X-nat:0\r\n"
    b"m=audio 4002/2 RTP/AVP 9 8 96\r\n"
    b"b=TIAS:64000\r\n"
    b"a=rtpmap:96 telephone-event/8000\r\n"
    b"y=0100\r\n"
    b"a=fmtp:96 0-16\r\n"
    b"m=video 0 RTP/AVP 97\r\n"
    b"c=IN IP6 2001:db8::1\r\n"
    b"a=rtpmap:97 H264/90000\r\n"
)

text = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=20)
value = text.map(lambda found: found.rstrip(" \t"))
word = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
lines = st.lists(
    st.one_of(
        st.builds(Line, st.sampled_from("bikuptrazxyf"), value),
        st.builds(Line, st.just("i"), text),
        st.sampled_from([Line("c", "IN IP4 192.0.2.1"), Line("c", "IN IP6 ff15::101/3")]),
    ),
    max_size=6,
).map(tuple)
media = st.builds(
    Media,
    kind=word,
    port=st.integers(0, 65_535),
    protocol=word,
    formats=st.lists(word, max_size=4).map(tuple),
    port_count=st.integers(1, 9),
    lines=lines,
)
descriptions = st.builds(
    lambda rest, parts: SessionDescription(
        lines=(Line("v", "0"), Line("o", "- 1 2 IN IP4 192.0.2.1"), Line("s", "-"), *rest), media=tuple(parts)
    ),
    lines,
    st.lists(media, max_size=4),
)


@given(descriptions)
def test_what_is_written_is_read_again(description: SessionDescription) -> None:
    assert parse(description.encode()) == description


def test_every_line_keeps_its_place() -> None:
    description = parse(PHONE)
    assert description.encode() == PHONE
    audio, video = description.media
    assert (audio.kind, audio.port, audio.port_count, audio.formats) == ("audio", 4002, 2, ("9", "8", "96"))
    assert [line.kind for line in audio.lines] == ["b", "a", "y", "a"]
    assert audio.attribute("fmtp") == "96 0-16"
    assert video.is_rejected
    assert description.connection_of(audio) == Connection("192.0.2.7")
    assert description.connection_of(video) == Connection("2001:db8::1")
    assert description.origin == Origin("-", "3890000000", "3890000001", "192.0.2.7")


def test_habits_of_the_field_are_tolerated() -> None:
    body = (
        b"v=0 \no=John Doe 1 1 in ip4 192.0.2.1  \ns= \n\nc=IN IP4 192.0.2.1\t\r\nm=audio 4000 RTP/AVP 0 \n\n"
    )
    description = parse(body)
    assert description.origin.user == "John Doe"
    assert description.media[0].formats == ("0",)
    assert b"s= \r\n" in description.encode()
    assert not any(line.kind == "t" for line in description.lines)


def test_bytes_that_are_not_utf8_survive() -> None:
    body = PHONE.replace(b"s=call", b"s=\xc3\x28\xff")
    assert parse(body).encode() == body


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "v=0"),
        (b"v=1\r\no=- 1 1 IN IP4 192.0.2.1\r\n", "v=0"),
        (b"o=- 1 1 IN IP4 192.0.2.1\r\nv=0\r\n", "v=0"),
        (b"v=0\r\ns=-\r\n", "o="),
        (b"v=0\r\no=- 1 IN IP4 192.0.2.1\r\n", "o="),
        (b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nv=0\r\n", "v="),
        (PHONE + b"hello\r\n", "not a line"),
        (PHONE + b"=x\r\n", "not a line"),
        (PHONE + b"m=audio\r\n", "m="),
        (PHONE + b"m=audio 65536 RTP/AVP 0\r\n", "port"),
        (PHONE + b"m=audio -1 RTP/AVP 0\r\n", "port"),
        (PHONE + "m=audio ٣ RTP/AVP 0\r\n".encode(), "port"),
        (PHONE + b"c=IN IP4\r\n", "c="),
        (PHONE + b"c=IN X25 192.0.2.1\r\n", "c="),
        (PHONE + b"a=\0\r\n", "NUL"),
        (PHONE + b"a=x\n" * 3000, "lines"),
        (PHONE + b"a=" + b"x" * 70_000, "bytes"),
    ],
)
def test_what_is_no_description_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SdpError, match=reason):
        parse(body)


def test_attributes_are_edited_in_place() -> None:
    audio = parse(PHONE).media[0]
    changed = audio.with_attribute("rtpmap", "96 telephone-event/16000")
    assert [line.value for line in changed.lines if line.kind == "a"] == [
        "rtpmap:96 telephone-event/16000",
        "fmtp:96 0-16",
    ]
    assert audio.with_attribute("sendonly").lines[-1] == Line("a", "sendonly")
    assert not audio.without(["rtpmap", "fmtp"]).attributes("rtpmap")
    assert audio.without(["unknown"]) is audio


def test_a_connection_line_goes_where_it_belongs() -> None:
    bare = parse(PHONE.replace(b"c=IN IP4 192.0.2.7\r\n", b""))
    placed = bare.with_connection(Connection("2001:db8::5"))
    assert [line.kind for line in placed.lines] == ["v", "o", "s", "c", "b", "t", "a"]
    assert str(placed.connection) == "IN IP6 2001:db8::5"
    assert str(Connection.parse("IN IP4 233.252.0.1/127")) == "IN IP4 233.252.0.1/127"


def test_a_rejected_line_keeps_its_format() -> None:
    audio = parse(PHONE).media[0].rejected()
    assert audio.head() == "audio 0 RTP/AVP 9 8 96"
    assert audio.lines == ()
