"""Identity, numbering, routes and target of a dialog."""

from __future__ import annotations

import pytest

from app.sip.core import Core
from app.sip.dialog import Dialog, contact_of
from app.sip.draft import Draft
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request, Response, parse
from app.sip.settings import StackSettings
from tests.support.lone_stack import TCP, UDP, request


def of_request(*headers: str, flow: Flow = UDP, contact: str = "<sip:peer@10.0.0.2:5060>") -> Dialog:
    message = parse(request("INVITE", headers=headers, contact=contact, cseq=10))
    assert isinstance(message, Request)
    return Dialog.of_request(message, "us", flow, "me", None)


def written(dialog: Dialog, method: str = "INFO") -> Request:
    draft = dialog.draft(Core(StackSettings()), method)
    message = parse(draft.encode("SIP/2.0/UDP x;branch=z9hG4bK-1", UDP))
    assert isinstance(message, Request)
    return message


def test_the_callees_end() -> None:
    dialog = of_request("Record-Route: <sip:a;lr>, <sip:b;lr>", "Allow: UPDATE, info")
    assert dialog.key == ("call-1", "us", "peer")
    assert dialog.routes == ("<sip:a;lr>", "<sip:b;lr>")
    assert dialog.allows("UPDATE")
    assert dialog.allows("INFO")
    assert not dialog.allows("PRACK")
    out = written(dialog)
    assert (out.from_tag, out.to_tag, out.call_id) == ("us", "peer", "call-1")
    assert out.uri_text == "sip:peer@10.0.0.2:5060"
    assert out.get_all("route") == ["<sip:a;lr>", "<sip:b;lr>"]


def test_strict_routers_get_their_own_uri_first() -> None:
    """RFC 3261 12.2.1.1."""
    out = written(of_request("Record-Route: <sip:strict>, <sip:b;lr>"))
    assert out.uri_text == "sip:strict"
    assert out.get_all("route") == ["<sip:b;lr>", "<sip:peer@10.0.0.2:5060>"]


def test_numbers_go_up_on_both_sides() -> None:
    dialog = of_request()
    assert not dialog.accepts_number(9)
    assert dialog.accepts_number(10)
    assert dialog.accepts_number(12)
    assert not dialog.accepts_number(11)
    assert [written(dialog).cseq.number for _ in range(3)] == [1, 2, 3]


def test_the_flow_is_used_where_the_target_is_its_far_end() -> None:
    assert of_request().flows() == (UDP,)
    assert of_request(contact="<sip:peer@10.0.0.2>").flows() == (UDP,)
    for elsewhere in (
        "<sip:peer@10.0.0.2:5070>",
        "<sip:peer@host.example>",
        "<sip:peer@10.0.0.2:5060;transport=tcp>",
        "<sips:peer@10.0.0.2:5060>",
    ):
        assert of_request(contact=elsewhere).flows() == ()
    assert of_request("Record-Route: <sip:10.0.0.9;lr>").flows() == ()
    v6 = Flow(Transport.UDP, Address("::1", 5060), Address("::2", 5060))
    assert of_request(contact="<sip:peer@[::2]:5060>", flow=v6).flows() == (v6,)


def test_a_connection_is_kept_and_a_pinned_flow_too() -> None:
    assert of_request(contact="<sip:peer@host.example;transport=tcp>", flow=TCP).flows() == (TCP,)
    dialog = of_request(contact="<sip:peer@host.example>")
    dialog.is_pinned = True
    assert dialog.flows() == (UDP,)


@pytest.mark.parametrize("contact", ["", "<sip:4711@IMS.example>"])
def test_a_name_behind_a_proxy_is_not_looked_up(contact: str) -> None:
    draft = Draft(
        "INVITE",
        "sip:110@ims.example;user=phone",
        from_="<sip:me@ims.example>;tag=us",
        to="<sip:110@ims.example>",
        call_id="call-1",
        cseq=1,
        max_forwards=70,
        route_lines="Route: <sip:10.0.0.9;lr>\r\n",
    )
    headers = [("To", "<sip:110@ims.example>;tag=peer"), *([("Contact", contact)] if contact else [])]
    dialog = Dialog.of_response(draft, "us", Response(200, headers=headers), UDP, None)
    assert dialog.flows() == (UDP,)
    assert dialog.next_hop() is None
    dialog.retarget("sip:4711@10.0.0.3")
    assert dialog.flows() == ()
    assert str(dialog.next_hop()) == "sip:4711@10.0.0.3"


def test_the_next_hop() -> None:
    assert str(of_request().next_hop()) == "sip:peer@10.0.0.2:5060"
    assert str(of_request("Record-Route: <sip:a;lr>").next_hop()) == "sip:a;lr"
    dialog = of_request()
    dialog.retarget("tel:+441")
    assert dialog.next_hop() is None
    dialog.retarget("nonsense")
    assert dialog.next_hop() is None


def test_the_target_may_move_but_not_to_nowhere() -> None:
    dialog = of_request()
    response = Response(200, headers=[("Contact", '"A <b>" <sip:new@10.0.0.3>;x=1')])
    dialog.refresh_target(response)
    assert dialog.target == "sip:new@10.0.0.3"
    dialog.refresh_target(Response(200))
    assert dialog.target == "sip:new@10.0.0.3"


def test_an_allow_that_was_not_meant() -> None:
    dialog = of_request("Allow: UPDATE")
    dialog.note_inability()
    assert not dialog.allows("UPDATE")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<sip:a@b>;expires=3", "sip:a@b"),
        ("sip:a@b;expires=3", "sip:a@b"),
        ("*", ""),
        ("", ""),
        ('"broken <sip:a@b>', ""),
    ],
)
def test_the_uri_of_a_contact(value: str, expected: str) -> None:
    assert contact_of(Response(200, headers=[("Contact", value)])) == expected
