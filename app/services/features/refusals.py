"""The action Refuse: tell the caller no."""

from __future__ import annotations

from app.calls.call import Call
from app.calls.causes import Outcome
from app.services.actions import Refuse


async def refuse(call: Call, action: Refuse) -> None:
    """Refuse the call; nothing comes after it."""
    call.refuse(action.status, action.reason, Outcome(action.outcome) if action.outcome else None)
