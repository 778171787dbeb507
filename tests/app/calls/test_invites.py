from __future__ import annotations

from typing import Any

from app.calls.diversion import Diversion
from app.calls.invites import Destination, Shown, invite_for
from app.calls.outbound import Outbound
from app.sip.flow import Address, Flow, Transport

HERE = Flow(Transport.UDP, Address("10.0.0.1", 5060), Address("10.0.1.1", 5060))


def device(**fields: Any) -> Destination:
    return Destination(number="101", uri="sip:101@10.0.1.1:5060", flow=HERE, **fields)


def test_a_phone_of_ours_is_called_from_our_address() -> None:
    shown = Shown(number="100", name='A "b"', headers=(("Subject", "Lunch"),), forwards_left=9)
    invite = invite_for(device(), shown, HERE, b"v=0")
    assert (invite.from_, invite.to) == ('"A \\"b\\"" <sip:100@10.0.0.1>', "<sip:101@10.0.0.1>")
    assert (invite.contact_user, invite.max_forwards, invite.rel100) == ("100", 9, True)
    assert invite.headers == (("Subject", "Lunch"),)
    assert invite.flows == (HERE,)


def test_another_port_and_ipv6_stand_in_the_address() -> None:
    other = Flow(Transport.UDP, Address("10.0.0.1", 5070), Address("10.0.1.1", 5060))
    assert invite_for(device(), Shown(number="100"), other, None).to == "<sip:101@10.0.0.1:5070>"
    sixth = Flow(Transport.UDP, Address("2001:db8::1", 5060), Address("2001:db8::2", 5060))
    assert invite_for(device(), Shown(number="100"), sixth, None).to == "<sip:101@[2001:db8::1]>"


def test_a_phone_that_makes_the_offer_is_not_asked_for_reliable_answers() -> None:
    assert not invite_for(device(), Shown(number="100"), HERE, None).rel100


def test_who_sent_the_call_on_is_told() -> None:
    shown = Shown(number="100", diversions=(Diversion("102", "busy", "101"),))
    ((name, value),) = invite_for(device(), shown, HERE, b"v=0").headers
    assert name == "Diversion"
    assert "sip:102@10.0.0.1" in value


def test_a_line_says_what_the_line_wants_said() -> None:
    outbound = Outbound(
        from_="<sip:us@carrier>",
        to="<sip:10086@carrier>",
        contact_user="us",
        has_rel100=True,
        needs_rel100=True,
    )
    invite = invite_for(device(outbound=outbound), Shown(number="100", forwards_left=5), HERE, b"v=0")
    assert (invite.from_, invite.to, invite.contact_user) == (outbound.from_, outbound.to, "us")
    assert (invite.rel100, invite.require_100rel, invite.max_forwards) == (True, True, 5)
    bare = invite_for(device(outbound=outbound), Shown(number="100"), HERE, None)
    assert (bare.rel100, bare.require_100rel) == (False, False)
