"""Questions about calls in progress, and the command to end one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.calls.causes import HUNG_UP
from app.errors import UserError
from app.events import CallView

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["CallView", "call_ids", "hang_up", "live_calls"]


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
