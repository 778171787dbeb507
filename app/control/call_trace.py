"""The trace of one call in progress, all its legs together, found by the call's number."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from typing import TYPE_CHECKING

from app.api import calls, trace
from app.control.trace_commands import FOLLOW_S, shown
from app.errors import UserError

if TYPE_CHECKING:
    from app.pbx import Pbx


async def legs_of(pbx: Pbx, call: str) -> tuple[str, ...]:
    """The Call-IDs of the call that has this number; none where the text is no number of a living call."""
    if not (call.isascii() and call.isdigit() and len(call) < 10):
        return ()
    try:
        return await calls.call_ids(pbx, int(call))
    except UserError:
        return ()


async def call_page(pbx: trace.HasCapture, legs: Collection[str], limit: int, full: bool) -> object:
    """The newest messages of all legs, oldest first."""
    rows = await asyncio.to_thread(pbx.capture.rows_of, legs)
    return [await shown(pbx, row, full) for row in rows[-limit:]]


async def follow_call(pbx: Pbx, call: str, full: bool) -> AsyncIterator[object]:
    """The messages of all legs, also of those that join, until the call is over."""
    legs = await legs_of(pbx, call)
    last = 0
    while True:
        living = await legs_of(pbx, call)
        legs = living or legs
        newest = pbx.capture.last_id
        rows = await asyncio.to_thread(pbx.capture.rows_of, legs)
        for row in (row for row in rows if row.id > last):
            yield await shown(pbx, row, full)
        if not living and newest == last:
            return
        last = newest
        await asyncio.sleep(FOLLOW_S)
