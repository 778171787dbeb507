"""The caller's side: forks, provisional answers, 2xx and ACK, CANCEL and its races."""

from __future__ import annotations

import pytest

from app.sip.digest import DigestClient
from app.sip.events import Accepted, EndCause, Ended, OfferReceived, Progressed, Rejected
from app.sip.invite import InviteSession
from app.sip.message import Request
from app.sip.outgoing import OutgoingInvite
from app.sip.uri import SipUri
from tests.support.lone_stack import ANSWER, OFFER, UDP, LoneStack, reply, request


def call(lone: LoneStack, **changes: object) -> tuple[InviteSession, Request]:
    values: dict[str, object] = {
        "uri": "sip:peer@10.0.0.2",
        "from_": "<sip:us@example.org>",
        "to": "<sip:peer@10.0.0.2>",
        "contact_user": "us",
        "sdp": OFFER,
        "flows": (UDP,),
        "session_expires": 0,
    }
    session = lone.run(lone.stack.invite, OutgoingInvite(**(values | changes)))  # type: ignore[arg-type]
    return session, lone.request()


def test_ringing_answer_ack_and_bye() -> None:
    lone = LoneStack()
    session, invite = call(lone)
    lone.receive(reply(invite, 100, tag=""))
    assert lone.kinds() == []
    lone.receive(reply(invite, 180))
    progressed = lone.event(Progressed)
    assert (progressed.status, progressed.sdp) == (180, None)
    assert session.remote_tag == "peer"
    lone.receive(reply(invite, 200, body=ANSWER))
    ack = lone.request()
    assert (ack.method, str(ack.cseq), ack.to_tag) == ("ACK", "1 ACK", "peer")
    assert ack.uri_text == "sip:peer@10.0.0.2:5060"
    assert ack.via.branch != invite.via.branch
    accepted = lone.event(Accepted)
    assert (accepted.sdp, accepted.is_offer) == (ANSWER, False)
    lone.receive(reply(invite, 200, body=ANSWER))
    assert lone.request().encode() == ack.encode()
    assert lone.kinds() == []
    lone.run(session.end, headers=(("Reason", "Q.850;cause=16"),))
    bye = lone.request()
    assert (bye.method, str(bye.cseq), bye.get("reason")) == ("BYE", "2 BYE", "Q.850;cause=16")
    ended = lone.event(Ended)
    assert ended.cause is EndCause.LOCAL
    lone.run(session.end)
    lone.receive(reply(bye, 200))
    lone.settle()
    assert lone.sent() == []
    assert lone.stack.is_idle


def test_early_media_is_a_preview_and_may_be_the_only_answer() -> None:
    lone = LoneStack()
    _, invite = call(lone)
    lone.receive(reply(invite, 183, body=ANSWER))
    assert lone.event(Progressed).sdp == ANSWER
    lone.receive(reply(invite, 200))
    assert lone.event(Accepted).sdp == ANSWER
    assert lone.lines() == ["ACK"]


def test_reliable_answers_are_acknowledged_in_order_once() -> None:
    lone = LoneStack()
    _, invite = call(lone)
    first = reply(invite, 183, body=ANSWER, headers=(("Require", "100rel"), ("RSeq", "5")))
    lone.receive(first)
    prack = lone.request()
    assert (prack.method, prack.get("rack")) == ("PRACK", "5 1 INVITE")
    assert lone.event(Progressed).sdp == ANSWER
    lone.receive(reply(prack, 405))  # tolerated
    lone.receive(first)
    lone.receive(reply(invite, 180, headers=(("Require", "100rel"), ("RSeq", "7"))))
    assert lone.sent() == []
    assert lone.kinds() == []
    lone.receive(reply(invite, 180, headers=(("Require", "100rel"), ("RSeq", "6"))))
    assert lone.request().get("rack") == "6 1 INVITE"
    assert lone.event(Progressed).status == 180
    lone.receive(reply(invite, 200))
    assert lone.event(Accepted).sdp == ANSWER
    assert lone.lines() == ["ACK"]


def test_an_offer_in_a_reliable_answer_is_answered_in_prack() -> None:
    lone = LoneStack()
    session, invite = call(lone, sdp=None)
    lone.receive(reply(invite, 183, body=OFFER, headers=(("Require", "100rel"), ("RSeq", "5"))))
    progressed, offered = lone.events()
    assert isinstance(progressed, Progressed)
    assert progressed.sdp is None
    assert isinstance(offered, OfferReceived)
    assert lone.sent() == []
    lone.run(session.answer, ANSWER)
    prack = lone.request()
    assert (prack.method, prack.body) == ("PRACK", ANSWER)
    lone.receive(reply(prack, 200))
    lone.receive(reply(invite, 200))
    assert lone.event(Accepted).is_offer is False
    assert lone.request().body == b""


def test_an_offer_in_the_2xx_is_answered_in_the_ack() -> None:
    lone = LoneStack()
    session, invite = call(lone, sdp=None)
    lone.receive(reply(invite, 200, body=OFFER))
    accepted = lone.event(Accepted)
    assert accepted.is_offer
    assert accepted.sdp == OFFER
    lone.receive(reply(invite, 200, body=OFFER))
    assert lone.sent() == []
    lone.run(session.answer, ANSWER)
    assert lone.request().body == ANSWER
    lone.receive(reply(invite, 200, body=OFFER))
    assert lone.request().body == ANSWER


def test_an_offer_in_the_2xx_that_is_refused_ends_the_call() -> None:
    lone = LoneStack()
    session, invite = call(lone, sdp=None)
    lone.receive(reply(invite, 200, body=OFFER))
    lone.events()
    lone.run(session.refuse_offer, 488)
    assert lone.lines() == ["ACK", "BYE"]
    assert lone.event(Ended).cause is EndCause.LOCAL


def test_cancel_waits_for_a_provisional_answer() -> None:
    """RFC 3261 9.1."""
    lone = LoneStack()
    session, invite = call(lone)
    lone.run(session.end, headers=(("Reason", "SIP;cause=200"),))
    assert lone.event(Ended).cause is EndCause.LOCAL
    assert lone.sent() == []
    lone.receive(reply(invite, 100, tag=""))
    cancel = lone.request()
    assert (cancel.method, cancel.via.branch) == ("CANCEL", invite.via.branch)
    assert cancel.get("reason") == "SIP;cause=200"
    assert str(cancel.cseq) == "1 CANCEL"
    lone.receive(reply(cancel, 200))
    lone.receive(reply(invite, 487))
    assert lone.lines() == ["ACK"]
    lone.settle()
    assert lone.kinds() == []
    assert lone.stack.is_idle


def test_a_2xx_that_crosses_the_cancel_is_acknowledged_and_ended() -> None:
    lone = LoneStack()
    session, invite = call(lone)
    lone.receive(reply(invite, 180))
    lone.run(session.end)
    assert lone.lines() == ["CANCEL"]
    lone.receive(reply(invite, 200, body=ANSWER))
    assert lone.lines() == ["ACK", "BYE"]
    lone.receive(reply(invite, 200, body=ANSWER))
    assert lone.lines() == ["ACK"]
    lone.settle()
    assert lone.kinds() == ["Progressed", "Ended"]
    assert lone.stack.is_idle


def test_a_2xx_before_any_provisional_answer_while_giving_up() -> None:
    lone = LoneStack()
    session, invite = call(lone)
    lone.run(session.end)
    lone.receive(reply(invite, 200, body=ANSWER))
    assert lone.lines() == ["ACK", "BYE"]
    lone.settle()
    assert lone.stack.is_idle


def test_cancel_without_any_final_answer_gives_up() -> None:
    lone = LoneStack()
    session, invite = call(lone)
    lone.receive(reply(invite, 180))
    lone.run(session.end)
    lone.settle()
    assert lone.stack.is_idle
    assert lone.kinds() == ["Progressed", "Ended"]


def test_end_while_the_way_is_looked_up() -> None:
    lone = LoneStack()
    order = OutgoingInvite(uri="sip:peer@example.net", from_="<sip:us@x>", to="<sip:peer@x>")
    session = lone.run(lone.stack.invite, order)
    lone.run(session.end)
    assert lone.kinds() == ["Ended"]
    assert lone.stack.is_idle
    lone.resolve(UDP)
    assert lone.sent() == []


def test_no_answer_at_all_is_408() -> None:
    lone = LoneStack()
    call(lone)
    lone.settle()
    rejected, ended = lone.events()
    assert isinstance(rejected, Rejected)
    assert (rejected.status, rejected.response) == (408, None)
    assert isinstance(ended, Ended)
    assert ended.cause is EndCause.REJECTED
    assert lone.stack.is_idle


def test_forks_are_kept_apart_and_only_the_first_2xx_counts() -> None:
    lone = LoneStack()
    session, invite = call(lone)
    lone.receive(reply(invite, 180, tag="a"))
    lone.receive(reply(invite, 183, tag="b", body=ANSWER))
    assert lone.kinds() == ["Progressed", "Progressed"]
    lone.receive(reply(invite, 200, tag="a", body=ANSWER, contact="<sip:a@10.0.0.2:5060>"))
    assert lone.request().uri_text == "sip:a@10.0.0.2:5060"
    lone.receive(reply(invite, 200, tag="b", body=ANSWER, contact="<sip:b@10.0.0.2:5060>"))
    ack, bye = lone.sent()
    assert [ack.to_tag, bye.to_tag] == ["b", "b"]
    assert [ack.uri_text, bye.uri_text] == ["sip:b@10.0.0.2:5060"] * 2  # type: ignore[union-attr]
    lone.receive(reply(invite, 200, tag="b", body=ANSWER))
    assert lone.request().to_tag == "b"
    assert lone.kinds() == ["Accepted"]
    assert session.remote_tag == "a"
    lone.receive(request("BYE", call_id=invite.call_id, from_tag="a", to_tag=session.local_tag, cseq=9))
    assert lone.event(Ended).cause is EndCause.REMOTE_BYE
    lone.settle()
    assert lone.stack.is_idle


def test_a_challenge_is_answered_with_the_next_number() -> None:
    lone = LoneStack()
    session, invite = call(lone, credentials=DigestClient("us", "secret"))
    challenge = ("Proxy-Authenticate", 'Digest realm="r", nonce="n1", qop="auth"')
    lone.receive(reply(invite, 407, headers=(challenge,)))
    ack, again = lone.sent()
    assert ack.method == "ACK"  # type: ignore[union-attr]
    assert str(again.cseq) == "2 INVITE"
    assert (again.call_id, again.from_tag) == (invite.call_id, invite.from_tag)
    assert "nc=00000001" in (again.get("proxy-authorization") or "")
    lone.receive(reply(again, 200, body=ANSWER))  # type: ignore[arg-type]
    ack_again = lone.request()
    assert str(ack_again.cseq) == "2 ACK"
    assert ack_again.get("proxy-authorization") == again.get("proxy-authorization")
    assert lone.kinds() == ["Accepted"]
    lone.run(session.end)
    assert str(lone.request().cseq) == "3 BYE"


def test_a_wrong_password_is_a_refusal_and_a_stale_nonce_is_not() -> None:
    lone = LoneStack()
    _, invite = call(lone, credentials=DigestClient("us", "secret"))
    lone.receive(reply(invite, 401, headers=(("WWW-Authenticate", 'Digest realm="r", nonce="n1"'),)))
    second = lone.sent()[1]
    stale = ("WWW-Authenticate", 'Digest realm="r", nonce="n2", stale=true')
    lone.receive(reply(second, 401, headers=(stale,)))  # type: ignore[arg-type]
    third = lone.sent()[1]
    assert 'nonce="n2"' in (third.get("authorization") or "")
    wrong = ("WWW-Authenticate", 'Digest realm="r", nonce="n3"')
    lone.receive(reply(third, 401, headers=(wrong,)))  # type: ignore[arg-type]
    assert lone.lines() == ["ACK"]
    assert lone.kinds() == ["Rejected", "Ended"]


def test_a_larger_session_interval_is_tried_once_asked_for() -> None:
    """RFC 4028 7.3."""
    lone = LoneStack()
    _, invite = call(lone, session_expires=100)
    assert invite.get("session-expires") == "100"
    lone.receive(reply(invite, 422, headers=(("Min-SE", "600"),)))
    ack, again = lone.sent()
    assert ack.method == "ACK"  # type: ignore[union-attr]
    assert (again.get("session-expires"), again.get("min-se")) == ("600", "600")
    assert str(again.cseq) == "2 INVITE"
    lone.receive(reply(again, 422, headers=(("Min-SE", "600"),)))  # type: ignore[arg-type]
    assert lone.kinds() == ["Rejected", "Ended"]


def test_the_route_of_the_answer_is_followed() -> None:
    """RFC 3261 12.1.2: reversed; loose."""
    lone = LoneStack()
    session, invite = call(lone)
    routes = (("Record-Route", "<sip:10.0.0.2;lr>, <sip:second;lr>"),)
    lone.receive(reply(invite, 200, body=ANSWER, headers=routes, contact="<sip:peer@192.0.2.7>"))
    assert lone.questions[0].uri.host == "second"
    lone.resolve(UDP)
    ack = lone.request()
    assert ack.get_all("route") == ["<sip:second;lr>", "<sip:10.0.0.2;lr>"]
    assert ack.uri_text == "sip:peer@192.0.2.7"
    lone.run(session.end)
    lone.resolve(UDP)
    assert lone.request().get_all("route") == ["<sip:second;lr>", "<sip:10.0.0.2;lr>"]


def test_a_pinned_flow_is_used_in_spite_of_the_contact() -> None:
    lone = LoneStack()
    session, invite = call(lone, pin_flow=True)
    lone.receive(reply(invite, 200, body=ANSWER, contact="<sip:peer@192.168.1.5:5062>"))
    ack = lone.request()
    assert lone.flows == [UDP]
    assert ack.uri_text == "sip:peer@192.168.1.5:5062"
    assert session.pin_flow
    assert session.flow is UDP


def test_a_2xx_without_a_tag() -> None:
    """RFC 2543 peers."""
    lone = LoneStack()
    session, invite = call(lone)
    lone.receive(reply(invite, 200, tag="", body=ANSWER))
    assert lone.lines() == ["ACK"]
    assert lone.kinds() == ["Accepted"]
    lone.run(session.end)
    assert lone.lines() == ["BYE"]
    lone.settle()
    assert lone.stack.is_idle


def test_a_hop_and_an_outlet_lead_the_call_and_all_that_follows() -> None:
    lone = LoneStack()
    hop = SipUri.of("", "proxy.example")
    _, sent = call_by_hop(lone, hop)
    assert sent.uri_text == "sip:you@domain.invalid"
    lone.receive(reply(sent, 200, body=ANSWER, contact="<sip:you@far.example>"))
    (question,) = lone.questions
    assert (question.uri.host, question.outlet) == ("far.example", "card")  # the ACK's


def call_by_hop(lone: LoneStack, hop: SipUri, **changes: object) -> tuple[InviteSession, Request]:
    values: dict[str, object] = {
        "uri": "sip:you@domain.invalid",
        "from_": "<sip:us@10.0.0.1>",
        "to": "<sip:you@domain.invalid>",
        "sdp": OFFER,
        "hop": hop,
        "outlet": "card",
    }
    session = lone.run(lone.stack.invite, OutgoingInvite(**(values | changes)))  # type: ignore[arg-type]
    question = lone.questions[0]
    assert (question.uri, question.outlet) == (hop, "card")
    lone.resolve(UDP)
    return session, lone.request()


@pytest.mark.parametrize(
    ("changes", "supported", "require"),
    [
        ({}, ("100rel", "timer"), None),
        ({"rel100": False}, ("timer",), None),
        ({"session_expires": 0}, ("100rel",), None),
        ({"rel100": False, "session_expires": 0}, (), None),
        ({"require_100rel": True}, ("100rel", "timer"), "100rel"),
    ],
)
def test_what_the_invite_offers_and_demands(
    changes: dict[str, object], supported: tuple[str, ...], require: str | None
) -> None:
    _, sent = call_by_hop(LoneStack(), SipUri.of("", "proxy.example"), **changes)
    assert tuple(sent.supported) == supported
    assert sent.get("require") == require
    assert (sent.get("session-expires") is None) == ("timer" not in supported)
