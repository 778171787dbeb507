"""How the endpoint drives a stack: order, re-entrancy, faults, timer; with a stack that follows a script."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.net.resolver import Resolver
from app.net.sip_endpoint import Listen, SipEndpoint
from app.sip.flow import Address, Direction, Flow, Transport
from app.sip.output import Resolve, Send
from app.sip.stack import SipStack
from app.sip.uri import SipUri
from tests.support.virtual_time import virtual_loop
from tests.support.wire import LoopScheduler, Wire, WireSockets

OURS, PEER = Address("127.0.0.1", 5060), Address("127.0.0.1", 5080)
FLOW = Flow(Transport.UDP, OURS, PEER)


class ScriptedStack:
    """Does what the test says, and notes what it is told."""

    def __init__(self) -> None:
        self.output: list[Any] = []
        self.events: deque[Any] = deque()
        self.log: list[Any] = []
        self.due: float | None = None
        self.counters = SimpleNamespace(retransmissions_out=3)
        self.on_receive: Callable[[bytes], None] = lambda data: None
        self.on_tick: Callable[[], None] = lambda: None

    def receive(self, data: bytes, flow: Flow, now: float) -> None:
        self.log.append(data)
        self.on_receive(data)

    def resolved(self, token: int, flows: Sequence[Flow], now: float) -> None:
        self.log.append((token, tuple(flows)))

    def flow_failed(self, flow: Flow, reason: str, now: float) -> None:
        self.log.append((flow, reason))

    def tick(self, now: float) -> None:
        self.log.append(("tick", now))
        assert self.due is not None
        assert now >= self.due
        self.due = None
        self.on_tick()

    def deadline(self) -> float | None:
        return self.due

    def take_output(self) -> list[Any]:
        output, self.output = self.output, []
        return output

    def next_event(self) -> Any:
        return self.events.popleft() if self.events else None

    def order(self, text: str, now: float) -> str:
        self.output.append(Send(text.encode(), FLOW))
        return text.upper()


class Bench:
    def __init__(self) -> None:
        self.stack = ScriptedStack()
        self.sent: list[str] = []
        self.handled: list[str] = []
        self.handle: Callable[[str], None] = lambda event: None
        self.wire = Wire(LoopScheduler(asyncio.get_running_loop()))
        self.endpoint = SipEndpoint(
            cast(SipStack, self.stack),
            Resolver(),
            self,
            self._on_event,  # type: ignore[arg-type]
            sockets=WireSockets(self.wire),
            wall_clock=lambda: 1.0,
        )

    def record(self, time_unix: float, direction: Direction, flow: Flow, data: bytes) -> None:
        if direction is Direction.OUT:
            self.sent.append(data.decode())
            self.handled.append(f"sent {data.decode()}")

    def _on_event(self, event: str) -> None:
        self.handled.append(event)
        self.handle(event)

    async def start(self) -> None:
        await self.endpoint.start([Listen(transport=Transport.UDP, host=OURS.host, port=OURS.port)])


def drive(main: Callable[[Bench], Any]) -> Bench:
    """Run a test on virtual time with an endpoint that listens."""

    async def body() -> Bench:
        bench = Bench()
        await bench.start()
        await main(bench)
        await bench.endpoint.stop()
        return bench

    with virtual_loop() as loop:
        return loop.run_until_complete(body())


def test_what_a_message_causes_is_sent_before_the_event_is_handed_up() -> None:
    async def main(bench: Bench) -> None:
        def answer(data: bytes) -> None:
            bench.stack.output += [Send(b"one", FLOW), Send(b"two", FLOW)]
            bench.stack.events += ["first", "second"]

        bench.stack.on_receive = answer
        bench.wire.send(b"HELLO", PEER, OURS)
        await asyncio.sleep(1)

    bench = drive(main)
    assert bench.handled == ["sent one", "sent two", "first", "second"]
    assert bench.stack.log == [b"HELLO"]
    assert bench.endpoint.counters.messages_out == 2
    assert bench.endpoint.counters.bytes_in == 5
    assert bench.endpoint.counters.retransmissions == 3


def test_a_handler_may_give_orders_and_they_go_out_before_the_next_event() -> None:
    async def main(bench: Bench) -> None:
        def handle(event: str) -> None:
            if event == "first":
                assert bench.endpoint.run(bench.stack.order, "reply") == "REPLY"
                bench.stack.events.append("third")

        bench.handle = handle
        bench.stack.events += ["first", "second"]
        bench.endpoint.run(bench.stack.order, "start")

    bench = drive(main)
    assert bench.handled == ["sent start", "first", "sent reply", "second", "third"]


def test_a_command_that_fails_tells_its_caller_and_the_rest_is_still_done() -> None:
    async def main(bench: Bench) -> None:
        def command(now: float) -> None:
            bench.stack.order("half", now)
            raise ValueError("wrong state")

        with pytest.raises(ValueError, match="wrong state"):
            bench.endpoint.run(command)

    assert drive(main).sent == ["half"]


@pytest.mark.logs("handling str failed")
def test_a_handler_that_fails_ends_its_event_only() -> None:
    async def main(bench: Bench) -> None:
        def handle(event: str) -> None:
            if event == "bad":
                raise RuntimeError("a bug")

        bench.handle = handle
        bench.stack.events += ["bad", "good"]
        bench.endpoint.run(bench.stack.order, "x")

    bench = drive(main)
    assert bench.handled == ["sent x", "bad", "good"]
    assert bench.endpoint.counters.faults == 1


@pytest.mark.logs("a message from", "a timer made the stack fail")
def test_a_stack_that_fails_goes_on_with_the_next_message() -> None:
    async def main(bench: Bench) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError("a bug")

        bench.stack.on_receive = fail
        bench.wire.send(b"BAD", PEER, OURS)
        await asyncio.sleep(1)
        bench.stack.on_receive = lambda data: None
        bench.stack.on_tick = fail
        bench.stack.due = asyncio.get_running_loop().time() + 1
        bench.wire.send(b"GOOD", PEER, OURS)
        await asyncio.sleep(2)
        bench.endpoint.run(bench.stack.order, "alive")

    bench = drive(main)
    assert bench.endpoint.counters.faults == 2
    assert bench.sent == ["alive"]


def test_the_timer_comes_at_the_deadline_and_follows_it() -> None:
    async def main(bench: Bench) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        stack = bench.stack
        stack.due = start + 10
        bench.endpoint.run(stack.order, "a")
        stack.due = start + 4  # earlier: the timer must move
        bench.endpoint.run(stack.order, "b")
        await asyncio.sleep(5)
        assert stack.log == [("tick", start + 4)]
        stack.due = start + 7
        bench.endpoint.run(stack.order, "c")
        stack.due = start + 20  # later: the timer comes early and does nothing
        bench.endpoint.run(stack.order, "d")
        stack.log.clear()
        stack.on_tick = lambda: None
        bench.stack.tick = early_tick(stack)  # type: ignore[method-assign]
        await asyncio.sleep(20)
        assert [round(when - start, 3) for _, when in stack.log] == [7, 20]

    drive(main)


def early_tick(stack: ScriptedStack) -> Callable[[float], None]:
    """A tick that may come before anything is due, as the real one."""

    def tick(now: float) -> None:
        stack.log.append(("tick", now))
        if stack.due is not None and now >= stack.due:
            stack.due = None

    return tick


def test_a_number_is_resolved_within_the_same_turn() -> None:
    async def main(bench: Bench) -> None:
        def ask(now: float) -> None:
            bench.stack.output.append(Resolve(7, SipUri.of("a", "127.0.0.1", 5080), None))

        bench.endpoint.run(ask)
        assert bench.stack.log == [(7, (FLOW,))]

    drive(main)


def test_an_unreachable_peer_is_told_for_its_flow() -> None:
    async def main(bench: Bench) -> None:
        bench.wire.tells_unreachable = True
        bench.endpoint.run(bench.stack.order, "anyone")
        await asyncio.sleep(1)
        assert bench.stack.log == [(FLOW, "connection refused")]
        assert bench.endpoint.counters.flow_failures == 1
        assert [(each.flow, each.reason) for each in bench.endpoint.failures] == [
            (FLOW, "connection refused")
        ]

    drive(main)


def test_a_closed_connection_is_told_when_something_is_sent_over_it() -> None:
    async def main(bench: Bench) -> None:
        gone = Flow(Transport.TCP, OURS, PEER, 99)

        def order(now: float) -> None:
            bench.stack.output.append(Send(b"late", gone))

        bench.endpoint.run(order)
        assert bench.stack.log == [(gone, "the connection was closed")]

    drive(main)


def test_after_the_stop_nothing_is_handed_up() -> None:
    async def main(bench: Bench) -> None:
        await bench.endpoint.stop()
        bench.stack.events.append("late")
        bench.endpoint.run(bench.stack.order, "late")
        await bench.endpoint.stop()

    bench = drive(main)
    assert bench.handled == []
