"""One line about a message, whatever the bytes are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.trace.summary import Summary, summarize, user_of
from tests.support.traced import request, response


def test_a_request_is_summed_up() -> None:
    assert summarize(request()) == Summary("INVITE", "100", "101", "abc", "1 INVITE", "101", "100", "INVITE")


def test_a_response_with_compact_headers_is_summed_up() -> None:
    assert summarize(response("486 Busy Here")) == Summary(
        "486 Busy Here", "100", "101", "abc", "1 INVITE", "", "", "INVITE"
    )


def test_folded_headers_and_leading_empty_lines_are_read() -> None:
    data = (
        b"\r\n\r\nBYE sip:a@b SIP/2.0\r\nFrom:\r\n <sip:100@x>\r\nCSEQ :  2\r\n  BYE\r\n\r\nTo: <sip:body@x>"
    )
    summary = summarize(data)
    assert (summary.from_user, summary.to_user, summary.cseq) == ("100", "", "2 BYE")


def test_what_is_not_sip_has_no_summary() -> None:
    assert summarize(b"GET / HTTP/1.1\r\n\r\n") == Summary("", "", "", "", "", "", "", "")
    assert summarize(b"") == summarize(b"\x80\x00garbage")


def test_users_are_found_in_every_kind_of_uri() -> None:
    assert user_of(b'"A, B" <sips:200:secret@x>;tag=1') == "200"
    assert user_of(b"<tel:+49-30-1;phone-context=x>") == "+49-30-1"
    assert user_of(b"sip:example.org") == ""
    assert user_of(b"") == ""


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert isinstance(summarize(data), Summary)
    assert isinstance(summarize(b"INVITE sip:a@b SIP/2.0\r\nFrom: " + data), Summary)
