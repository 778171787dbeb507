"""What may happen to a call next: frozen facts that features are registered for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.calls.call import Call


@dataclass(frozen=True, slots=True)
class RingExtension:
    """Ring the devices of an extension."""

    number: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """End the call with this final status; `outcome` is for the record, where the status does not say it."""

    status: int
    reason: str = ""
    outcome: str = ""


Action = RingExtension | Refuse

# What serves an action: (call, action) -> the next action; None ends the call.
Feature = Callable[[Call, Any], Awaitable[Action | None]]
