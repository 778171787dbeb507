from __future__ import annotations

from typing import Any

import pytest

from app.calls.causes import COMPLETED_ELSEWHERE, HUNG_UP, Cause, Why
from app.calls.events import Answered, Digit, Ended, LegEvent, Offered, Referred, Ringing
from app.calls.leg import Leg
from app.calls.media import SdpOrigin


class Session:
    """Notes each command it is given."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: self.commands.append((name, args, kwargs))

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.commands]


class Runner:
    def run(self, command: Any, *args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)


def make(*, is_caller: bool) -> tuple[Leg, Session, list[LegEvent]]:
    session, heard = Session(), []
    leg = Leg(
        Runner(),
        session,  # type: ignore[arg-type]
        None,
        lambda _, event: heard.append(event),
        SdpOrigin("10.0.0.1"),
        is_caller=is_caller,
    )
    return leg, session, heard


def test_the_called_leg_says_ringing_answered_and_ended_once() -> None:
    leg, _, heard = make(is_caller=False)
    leg.handle_progressed(180, None)
    leg.handle_accepted(b"sdp", False)
    cause = Cause(Why.REMOTE, 200)
    leg.handle_end(cause)
    leg.handle_end(Cause(Why.LOST, 408))
    leg.handle_progressed(183, None)
    leg.handle_accepted(b"late", False)
    leg.handle_offer(b"late")
    leg.handle_digit("5", 100)
    leg.handle_referred("sip:x")
    assert heard == [Ringing(180, None), Answered(b"sdp"), Ended(cause)]


def test_other_events() -> None:
    leg, _, heard = make(is_caller=True)
    leg.handle_offer(None)
    leg.handle_digit("5", 100)
    leg.handle_referred("sip:103@pbx")
    assert heard == [Offered(None), Digit("5", 100), Referred("sip:103@pbx")]


def test_answer_and_refuse_go_to_what_was_proposed_last() -> None:
    leg, session, heard = make(is_caller=True)
    leg.ring()
    leg.answer(b"answer")
    leg.ring()
    leg.answer(b"to the re-INVITE")
    leg.refuse(488)
    assert session.names == ["progress", "accept", "answer", "refuse_offer"]
    assert heard == []
    refused, session, heard = make(is_caller=True)
    refused.refuse(486)
    assert session.commands == [("reject", (486, "Busy Here"), {"headers": ()})]
    assert heard == [Ended(Cause(Why.LOCAL, 486, "Busy Here"))]


@pytest.mark.parametrize(
    ("is_caller", "is_accepted", "command"),
    [(True, False, "reject"), (True, True, "end"), (False, False, "end"), (False, True, "end")],
)
def test_hanging_up_in_any_state(is_caller: bool, is_accepted: bool, command: str) -> None:
    leg, session, heard = make(is_caller=is_caller)
    leg.is_accepted = is_accepted
    leg.hang_up(HUNG_UP)
    leg.hang_up(HUNG_UP)
    assert session.names == [command]
    assert len(heard) == 1
    assert leg.has_ended


def test_a_waiting_caller_is_told_the_cause_and_a_called_phone_the_reason() -> None:
    caller, session, _ = make(is_caller=True)
    caller.hang_up(Cause(Why.REFUSED, 488))
    assert session.commands[0][1][0] == 488
    callee, session, _ = make(is_caller=False)
    callee.hang_up(COMPLETED_ELSEWHERE)
    assert session.commands[0][2]["headers"] == (("Reason", 'SIP;cause=200;text="Call completed elsewhere"'),)


def test_an_offer_gets_one_reply() -> None:
    leg, session, _ = make(is_caller=True)
    replies: list[tuple[bytes | None, int]] = []
    leg.offer(b"one", lambda *reply: replies.append(reply))
    leg.offer(b"two", lambda *reply: replies.append(reply))
    assert replies == [(None, 491)]
    leg.handle_offer_result(b"answer", 200)
    leg.handle_offer_result(b"again", 200)
    assert replies == [(None, 491), (b"answer", 200)]
    leg.offer(b"three", lambda *reply: replies.append(reply))
    leg.hang_up(HUNG_UP)
    leg.offer(b"four", lambda *reply: replies.append(reply))
    assert replies[2:] == [(None, 481), (None, 481)]
    assert session.names == ["offer", "offer", "reject"]


def test_the_answer_in_an_ack_reaches_who_made_the_offer() -> None:
    leg, _, _ = make(is_caller=True)
    replies: list[tuple[bytes | None, int]] = []
    leg.answer(b"our offer", lambda *reply: replies.append(reply))
    leg.handle_confirmed(b"their answer")
    leg.handle_confirmed(None)
    assert replies == [(b"their answer", 200)]
    leg.answer(b"our offer in a re-INVITE's 200", lambda *reply: replies.append(reply))
    leg.handle_offer_result(b"their answer", 200)
    assert replies == [(b"their answer", 200)] * 2


def test_commands_after_the_end_do_nothing() -> None:
    leg, session, _ = make(is_caller=True)
    leg.handle_end(Cause(Why.CANCELLED, 487))
    leg.ring()
    leg.answer(b"")
    leg.refuse(486)
    leg.refuse_offer(488)
    leg.hang_up(HUNG_UP)
    assert session.names == []
