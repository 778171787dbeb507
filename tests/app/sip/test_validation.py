"""What every message must have, and what is refused before it is served."""

from __future__ import annotations

import pytest

from app.sip.message import Request, Response
from app.sip.validation import Refusal, refuse_unsupported, validate_request, validate_response

HEADERS = {
    "Via": "SIP/2.0/UDP a;branch=z9hG4bK1",
    "From": "<sip:a@b>;tag=1",
    "To": "<sip:c@d>",
    "Call-ID": "c1",
    "CSeq": "1 INVITE",
    "Max-Forwards": "70",
    "Contact": "<sip:a@1.1.1.1>",
}


def request(
    method: str = "INVITE", uri: str = "sip:c@d", body: bytes = b"", **changes: str | None
) -> Request:
    headers = {
        **HEADERS,
        "CSeq": f"1 {method}",
        **{name.replace("_", "-"): text for name, text in changes.items()},
    }
    return Request(method, uri, [(name, value) for name, value in headers.items() if value is not None], body)


def test_a_good_request() -> None:
    assert validate_request(request()) is None


@pytest.mark.parametrize("name", ["Via", "From", "To", "Call-ID", "CSeq", "Contact"])
def test_missing_headers(name: str) -> None:
    message = request()
    message.remove(name)
    error = validate_request(message)
    assert error is not None
    assert error.status == 400


@pytest.mark.parametrize("name", ["From", "To", "Call-ID", "CSeq", "Max-Forwards", "Contact"])
def test_headers_that_come_twice(name: str) -> None:
    message = request()
    message.add(name, HEADERS[name])
    assert validate_request(message) is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Via", "SIP/2.0/UDP a;branch=z9hG4bK"),
        ("Via", "SIP/2.0/UDP a;;"),
        ("From", '"A <sip:a@b>;tag=1'),
        ("To", "< sip:c@d >"),
        ("Call-ID", "a b"),
        ("CSeq", "1 OPTIONS"),
        ("Max-Forwards", "300"),
        ("Contact", "*"),
        ("Contact", "<sip:a@b>;;"),
        ("Date", "yesterday"),
    ],
)
def test_malformed_headers(name: str, value: str) -> None:
    message = request()
    message.set(name, value)
    error = validate_request(message)
    assert error is not None
    assert error.status == 400


@pytest.mark.parametrize("uri", ["<sip:a@b>", "sip:a@b?Route=x", "sip:a@b:x"])
def test_malformed_request_uris(uri: str) -> None:
    assert validate_request(request(uri=uri)) is not None


def test_contact_is_for_invite_of_a_present_client() -> None:
    assert validate_request(request("OPTIONS", Contact=None)) is None
    assert validate_request(request(Contact=None, Via="SIP/2.0/UDP a")) is None  # RFC 2543
    assert validate_request(request("REGISTER", Contact="*")) is None


def test_an_ack_is_never_answered() -> None:
    error = validate_request(request("ACK", To="x"))
    assert error is not None
    assert error.status is None


def test_responses() -> None:
    good = Response(200, None, [(name, HEADERS[name]) for name in ("Via", "From", "To", "Call-ID", "CSeq")])
    assert validate_response(good) is None
    good.set("CSeq", "9292394834772304023312 OPTIONS")
    error = validate_response(good)
    assert error is not None
    assert error.status is None


def refusal(message: Request) -> Refusal | None:
    return refuse_unsupported(
        message,
        methods=("INVITE", "ACK", "CANCEL", "OPTIONS"),
        extensions=("100rel", "timer"),
        body_types=("application/sdp", "multipart/mixed"),
    )


def test_what_can_be_served_is_not_refused() -> None:
    assert refusal(request(Require="100rel, Timer")) is None
    assert refusal(request(body=b"v=0", Content_Type="application/sdp", Content_Encoding="identity")) is None
    assert refusal(request(uri="tel:+1")) is None
    assert refusal(request("CANCEL", Require="foo")) is None
    assert (
        refusal(request(body=b"x", Content_Type="x/y", Content_Disposition="render;handling=optional"))
        is None
    )
    assert refusal(request(Accept="text/plain, application/*")) is None
    assert refusal(request("OPTIONS", Accept="text/plain")) is None


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (request("PUBLISH"), Refusal(405, (("Allow", "INVITE, ACK, CANCEL, OPTIONS"),))),
        (request("invite"), Refusal(501, (("Allow", "INVITE, ACK, CANCEL, OPTIONS"),))),
        (request(uri="isbn:2983792873"), Refusal(416)),
        (request(Require="timer, Foo, bar"), Refusal(420, (("Unsupported", "Foo, bar"),))),
        (
            request(body=b"x", Content_Type="x/y"),
            Refusal(415, (("Accept", "application/sdp, multipart/mixed"),)),
        ),
        (request(body=b"x", Content_Encoding="gzip"), Refusal(415, (("Accept-Encoding", "identity"),))),
        (request(Accept="text/plain"), Refusal(406)),
        (request(Accept=""), Refusal(406)),
    ],
)
def test_refusals(message: Request, expected: Refusal) -> None:
    assert refusal(message) == expected
