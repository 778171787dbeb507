from __future__ import annotations

import asyncio
from types import MappingProxyType

from app.sip.events import ResponseReceived
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, trunk_to


@in_virtual_time
async def test_lines_and_trunks_begin_follow_and_end_together() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier()
        peer = await office.carrier(quirks=CarrierQuirks(challenges=False))
        gateway = office.exchange.gateway
        office.configure(
            lines=MappingProxyType({"carrier": line_to(carrier)}),
            trunks=MappingProxyType({"trunk": trunk_to(peer, options_ping=True)}),
        )
        await carrier.until_registered()
        await asyncio.sleep(1)
        assert [view.name for view in gateway.lines.views()] == ["carrier"]
        assert gateway.trunks.views()[0].state.value == "reachable"
        gateway.network_changed()
        await carrier.until_registered(2)
        await office.exchange.stop()
        assert gateway.lines.views() == []
        assert gateway.trunks.views() == []
        office.configure(lines=MappingProxyType({"late": line_to(carrier, "late")}))
        await asyncio.sleep(1)
        assert gateway.lines.views() == []  # nothing begins after the end


@in_virtual_time
async def test_answers_to_what_others_sent_are_left_to_them() -> None:
    async with OutsideOffice() as office:
        sent = object()
        answer = ResponseReceived(sent, None, 408)  # type: ignore[arg-type]
        assert not office.exchange.gateway.take(answer)
