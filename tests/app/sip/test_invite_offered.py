"""What the peer asks for inside a call."""

from __future__ import annotations

import pytest

from app.sip.events import (
    AnswerReceived,
    InviteReceived,
    OfferFailed,
    OfferReceived,
    RequestInDialog,
)
from app.sip.invite import InviteSession
from tests.support.lone_stack import ANSWER, OFFER, LoneStack, request

NEW = OFFER + b"new"


def in_dialog(
    session: InviteSession, method: str, cseq: int, *headers: str, body: bytes = b"", branch: str = ""
) -> bytes:
    return request(
        method,
        branch=branch or f"z9hG4bK-{method}{cseq}",
        cseq=cseq,
        to_tag=session.local_tag,
        headers=headers,
        body=body,
    )


@pytest.fixture
def lone() -> LoneStack:
    return LoneStack()


@pytest.fixture
def session(lone: LoneStack) -> InviteSession:
    """A call of the peer that stands; its next CSeq is 2."""
    lone.receive(request("INVITE", body=OFFER))
    session = lone.event(InviteReceived).session
    lone.run(session.accept, ANSWER)
    lone.receive(in_dialog(session, "ACK", 1))
    lone.sent()
    assert lone.kinds() == ["Confirmed"]
    return session


def test_a_reinvite_is_answered_and_repeated_until_its_ack(lone: LoneStack, session: InviteSession) -> None:
    lone.receive(in_dialog(session, "INVITE", 2, body=NEW + b"\r\na=sendonly"))
    assert lone.lines() == ["100"]
    event = lone.event(OfferReceived)
    assert event.is_hold_hint
    lone.run(session.answer, ANSWER + b"2")
    answer = lone.response()
    assert (answer.status, answer.body) == (200, ANSWER + b"2")
    lone.advance(0.5)
    assert lone.lines() == ["200"]
    lone.receive(in_dialog(session, "ACK", 2))
    lone.advance(40)
    assert lone.sent() == []
    assert lone.kinds() == []


def test_a_reinvite_that_is_refused(lone: LoneStack, session: InviteSession) -> None:
    lone.receive(in_dialog(session, "INVITE", 2, body=NEW))
    lone.sent()
    lone.run(session.refuse_offer, 488)
    assert lone.response().status == 488
    lone.receive(in_dialog(session, "ACK", 2, branch="z9hG4bK-INVITE2"))
    lone.run(session.refuse_offer, 488)
    lone.run(session.answer, ANSWER)
    assert lone.sent() == []
    lone.receive(in_dialog(session, "INVITE", 3, body=NEW))
    assert lone.kinds() == ["OfferReceived", "OfferReceived"]


def test_a_reinvite_without_offer_gets_ours(lone: LoneStack, session: InviteSession) -> None:
    lone.receive(in_dialog(session, "INVITE", 2))
    lone.sent()
    assert lone.event(OfferReceived).sdp is None
    lone.run(session.answer, NEW)
    assert lone.response().body == NEW
    lone.receive(in_dialog(session, "ACK", 2, body=ANSWER))
    assert lone.event(AnswerReceived).sdp == ANSWER
    lone.receive(in_dialog(session, "INVITE", 3))
    lone.events()
    lone.run(session.answer, NEW)
    lone.receive(in_dialog(session, "ACK", 3))
    assert lone.event(OfferFailed).status == 488


def test_a_reinvite_that_changes_nothing_is_answered_at_once(lone: LoneStack, session: InviteSession) -> None:
    lone.receive(in_dialog(session, "INVITE", 2, body=OFFER))
    trying, answer = lone.sent()
    assert trying.status == 100  # type: ignore[union-attr]
    assert (answer.status, answer.body) == (200, ANSWER)  # type: ignore[union-attr]
    assert lone.kinds() == []


def test_a_second_reinvite_before_the_answer_is_500(lone: LoneStack, session: InviteSession) -> None:
    """RFC 3261 14.2."""
    lone.receive(in_dialog(session, "INVITE", 2, body=NEW))
    lone.sent()
    lone.receive(in_dialog(session, "INVITE", 3, body=NEW))
    _, answer = lone.sent()
    assert answer.status == 500  # type: ignore[union-attr]
    assert 0 <= int(answer.get("retry-after") or "-1") <= 10
    lone.receive(in_dialog(session, "UPDATE", 4, body=NEW))
    assert lone.response().status == 500


def test_a_reinvite_before_the_first_answer_is_500(lone: LoneStack) -> None:
    lone.receive(request("INVITE", body=OFFER))
    early = lone.event(InviteReceived).session
    lone.run(early.progress, 180)
    lone.sent()
    lone.receive(in_dialog(early, "INVITE", 2, body=NEW))
    assert lone.lines() == ["100", "500"]


def test_a_cancelled_reinvite_leaves_the_call(lone: LoneStack, session: InviteSession) -> None:
    lone.receive(in_dialog(session, "INVITE", 2, body=NEW))
    lone.sent()
    lone.receive(in_dialog(session, "CANCEL", 2, branch="z9hG4bK-INVITE2"))
    assert sorted(lone.lines()) == ["200", "487"]
    lone.run(session.answer, ANSWER)
    assert lone.sent() == []
    lone.receive(in_dialog(session, "ACK", 2, branch="z9hG4bK-INVITE2"))
    lone.run(session.end)
    assert lone.lines() == ["BYE"]


def test_a_bye_in_the_middle_of_a_reinvite(lone: LoneStack, session: InviteSession) -> None:
    lone.receive(in_dialog(session, "INVITE", 2, body=NEW))
    lone.sent()
    lone.receive(in_dialog(session, "BYE", 3))
    assert sorted(lone.lines()) == ["200", "487"]
    assert lone.kinds() == ["OfferReceived", "Ended"]
    lone.settle()
    assert lone.stack.is_idle


def test_a_reinvite_whose_2xx_is_never_acknowledged_ends_the_call(
    lone: LoneStack, session: InviteSession
) -> None:
    lone.receive(in_dialog(session, "INVITE", 2, body=NEW))
    lone.run(session.answer, ANSWER)
    lone.advance(32)
    assert lone.lines()[-1] == "BYE"
    assert lone.kinds() == ["OfferReceived", "Ended"]


def test_update_with_and_without_an_offer(lone: LoneStack, session: InviteSession) -> None:
    """RFC 3311 5.2."""
    lone.receive(in_dialog(session, "UPDATE", 2))
    answer = lone.response()
    assert (answer.status, answer.body) == (200, b"")
    lone.receive(in_dialog(session, "UPDATE", 3, body=NEW))
    assert lone.sent() == []
    assert lone.event(OfferReceived).sdp == NEW
    lone.run(session.answer, ANSWER)
    answer = lone.response()
    assert (answer.status, answer.body) == (200, ANSWER)
    lone.advance(2)
    assert lone.sent() == []


def test_the_peer_may_move(lone: LoneStack, session: InviteSession) -> None:
    moved = in_dialog(session, "UPDATE", 2).replace(b"peer@10.0.0.2:5060", b"moved@10.0.0.9:5062")
    lone.receive(moved)
    lone.sent()
    lone.run(session.end)
    assert lone.questions[0].uri.port == 5062
    assert str(lone.questions[0].uri) == "sip:moved@10.0.0.9:5062"


def test_the_peers_session_timer(lone: LoneStack, session: InviteSession) -> None:
    timer = ("Supported: timer", "Session-Expires: 100;refresher=uac")
    lone.receive(in_dialog(session, "UPDATE", 2, *timer))
    answer = lone.response()
    assert answer.get("session-expires") == "100;refresher=uac"
    assert answer.require == ("timer",)
    lone.receive(in_dialog(session, "UPDATE", 3, "Supported: timer", "Session-Expires: 60"))
    answer = lone.response()
    assert (answer.status, answer.get("min-se")) == (422, "90")
    lone.advance(60)
    assert lone.sent() == []
    lone.advance(10)
    assert set(lone.lines()) == {"BYE"}
    assert lone.kinds() == ["Ended"]


def test_info_and_message_are_handed_up_and_answered_for_whoever_is_silent(
    lone: LoneStack, session: InviteSession
) -> None:
    for cseq, method in enumerate(("INFO", "MESSAGE"), start=2):
        lone.receive(in_dialog(session, method, cseq))
        assert lone.event(RequestInDialog).request.method == method
        lone.advance(1.9)
        assert lone.sent() == []
        lone.advance(0.1)
        assert lone.response().status == 200
    lone.receive(in_dialog(session, "REFER", 9, "Refer-To: <sip:x@y>"))
    event = lone.event(RequestInDialog)
    lone.run(lone.stack.respond, event.transaction, event.request.reply(202))
    assert lone.response().status == 202
    lone.advance(5)
    assert lone.sent() == []


def test_requests_of_ours_inside_the_dialog(lone: LoneStack, session: InviteSession) -> None:
    sent = lone.run(session.request, "INFO", (("X-A", "1"),), "text/plain", b"hi")
    info = lone.request()
    assert (info.method, info.get("x-a"), info.body) == ("INFO", "1", b"hi")
    assert info.to_tag == "peer"
    assert sent.call_id == session.call_id
    lone.receive(info.reply(200))
    assert lone.kinds() == ["ResponseReceived"]
    lone.run(session.end)
    lone.sent()
    lone.run(session.request, "INFO", (), "", b"")
    assert lone.sent() == []
    assert lone.kinds() == ["Ended", "ResponseReceived"]


def test_a_broken_body_is_400(lone: LoneStack, session: InviteSession) -> None:
    broken = in_dialog(session, "UPDATE", 2, body=NEW).replace(b"application/sdp", b"multipart/mixed")
    lone.receive(broken)
    assert lone.response().status == 400
    assert lone.kinds() == []
