"""Our subscriptions."""

from __future__ import annotations

from app.sip.events import NotifyReceived, SubscriptionEnded
from app.sip.message import Request
from app.sip.subscription import OutgoingSubscribe, Subscriber
from tests.support.lone_stack import UDP, LoneStack, reply, request


def subscribe(lone: LoneStack) -> tuple[Subscriber, Request]:
    order = OutgoingSubscribe(
        uri="sip:peer@10.0.0.2",
        from_="<sip:us@10.0.0.1>",
        to="<sip:peer@10.0.0.2>",
        event="message-summary",
        accept="application/simple-message-summary",
        expires=1000,
        flows=(UDP,),
    )

    def start(*, now: float) -> Subscriber:
        return Subscriber(lone.stack, order, now)

    subscriber = lone.run(start)
    return subscriber, lone.request()


def notify(sent: Request, cseq: int, state: str, event: str = "message-summary") -> bytes:
    return request(
        "NOTIFY",
        branch=f"z9hG4bK-n{cseq}",
        call_id=sent.call_id,
        cseq=cseq,
        to_tag=sent.from_tag,
        headers=(f"Event: {event}", f"Subscription-State: {state}"),
        body=b"Messages-Waiting: yes\r\n",
    )


def accepted(lone: LoneStack, sent: Request, expires: str = "1000") -> None:
    lone.receive(reply(sent, 200, headers=(("Expires", expires),)))


def test_subscribe_notify_refresh_unsubscribe() -> None:
    lone = LoneStack()
    subscriber, first = subscribe(lone)
    assert first.get("event") == "message-summary"
    assert first.expires == 1000
    accepted(lone, first, "600")
    lone.receive(notify(first, 1, "active;expires=500"))
    assert lone.response().status == 200
    event = lone.event(NotifyReceived)
    assert (event.state, event.subscriber) == ("active", subscriber)
    lone.until(449)
    assert lone.sent() == []
    lone.until(450)
    second = lone.request()
    assert (second.to_tag, second.cseq.number) == ("peer", 2)
    accepted(lone, second)
    lone.run(subscriber.unsubscribe)
    last = lone.request()
    assert last.expires == 0
    accepted(lone, last, "0")
    lone.receive(notify(first, 2, "terminated;reason=timeout"))
    assert [type(event).__name__ for event in lone.events()] == ["NotifyReceived", "SubscriptionEnded"]
    lone.settle()
    assert lone.stack.is_idle


def test_a_notify_that_overtakes_the_answer() -> None:
    """RFC 6665 4.4.1."""
    lone = LoneStack()
    subscriber, first = subscribe(lone)
    lone.receive(notify(first, 1, "active;expires=500"))
    assert lone.response().status == 200
    assert lone.kinds() == ["NotifyReceived"]
    accepted(lone, first)
    lone.run(subscriber.unsubscribe)
    assert lone.request().cseq.number == 2


def test_a_refusal_ends_it() -> None:
    lone = LoneStack()
    _, first = subscribe(lone)
    lone.receive(reply(first, 489))
    event = lone.event(SubscriptionEnded)
    assert event.status == 489
    lone.settle()
    assert lone.stack.is_idle


def test_without_a_notify_there_is_no_subscription() -> None:
    lone = LoneStack()
    _, first = subscribe(lone)
    accepted(lone, first)
    lone.until(32)
    assert lone.event(SubscriptionEnded).status == 408


def test_the_notifier_may_end_it_at_any_time() -> None:
    lone = LoneStack()
    _, first = subscribe(lone)
    accepted(lone, first)
    lone.receive(notify(first, 1, "terminated;reason=deactivated"))
    lone.receive(notify(first, 2, "active"))
    assert [str(m.status) for m in lone.sent()] == ["200", "481"]  # type: ignore[union-attr]
    ended = lone.events()[-1]
    assert isinstance(ended, SubscriptionEnded)
    assert ended.reason == "deactivated"
    lone.settle()
    assert lone.stack.is_idle


def test_wrong_notifies() -> None:
    lone = LoneStack()
    _, first = subscribe(lone)
    accepted(lone, first)
    lone.receive(notify(first, 1, "active", event="dialog"))
    assert lone.response().status == 489
    lone.receive(notify(first, 2, "active").replace(b"Subscription-State: active\r\n", b""))
    assert lone.response().status == 400
    lone.receive(notify(first, 3, "active").replace(b"NOTIFY", b"INFO"))
    assert lone.response().status == 405
    assert lone.kinds() == []


def test_a_refresh_that_fails_for_a_while_is_tried_again() -> None:
    lone = LoneStack()
    _, first = subscribe(lone)
    accepted(lone, first)
    lone.receive(notify(first, 1, "active"))
    lone.sent()
    lone.until(900)
    lone.receive(reply(lone.request(), 500))
    lone.until(1001)
    assert "SUBSCRIBE" in lone.lines()
    assert lone.kinds() == ["NotifyReceived"]


def test_giving_up_before_the_answer() -> None:
    lone = LoneStack()
    subscriber, first = subscribe(lone)
    lone.run(subscriber.unsubscribe)
    assert lone.kinds() == ["SubscriptionEnded"]
    accepted(lone, first)
    lone.receive(notify(first, 1, "active"))
    assert lone.response().status == 481
    lone.settle()
    assert lone.stack.is_idle
