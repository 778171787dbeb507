"""The one end of a session."""

from __future__ import annotations

from app.sip.events import EndCause, Ended, InviteReceived
from app.sip.invite_end import announce, draft_in_dialog
from tests.support.lone_stack import OFFER, LoneStack, request


def test_a_session_is_announced_to_end_once() -> None:
    lone = LoneStack()
    lone.receive(request("INVITE", body=OFFER))
    session = lone.event(InviteReceived).session
    announce(session, EndCause.LOCAL)
    announce(session, EndCause.NO_ACK)
    assert lone.event(Ended).cause is EndCause.LOCAL
    assert session.has_ended


def test_a_request_without_a_dialog_goes_nowhere() -> None:
    lone = LoneStack()
    lone.receive(request("INVITE", body=OFFER))
    session = lone.event(InviteReceived).session
    lone.sent()
    assert draft_in_dialog(session, "INFO").uri == "sip:invalid"
    lone.run(session.request, "INFO", (), "", b"")
    assert lone.sent() == []
    assert lone.kinds() == ["ResponseReceived"]


def test_all_is_let_go_when_the_caller_hangs_up() -> None:
    lone = LoneStack()
    lone.receive(request("INVITE", body=OFFER, headers=("Require: 100rel",)))
    session = lone.event(InviteReceived).session
    lone.run(session.progress, 183, OFFER)
    lone.run(session.progress, 180)
    lone.receive(request("CANCEL"))
    core = lone.stack.core
    assert not core.dialogs
    assert not core.usages
    lone.settle()
    assert lone.stack.is_idle
