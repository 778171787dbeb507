"""The bus delivers in order, to everyone, whatever a listener does."""

from __future__ import annotations

import logging

import pytest

from app.events import EngineStopped, Event, EventBus, RecordChanged


def test_listeners_hear_in_order_of_subscription_until_they_leave() -> None:
    bus, heard = EventBus(), list[tuple[str, Event]]()
    leave = bus.subscribe(lambda event: heard.append(("first", event)))
    bus.subscribe(lambda event: heard.append(("second", event)))
    event = RecordChanged("extension", "100", "added")
    bus.publish(event)
    leave()
    leave()
    bus.publish(EngineStopped())
    assert heard == [("first", event), ("second", event), ("second", EngineStopped())]


def test_a_listener_that_fails_does_not_keep_the_rest_from_hearing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus, heard = EventBus(), list[Event]()

    def fail(event: Event) -> None:
        raise ZeroDivisionError

    bus.subscribe(fail)
    bus.subscribe(heard.append)
    with caplog.at_level(logging.CRITICAL):
        bus.publish(EngineStopped())
    assert heard == [EngineStopped()]


def test_a_listener_may_leave_while_it_hears() -> None:
    bus, heard = EventBus(), list[Event]()

    def once(event: Event) -> None:
        leave()
        heard.append(event)

    leave = bus.subscribe(once)
    bus.publish(EngineStopped())
    bus.publish(EngineStopped())
    assert heard == [EngineStopped()]
