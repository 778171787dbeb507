"""Each state and each input of a session has its use."""

from __future__ import annotations

from app.sip.invite import INVITE_SESSION
from app.sip.invite_state import SessionIn, SessionState


def test_every_state_and_input_is_in_the_table() -> None:
    states = {state for state, _ in INVITE_SESSION} | {target for target, _ in INVITE_SESSION.values()}
    assert states == set(SessionState)
    inputs = {signal for _, signal in INVITE_SESSION}
    assert set(SessionIn) - inputs == {
        SessionIn.TIMER_CHANGE
    }  # the change's own, beside the session's states


def test_whatever_the_state_the_call_can_be_ended() -> None:
    over = {SessionState.ENDED, SessionState.ABANDONED, SessionState.CANCELLING, SessionState.HANGING_UP}
    for state in set(SessionState) - over:
        assert (state, SessionIn.END) in INVITE_SESSION
