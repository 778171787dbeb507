"""The states of a call and what moves it from one to the next."""

from __future__ import annotations

from enum import StrEnum

from app.events import CallState


class CallInput(StrEnum):
    """What moves a call from state to state."""

    RINGING = "Ringing"
    ANSWERED = "Answered"
    HELD = "Held"
    RESUMED = "Resumed"
    ENDED = "Ended"


# Where no row stands, the input changes nothing.
TABLE: dict[tuple[CallState, CallInput], CallState] = {
    (CallState.TRYING, CallInput.RINGING): CallState.RINGING,
    (CallState.TRYING, CallInput.ANSWERED): CallState.TALKING,
    (CallState.TRYING, CallInput.ENDED): CallState.ENDED,
    (CallState.RINGING, CallInput.ANSWERED): CallState.TALKING,
    (CallState.RINGING, CallInput.ENDED): CallState.ENDED,
    (CallState.TALKING, CallInput.HELD): CallState.HELD,
    (CallState.TALKING, CallInput.ENDED): CallState.ENDED,
    (CallState.HELD, CallInput.RESUMED): CallState.TALKING,
    (CallState.HELD, CallInput.ENDED): CallState.ENDED,
}
