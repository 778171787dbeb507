"""Messages: parse, change, answer, write."""

from __future__ import annotations

import pytest

from app.sip.errors import MessageError
from app.sip.flow import Address
from app.sip.message import Limits, Request, Response, parse
from app.sip.uri import SipUri
from app.sip.values import CSeq

INVITE = (
    b"INVITE sip:bob@biloxi.example SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP client.atlanta.example:5060;branch=z9hG4bK74bf9;rport\r\n"
    b"v: SIP/2.0/TCP 192.0.2.7;branch=z9hG4bKold, SIP/2.0/TLS 192.0.2.8\r\n"
    b"Record-Route: <sip:proxy.example;lr>\r\n"
    b'From: "Alice" <sip:alice@atlanta.example>;tag=9fxced76sl\r\n'
    b"To: Bob <sip:bob@biloxi.example>\r\n"
    b"Call-ID: 3848276298220188511@atlanta.example\r\n"
    b"CSeq: 1 INVITE\r\n"
    b"Timestamp: 54\r\n"
    b"x-UNKNOWN: \xff kept;; as,it is\r\n"
    b"X-Unknown:second\r\n"
    b"Content-Type: application/sdp\r\n"
    b"Content-Length: 3\r\n"
    b"\r\n"
    b"v=0"
)


def request(data: bytes = INVITE) -> Request:
    message = parse(data)
    assert isinstance(message, Request)
    return message


def head(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode() + b"\r\n"


def test_a_request() -> None:
    message = request()
    assert (message.method, message.uri_text, message.body) == ("INVITE", "sip:bob@biloxi.example", b"v=0")
    assert isinstance(message.uri, SipUri)
    assert message.uri.user == "bob"
    assert message.cseq == CSeq(1, "INVITE")
    assert message.headers[9] == ("x-unknown", "X-Unknown", "second")
    assert repr(message) == "<Request INVITE sip:bob@biloxi.example>"


def test_a_response() -> None:
    message = parse(b"SIP/2.0 486 Bin \xd0\xb7\xd0\xb0\xd0\xbd\xd1\x8f\xd1\x82\r\nTo: sip:a@b\r\n\r\n")
    assert isinstance(message, Response)
    assert (message.status, message.reason, message.is_final) == (486, "Bin занят", True)
    assert repr(message) == "<Response 486 Bin занят>"
    ringing = parse(b"SIP/2.0 180 \r\nTo: sip:a@b\r\n\r\n")
    assert isinstance(ringing, Response)
    assert (ringing.reason, ringing.is_final) == ("", False)


def test_headers_keep_order_case_and_bytes() -> None:
    expected = INVITE.replace(b"X-Unknown:second", b"X-Unknown: second").replace(
        b"Content-Length: 3\r\n", b""
    )
    expected = expected.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n")
    assert request().encode() == expected
    assert request(expected).encode() == expected


def test_folded_lines_are_joined() -> None:
    data = head("OPTIONS sip:a@b SIP/2.0\nSubject: one\n two\n\t three\nTo:\n sip:a@b\n")
    message = request(data)
    assert message.get("subject") == "one two three"
    assert message.get("to") == "sip:a@b"


def test_a_long_run_of_spaces_is_read_in_one_pass() -> None:
    data = head("OPTIONS sip:a@b SIP/2.0\nSubject: a" + " " * 60000 + "\n b\n")
    subject = parse(data, Limits(line_bytes=65536)).get("subject")
    assert subject is not None
    assert subject.split() == ["a", "b"]


def test_empty_lines_before_a_message_are_passed_over() -> None:
    assert request(b"\r\n\r\n" + INVITE).body == b"v=0"


def test_body_of_a_datagram() -> None:
    assert request(INVITE + b"surplus").body == b"v=0"
    without = INVITE.replace(b"Content-Length: 3\r\n", b"")
    assert request(without + b" to the end").body == b"v=0 to the end"
    twice = INVITE.replace(b"Content-Length: 3\r\n", b"Content-Length: 3\r\nl: 3\r\n")
    assert request(twice).body == b"v=0"
    assert twice.count(b"3\r\n") == request(twice).encode().count(b"3\r\n") + 1  # one is written


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (INVITE[:-1], 400),
        (INVITE.replace(b"Length: 3", b"Length: -3"), 400),
        (INVITE.replace(b"Length: 3", b"Length: 3 3"), 400),
        (INVITE.replace(b"Length: 3", b"Length:"), 400),
        (INVITE.replace(b"Length: 3", b"Length: 3\r\nl: 2"), 400),
        (INVITE.replace(b"Timestamp:", b"Timestamp"), 400),
        (INVITE.replace(b"Timestamp:", b"Time stamp:"), 400),
        (INVITE.replace(b"Timestamp:", b":"), 400),
        (INVITE.replace(b"\r\nTimestamp", b"\nTimestamp"), 400),
        (INVITE.replace(b": 54", b": 5\r4"), 400),
        (INVITE.replace(b"SIP/2.0\r\n", b"SIP/3.0\r\n", 1), 505),
        (INVITE.replace(b"SIP/2.0\r\n", b"SIP/2.0 \r\n", 1), 400),
        (INVITE.replace(b"INVITE s", b"INVITE  s", 1), 400),
        (INVITE.replace(b"INVITE s", b"IN(ITE s", 1), 400),
        (INVITE.replace(b"INVITE s", b" s", 1), 400),
        (INVITE.partition(b"\r\n\r\n")[0], 400),
        (b"OPTIONS sip:a@b SIP/2.0\r\n\r", 400),
        (INVITE.replace(b"INVITE s", b"ACK s", 1)[:-1], None),
        (INVITE.replace(b"SIP/2.0\r\n", b"HTTP/1.1\r\n", 1), None),
        (b"SIP/2.0 2000 OK\r\n\r\n", None),
        (b"SIP/2.0 099 OK\r\n\r\n", None),
        (b"SIP/2.0 700 OK\r\n\r\n", None),
        (b"SIP/2.0 20\xc2\xb2 OK\r\n\r\n", None),
        (b"SIP/2.0\r\n\r\n", None),
        (b"SIP/3.0 200 OK\r\n\r\n", None),
        (b"SIP/2.0 200 OK\r\nTo\r\n\r\n", None),
        (b"", None),
        (b"\r\n\r\n", None),
        (b"\0\0\0\0", None),
        (b"garbage", None),
    ],
)
def test_malformed(data: bytes, status: int | None) -> None:
    with pytest.raises(MessageError) as raised:
        parse(data)
    assert raised.value.status == status


def test_the_version_is_compared_without_case() -> None:
    assert request(b"OPTIONS sip:a@b sip/2.0\r\n\r\n").method == "OPTIONS"


def test_limits() -> None:
    limits = Limits(message_bytes=2000, headers=3, line_bytes=60)
    fits = head("OPTIONS sip:a@b SIP/2.0\nA: 1\nB: 2\nC: 3\n")
    assert len(parse(fits, limits).headers) == 3
    for text, status in (
        ("OPTIONS sip:a@b SIP/2.0\nA: 1\nB: 2\nC: 3\nD: 4\n", 513),
        ("OPTIONS sip:a@b SIP/2.0\nA: " + "x" * 60 + "\n", 513),
        ("OPTIONS sip:" + "a" * 60 + "@b SIP/2.0\nA: 1\n", 414),
        ("OPTIONS sip:a@b SIP/2.0\nA: 1\n\n" + "x" * 2000, 513),
        ("SIP/2.0 200 OK\nA: 1\n\n" + "x" * 2000, None),
    ):
        with pytest.raises(MessageError) as raised:
            parse(head(text), limits)
        assert raised.value.status == status


def test_reply_copies_what_it_must() -> None:
    ringing = request().reply(180, to_tag="314159", headers=[("Contact", "<sip:bob@192.0.2.4>")])
    assert ringing.encode().decode("utf-8", "surrogateescape").split("\r\n") == [
        "SIP/2.0 180 Ringing",
        "Via: SIP/2.0/UDP client.atlanta.example:5060;branch=z9hG4bK74bf9;rport",
        "v: SIP/2.0/TCP 192.0.2.7;branch=z9hG4bKold, SIP/2.0/TLS 192.0.2.8",
        "Record-Route: <sip:proxy.example;lr>",
        'From: "Alice" <sip:alice@atlanta.example>;tag=9fxced76sl',
        "To: Bob <sip:bob@biloxi.example>;tag=314159",
        "Call-ID: 3848276298220188511@atlanta.example",
        "CSeq: 1 INVITE",
        "Contact: <sip:bob@192.0.2.4>",
        "Content-Length: 0",
        "",
        "",
    ]
    assert ringing.to_tag == "314159"


def test_reply_100_has_the_timestamp_and_no_tag() -> None:
    trying = request().reply(100, to_tag="x")
    assert (trying.get("timestamp"), trying.to_tag, trying.get("record-route")) == ("54", "", None)


def test_reply_with_a_body_and_a_reason() -> None:
    accepted = request().reply(200, "Fine", to_tag="x", body=b"v=0\r\n", content_type="application/sdp")
    assert (accepted.reason, accepted.body, accepted.content_type) == ("Fine", b"v=0\r\n", "application/sdp")
    assert parse(accepted.encode()).body == b"v=0\r\n"


def test_reply_leaves_a_tag_that_is_there() -> None:
    inside = request(
        INVITE.replace(b"To: Bob <sip:bob@biloxi.example>", b"To: <sip:bob@biloxi.example>;tag=old")
    )
    assert inside.reply(200, to_tag="new").to_tag == "old"


def test_failures_and_other_methods_carry_no_record_route() -> None:
    assert request().reply(486, to_tag="x").get("record-route") is None
    register = request(INVITE.replace(b"INVITE", b"REGISTER"))
    assert register.reply(200, to_tag="x").get("record-route") is None


@pytest.mark.parametrize(
    ("sent", "noted"),
    [
        ("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1"),
        ("SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1", "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;received=192.0.2.1"),
        (
            "SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK1",
            "SIP/2.0/UDP 192.0.2.1:5060;rport=9988;branch=z9hG4bK1;received=192.0.2.1",
        ),
        ("SIP/2.0/UDP 192.0.2.1;received=6.6.6.6", "SIP/2.0/UDP 192.0.2.1"),
        (
            "SIP/2.0/UDP host;branch=z9hG4bK1, SIP/2.0/UDP other",
            "SIP/2.0/UDP host;branch=z9hG4bK1;received=192.0.2.1, SIP/2.0/UDP other",
        ),
    ],
)
def test_note_source(sent: str, noted: str) -> None:
    message = Request("OPTIONS", "sip:a@b", [("X", "y"), ("Via", sent), ("Via", "SIP/2.0/UDP last")])
    assert message.vias
    message.note_source(Address("192.0.2.1", 9988))
    assert message.get("via") == noted
    assert str(message.via) == noted.partition(",")[0]
    assert message.vias[0] == message.via
    assert message.vias[-1].host == "last"


def test_note_source_of_ipv6() -> None:
    message = Request("OPTIONS", "sip:a@b", [("Via", "SIP/2.0/UDP [2001:db8::1]:5060;rport")])
    message.note_source(Address("2001:db8::2", 5060))
    assert message.get("via") == "SIP/2.0/UDP [2001:db8::1]:5060;rport=5060;received=2001:db8::2"
    assert message.via.rport == 5060


def test_building_and_changing() -> None:
    message = Request("OPTIONS", SipUri.of("101", "pbx"), [("Max-Forwards", "70")], b"x")
    message.insert_first("Via", "SIP/2.0/UDP a")
    message.uri_text = "sip:102@pbx"
    assert isinstance(message.uri, SipUri)
    assert message.uri.user == "102"
    assert (
        message.encode()
        == head("OPTIONS sip:102@pbx SIP/2.0\nVia: SIP/2.0/UDP a\nMax-Forwards: 70\nContent-Length: 1\n")
        + b"x"
    )


def test_no_value_can_smuggle_in_a_header() -> None:
    response = Response(200, "OK\r\nEvil: 1", [("Subject", "a\r\n\r\nb\nc")])
    assert response.encode() == b"SIP/2.0 200 OK  Evil: 1\r\nSubject: a    b c\r\nContent-Length: 0\r\n\r\n"


def test_reason_phrases_are_filled_in() -> None:
    assert Response(404).start_line == "SIP/2.0 404 Not Found"
    assert Response(404, "").start_line == "SIP/2.0 404 "
