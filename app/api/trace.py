"""Questions about the SIP trace: pages of rows, a message in full, a call's ladder, an export."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Protocol

from app.errors import UserError
from app.trace import ladder as ladders
from app.trace.capture import Capture, TracedMessage, TraceFilter, TraceRow
from app.trace.ladder import Arrow, Ladder, Participant
from app.trace.masking import mask
from app.trace.pcapng import export

__all__ = [
    "Arrow",
    "Ladder",
    "Participant",
    "TraceFilter",
    "TraceRow",
    "TracedMessage",
    "clear",
    "export_pcapng",
    "ladder",
    "message",
    "page",
]

_MOST_ROWS = 5_000


class HasCapture(Protocol):
    """What these functions need of the PBX."""

    @property
    def capture(self) -> Capture: ...


# Reading the capture may read files: every question goes to a thread, for the engine's loop must not wait.


async def page(
    pbx: HasCapture,
    wanted: TraceFilter | None = None,
    after: int = 0,
    before: int | None = None,
    limit: int = 500,
) -> list[TraceRow]:
    """Find rows, oldest first: the first `limit` behind id `after`, else the last (before `before`)."""
    limit = max(1, min(limit, _MOST_ROWS))
    return await asyncio.to_thread(
        pbx.capture.page, wanted or TraceFilter(), after=after, before=before, limit=limit
    )


async def message(pbx: HasCapture, number: int) -> TracedMessage:
    """Give one message in full; UserError("trace.gone") when it is not kept any more."""
    found = await asyncio.to_thread(pbx.capture.message, number)
    if found is None:
        raise UserError("trace.gone", f"Message {number} is no longer in the trace.", id=number)
    return found


async def ladder(pbx: HasCapture, call_ids: Collection[str]) -> Ladder:
    """Draw the call whose legs have these Call-IDs."""
    return ladders.draw(await asyncio.to_thread(pbx.capture.rows_of, call_ids))


async def export_pcapng(
    pbx: HasCapture,
    wanted: TraceFilter | None = None,
    call_ids: Collection[str] = (),
    *,
    masked: bool = True,
    numbers_masked: bool = False,
) -> bytes:
    """Give the matching messages as a pcapng file; without their secrets unless asked otherwise."""

    def make() -> bytes:
        messages = pbx.capture.messages(wanted or TraceFilter(), call_ids=call_ids)
        if masked:
            messages = [found._replace(data=mask(found.data, numbers=numbers_masked)) for found in messages]
        return export(messages)

    return await asyncio.to_thread(make)


async def clear(pbx: HasCapture) -> None:
    """Forget all messages, on the disk too."""
    await asyncio.to_thread(pbx.capture.clear)
