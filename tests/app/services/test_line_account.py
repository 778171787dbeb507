from __future__ import annotations

from typing import Any

import pytest

from app.services.line_account import (
    address_of_record,
    binding_of,
    credentials_of,
    hop_of,
    order_of,
    policy_of,
    proxy_route,
    registrar_of,
    registration_facts,
    routes_of,
    shown_flow,
    tls_name_of,
)
from app.services.outside import Line, OutsideTransport, RegisterCallId
from app.sip.errors import MessageError
from app.sip.flow import Address, Flow, Transport
from app.sip.registration import CallIdPolicy
from app.variables import Variables

SONETEL = {"user": "abc", "domain": "gmail.com", "proxy": "sip.sonetel.com", "password": "p"}
TELECOM = {
    "user": "+8612345678",
    "domain": "gd.ctcims.cn",
    "proxy": "10.9.8.7",
    "password": "p",
    "auth_user_with_domain": True,
}


def line(**fields: Any) -> Line:
    return Line(name="carrier", **({"user": "100", "domain": "example.net", "password": "p"} | fields))


def test_note_s3_packets_go_to_the_proxy_and_the_domain_stays_in_the_headers() -> None:
    order = order_of(line(**SONETEL), Variables(), "")
    assert str(order.registrar) == "sip:gmail.com"
    assert str(order.address) == "<sip:abc@gmail.com>"
    assert order.route == ("<sip:sip.sonetel.com;lr>",)
    assert order.hop is not None
    assert order.hop.host == "sip.sonetel.com"


def test_note_s4_the_digest_user_carries_the_domain() -> None:
    known = credentials_of(line(**TELECOM))
    assert known is not None
    assert known.user == "+8612345678@gd.ctcims.cn"
    plain = credentials_of(line(**TELECOM | {"auth_user_with_domain": False}))
    assert plain is not None
    assert plain.user == "+8612345678"
    separate = credentials_of(line(auth_id="web100"))
    assert separate is not None
    assert separate.user == "web100"


def test_without_a_password_there_is_nothing_to_answer_with() -> None:
    assert credentials_of(line(password="")) is None


@pytest.mark.parametrize(
    ("of_line", "variable", "policy"),
    [
        (RegisterCallId.KEEP, 1, CallIdPolicy.KEEP),
        (RegisterCallId.NEW, 1, CallIdPolicy.NEW),
        (RegisterCallId.KEEP, 0, CallIdPolicy.NEW),
        (RegisterCallId.NEW, 0, CallIdPolicy.NEW),
    ],
)
def test_note_s8_line_and_variable(of_line: RegisterCallId, variable: int, policy: CallIdPolicy) -> None:
    assert policy_of(line(register_call_id=of_line), Variables(reg_same_dialog=variable)) is policy


@pytest.mark.parametrize(
    ("fields", "hop", "registrar", "route"),
    [
        ({}, "sip:example.net;transport=udp", "sip:example.net", ""),
        ({"transport": OutsideTransport.AUTO}, "sip:example.net", "sip:example.net", ""),
        ({"port": 5070}, "sip:example.net:5070;transport=udp", "sip:example.net:5070", ""),
        (
            {"proxy": "p.example.org", "port": 5070},
            "sip:p.example.org:5070;transport=udp",
            "sip:example.net",
            "<sip:p.example.org:5070;lr>",
        ),
        (
            {"proxy": "p.example.org:5080", "port": 5070, "transport": OutsideTransport.TCP},
            "sip:p.example.org:5080;transport=tcp",
            "sip:example.net",
            "<sip:p.example.org:5080;transport=tcp;lr>",
        ),
        (
            {"proxy": "2001:db8::1", "transport": OutsideTransport.TLS},
            "sip:[2001:db8::1];transport=tls",
            "sip:example.net",
            "<sip:[2001:db8::1];transport=tls;lr>",
        ),
    ],
)
def test_where_packets_go_and_what_they_say(
    fields: dict[str, Any], hop: str, registrar: str, route: str
) -> None:
    record = line(**fields)
    assert str(hop_of(record)) == hop
    assert str(registrar_of(record)) == registrar
    assert proxy_route(record) == route


def test_a_record_without_an_address_is_told() -> None:
    with pytest.raises(MessageError, match="no server address"):
        hop_of(line(domain=""))
    with pytest.raises(MessageError):
        hop_of(line(domain="a b"))


def test_only_a_proxy_serves_as_the_domain_too() -> None:
    record = line(domain="", proxy="192.0.2.1")
    assert str(registrar_of(record)) == "sip:192.0.2.1"
    assert str(address_of_record(record)) == "<sip:100@192.0.2.1>"


def test_a_variable_sets_the_lifetime_of_all_lines() -> None:
    assert order_of(line(expires=600), Variables(), "").expires == 600
    assert order_of(line(expires=600), Variables(reg_expires=120), "").expires == 120


def test_what_makes_a_line_register_anew_and_what_moves_its_binding() -> None:
    record = line()
    same = line(incoming_to="101", max_calls=3, no_answer_s=15)
    assert registration_facts(record) == registration_facts(same)
    assert registration_facts(record) != registration_facts(line(password="other"))
    assert binding_of(record) == binding_of(line(password="other"))
    assert binding_of(record) != binding_of(line(user="101"))
    assert binding_of(record) != binding_of(line(enabled=False))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"transport": OutsideTransport.TLS}, "example.net"),
        ({"transport": OutsideTransport.AUTO}, "example.net"),
        ({"transport": OutsideTransport.TLS, "domain": "example.net:5071"}, "example.net"),
        ({"transport": OutsideTransport.TLS, "proxy": "sbc.example.net:5061"}, "sbc.example.net"),
        ({"transport": OutsideTransport.TLS, "proxy": "192.0.2.1:5061"}, "example.net"),
        ({"transport": OutsideTransport.TLS, "proxy": "[2001:db8::1]:5061"}, "example.net"),
        ({"transport": OutsideTransport.TLS, "proxy": "192.0.2.1", "domain": ""}, "192.0.2.1"),
        ({"transport": OutsideTransport.TLS, "domain": "192.0.2.1"}, "192.0.2.1"),
        ({"transport": OutsideTransport.TLS, "tls_verify": False}, ""),
        ({"transport": OutsideTransport.TCP}, ""),
        ({}, ""),
    ],
)
def test_what_the_carriers_certificate_must_be_made_out_to(fields: dict[str, Any], name: str) -> None:
    assert tls_name_of(line(**fields)) == name


def test_the_check_counts_for_a_registration_over_tls_only() -> None:
    assert registration_facts(line()) == registration_facts(line(tls_verify=False))
    strict, lax = (line(transport=OutsideTransport.TLS, tls_verify=value) for value in (True, False))
    assert registration_facts(strict) != registration_facts(lax)
    assert binding_of(strict) == binding_of(lax)


@pytest.mark.parametrize(
    ("proxy", "service_route", "routes"),
    [
        ("", (), ()),
        ("", ("<sip:a.example;lr>",), ("<sip:a.example;lr>",)),
        ("p.example", (), ("<sip:p.example;lr>",)),
        ("p.example", ("<sip:a.example;lr>",), ("<sip:p.example;lr>", "<sip:a.example;lr>")),
        ("p.example", ("<sip:orig@p.example:5060;lr>",), ("<sip:orig@p.example:5060;lr>",)),
        ("p.example", ("<nonsense",), ("<sip:p.example;lr>", "<nonsense")),
    ],
)
def test_the_routes_of_calls(proxy: str, service_route: tuple[str, ...], routes: tuple[str, ...]) -> None:
    assert routes_of(line(proxy=proxy), service_route) == routes


def test_a_flow_as_captures_show_it() -> None:
    flow = Flow(Transport.UDP, Address("10.0.0.1", 5060), Address("192.0.2.1", 5060))
    assert shown_flow(flow) == "192.0.2.1:5060/udp"
    assert shown_flow(None) == ""


def test_from_of_register_is_what_the_carrier_wants_there_and_to_is_the_account() -> None:
    plain = order_of(line(user="100", domain="d.example"), Variables(), "")
    assert str(plain.sender) == str(plain.address) == "<sip:100@d.example>"
    record = line(user="100", domain="d.example", from_user="0251", from_domain="f.example")
    order = order_of(record, Variables(), "")
    assert str(order.sender) == "<sip:0251@f.example>"
    assert str(order.address) == "<sip:100@d.example>"
    assert registration_facts(record) != registration_facts(line(user="100", domain="d.example"))
