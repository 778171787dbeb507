from __future__ import annotations

from app.calls.call_state import TABLE, CallInput
from app.events import CallState


def test_every_state_but_the_last_can_end_and_none_is_a_dead_end() -> None:
    for state in CallState:
        ends = TABLE.get((state, CallInput.ENDED))
        assert ends is (None if state is CallState.ENDED else CallState.ENDED)
    assert set(TABLE.values()) | {CallState.TRYING} == set(CallState)


def test_a_call_in_which_somebody_talks_rings_no_more() -> None:
    for state in (CallState.TALKING, CallState.HELD, CallState.ENDED):
        assert (state, CallInput.RINGING) not in TABLE
        assert (state, CallInput.ANSWERED) not in TABLE
