"""External lines: how they stand, what became of them, and registering at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db.tables import line_event
from app.db.tables.line_event import LineEventRow
from app.errors import UserError
from app.events import LineState, LineView

if TYPE_CHECKING:
    from app.pbx import Pbx
    from app.services.line_registration import LineRegistration

__all__ = ["LineEventRow", "LineState", "LineView", "history", "register_now", "state", "states"]


async def states(pbx: Pbx) -> list[LineView]:
    """How all lines stand, by name."""
    return pbx.exchange.gateway.lines.views()


async def state(pbx: Pbx, name: str) -> LineView:
    """How one line stands. UserError for a name that is not configured."""
    return pbx.exchange.gateway.lines.view(_line(pbx, name))


async def history(pbx: Pbx, name: str, limit: int = 200, before_id: int | None = None) -> list[LineEventRow]:
    """The changes of a line's state, newest first; what was written last too. It outlives the line itself."""
    await pbx.flush_history()
    return await pbx.configuration.database.run(line_event.page, name, limit=limit, before_id=before_id)


async def register_now(pbx: Pbx, name: str) -> LineView:
    """Register at once instead of when it is due. UserError where the line is switched off or not known."""
    line = _line(pbx, name)
    if not line.line.enabled:
        raise UserError("line.disabled", f"The line {name} is switched off.", name=name)
    line.register_now()
    return pbx.exchange.gateway.lines.view(line)


def _line(pbx: Pbx, name: str) -> LineRegistration:
    line = pbx.exchange.gateway.lines.get(name)
    if line is None:
        raise UserError("line.unknown", f"There is no line {name}.", name=name)
    return line
