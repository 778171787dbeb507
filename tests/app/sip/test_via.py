"""Via values."""

from __future__ import annotations

import pytest

from app.sip.errors import MessageError
from app.sip.via import Via


def test_usual() -> None:
    via = Via.parse(
        "SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKabc;rport;received=192.0.2.9;ttl=3;maddr=224.0.1.75"
    )
    assert (via.transport, via.host, via.port, via.sent_by) == ("UDP", "192.0.2.1", 5070, "192.0.2.1:5070")
    assert (via.branch, via.received, via.rport, via.ttl, via.maddr) == (
        "z9hG4bKabc",
        "192.0.2.9",
        None,
        3,
        "224.0.1.75",
    )
    assert via.wants_rport
    assert via.is_rfc3261


@pytest.mark.parametrize("text", ["SIP/2.0/TLS [2001:db8::1];branch=z9hG4bKx;rport=5062", "SIP/2.0/TCP host"])
def test_round_trip(text: str) -> None:
    assert str(Via.parse(text)) == text


def test_white_space_wherever_the_grammar_has_it() -> None:
    via = Via.parse("SIP  /    2.0   / udp  192.168.255.111 : 5061  ; branch= z9hG4bK30239")
    assert via == Via("UDP", "192.168.255.111", 5061, {"branch": "z9hG4bK30239"})


def test_a_client_of_rfc_2543() -> None:
    via = Via.parse("SIP/2.0/UDP iftgw.example.com")
    assert (via.branch, via.is_rfc3261, via.port, via.rport, via.received, via.maddr, via.ttl) == (
        "",
        False,
        None,
        None,
        "",
        "",
        None,
    )
    assert not Via.parse("SIP/2.0/UDP a;branch=z9hG4bK").is_rfc3261
    assert Via.parse("SIP/2.0/UDP a;branch=Z9HG4BK1").is_rfc3261


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SIP/2.0/UDP",
        "SIP/2.0/UDP ",
        "SIP/7.0/UDP a",
        "HTTP/2.0/UDP a",
        "SIP/2.0 a",
        "SIP/2.0/U(P a",
        "SIP/2.0/UDP a b",
        "SIP/2.0/UDP a:b",
        "SIP/2.0/UDP a;",
        "SIP/2.0/UDP 192.0.2.15;;,;,,",
        "SIP/2.0/UDP [::1",
    ],
)
def test_malformed(text: str) -> None:
    with pytest.raises(MessageError):
        Via.parse(text)


@pytest.mark.parametrize("text", ["SIP/2.0/UDP a;rport=x", "SIP/2.0/UDP a;rport=70000"])
def test_malformed_rport(text: str) -> None:
    with pytest.raises(MessageError):
        _ = Via.parse(text).rport
