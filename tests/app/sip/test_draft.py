"""Requests as ready-made text."""

from __future__ import annotations

from app.sip.draft import Draft, contact_uri, header_lines, via_start
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request, Response, parse
from tests.support.lone_stack import OFFER, TCP, UDP

TLS = Flow(Transport.TLS, Address("::1", 5061), Address("::2", 5061))


def draft(**changes: object) -> Draft:
    values: dict[str, object] = {
        "from_": "<sip:us@x>;tag=l",
        "to": "<sip:peer@x>",
        "call_id": "c",
        "cseq": 3,
        "max_forwards": 70,
        "contact_user": "us",
        "body": OFFER,
        "content_type": "application/sdp",
    }
    return Draft("INVITE", "sip:peer@x", **(values | changes))  # type: ignore[arg-type]


def read(data: bytes) -> Request:
    message = parse(data)
    assert isinstance(message, Request)
    return message


def test_our_address_depends_on_the_flow() -> None:
    assert via_start(UDP) == "SIP/2.0/UDP 10.0.0.1:5060;rport;branch="
    assert via_start(TLS) == "SIP/2.0/TLS [::1]:5061;rport;branch="
    assert contact_uri(UDP, "us") == "sip:us@10.0.0.1:5060"
    assert contact_uri(TCP, "") == "sip:10.0.0.1:5060;transport=tcp"
    assert contact_uri(TLS, "us") == "sip:us@[::1]:5061;transport=tls"
    assert contact_uri(TLS, "us", "sips") == "sips:us@[::1]:5061"
    assert contact_uri(UDP, "+86213") == "sip:+86213@10.0.0.1:5060"
    assert contact_uri(UDP, "*90#") == "sip:*90%23@10.0.0.1:5060"
    assert contact_uri(UDP, "a>\r\nX: y") == "sip:a%3E%0D%0AX%3A%20y@10.0.0.1:5060"


def test_a_whole_request() -> None:
    out = read(draft(lines="X-A: 1\r\n").encode("SIP/2.0/UDP a;branch=z9hG4bK-1", UDP))
    assert (out.method, out.body, out.content_type, out.get("x-a")) == (
        "INVITE",
        OFFER,
        "application/sdp",
        "1",
    )
    assert out.get("content-length") == str(len(OFFER))
    assert out.get("contact") == "<sip:us@10.0.0.1:5060>"
    assert read(draft(contact_user=None, body=b"").encode("SIP/2.0/UDP a", UDP)).get("contact") is None


def test_ack_and_cancel_repeat_what_they_must() -> None:
    invite = draft(route_lines="Route: <sip:p;lr>\r\n")
    via = "SIP/2.0/UDP a;branch=z9hG4bK-1"
    ack = read(invite.encode_ack(via, Response(486, headers=[("To", "<sip:peer@x>;tag=r")])))
    assert (ack.to_tag, str(ack.cseq), ack.via.branch) == ("r", "3 ACK", "z9hG4bK-1")
    cancel = read(invite.encode_cancel(via, (("Reason", "SIP;cause=200"),)))
    assert (cancel.to_tag, str(cancel.cseq), cancel.get("reason")) == ("", "3 CANCEL", "SIP;cause=200")
    assert cancel.get_all("route") == ack.get_all("route") == ["<sip:p;lr>"]
    assert cancel.body == b""


def test_values_stay_on_their_line() -> None:
    assert header_lines((("A", "x\r\nB: y"),)) == "A: x  B: y\r\n"
    assert b"\r\nEvil" not in draft(to="<sip:a@b>\r\nEvil: 1").encode("SIP/2.0/UDP a", UDP)


def test_unknown_bytes_survive() -> None:
    name = b"\xff\xfe".decode("utf-8", "surrogateescape")
    assert b"\xff\xfe" in draft(from_=f'"{name}" <sip:us@x>;tag=l').encode("SIP/2.0/UDP a", UDP)
