"""Questions about calls in progress, the command to end one, and which dialogs make up a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.api.call_records import call_ids_of
from app.calls.causes import HUNG_UP
from app.db.tables import call_record
from app.errors import UserError
from app.events import CallView

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["CallView", "call_ids", "hang_up", "legs_of", "live_calls"]


async def live_calls(pbx: Pbx) -> list[CallView]:
    """All calls in progress, the oldest first."""
    return [call.view() for call in pbx.exchange.calls]


async def hang_up(pbx: Pbx, call_id: int) -> None:
    """End a call. Raises UserError `call.gone` where it has ended already."""
    call = pbx.exchange.calls.find(int(call_id))
    if call is None:
        raise UserError("call.gone", f"Call {call_id} has ended already.", id=call_id)
    call.end(HUNG_UP)


async def call_ids(pbx: Pbx, call_id: int) -> tuple[str, ...]:
    """The SIP Call-IDs of a living call's legs, to find it in the trace; UserError `call.gone`."""
    call = pbx.exchange.calls.find(int(call_id))
    if call is None:
        raise UserError("call.gone", f"Call {call_id} has ended already.", id=call_id)
    return tuple(call.sip_call_ids)


async def legs_of(pbx: Pbx, sip_call_id: str) -> tuple[str, ...]:
    """The Call-IDs of all legs of the call that one belongs to, in progress or past; else that one alone."""
    known = pbx.exchange.calls.legs_of(sip_call_id)
    if not known:
        row = await pbx.configuration.database.run(call_record.with_call_id, sip_call_id)
        known = call_ids_of(row) if row is not None else ()
    return known or (sip_call_id,)
