"""Which leg is asked, over which connection, and what its answer means; no sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from app.services.lost_connections import LostConnections
from app.sip.flow import Address, Flow, Transport

PHONE = "192.0.2.5"


def flow(connection: int, host: str = PHONE) -> Flow:
    return Flow(Transport.TCP, Address("10.0.0.1", 5060), Address(host, 40000 + connection), connection)


class Session:
    def __init__(self, over: Flow) -> None:
        self.flow = over
        self.asked: list[tuple[str, Flow]] = []

    def move(self, over: Flow) -> None:
        self.flow = over

    def request(self, method: str, *_rest: object, now: float) -> object:
        self.asked.append((method, self.flow))
        return self


class Leg:
    def __init__(self, over: Flow, *, is_accepted: bool = True) -> None:
        self.session = Session(over)
        self.is_accepted = is_accepted
        self.has_ended = False

    def hang_up(self, cause: Any) -> None:
        assert cause.text == "Connection to the phone lost"
        self.has_ended = True


class Desk:
    """A call of 100 (connection 1) with 101 (connection 2), and what registers."""

    def __init__(self) -> None:
        self.caller, self.callee = Leg(flow(1)), Leg(flow(2, "192.0.2.6"))
        call: Any = SimpleNamespace(
            caller=self.caller,
            caller_extension="100",
            bridge=SimpleNamespace(callee=self.callee),
            connected_extension="101",
        )
        self.ringing: Any = SimpleNamespace(caller=Leg(flow(1)), bridge=None)
        self.registered: dict[str, list[Flow]] = {}
        self.timers: list[tuple[float, Callable[[], None]]] = []
        endpoint: Any = SimpleNamespace(run=lambda command, *args: command(*args, now=0.0))
        bindings: Any = SimpleNamespace(
            of=lambda number: [SimpleNamespace(flow=each) for each in self.registered.get(number, ())]
        )
        calls: Any = [self.ringing, call]
        self.lost = LostConnections(endpoint, calls, bindings, self._later)

    def _later(self, seconds: float, action: Callable[[], None]) -> asyncio.TimerHandle:
        entry = (seconds, action)
        timer: Any = SimpleNamespace(cancel=lambda: self.timers.remove(entry))
        self.timers.append(entry)
        return timer  # type: ignore[no-any-return]

    def wait(self) -> None:
        while self.timers:
            self.timers.pop()[1]()

    def answer(self, leg: Leg, status: int) -> bool:
        event: Any = SimpleNamespace(request=leg.session, status=status)
        return self.lost.answered(event)


@pytest.mark.parametrize(
    ("status", "is_over"), [(408, True), (481, True), (503, True), (200, False), (501, False)]
)
def test_the_phone_is_asked_after_a_while(status: int, is_over: bool) -> None:
    desk = Desk()
    desk.lost.closed(flow(1))
    assert [seconds for seconds, _ in desk.timers] == [20.0]
    desk.wait()
    assert desk.caller.session.asked == [("OPTIONS", flow(1))]
    assert desk.callee.session.asked == []
    assert desk.answer(desk.caller, status)
    assert desk.caller.has_ended is is_over
    assert not desk.answer(desk.caller, 408)  # nobody asked that


def test_it_is_asked_over_its_new_registration() -> None:
    desk = Desk()
    desk.lost.closed(flow(2, "192.0.2.6"))
    desk.registered["101"] = [flow(7, "192.0.2.6"), flow(8, "198.51.100.1")]
    desk.wait()
    assert [over.connection for _, over in desk.callee.session.asked] == [7]


def test_of_two_devices_at_one_place_none_is_guessed() -> None:
    desk = Desk()
    desk.lost.closed(flow(1))
    desk.registered["100"] = [flow(7), flow(8)]
    desk.wait()
    assert [over.connection for _, over in desk.caller.session.asked] == [1]


def test_a_phone_that_spoke_again_or_hung_up_is_left_alone() -> None:
    desk = Desk()
    desk.lost.closed(flow(1))
    desk.lost.closed(flow(2, "192.0.2.6"))
    desk.caller.session.move(flow(9))
    desk.callee.has_ended = True
    desk.wait()
    assert desk.caller.session.asked == desk.callee.session.asked == []


def test_a_connection_that_closes_again_begins_the_time_anew_and_the_end_ends_it() -> None:
    desk = Desk()
    desk.lost.closed(flow(1))
    desk.lost.closed(flow(1))
    assert len(desk.timers) == 1
    desk.lost.stop()
    assert desk.timers == []
