"""A subscriber and a notifier joined by a wire, in good weather and bad."""

from __future__ import annotations

import pytest

from app.sip.events import NotifyReceived, RequestReceived, StackEvent, SubscriptionEnded
from app.sip.subscription import Notifier, OutgoingSubscribe, Subscriber
from tests.support.wire import CLEAR, StackNode, Weather, pair


def watch(watcher: StackNode, notifier_node: StackNode) -> list[Notifier]:
    """Subscribe, and have the other end accept and tell three states, the last one final."""
    made: list[Notifier] = []

    def start(event: RequestReceived, *, now: float) -> None:
        notifier = Notifier(notifier_node.stack, event.transaction, 600, now)
        made.append(notifier)
        notifier.notify(b"0", "text/plain", now)

    def later(delay: float, body: bytes) -> None:
        notifier_node.time.after(delay, lambda: notifier_node.run(made[0].notify, body, "text/plain"))

    def on_event(event: StackEvent) -> bool:
        if isinstance(event, RequestReceived):
            notifier_node.run(start, event)
            for number in (1, 2):
                later(50 * number, b"%d" % number)
            return True
        return False

    notifier_node.on_event = on_event
    order = OutgoingSubscribe(
        uri="sip:10.0.0.2", from_="<sip:a@10.0.0.1>", to="<sip:b@10.0.0.2>", event="dialog", expires=600
    )

    def subscribe(*, now: float) -> Subscriber:
        return Subscriber(watcher.stack, order, now)

    subscriber = watcher.run(subscribe)
    assert isinstance(subscriber, Subscriber)
    watcher.time.after(300, lambda: watcher.run(subscriber.unsubscribe))
    return made


@pytest.mark.parametrize("seed", range(40))
def test_states_arrive_and_nothing_is_left(seed: int) -> None:
    weather = CLEAR if seed == 0 else Weather(loss=0.2, repeat=0.1, reorder=0.1, seed=seed)
    watcher, notifier_node = pair(weather)
    watch(watcher, notifier_node)
    watcher.time.run()
    ended = [event for event in watcher.events if isinstance(event, SubscriptionEnded)]
    assert len(ended) == 1
    assert watcher.events[-1] is ended[0]
    if seed == 0:
        heard = [event.request.body for event in watcher.events if isinstance(event, NotifyReceived)]
        assert heard == [b"0", b"1", b"2", b""]
    assert watcher.stack.is_idle
    assert notifier_node.stack.is_idle
