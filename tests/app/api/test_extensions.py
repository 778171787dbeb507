from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.api import extensions
from app.events import ExtensionState
from tests.support.office import Office, extension, in_virtual_time


@in_virtual_time
async def test_all_extensions_in_the_order_of_their_numbers() -> None:
    async with Office(extension("1000"), extension("200", description="Desk"), extension("99")) as office:
        configuration = SimpleNamespace(directory=office.holder.current)
        pbx: Any = SimpleNamespace(exchange=office.exchange, configuration=configuration)
        await office.phone("200")
        states = await extensions.states(pbx)
        assert [each.number for each in states] == ["99", "200", "1000"]
        assert (states[1].state, states[1].description) == (ExtensionState.IDLE, "Desk")
        assert states[1].bindings[0].address == "10.0.1.1:5060"
        assert (states[0].state, states[0].bindings) == (ExtensionState.OFF, ())
