"""Answers to what could not be parsed."""

from __future__ import annotations

import pytest

from app.sip.errors import MessageError
from app.sip.flow import Address
from app.sip.refusal import refuse

BROKEN = (
    b"INVITE  sip:a@b  SIP/2.0\r\n"
    b"v: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;rport\r\n"
    b"From: <sip:a@b>\r\n"
    b" ;tag=1\r\n"
    b"broken line\r\n"
    b"To: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nSubject: x\r\n\r\nbody"
)
REMOTE = Address("192.0.2.1", 5070)


def test_the_answer_goes_back_to_its_transaction() -> None:
    response = refuse(BROKEN, MessageError("malformed", 400), REMOTE, to_tag="t")
    assert response is not None
    assert (response.status, response.to_tag, response.from_tag) == (400, "t", "1")
    assert (response.via.received, response.via.rport) == ("192.0.2.1", 5070)
    assert response.get("subject") is None


@pytest.mark.parametrize(
    "data",
    [
        BROKEN.replace(b"INVITE  s", b"ACK  s"),
        BROKEN.replace(b"INVITE  sip:a@b  SIP/2.0", b"SIP/2.0 2000 OK"),
        BROKEN.replace(b"Call-ID", b"Cal-ID"),
        BROKEN.replace(b"z9hG4bK1", b"z9hG4bK1;;"),
        b"",
        b"\0" * 50,
    ],
)
def test_what_is_not_answered(data: bytes) -> None:
    assert refuse(data, MessageError("malformed", 400), REMOTE) is None


def test_an_error_without_status_is_not_answered() -> None:
    assert refuse(BROKEN, MessageError("malformed", None), REMOTE) is None
