"""Messages out of a byte stream."""

from __future__ import annotations

import pytest

from app.sip.errors import MessageError
from app.sip.framing import KeepAlive, StreamFramer
from app.sip.message import Limits

ONE = b"OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 5\r\n\r\nhello"
TWO = b"SIP/2.0 200 OK\r\nl :\r\n 0\r\nCall-ID: 2\r\n\r\n"
PING, PONG = KeepAlive.PING, KeepAlive.PONG


def feed_by(size: int, data: bytes) -> list[bytes | KeepAlive]:
    framer = StreamFramer()
    return [item for start in range(0, len(data), size) for item in framer.feed(data[start : start + size])]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 1000])
def test_any_piece_size(size: int) -> None:
    assert feed_by(size, ONE + TWO + b"\r\n" + ONE + b"\r\n\r\n" + TWO) == [
        ONE,
        TWO,
        PONG,
        ONE,
        PONG,
        PING,
        TWO,
    ]


def test_trailing_bytes_wait() -> None:
    framer = StreamFramer()
    assert framer.feed(ONE + TWO[:10]) == [ONE]
    assert framer.buffered == 10
    assert framer.feed(TWO[10:]) == [TWO]
    assert framer.buffered == 0
    assert framer.feed(b"") == []


def test_a_keep_alive_is_told_at_once() -> None:
    framer = StreamFramer()
    assert framer.feed(b"\r\n") == [PONG]
    assert framer.feed(b"\r\n") == [PING]
    assert framer.feed(b"\r") == []
    assert framer.feed(b"\n") == [PONG]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\n\r\n", 400),
        (b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: x\r\n\r\n", 400),
        (b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: -1\r\n\r\n", 400),
        (b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 1\r\nl: 2\r\n\r\n", 400),
        (b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 99999999999\r\n\r\n", 400),
        (b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 65536\r\n\r\n", 513),
        (b"OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\nX: y\r\n\r\n", 400),
    ],
)
def test_what_cannot_be_framed(head: bytes, status: int) -> None:
    framer = StreamFramer()
    assert framer.feed(ONE + head + ONE) == [ONE]
    assert framer.error is not None
    assert framer.error.status == status
    assert framer.rejected == head
    with pytest.raises(MessageError):
        framer.feed(ONE)
    with pytest.raises(MessageError):
        StreamFramer().feed(head)


def test_equal_content_lengths_agree() -> None:
    data = ONE.replace(b"Content-Length: 5", b"Content-Length: 5\r\nl: 5")
    assert StreamFramer().feed(data) == [data]


def test_an_endless_head_is_refused() -> None:
    framer = StreamFramer(Limits(message_bytes=1000))
    assert framer.feed(b"x" * 1000) == []
    with pytest.raises(MessageError) as raised:
        framer.feed(b"x")
    assert raised.value.status == 513
    assert framer.buffered == 0
