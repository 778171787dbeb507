"""What stands in the INVITE, for each line and trunk the notes speak of."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.actions import OutKind, OutRoute
from app.services.outgoing_identity import Sent, sent
from app.services.outside import CallerIdForm, Line, OutsideTransport
from app.sip.name_addr import NameAddr
from app.sip.uri import parse_uri
from tests.support.dial_plans import directory, trunk

SONETEL = Line(name="sonetel", user="abc", domain="gmail.com", proxy="sip.sonetel.com")


def over_line(line: Line, number: str = "+8613812345678", **route: Any) -> Sent:
    out = OutRoute(kind=OutKind.LINE, name=line.name, number=number, **route)
    found = sent(directory(line), out)
    assert found is not None
    return found


def over_trunk(number: str = "123", *, own_host: str = "192.0.2.1", known: Any = None, **fields: Any) -> Sent:
    route = {"caller_number": "101", "caller_name": "Desk", "privacy": fields.pop("privacy", False)}
    out = OutRoute(kind=OutKind.TRUNK, name="branch", number=number, **route)
    found = sent(known or directory(trunk(**fields)), out, own_host=own_host)
    assert found is not None
    return found


def test_s3_the_domain_stays_and_the_proxy_is_a_loose_route() -> None:
    assert over_line(SONETEL) == Sent(
        request_uri="sip:+8613812345678@gmail.com;user=phone",
        from_="<sip:abc@gmail.com>",
        to="<sip:+8613812345678@gmail.com;user=phone>",
        route=("<sip:sip.sonetel.com;lr>",),
    )


def test_s4_an_ims_line_and_its_digest_user() -> None:
    line = Line(
        name="ims",
        user="+8612345678",
        domain="gd.ctcims.cn",
        proxy="10.32.7.1:5080",
        auth_user_with_domain=True,
        transport=OutsideTransport.TCP,
    )
    found = over_line(line, "013812345678")
    assert found.from_ == "<sip:+8612345678@gd.ctcims.cn>"
    assert found.route == ("<sip:10.32.7.1:5080;transport=tcp;lr>",)
    assert line.digest_user == "+8612345678@gd.ctcims.cn"
    assert Line(name="x", user="1", auth_id="2", domain="d").digest_user == "2"
    assert Line(name="x", user="1", domain="d").digest_user == "1"


def test_user_phone_and_further_parameters_are_as_the_line_says() -> None:
    plain = Line(name="x", user="1", domain="carrier.example", user_phone=False, port=5070)
    assert over_line(plain).request_uri == "sip:+8613812345678@carrier.example:5070"
    assert over_line(plain).to == "<sip:+8613812345678@carrier.example>"
    more = Line(name="x", user="1", domain="carrier.example", request_uri_params="tgrp=a;b")
    assert over_line(more, "1").request_uri == "sip:1@carrier.example;user=phone;tgrp=a;b"


def test_another_identity_in_from() -> None:
    line = Line(
        name="x", user="1", domain="d.example", from_user="025", from_domain="f.example", display_name='A "B"'
    )
    assert over_line(line).from_ == '"A \\"B\\"" <sip:025@f.example>'


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        (CallerIdForm.PAI, "P-Asserted-Identity", "<sip:800@gmail.com>"),
        (CallerIdForm.PPI, "P-Preferred-Identity", "<sip:800@gmail.com>"),
        (CallerIdForm.RPID, "Remote-Party-ID", "<sip:800@gmail.com>;party=calling;screen=yes;privacy=off"),
    ],
)
def test_the_callers_number_stands_in_the_header_the_carrier_reads(
    form: CallerIdForm, name: str, value: str
) -> None:
    line = Line(name="x", user="abc", domain="gmail.com", caller_id_form=form)
    found = over_line(line, caller_number="800")
    assert found.from_ == "<sip:abc@gmail.com>"
    assert found.headers == ((name, value),)
    assert found.p_asserted_identity == (value if form is CallerIdForm.PAI else "")


def test_in_from_the_callers_number_replaces_the_lines() -> None:
    found = over_line(SONETEL, caller_number="800", caller_name="101")
    assert found.from_ == '"101" <sip:800@gmail.com>'
    assert found.headers == ()


def test_a_hidden_caller_over_a_line_is_known_to_the_carrier_alone() -> None:
    found = over_line(SONETEL, caller_number="800", privacy=True)
    assert found.from_ == '"Anonymous" <sip:800@gmail.com>'
    assert found.headers == (("P-Asserted-Identity", "<sip:800@gmail.com>"), ("Privacy", "id"))
    rpid = Line(name="x", user="a", domain="g.example", caller_id_form=CallerIdForm.RPID)
    assert over_line(rpid, privacy=True).headers[0][1].endswith("privacy=full")


def test_a_trunk_is_told_who_calls() -> None:
    found = over_trunk()
    assert found.request_uri == "sip:123@198.51.100.7"
    assert found.from_ == '"Desk" <sip:101@192.0.2.1>'
    assert found.to == "<sip:123@198.51.100.7>"
    assert (found.route, found.headers) == ((), ())


def test_a_trunks_port_parameters_and_tel() -> None:
    assert over_trunk(port=5080).request_uri == "sip:123@198.51.100.7:5080"
    assert over_trunk(request_uri_params="user=phone").request_uri == "sip:123@198.51.100.7;user=phone"
    tel = over_trunk("+8613812345678", tel_uri=True, request_uri_params="cpc=ordinary")
    assert tel.request_uri == "tel:+8613812345678;cpc=ordinary"
    assert tel.to == "<tel:+8613812345678>"
    assert over_trunk(address="2001:db8::7").request_uri == "sip:123@[2001:db8::7]"


def test_a_hidden_caller_over_a_trunk_is_anonymous_in_from() -> None:
    found = over_trunk(privacy=True)
    assert found.from_ == '"Anonymous" <sip:anonymous@anonymous.invalid>'
    assert found.headers == (("P-Asserted-Identity", '"Desk" <sip:101@192.0.2.1>'), ("Privacy", "id"))


@pytest.mark.parametrize(
    ("settings", "host"),
    [
        ({"public_address": "pbx.example.com"}, "pbx.example.com"),
        ({"bind_address": ("192.0.2.9",)}, "192.0.2.9"),
        ({}, "198.51.100.7"),
    ],
)
def test_before_our_address_is_known_the_best_guess_stands_in_from(
    settings: dict[str, Any], host: str
) -> None:
    found = over_trunk(own_host="", known=directory(trunk(), **settings))
    assert found.from_ == f'"Desk" <sip:101@{host}>'


def test_a_way_that_is_gone_sends_nothing() -> None:
    for kind in OutKind:
        assert sent(directory(), OutRoute(kind=kind, name="gone", number="1")) is None


def test_all_that_is_sent_can_be_read_again() -> None:
    found = over_line(SONETEL, "*40*1#", caller_number="#31#", caller_name="张三; <x>")
    assert parse_uri(found.request_uri).user == "*40*1#"  # type: ignore[union-attr]
    address = NameAddr.parse(found.from_)
    assert (address.display, address.user) == ("张三; <x>", "#31#")
    assert NameAddr.parse(found.to).user == "*40*1#"
