"""A stream gives the same messages however it is cut: whole, byte by byte, with trailing bytes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.sip.errors import MessageError
from app.sip.framing import KeepAlive, StreamFramer
from app.sip.message import Limits, Request, parse

Items = list[bytes | KeepAlive]
LIMITS = Limits(message_bytes=2000)


def run(pieces: list[bytes]) -> tuple[Items, str]:
    """Return what a framer makes of the pieces, and why it gave up ("" where it did not)."""
    framer = StreamFramer(LIMITS)
    found: Items = []
    for piece in pieces:
        try:
            found += framer.feed(piece)
        except MessageError as error:
            return found, error.reason
    return found, "" if framer.error is None else framer.error.reason


def whole(data: bytes) -> list[bytes]:
    return [data]


def byte_by_byte(data: bytes) -> list[bytes]:
    return [data[index : index + 1] for index in range(len(data))]


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    body = draw(st.binary(max_size=30))
    name = draw(st.sampled_from(["Content-Length", "l", "CONTENT-LENGTH", "L "]))
    return f"OPTIONS sip:a@b SIP/2.0\r\n{name}: {len(body)}\r\nX: y\r\n\r\n".encode() + body


STREAMS = st.lists(st.one_of(messages(), st.just(b"\r\n"), st.just(b"\r\n\r\n")), max_size=6)


@settings(max_examples=150, deadline=None)
@given(STREAMS, st.binary(max_size=20))
def test_three_ways_of_good_streams(items: list[bytes], rest: bytes) -> None:
    data = b"".join(items)
    found, error = run(whole(data))
    assert not error
    assert (found, error) == run(byte_by_byte(data))
    assert [item for item in found if isinstance(item, bytes)] == [item for item in items if len(item) > 4]
    with_rest, _ = run(whole(data + rest))
    assert with_rest[: len(found)] == found
    for item in found:
        if isinstance(item, bytes):
            assert isinstance(parse(item, LIMITS), Request)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(
        st.one_of(
            messages(),
            st.binary(max_size=40),
            st.sampled_from(
                [b"\r\n", b"\r", b"\n", b"\r\n\r\n", b"Content-Length:", b"5", b"l: 3\r\n", b"\r\n "]
            ),
        ),
        max_size=10,
    )
)
@example([b"x" * 1999, b"xx"])
def test_three_ways_of_anything(items: list[bytes]) -> None:
    data = b"".join(items)
    expected = run(whole(data))
    assert run(byte_by_byte(data)) == expected
    assert run(items) == expected


@settings(max_examples=100, deadline=None)
@given(messages(), st.lists(st.integers(0, 100), max_size=5))
def test_any_cut(message: bytes, cuts: list[int]) -> None:
    data = message + b"\r\n" + message
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(edges)]
    assert run(pieces) == ([message, KeepAlive.PONG, message], "")
