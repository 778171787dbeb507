"""The trace as the command line reads it: the newest messages, and each new one as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from app.api import trace

FOLLOW_S = 0.2  # how often a followed trace looks for more
PAGE = 500


async def follow(
    pbx: trace.HasCapture, call_id: str = "", limit: int = PAGE, full: bool = True
) -> AsyncIterator[object]:
    """The newest messages, then each new one as it comes."""
    wanted = trace.TraceFilter(call_ids=(call_id,) if call_id else ())
    last = pbx.capture.last_id
    rows = await trace.page(pbx, wanted, 0, last + 1, limit)
    while True:
        for row in rows:
            yield await shown(pbx, row, full)
        newest = pbx.capture.last_id
        if newest == last:
            rows = []
            await asyncio.sleep(FOLLOW_S)
            continue
        rows = await trace.page(pbx, wanted, last, None, PAGE)
        last = rows[-1].id if len(rows) == PAGE else max(newest, rows[-1].id if rows else 0)


async def trace_page(
    pbx: trace.HasCapture, call_id: str = "", limit: int = PAGE, full: bool = True
) -> object:
    """The newest messages, oldest first; `full` with their text."""
    rows = await trace.page(pbx, trace.TraceFilter(call_ids=(call_id,) if call_id else ()), 0, None, limit)
    return [await shown(pbx, row, full) for row in rows]


async def shown(pbx: trace.HasCapture, row: trace.TraceRow, full: bool) -> trace.TracedMessage:
    """A message with its text, or without."""
    return await trace.message(pbx, row.id) if full else trace.TracedMessage(row, "")
