"""What all calls share, and who takes the events of a call's legs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.calls.voice import NO_SOUNDS, CallSounds, Voice

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.calls.events import LegEvent
    from app.calls.leg import Leg
    from app.calls.legs import Legs
    from app.calls.media import Relay


class Stage(Protocol):
    """Who takes the events of the legs at the moment: an origination, later a bridge."""

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take one event."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What all calls share."""

    legs: Legs
    relay: Relay
    voice: Voice
    announce: Callable[[Call], None]  # after every change of state
    clock: Callable[[], float]  # Unix seconds
    sounds: CallSounds = NO_SOUNDS
