"""The session as a whole: what it shows of itself, and that each row of its table is followed."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from app.sip.answer_repeat import AnswerRepeat
from app.sip.events import EndCause, Ended, InviteReceived
from app.sip.invite import InviteSession
from app.sip.invite_state import Role, SessionState
from app.sip.offer_answer import OfferAnswer
from app.sip.outgoing import OutgoingInvite
from app.sip.reliable import ReliableAnswers
from app.sip.session_timer import SessionTimer
from tests.app.sip import test_invite_callee, test_invite_caller, test_invite_change
from tests.support.exercised import Exercised
from tests.support.lone_stack import ANSWER, OFFER, UDP, LoneStack, reply, request
from tests.support.robots import run_calls
from tests.support.wire import Weather


def called(lone: LoneStack, *headers: str) -> InviteSession:
    lone.receive(request("INVITE", body=OFFER, headers=headers))
    lone.sent()
    return lone.event(InviteReceived).session


def test_what_a_called_session_shows() -> None:
    lone = LoneStack()
    session = called(lone)
    assert session.role is Role.CALLEE
    assert session.state is SessionState.INCOMING
    assert session.call_id == "call-1"
    assert session.remote_uri == "sip:peer@10.0.0.2"
    assert session.remote_tag == "peer"
    assert session.flow is UDP
    assert session.invite.method == "INVITE"
    assert not session.has_ended
    session.pin_flow = True
    lone.run(session.accept, ANSWER)
    lone.receive(request("ACK", branch="z9hG4bK-a", to_tag=session.local_tag))
    lone.sent()
    lone.run(session.end)
    lone.sent()
    assert lone.flows == [UDP]
    assert session.has_ended


def test_what_a_calling_session_shows() -> None:
    lone = LoneStack()
    order = OutgoingInvite(
        uri="sip:peer@example.net", from_="<sip:us@x>", to='"Peer" <sip:peer@x>;a=b', call_id="mine"
    )
    session = lone.run(lone.stack.invite, order)
    assert session.role is Role.CALLER
    assert (session.call_id, session.remote_uri, session.remote_tag) == ("mine", "sip:peer@x", "")
    assert session.flow is None
    assert session.invite.uri_text == "sip:peer@example.net"
    lone.resolve(UDP)
    assert session.flow is UDP
    invite = lone.request()
    assert session.invite.encode() == invite.encode()
    lone.receive(reply(invite, 180))
    session.pin_flow = True
    assert session.pin_flow


def test_commands_of_the_wrong_end_do_nothing() -> None:
    lone = LoneStack()
    order = OutgoingInvite(uri="sip:peer@10.0.0.2", from_="<sip:us@x>", to="<sip:peer@x>", flows=(UDP,))
    session = lone.run(lone.stack.invite, order)
    lone.sent()
    lone.run(session.progress, 180)
    lone.run(session.accept, ANSWER)
    lone.run(session.reject, 486)
    lone.run(session.answer, ANSWER)
    assert lone.sent() == []
    assert session.state is SessionState.CALLING


def expires_before_its_ack() -> None:
    lone = LoneStack()
    session = called(lone, "Supported: timer", "Session-Expires: 90;refresher=uac")
    lone.run(session.accept, ANSWER)
    session.on_expired(lone.now)
    assert lone.event(Ended).cause is EndCause.SESSION_EXPIRED


def caller_hears_bye_before_the_answer() -> None:
    """Nonsense on the wire, which ends the call all the same."""
    lone = LoneStack()
    order = OutgoingInvite(
        uri="sip:peer@10.0.0.2", from_="<sip:us@x>", to="<sip:peer@x>", sdp=None, flows=(UDP,)
    )
    for status in (180, 200):
        session = lone.run(lone.stack.invite, order)
        invite = lone.request()
        lone.receive(reply(invite, status, body=OFFER if status == 200 else b""))
        lone.events()
        branch = f"z9hG4bK-{status}"
        bye = request("BYE", branch=branch, call_id=invite.call_id, to_tag=session.local_tag, cseq=5)
        lone.receive(bye)
        assert lone.event(Ended).cause is EndCause.REMOTE_BYE
        lone.sent()
    lone.settle()
    assert lone.stack.is_idle


def watcher_and_refresher_change_places() -> None:
    """Either end may take over with the next refresh (RFC 4028 7.1)."""
    lone = LoneStack()
    session = called(lone, "Supported: timer", "Session-Expires: 900;refresher=uas")
    lone.run(session.accept, ANSWER)
    lone.receive(request("ACK", branch="z9hG4bK-a", to_tag=session.local_tag))
    for cseq, refresher in enumerate(("uac", "uac", "uas", "uas"), start=2):
        headers = ("Supported: timer", f"Session-Expires: 900;refresher={refresher}")
        branch = f"z9hG4bK-u{cseq}"
        lone.receive(request("UPDATE", branch=branch, cseq=cseq, to_tag=session.local_tag, headers=headers))
    lone.receive(request("UPDATE", branch="z9hG4bK-z", cseq=9, to_tag=session.local_tag))
    assert not session.watch.is_running


def refresher_whose_refreshes_fail() -> None:
    lone = LoneStack()
    session = called(lone, "Supported: timer", "Session-Expires: 90;refresher=uas")
    lone.run(session.accept, ANSWER)
    lone.receive(request("ACK", branch="z9hG4bK-a", to_tag=session.local_tag))
    lone.sent()
    lone.until(45)
    again = lone.request()
    lone.receive(reply(again, 503))
    lone.until(60)
    assert lone.events()[-1] == Ended(session, EndCause.SESSION_EXPIRED, None)


def bye_overtakes_the_ack() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.accept, ANSWER)
    lone.receive(request("BYE", branch="z9hG4bK-b", cseq=2, to_tag=session.local_tag))
    assert lone.event(Ended).cause is EndCause.REMOTE_BYE


def changed_session_is_never_acknowledged() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.accept, ANSWER)
    tag = session.local_tag
    lone.receive(request("ACK", branch="z9hG4bK-a", to_tag=tag))
    lone.receive(request("INVITE", branch="z9hG4bK-i", cseq=2, to_tag=tag, body=OFFER))
    lone.advance(32)
    ended = lone.events()[-1]
    assert isinstance(ended, Ended)
    assert ended.cause is EndCause.NO_ACK


def scenarios(module: ModuleType) -> None:
    for name, function in vars(module).items():
        if name.startswith("test_") and not inspect.signature(function).parameters:
            function()


def test_every_row_is_followed_by_some_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []
    for machine in (InviteSession, SessionTimer, ReliableAnswers, AnswerRepeat, OfferAnswer):
        table = Exercised(machine.TABLE)
        monkeypatch.setattr(machine, "TABLE", table)
        tables.append((machine.__name__, table))
    for module in (test_invite_caller, test_invite_callee, test_invite_change):
        scenarios(module)
    expires_before_its_ack()
    bye_overtakes_the_ack()
    changed_session_is_never_acknowledged()
    caller_hears_bye_before_the_answer()
    watcher_and_refresher_change_places()
    refresher_whose_refreshes_fail()
    for seed in range(60):
        run_calls(seed, Weather(loss=0.2, repeat=0.1, seed=seed))
    assert {name: table.missed for name, table in tables} == {name: [] for name, _ in tables}
