"""The callee's side: provisional answers, 200 until ACK, reliable answers, refusals."""

from __future__ import annotations

from app.sip.events import (
    AnswerReceived,
    Cancelled,
    Confirmed,
    EndCause,
    Ended,
    InviteReceived,
    OfferReceived,
)
from app.sip.flow import Address, Flow, Transport
from app.sip.invite import InviteSession
from tests.support.lone_stack import ANSWER, OFFER, TCP, UDP, LoneStack, reply, request


def called(
    lone: LoneStack, *headers: str, body: bytes = OFFER, flow: Flow = UDP, **options: str
) -> InviteSession:
    lone.receive(request("INVITE", body=body, headers=headers, **options), flow)  # type: ignore[arg-type]
    assert lone.lines() == ["100"]
    return lone.event(InviteReceived).session


def in_dialog(session: InviteSession, method: str, cseq: int, *headers: str, body: bytes = b"") -> bytes:
    return request(
        method,
        branch=f"z9hG4bK-{method}{cseq}",
        cseq=cseq,
        to_tag=session.local_tag,
        headers=headers,
        body=body,
    )


def test_ringing_answer_and_ack() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.progress, 180, headers=(("Alert-Info", "<x>"),))
    ringing = lone.response()
    assert (ringing.status, ringing.to_tag, ringing.body) == (180, session.local_tag, b"")
    assert ringing.get("contact") == "<sip:us@10.0.0.1:5060>"
    assert ringing.get("alert-info") == "<x>"
    lone.run(session.accept, ANSWER)
    accepted = lone.response()
    assert (accepted.status, accepted.body) == (200, ANSWER)
    assert "UPDATE" in accepted.allow
    lone.receive(in_dialog(session, "ACK", 1))
    assert lone.event(Confirmed).sdp is None
    lone.advance(100)
    assert lone.sent() == []
    lone.receive(in_dialog(session, "BYE", 2, "Reason: Q.850;cause=16"))
    assert lone.response().status == 200
    ended = lone.event(Ended)
    assert ended.cause is EndCause.REMOTE_BYE
    assert ended.request is not None
    lone.settle()
    assert lone.stack.is_idle


def test_the_2xx_is_repeated_until_the_ack_even_over_tcp() -> None:
    """RFC 3261 13.3.1.4."""
    for flow in (UDP, TCP):
        lone = LoneStack()
        session = called(lone, flow=flow)
        lone.schedule.clear()
        lone.run(session.accept, ANSWER)
        lone.until(31.9)
        times = [when for when, _ in lone.schedule]
        assert times == [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]


def test_without_an_ack_the_call_ends_with_bye() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.accept, ANSWER)
    lone.until(31.9)
    lone.sent()
    lone.until(32)
    assert lone.lines() == ["BYE"]
    assert lone.event(Ended).cause is EndCause.NO_ACK
    lone.settle()
    assert lone.stack.is_idle


def test_bye_waits_for_the_ack() -> None:
    """RFC 3261 15."""
    lone = LoneStack()
    session = called(lone)
    lone.run(session.accept, ANSWER)
    lone.sent()
    lone.run(session.end, headers=(("Reason", "x"),))
    assert lone.event(Ended).cause is EndCause.LOCAL
    assert lone.sent() == []
    lone.receive(in_dialog(session, "ACK", 1))
    assert lone.request().get("reason") == "x"
    lone.settle()
    assert lone.stack.is_idle


def test_bye_after_an_ack_that_never_comes() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.accept, ANSWER)
    lone.run(session.end)
    lone.until(31.9)
    lone.sent()
    lone.until(32)
    assert lone.lines() == ["BYE"]


def test_both_hang_up_before_the_ack() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.accept, ANSWER)
    lone.run(session.end)
    lone.sent()
    lone.receive(in_dialog(session, "BYE", 2))
    assert lone.lines() == ["200"]
    lone.settle()
    assert lone.kinds() == ["Ended"]
    assert lone.stack.is_idle


def test_bye_in_an_early_dialog_ends_the_invite_too() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.progress, 180)
    lone.sent()
    lone.receive(in_dialog(session, "BYE", 2))
    assert sorted(lone.lines()) == ["200", "487"]
    assert lone.event(Ended).cause is EndCause.REMOTE_BYE


def test_an_offerless_invite_gets_the_offer_in_the_2xx() -> None:
    lone = LoneStack()
    session = called(lone, body=b"")
    lone.run(session.progress, 183, OFFER)
    assert lone.response().body == b""  # nobody could answer it there
    lone.run(session.accept, OFFER)
    assert lone.response().body == OFFER
    lone.receive(in_dialog(session, "ACK", 1, body=ANSWER))
    assert lone.event(Confirmed).sdp == ANSWER


def test_end_and_reject_before_the_answer() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.end)
    assert lone.response().status == 480
    assert lone.kinds() == ["Ended"]
    lone = LoneStack()
    session = called(lone)
    lone.run(session.reject, 401, "Who", headers=(("WWW-Authenticate", "Digest x"),))
    answer = lone.response()
    assert (answer.status, answer.reason, answer.get("www-authenticate")) == (401, "Who", "Digest x")


def test_ringing_is_repeated_each_minute() -> None:
    lone = LoneStack()
    session = called(lone)
    lone.run(session.progress, 180)
    lone.until(125)
    assert lone.lines() == ["180", "180", "180"]
    lone.run(session.reject, 486)
    lone.until(126)
    assert lone.lines()[0] == "486"


def test_the_caller_s_expires_ends_the_ringing() -> None:
    """RFC 3261 13.3.1."""
    lone = LoneStack()
    session = called(lone, "Expires: 20")
    lone.run(session.progress, 180)
    lone.sent()
    lone.advance(19.5)
    assert lone.sent() == []
    lone.advance(0.6)
    assert lone.response().status == 487
    cancelled, ended = lone.events()
    assert isinstance(cancelled, Cancelled)
    assert cancelled.request is None
    assert isinstance(ended, Ended)
    assert ended.cause is EndCause.CANCELLED


def test_the_caller_s_expires_says_nothing_about_the_talk() -> None:
    lone = LoneStack()
    session = called(lone, "Expires: 20")
    lone.run(session.accept, ANSWER)
    lone.sent()
    lone.receive(in_dialog(session, "ACK", 1))
    lone.advance(60)
    assert lone.sent() == []
    assert called(LoneStack(), "Expires: soon").timer_expires is None


def test_reliable_answers_go_one_by_one_until_their_prack() -> None:
    """RFC 3262 3."""
    lone = LoneStack()
    session = called(lone, "Require: 100rel")
    lone.run(session.progress, 180)
    lone.run(session.progress, 183, ANSWER)
    first = lone.response()
    assert (first.status, first.require) == (180, ("100rel",))
    assert first.rseq is not None
    lone.until(2)
    assert lone.lines() == ["180", "180"]  # at 0.5 and 1.5
    lone.receive(in_dialog(session, "PRACK", 2, f"RAck: {first.rseq + 1} 1 INVITE"))
    assert lone.response().status == 481
    lone.receive(in_dialog(session, "PRACK", 3, f"RAck: {first.rseq} 1 INVITE"))
    second, to_prack = lone.sent()
    assert (second.status, second.rseq) == (183, first.rseq + 1)  # type: ignore[union-attr]
    assert to_prack.status == 200  # type: ignore[union-attr]
    assert second.body == ANSWER
    lone.run(session.accept, ANSWER)
    assert lone.sent() == []  # waits for the PRACK of the answer
    lone.receive(in_dialog(session, "PRACK", 4, f"RAck: {first.rseq + 1} 1 INVITE"))
    to_prack, accepted = lone.sent()
    assert (accepted.status, accepted.body) == (200, b"")  # type: ignore[union-attr]
    lone.receive(in_dialog(session, "ACK", 1))
    assert lone.kinds() == ["Confirmed"]


def test_a_reliable_answer_that_is_never_acknowledged_ends_the_call() -> None:
    lone = LoneStack()
    session = called(lone, "Require: 100rel")
    lone.run(session.progress, 180)
    lone.until(31.9)
    assert set(lone.lines()) == {"180"}
    lone.until(32)
    assert lone.lines() == ["504"]
    assert lone.event(Ended).cause is EndCause.NO_ACK
    lone.settle()
    assert lone.stack.is_idle


def test_the_offer_of_a_reliable_answer_is_answered_by_prack() -> None:
    lone = LoneStack()
    session = called(lone, "Supported: 100rel", body=b"")
    lone.run(session.progress, 183, OFFER)
    early = lone.response()
    assert (early.body, early.require) == (OFFER, ("100rel",))
    lone.receive(in_dialog(session, "PRACK", 2, f"RAck: {early.rseq} 1 INVITE", body=ANSWER))
    assert lone.response().status == 200
    assert lone.event(AnswerReceived).sdp == ANSWER


def test_an_offer_in_prack_is_answered_in_its_200() -> None:
    """RFC 3262 5."""
    lone = LoneStack()
    session = called(lone, "Require: 100rel")
    lone.run(session.progress, 183, ANSWER)
    early = lone.response()
    lone.receive(in_dialog(session, "PRACK", 2, f"RAck: {early.rseq} 1 INVITE", body=OFFER + b"x"))
    assert lone.sent() == []
    assert lone.event(OfferReceived).sdp == OFFER + b"x"
    lone.run(session.answer, ANSWER + b"x")
    answer = lone.response()
    assert (answer.status, answer.body) == (200, ANSWER + b"x")


def test_a_caller_whose_connection_broke_is_called_back_once() -> None:
    lone = LoneStack()
    session = called(lone, flow=TCP, transport="TCP")
    lone.fail(TCP)
    lone.run(session.progress, 180)
    lone.sent()
    (back,) = lone.flows
    assert back == Flow(Transport.TCP, UDP.local, Address("10.0.0.2", 5060), 0)
    lone.fail(back)
    assert lone.event(Ended).cause is EndCause.FLOW_GONE
    lone.settle()
    assert lone.stack.is_idle


def test_requests_in_a_dialog_over_tcp_stay_on_the_connection() -> None:
    lone = LoneStack()
    session = called(lone, flow=TCP, transport="TCP")
    lone.run(session.accept, ANSWER)
    lone.receive(in_dialog(session, "ACK", 1), TCP)
    lone.sent()
    lone.run(session.end)
    bye = lone.request()
    assert lone.flows == [TCP]
    assert bye.via.transport == "TCP"
    lone.fail(TCP)
    assert lone.questions[0].uri.host == "10.0.0.2"  # the connection is gone: look the Contact up
    lone.resolve(UDP)
    again = lone.request()
    assert again.method == "BYE"
    lone.receive(reply(again, 200))
    lone.settle()
    assert lone.stack.is_idle
