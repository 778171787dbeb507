"""What the tracer announces is what the carrier then receives, text by text. In virtual time."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest

from app.api.dial_plan import explain
from app.services.outside import CallerIdForm
from app.services.routing_tables import DisplayNumber, Operation, RefineRule, Transition, refine_rules
from app.sip.values import NameAddr
from tests.support.carrier_called import answering
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, outcome, to_trunk, trunk_to

COUNTRY = Transition(id="country", operation=Operation.REPLACE, length=1, string="0086")


def pbx(office: OutsideOffice) -> Any:
    """As much of a Pbx as the tracer needs, with the office's lines and trunks at work."""
    return SimpleNamespace(
        configuration=SimpleNamespace(directory=office.holder.current), exchange=office.exchange
    )


async def assert_traced(office: OutsideOffice, carrier: Any, dialled: str) -> None:
    """Trace a call of 101, make it, and compare."""
    trace = await explain(pbx(office), "101", dialled)
    assert trace.sent is not None
    phone = await office.phone("101")
    call = phone.call(dialled)
    assert await outcome(call) == 200
    invite = carrier.log.last("INVITE")
    from_ = dataclasses.replace(invite.from_, params={})
    assert trace.sent.request_uri == invite.uri_text
    assert NameAddr.parse(trace.sent.from_) == from_
    assert trace.sent.to == str(dataclasses.replace(invite.to, params={}))
    assert trace.sent.p_asserted_identity == (invite.get("p-asserted-identity") or "")
    assert [route for route in trace.sent.route.split(", ") if route] == invite.get_all("route")
    for name, value in trace.sent.headers:
        assert invite.get(name.lower()) == value
    call.hang_up()
    await carrier.calls[0].until_ended()


@pytest.mark.parametrize(
    ("quirks", "changes"),
    [
        (CarrierQuirks(), {}),
        (CarrierQuirks(), {"caller_id_form": CallerIdForm.PAI, "display_name": "Example 公司"}),
        (CarrierQuirks(), {"caller_id_form": CallerIdForm.RPID, "from_user": "02112345"}),
        (
            CarrierQuirks(
                service_route=("<sip:orig@10.0.9.1:5060;lr>",),
                associated_uris=("<sip:+862112345@carrier.example>",),
            ),
            {},
        ),
    ],
    ids=["plain", "asserted", "remote-party", "told by the registrar"],
)
@in_virtual_time
async def test_over_a_line(quirks: CarrierQuirks, changes: dict[str, Any]) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(quirks, behavior=answering, outgoing_group="1", **changes)
        routing = office.holder.current.routing
        office.configure(
            routing=routing.replaced(
                transitions={"country": COUNTRY},
                refine_rules=refine_rules(RefineRule(id="1", outgoing_group="1", transition="country")),
                display_numbers={"101": DisplayNumber(caller="101", shown="02112399")},
            )
        )
        await assert_traced(office, carrier, "9013800138000")


@pytest.mark.parametrize(
    "changes",
    [{}, {"unified_caller": "02112345", "caller_id_form": CallerIdForm.PAI}, {"tel_uri": True}],
    ids=["plain", "unified", "tel"],
)
@in_virtual_time
async def test_over_a_trunk(changes: dict[str, Any]) -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=CarrierQuirks(challenges=False), behavior=answering)
        office.set_trunks(trunk_to(carrier, **changes))
        office.route(to_trunk("8"))
        await assert_traced(office, carrier, "812345")
