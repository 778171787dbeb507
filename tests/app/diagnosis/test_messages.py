"""Messages are read as far as they can be read; a broken one never breaks the diagnosis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.diagnosis import Case, diagnose
from app.diagnosis.case import CaseMessage
from app.diagnosis.messages import Seen
from tests.support.cases import message

OFFER = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP 8\n"


def seen(text: str) -> Seen:
    return Seen(0, CaseMessage(text=text, is_out=True, peer="192.0.2.1:5060/udp"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_a_body_with_a_length_of_other_ones(end: str) -> None:
    text = message(
        "INVITE sip:+4930@example.net:5070;user=phone SIP/2.0",
        "Content-Type: application/sdp",
        "Content-Length: 9999",
        cseq="7 INVITE",
        body=OFFER,
    )
    one = seen(text.replace("\n", end))
    assert (one.method, one.cseq, one.call_id, one.uri_user, one.uri_port) == (
        "INVITE",
        7,
        "c1",
        "+4930",
        5070,
    )
    assert one.has_user_phone
    assert one.called_number == "+4930"
    assert one.sdp is not None


def test_a_text_as_pasted_from_a_note() -> None:
    text = "\n  SIP/2.0 401 Unauthorized\n  ...\n  Call-ID: 18BF.\n  CSeq: 13 REGISTER\n  ..."
    one = seen(text)
    assert (one.status, one.reason, one.call_id, one.cseq, one.method) == (
        401,
        "Unauthorized",
        "18BF.",
        13,
        "REGISTER",
    )


@pytest.mark.parametrize(
    "text", ["", "\r\n\r\n", "HTTP/1.1 200 OK\n\n", "REGISTER", "\x15\x03\x01", "SIP/2.0 abc x"]
)
def test_what_is_no_sip_is_nothing(text: str) -> None:
    one = seen(text)
    assert one.message is None
    assert (one.status, one.method, one.call_id, one.branch, one.contacts, one.challenges) == (
        0,
        "",
        "",
        "",
        (),
        (),
    )
    assert (one.mapping, one.uri, one.complaint, one.sdp) == (None, None, "", None)


def test_malformed_headers_are_absent() -> None:
    text = message(
        "SIP/2.0 200 OK",
        "Via: nonsense",
        "From: <sip:broken",
        "Contact: *",
        "Session-Expires: soon",
        "Expires: 60 seconds",
        cseq="x REGISTER",
    )
    one = seen(text)
    assert (one.cseq, one.via, one.from_.user, one.contacts, one.session_expires) == (0, None, "", (), None)
    assert one.seconds("expires") == 60
    assert one.seconds("min-expires") is None


def test_what_a_refusal_says_does_not_count_the_cseq_header() -> None:
    one = seen(
        message("SIP/2.0 400 Bad Request", "P-Registrar-Error: Invalid CSeq number", cseq="2 REGISTER")
    )
    assert "invalid cseq" in one.complaint
    assert "cseq" not in seen(message("SIP/2.0 400 Bad Request")).complaint


def test_the_mapping_that_a_server_shows() -> None:
    via = "Via: SIP/2.0/UDP 10.0.0.1:5060;received=192.0.2.7;rport=1024;branch=z9hG4bKx"
    assert seen(message("SIP/2.0 200 OK", via)).mapping == ("192.0.2.7", 1024)
    assert seen(message("SIP/2.0 200 OK", "Via: SIP/2.0/UDP 10.0.0.1;rport;branch=z9hG4bKx")).mapping is None


def test_reasons_and_options() -> None:
    one = seen(
        message("BYE sip:a@b SIP/2.0", 'Reason: SIP;cause=200, Q.850;cause=28;text="x"', "Require: Timer")
    )
    assert one.q850 == 28
    assert one.options("require") == {"timer"}


@given(st.text(max_size=300), st.booleans())
def test_no_text_breaks_the_doctor(text: str, is_out: bool) -> None:
    start = "REGISTER sip:a SIP/2.0\n" if is_out else "SIP/2.0 403 No\n"
    rows = [{"t": 0, "dir": "out" if is_out else "in", "peer": text, "text": start + text}] * 2
    errors = [{"t": 0, "peer": text, "error": text}]
    for finding in diagnose(
        Case.from_json({"messages": rows, "config": {"domain": text}, "socket_errors": errors})
    ):
        assert all(0 <= index < 2 for index in finding.evidence)
