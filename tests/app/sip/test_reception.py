"""Where requests belong, and what is refused before anybody is asked."""

from __future__ import annotations

import pytest

from app.sip.events import Cancelled, InviteReceived, RequestReceived
from app.sip.message import Request, parse
from app.sip.validation import Refusal
from tests.support.lone_stack import ANSWER, OFFER, LoneStack, ack_for, request


def call(lone: LoneStack, **options: object) -> tuple[InviteReceived, Request]:
    data = request("INVITE", body=OFFER, **options)  # type: ignore[arg-type]
    lone.receive(data)
    lone.sent()
    parsed = parse(data)
    assert isinstance(parsed, Request)
    return lone.event(InviteReceived), parsed


def test_100_is_sent_at_once_and_repetitions_are_absorbed() -> None:
    lone = LoneStack()
    lone.receive(request("INVITE", body=OFFER))
    trying = lone.response()
    assert trying.status == 100
    assert trying.to_tag == ""
    lone.receive(request("INVITE", body=OFFER))
    assert lone.response().status == 100
    assert lone.kinds() == ["InviteReceived"]
    assert lone.stack.counters.retransmissions_in == 1


def test_the_same_request_by_another_path_is_482() -> None:
    """RFC 3261 8.2.2.2."""
    lone = LoneStack()
    call(lone)
    lone.receive(request("INVITE", body=OFFER, branch="z9hG4bK-other"))
    assert lone.response().status == 482
    assert lone.kinds() == []


@pytest.mark.parametrize(
    ("data", "status", "header", "value"),
    [
        (request("FETCH"), 501, "allow", "INVITE"),
        (request("PUBLISH"), 405, "allow", "INVITE"),
        (request("OPTIONS", headers=("Require: teleport",)), 420, "unsupported", "teleport"),
        (request("OPTIONS", uri="mailto:us@10.0.0.1"), 416, "", ""),
        (
            request("INVITE", body=OFFER).replace(b"application/sdp", b"application/x-unknown"),
            415,
            "accept",
            "application/sdp",
        ),
        (request("BYE"), 481, "", ""),
        (request("BYE", to_tag="gone"), 481, "", ""),
        (request("UPDATE"), 481, "", ""),
        (request("INVITE", to_tag="gone", body=OFFER), 481, "", ""),
        (request("CANCEL"), 481, "", ""),
    ],
)
def test_refusals(data: bytes, status: int, header: str, value: str) -> None:
    lone = LoneStack()
    lone.receive(data)
    answer = lone.response()
    assert answer.status == status
    assert answer.to_tag
    if header:
        assert value in (answer.get(header) or "")
    assert lone.kinds() == []
    lone.settle()
    assert lone.stack.is_idle


def test_small_refusals_of_an_invite() -> None:
    lone = LoneStack()
    lone.receive(request("INVITE", headers=("Supported: timer", "Session-Expires: 30")))
    assert [str(m.status) for m in lone.sent()] == ["100", "422"]  # type: ignore[union-attr]
    lone.receive(request("INVITE", branch="z9hG4bK-2", cseq=2).replace(b"Forwards: 70", b"Forwards: 0"))
    assert lone.lines() == ["100", "483"]
    lone.receive(request("INVITE", branch="z9hG4bK-3", cseq=3, headers=("Session-Expires: x",)))
    assert lone.lines() == ["100", "400"]
    assert lone.kinds() == []


def test_an_unknown_ack_is_never_answered() -> None:
    lone = LoneStack()
    lone.receive(request("ACK", to_tag="gone"))
    assert lone.sent() == []
    assert lone.stack.is_idle


def test_a_lower_cseq_in_a_dialog_is_500() -> None:
    lone = LoneStack()
    event, _ = call(lone, cseq=10)
    lone.run(event.session.accept, ANSWER)
    tag = event.session.local_tag
    lone.sent()
    lone.receive(request("ACK", branch="z9hG4bK-a", cseq=10, to_tag=tag))
    lone.receive(request("INFO", branch="z9hG4bK-i", cseq=9, to_tag=tag))
    answer = lone.response()
    assert answer.status == 500
    assert answer.retry_after is not None
    lone.receive(request("BYE", branch="z9hG4bK-b", cseq=11, to_tag=tag))
    assert lone.response().status == 200
    lone.receive(request("INFO", branch="z9hG4bK-j", cseq=12, to_tag=tag))
    assert lone.response().status == 481


def test_cancel() -> None:
    lone = LoneStack()
    event, invite = call(lone)
    lone.run(event.session.progress, 180)
    lone.sent()
    lone.receive(request("CANCEL", headers=("Reason: SIP;cause=200",)))
    to_cancel, to_invite = lone.sent()
    assert (to_cancel.status, to_invite.status) == (200, 487)  # type: ignore[union-attr]
    assert to_cancel.to_tag == to_invite.to_tag == event.session.local_tag
    cancelled, ended = lone.events()
    assert isinstance(cancelled, Cancelled)
    assert cancelled.request is not None
    assert cancelled.request.get("reason") == "SIP;cause=200"
    assert type(ended).__name__ == "Ended"
    lone.receive(ack_for(invite, to_invite, branch="z9hG4bK-1"))  # type: ignore[arg-type]
    lone.run(event.session.accept, ANSWER)
    lone.run(event.session.end)
    lone.settle()
    assert lone.sent() == []
    assert lone.stack.is_idle


def test_a_cancel_after_the_answer_changes_nothing() -> None:
    lone = LoneStack()
    event, _ = call(lone)
    lone.run(event.session.accept, ANSWER)
    lone.sent()
    lone.receive(request("CANCEL"))
    assert lone.lines() == ["200"]
    assert lone.kinds() == []


def test_a_client_of_rfc_2543_without_branch() -> None:
    """RFC 3261 17.2.3: matched by all the rest, the ACK by our tag."""
    lone = LoneStack()
    data = request("INVITE", branch="1", body=OFFER)
    lone.receive(data)
    event = lone.event(InviteReceived)
    lone.receive(data)
    assert lone.kinds() == []
    lone.run(event.session.reject, 486)
    lone.sent()
    wrong = request("ACK", branch="1", to_tag="other")
    lone.receive(wrong)
    lone.advance(0.5)
    assert lone.lines() == ["486"]
    lone.receive(request("ACK", branch="1", to_tag=event.session.local_tag))
    lone.settle()
    assert lone.sent() == []
    assert lone.stack.is_idle


def test_requests_outside_dialogs_are_handed_up() -> None:
    lone = LoneStack()
    for number, method in enumerate(("REGISTER", "OPTIONS", "MESSAGE", "SUBSCRIBE", "REFER", "NOTIFY")):
        lone.receive(request(method, branch=f"z9hG4bK-{number}", cseq=number + 1))
        event = lone.event(RequestReceived)
        assert event.request.method == method
        assert lone.sent() == []


class Closed:
    """A doorkeeper that lets nobody in."""

    def refuse(self, request: Request, flow: object, now: float) -> Refusal:
        return Refusal(407, (("Proxy-Authenticate", "Digest x"),))


@pytest.mark.parametrize("method", ["INVITE", "REGISTER", "MESSAGE", "OPTIONS"])
def test_whom_the_doorkeeper_refuses_leaves_nothing_behind(method: str) -> None:
    """RFC 3261 26.3.2.4."""
    lone = LoneStack()
    lone.stack.core.doorkeeper = Closed()
    answers = []
    for _ in range(2):
        lone.receive(request(method))
        answer = lone.response()
        assert (answer.status, answer.get("proxy-authenticate")) == (407, "Digest x")
        answers.append(answer.to_tag)
    assert answers[0] == answers[1] != ""
    assert lone.stack.is_idle
    lone.receive(request("ACK"))
    assert lone.sent() == []
    assert lone.stack.counters.answered_once == 2
    assert lone.stack.counters.server_transactions == 0
