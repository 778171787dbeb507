"""Subscriptions of peers."""

from __future__ import annotations

from app.sip.events import RequestReceived, SubscriptionEnded, SubscriptionRefreshed
from app.sip.message import Request
from app.sip.subscription import Notifier
from tests.support.lone_stack import LoneStack, request


def subscribed(lone: LoneStack, expires: int = 600) -> Notifier:
    lone.receive(request("SUBSCRIBE", headers=("Event: dialog", f"Expires: {expires}")))
    event = lone.event(RequestReceived)

    def start(*, now: float) -> Notifier:
        return Notifier(lone.stack, event.transaction, expires, now, contact_user="us")

    notifier = lone.run(start)
    answer = lone.response()
    assert (answer.status, answer.expires) == (200, expires)
    assert answer.get("contact") == "<sip:us@10.0.0.1:5060>"
    return notifier


def again(notifier: Notifier, cseq: int, expires: int) -> bytes:
    return request(
        "SUBSCRIBE",
        branch=f"z9hG4bK-s{cseq}",
        cseq=cseq,
        to_tag=notifier.dialog.local_tag,
        headers=("Event: dialog", f"Expires: {expires}"),
    )


def test_states_are_sent_one_at_a_time_and_only_the_newest_waits() -> None:
    lone = LoneStack()
    notifier = subscribed(lone)
    lone.run(notifier.notify, b"1", "text/plain")
    first = lone.request()
    assert (first.method, first.get("event"), first.body) == ("NOTIFY", "dialog", b"1")
    assert first.get("subscription-state") == "active;expires=600"
    lone.run(notifier.notify, b"2", "text/plain")
    lone.run(notifier.notify, b"3", "text/plain")
    assert lone.sent() == []
    lone.receive(first.reply(200))
    second = lone.request()
    assert second.body == b"3"
    lone.receive(second.reply(200))
    lone.run(notifier.terminate, "noresource")
    last = lone.request()
    assert last.get("subscription-state") == "terminated;reason=noresource"
    lone.receive(last.reply(200))
    assert lone.event(SubscriptionEnded).reason == "noresource"
    lone.settle()
    assert lone.stack.is_idle


def test_a_refresh_and_an_unsubscription() -> None:
    lone = LoneStack()
    notifier = subscribed(lone)
    lone.until(500)
    lone.receive(again(notifier, 2, 600))
    assert lone.response().status == 200
    assert lone.event(SubscriptionRefreshed).notifier is notifier
    lone.until(1000)
    assert lone.sent() == []
    lone.receive(again(notifier, 3, 0))
    answer, last = lone.sent()
    assert answer.expires == 0
    assert last.get("subscription-state") == "terminated;reason=timeout"
    assert isinstance(last, Request)
    lone.receive(last.reply(200))
    assert lone.kinds() == ["SubscriptionEnded"]
    lone.settle()
    assert lone.stack.is_idle


def test_it_expires() -> None:
    lone = LoneStack()
    notifier = subscribed(lone)
    lone.until(600)
    last = lone.request()
    assert last.get("subscription-state") == "terminated;reason=timeout"
    lone.receive(again(notifier, 2, 600))
    assert lone.response().status == 481
    lone.receive(last.reply(481))
    event = lone.event(SubscriptionEnded)
    assert (event.usage, event.status) == (notifier, 481)


def test_a_subscriber_that_is_gone_is_forgotten() -> None:
    lone = LoneStack()
    notifier = subscribed(lone)
    lone.run(notifier.notify, b"1", "text/plain")
    lone.settle()
    assert lone.event(SubscriptionEnded).status == 408
    assert lone.stack.is_idle


def test_only_subscribe_belongs_into_its_dialog() -> None:
    lone = LoneStack()
    notifier = subscribed(lone)
    lone.receive(again(notifier, 2, 600).replace(b"SUBSCRIBE", b"INFO"))
    assert lone.response().status == 405


def test_a_pending_subscription_says_so() -> None:
    lone = LoneStack()
    notifier = subscribed(lone)
    notifier.is_pending = True
    lone.run(notifier.notify, b"", "")
    assert (lone.request().get("subscription-state") or "").startswith("pending;expires=")
