"""Our offers inside a call: re-INVITE, UPDATE, glare, refreshes."""

from __future__ import annotations

import pytest

from app.sip.events import AnswerReceived, EndCause, Ended, OfferFailed, OfferReceived
from app.sip.invite import InviteSession
from app.sip.message import Request
from app.sip.outgoing import OutgoingInvite
from app.sip.settings import StackSettings
from tests.support.lone_stack import ANSWER, OFFER, UDP, LoneStack, reply, request

NEW = OFFER + b"new"


def talking(lone: LoneStack, *headers: tuple[str, str], expires: int = 0) -> tuple[InviteSession, Request]:
    order = OutgoingInvite(
        uri="sip:peer@10.0.0.2",
        from_="<sip:us@example.org>",
        to="<sip:peer@10.0.0.2>",
        contact_user="us",
        sdp=OFFER,
        flows=(UDP,),
        session_expires=expires,
    )
    session = lone.run(lone.stack.invite, order)
    invite = lone.request()
    lone.receive(reply(invite, 200, body=ANSWER, headers=headers))
    assert lone.lines() == ["ACK"]
    assert lone.kinds() == ["Accepted"]
    return session, invite


def from_peer(session: InviteSession, method: str, cseq: int, body: bytes = b"") -> bytes:
    return request(
        method,
        branch=f"z9hG4bK-{method}{cseq}",
        call_id=session.call_id,
        cseq=cseq,
        to_tag=session.local_tag,
        body=body,
    )


def test_a_reinvite_and_its_ack() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    again = lone.request()
    assert (again.method, str(again.cseq), again.body, again.to_tag) == ("INVITE", "2 INVITE", NEW, "peer")
    assert "100rel" not in again.supported
    lone.receive(reply(again, 100))
    answer = reply(again, 200, body=ANSWER + b"2", contact="<sip:moved@10.0.0.2:5060>")
    lone.receive(answer)
    ack = lone.request()
    assert (str(ack.cseq), ack.uri_text) == ("2 ACK", "sip:moved@10.0.0.2:5060")
    assert lone.event(AnswerReceived).sdp == ANSWER + b"2"
    lone.receive(answer)
    assert lone.request().encode() == ack.encode()


def test_a_refused_offer_leaves_the_call_as_it_was() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    lone.receive(reply(lone.request(), 488))
    assert lone.lines() == ["ACK"]
    assert lone.event(OfferFailed).status == 488
    lone.run(session.offer, NEW)
    assert lone.request().method == "INVITE"


@pytest.mark.parametrize("status", [481, 408])
def test_a_peer_that_knows_nothing_of_the_call_ends_it(status: int) -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    lone.receive(reply(lone.request(), status))
    assert lone.lines() == ["ACK", "BYE"]
    assert lone.event(Ended).cause is EndCause.PEER_GONE


def test_a_peer_that_is_unreachable_ends_the_call() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    lone.sent()
    lone.fail(UDP)
    assert lone.event(Ended).cause is EndCause.FLOW_GONE


def test_glare_is_retried_by_the_caller_after_two_to_four_seconds() -> None:
    """RFC 3261 14.1."""
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    lone.receive(reply(lone.request(), 491))
    assert lone.lines() == ["ACK"]
    assert lone.kinds() == []
    lone.until(2.09)
    assert lone.sent() == []
    lone.until(4.01)
    again = [message for message in lone.sent() if isinstance(message, Request)]
    assert {str(message.cseq) for message in again} == {"3 INVITE"}
    lone.receive(reply(again[0], 200, body=ANSWER))
    assert lone.kinds() == ["AnswerReceived"]


def test_glare_without_end_is_a_failure() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    tries = 0
    for _ in range(10):
        invites = [m for m in lone.sent() if isinstance(m, Request) and m.method == "INVITE"]
        if not invites:
            break
        tries += 1
        lone.receive(reply(invites[-1], 491))
        lone.advance(4.1)
    assert tries == 6
    assert lone.event(OfferFailed).status == 491


def test_an_overlap_is_retried_when_the_peer_says() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    lone.receive(reply(lone.request(), 500, headers=(("Retry-After", "3"),)))
    lone.until(2.9)
    assert lone.lines() == ["ACK"]
    lone.until(3)
    assert lone.lines() == ["INVITE"]


def test_the_peers_offer_meets_ours() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    lone.sent()
    lone.receive(from_peer(session, "INVITE", 1, OFFER))
    assert lone.lines() == ["100", "491"]
    lone.receive(from_peer(session, "UPDATE", 2, OFFER))
    assert lone.lines() == ["491"]
    assert lone.kinds() == []


def test_an_offer_waits_for_the_one_before_it() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    first = lone.request()
    lone.run(session.offer, NEW + b"2")
    lone.run(session.offer, NEW + b"3")
    assert lone.sent() == []
    lone.receive(reply(first, 200, body=ANSWER))
    ack, second = lone.sent()
    assert ack.method == "ACK"  # type: ignore[union-attr]
    assert second.body == NEW + b"3"


def test_an_offer_waits_for_the_ack_to_our_answer() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.receive(from_peer(session, "INVITE", 7, NEW))
    lone.run(session.answer, ANSWER)
    lone.run(session.offer, NEW + b"2")
    assert lone.lines() == ["100", "200"]
    lone.receive(from_peer(session, "ACK", 7))
    assert lone.request().body == NEW + b"2"


def test_an_offer_left_to_the_peer() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, None)
    again = lone.request()
    assert again.body == b""
    lone.receive(reply(again, 200, body=NEW))
    assert lone.event(OfferReceived).sdp == NEW
    assert lone.sent() == []
    lone.run(session.answer, ANSWER)
    assert lone.request().body == ANSWER


def test_an_offer_left_to_the_peer_and_refused_ends_the_call() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, None)
    lone.receive(reply(lone.request(), 200, body=NEW))
    lone.run(session.refuse_offer, 488)
    assert lone.lines() == ["ACK", "BYE"]
    assert lone.kinds() == ["OfferReceived", "Ended"]


def test_an_early_offer_goes_by_update() -> None:
    lone = LoneStack()
    order = OutgoingInvite(
        uri="sip:peer@10.0.0.2", from_="<sip:us@x>", to="<sip:peer@x>", sdp=OFFER, flows=(UDP,)
    )
    session = lone.run(lone.stack.invite, order)
    invite = lone.request()
    lone.run(session.offer, NEW)
    assert lone.event(OfferFailed).status == 405
    reliable = (("Require", "100rel"), ("RSeq", "1"), ("Allow", "UPDATE, PRACK"))
    lone.receive(reply(invite, 183, body=ANSWER, headers=reliable))
    lone.receive(reply(lone.request(), 200))
    lone.events()
    lone.run(session.offer, NEW)
    update = lone.request()
    assert (update.method, update.body) == ("UPDATE", NEW)
    lone.receive(reply(update, 200, body=ANSWER + b"2"))
    assert lone.event(AnswerReceived).sdp == ANSWER + b"2"
    assert lone.sent() == []


def test_hanging_up_in_the_middle_of_a_change() -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    again = lone.request()
    lone.run(session.end)
    bye = lone.request()
    assert bye.method == "BYE"
    lone.receive(reply(again, 200, body=ANSWER))
    assert lone.lines() == ["ACK"]
    lone.receive(reply(bye, 200))
    lone.settle()
    assert lone.kinds() == ["Ended"]
    assert lone.stack.is_idle


@pytest.mark.parametrize("hears_trying_first", [True, False])
def test_a_change_nobody_answers_does_not_outlive_its_call(hears_trying_first: bool) -> None:
    lone = LoneStack()
    session, _ = talking(lone)
    lone.run(session.offer, NEW)
    again = lone.request()
    if hears_trying_first:
        lone.receive(reply(again, 100))
    lone.run(session.end)
    lone.receive(reply(again, 100))
    lone.settle()
    assert lone.kinds() == ["Ended"]
    assert lone.stack.is_idle


def test_the_session_is_refreshed_by_update_at_half_time() -> None:
    """RFC 4028 7.2."""
    lone = LoneStack()
    headers = (("Session-Expires", "100;refresher=uac"), ("Allow", "INVITE, UPDATE"))
    session, _ = talking(lone, *headers, expires=100)
    lone.until(49.9)
    assert lone.sent() == []
    lone.until(50)
    update = lone.request()
    assert (update.method, update.body) == ("UPDATE", b"")
    assert update.get("session-expires") == "100;refresher=uac"
    lone.receive(reply(update, 200, headers=(("Session-Expires", "100;refresher=uac"),)))
    lone.until(100)
    assert lone.request().method == "UPDATE"
    assert lone.kinds() == []
    assert session.state.value == "CONFIRMED"


def test_a_peer_without_update_is_refreshed_by_reinvite() -> None:
    lone = LoneStack()
    talking(lone, ("Session-Expires", "100;refresher=uac"), expires=100)
    lone.until(50)
    again = lone.request()
    assert (again.method, again.body) == ("INVITE", OFFER)
    lone.receive(reply(again, 200, body=ANSWER, headers=(("Session-Expires", "100;refresher=uac"),)))
    assert lone.lines() == ["ACK"]
    assert lone.kinds() == []  # nothing has changed


def test_a_peer_that_claims_update_and_refuses_it_is_refreshed_by_reinvite() -> None:
    lone = LoneStack()
    talking(lone, ("Session-Expires", "100;refresher=uac"), ("Allow", "UPDATE"), expires=100)
    lone.until(50)
    lone.receive(reply(lone.request(), 405))
    assert lone.lines() == ["INVITE"]


def test_a_refresh_that_the_peer_wants_rarer() -> None:
    lone = LoneStack()
    talking(lone, ("Session-Expires", "100;refresher=uac"), ("Allow", "UPDATE"), expires=100)
    lone.until(50)
    lone.receive(reply(lone.request(), 422, headers=(("Min-SE", "900"),)))
    assert lone.request().get("session-expires") == "900;refresher=uac"


def test_a_session_the_peer_does_not_refresh_ends() -> None:
    """RFC 4028 10."""
    lone = LoneStack(StackSettings(seed=1))
    session, _ = talking(lone, ("Session-Expires", "90;refresher=uas"), expires=90)
    lone.until(59.9)
    assert lone.sent() == []
    lone.until(60)
    assert lone.lines() == ["BYE"]
    assert lone.event(Ended).cause is EndCause.SESSION_EXPIRED
    assert session.has_ended
    lone.settle()
    assert lone.stack.is_idle


def test_a_refresh_waits_while_the_session_is_being_changed() -> None:
    lone = LoneStack()
    session, _ = talking(lone, ("Session-Expires", "100;refresher=uac"), ("Allow", "UPDATE"), expires=100)
    lone.until(49)
    invite = from_peer(session, "INVITE", 1, NEW).replace(b"Max-", b"Supported: timer\r\nMax-")
    lone.receive(invite)
    lone.sent()
    lone.until(51)
    assert lone.sent() == []
    lone.run(session.answer, ANSWER)
    lone.receive(from_peer(session, "ACK", 1))
    lone.sent()
    lone.until(102)
    assert "UPDATE" in lone.lines()
