from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.api import trunks
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, trunk_to


@in_virtual_time
async def test_trunks_by_name() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=CarrierQuirks(challenges=False))
        office.set_trunks(trunk_to(carrier, "two"), trunk_to(carrier, "one", enabled=False))
        pbx: Any = SimpleNamespace(exchange=office.exchange)
        found = await trunks.states(pbx)
        assert [(view.name, view.state.value) for view in found] == [("one", "disabled"), ("two", "unknown")]
