"""Requests of peers until our final answers: the schedules of timers G, H, I, J and L."""

from __future__ import annotations

from app.sip.flow import Flow
from app.sip.message import Request, parse
from app.sip.output import Send
from app.sip.server_transactions import INVITE_SERVER, NON_INVITE_SERVER, ServerTransaction
from app.sip.settings import StackSettings
from app.sip.timers import Timers
from app.sip.transaction import In, State
from app.sip.transaction_layer import TransactionLayer, server_key
from tests.support.lone_stack import TCP, UDP, request


class Layer:
    """A transaction layer and the times of what it sends."""

    def __init__(self) -> None:
        self.timers = Timers()
        self.layer = TransactionLayer(StackSettings(), self.timers)
        self.now = 0.0
        self.log: list[tuple[float, bytes, Flow]] = []
        self.unreachable = 0

    def on_unreachable(self, transaction: ServerTransaction, now: float) -> None:
        self.unreachable += 1

    def open(self, method: str, flow: Flow = UDP) -> ServerTransaction:
        message = parse(request(method))
        assert isinstance(message, Request)
        transaction = self.layer.open_server(message, server_key(message, method), flow)
        transaction.user = self
        return transaction

    def send(self, transaction: ServerTransaction, status: int) -> None:
        transaction.send(status, b"%d" % status, self.now)
        self.drain()

    def drain(self) -> None:
        for item in self.layer.output:
            assert isinstance(item, Send)
            self.log.append((self.now, item.data, item.flow))
        self.layer.output.clear()

    def step(self, transaction: ServerTransaction, signal: In) -> None:
        transaction.step(signal, self.now)
        self.drain()

    def until(self, when: float) -> None:
        while (deadline := self.timers.deadline()) is not None and deadline <= when:
            self.now = deadline
            self.timers.tick(deadline)
            self.drain()
        self.now = when

    def times(self) -> list[float]:
        return [when for when, _, _ in self.log]


def test_timer_g_doubles_up_to_t2_and_timer_h_ends_it() -> None:
    layer = Layer()
    transaction = layer.open("INVITE")
    layer.send(transaction, 486)
    layer.until(40)
    assert layer.times() == [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
    assert not layer.layer.servers
    assert not layer.layer.merged


def test_an_ack_stops_timer_g_and_timer_i_absorbs_others() -> None:
    layer = Layer()
    transaction = layer.open("INVITE")
    layer.send(transaction, 486)
    layer.until(0.6)
    layer.step(transaction, In.ACK)
    layer.step(transaction, In.ACK)
    layer.step(transaction, In.REQUEST)
    layer.until(5.5)
    assert transaction.state is State.CONFIRMED
    assert layer.times() == [0, 0.5]
    layer.until(5.6)
    assert not layer.layer.servers


def test_a_failure_over_tcp_is_sent_once_and_its_ack_ends_all() -> None:
    layer = Layer()
    transaction = layer.open("INVITE", TCP)
    layer.send(transaction, 486)
    layer.until(20)
    assert layer.times() == [0]
    layer.step(transaction, In.ACK)
    assert not layer.layer.servers
    assert len(layer.timers) == 0


def test_a_repeated_invite_gets_the_last_provisional_answer() -> None:
    layer = Layer()
    transaction = layer.open("INVITE")
    layer.step(transaction, In.REQUEST)
    assert layer.log == []
    layer.send(transaction, 180)
    layer.step(transaction, In.REQUEST)
    assert [data for _, data, _ in layer.log] == [b"180", b"180"]
    assert layer.layer.counters.retransmissions_in == 2


def test_after_a_2xx_repeated_invites_are_absorbed_until_timer_l() -> None:
    layer = Layer()
    transaction = layer.open("INVITE")
    layer.send(transaction, 200)
    layer.step(transaction, In.REQUEST)
    assert layer.times() == [0]
    layer.until(3)
    layer.send(transaction, 200)  # the session repeats it
    assert layer.times() == [0, 3]
    layer.until(31.9)
    assert layer.layer.servers
    layer.until(32)
    assert not layer.layer.servers


def test_timer_j_keeps_the_answer_for_repetitions() -> None:
    layer = Layer()
    transaction = layer.open("OPTIONS")
    layer.step(transaction, In.REQUEST)
    layer.send(transaction, 100)
    layer.step(transaction, In.REQUEST)
    layer.send(transaction, 200)
    layer.send(transaction, 500)
    layer.step(transaction, In.REQUEST)
    assert [data for _, data, _ in layer.log] == [b"100", b"100", b"200", b"200"]
    layer.until(32)
    assert not layer.layer.servers


def test_over_tcp_the_answer_ends_it() -> None:
    layer = Layer()
    layer.send(layer.open("OPTIONS", TCP), 200)
    assert not layer.layer.servers
    assert len(layer.timers) == 0


def test_an_answer_takes_a_new_connection_once_when_the_first_is_gone() -> None:
    """RFC 3261 18.2.2: to the received address, at the port of the Via."""
    layer = Layer()
    transaction = layer.open("INVITE", TCP)
    layer.layer.flow_failed(TCP, 0.0)
    layer.send(transaction, 180)
    _, _, flow = layer.log[-1]
    assert (flow.remote, flow.connection) == (("10.0.0.2", 5060), 0)
    assert layer.unreachable == 0
    layer.layer.flow_failed(flow, 0.0)
    assert layer.unreachable == 1
    assert not layer.layer.servers


def test_every_row_can_be_followed() -> None:
    """Bring a transaction into each state by its own inputs, and give it each input that state knows."""
    ways: dict[str, dict[State, tuple[int | In, ...]]] = {
        "INVITE": {
            State.PROCEEDING: (),
            State.ACCEPTED: (200,),
            State.COMPLETED: (500,),
            State.CONFIRMED: (500, In.ACK),
        },
        "OPTIONS": {State.TRYING: (), State.PROCEEDING: (100,), State.COMPLETED: (404,)},
    }
    for method, table in (("INVITE", INVITE_SERVER), ("OPTIONS", NON_INVITE_SERVER)):
        for (state, signal), (target, _) in table.items():
            layer = Layer()
            transaction = layer.open(method)
            for way in ways[method][state]:
                if isinstance(way, In):
                    layer.step(transaction, way)
                else:
                    layer.send(transaction, way)
            assert transaction.state is state
            assert transaction.step(signal, 0.0, b"data")
            assert transaction.state is target, (state, signal)
            layer.drain()
            layer.until(1000)
            waits = transaction.state in (State.PROCEEDING, State.TRYING)
            assert waits == bool(layer.layer.servers)
            assert waits or transaction.state is State.TERMINATED
