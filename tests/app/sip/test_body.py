"""Bodies and their parts."""

from __future__ import annotations

import pytest

from app.sip.body import parts, sdp_of
from app.sip.errors import MessageError
from app.sip.message import Request

MIXED = (
    b"preamble\r\n--b1\r\n"
    b"Content-Type: text/plain\r\n\r\nhello\r\n"
    b"--b1  \r\n"
    b"c: application/sdp\r\nContent-Disposition: early-session\r\n\r\nv=1\r\n"
    b"--b1\r\n"
    b"Content-Type:\r\n multipart/alternative;boundary=b2\r\n\r\n"
    b"--b2\r\n\r\nplain\r\n--b2\r\nContent-Type: application/sdp\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\ndj0w\r\n--b2--"
    b"\r\n--b1--\r\nepilogue"
)


def request(content_type: str, body: bytes) -> Request:
    return Request("INVITE", "sip:a@b", [("Content-Type", content_type)], body)


def test_a_plain_session_description() -> None:
    assert sdp_of(request("Application/SDP;x=y", b"v=0")) == b"v=0"
    assert sdp_of(request("text/plain", b"v=0")) is None
    assert sdp_of(request("application/sdp", b"")) is None
    assert parts(request("application/sdp", b"")) == ()


def test_a_multipart_body() -> None:
    message = request('multipart/mixed; boundary="b1"', MIXED)
    assert [(part.content_type, part.disposition, part.content) for part in parts(message)] == [
        ("text/plain", "", b"hello"),
        ("application/sdp", "early-session", b"v=1"),
        ("text/plain", "", b"plain"),
        ("application/sdp", "", b"v=0"),
    ]
    assert sdp_of(message) == b"v=0"


def test_a_single_body_is_one_part() -> None:
    assert [part.content for part in parts(request("text/plain", b"x"))] == [b"x"]


def test_a_multipart_body_without_session_description() -> None:
    assert sdp_of(request("multipart/mixed;boundary=b", b"--b\r\n\r\nx\r\n--b--")) is None


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/mixed", b"--b\r\n\r\nx\r\n--b--"),
        ("multipart/mixed;boundary=b", b"--b\r\n\r\nx\r\n"),
        ("multipart/mixed;boundary=b", b"--bX\r\n\r\nx\r\n--b--"),
        ("multipart/mixed;boundary=b", b"--b\r\nContent-Type: text/plain\r\n--b--"),
        ("multipart/mixed;boundary=b", b"--b\r\nno colon\r\n\r\nx\r\n--b--"),
        ("multipart/mixed;boundary=b", b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--"),
        ("multipart/mixed;boundary=b", b"--b\r\n\r\n\r\n" * 70 + b"--b--"),
        ("multipart/mixed;boundary=b", b"--b\r\nContent-Type: /\r\n\r\nx\r\n--b--"),
    ],
)
def test_malformed(content_type: str, body: bytes) -> None:
    with pytest.raises(MessageError):
        sdp_of(request(content_type, body))


def test_a_body_that_nests_too_deep_is_refused() -> None:
    body = b"x"
    for level in range(6):
        body = f"--b{level}\r\nContent-Type: multipart/mixed;boundary=b{level - 1}\r\n\r\n".encode() + body
        body += f"\r\n--b{level}--".encode()
    with pytest.raises(MessageError, match="too deep"):
        parts(request("multipart/mixed;boundary=b5", body))
