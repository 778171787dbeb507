"""Our requests until their final answers: the schedules of timers A, B, D, E, F, K and M."""

from __future__ import annotations

from app.sip.client_transactions import INVITE_CLIENT, NON_INVITE_CLIENT, ClientTransaction
from app.sip.draft import Draft
from app.sip.flow import Flow
from app.sip.message import Request, Response, parse
from app.sip.output import Send
from app.sip.settings import StackSettings
from app.sip.timers import Timers
from app.sip.transaction import In, State
from app.sip.transaction_layer import TransactionLayer
from tests.support.lone_stack import TCP, UDP


class Layer:
    """A transaction layer with a user that writes down what it hears."""

    def __init__(self) -> None:
        self.timers = Timers()
        self.layer = TransactionLayer(StackSettings(), self.timers)
        self.heard: list[int] = []
        self.now = 0.0
        self.log: list[tuple[float, str]] = []

    def on_response(self, transaction: ClientTransaction, response: Response, now: float) -> None:
        self.heard.append(response.status)

    def on_no_response(self, transaction: ClientTransaction, status: int, now: float) -> None:
        self.heard.append(-status)

    def start(self, method: str, flow: Flow = UDP) -> ClientTransaction:
        draft = Draft(
            method,
            "sip:peer@10.0.0.2",
            from_="<sip:us@10.0.0.1>;tag=us",
            to="<sip:peer@10.0.0.2>",
            call_id="c",
            cseq=7,
            max_forwards=70,
            route_lines="Route: <sip:proxy;lr>\r\n",
        )
        transaction = self.layer.start_client(draft, flow, self, self.now)
        self.drain()
        return transaction

    def drain(self) -> None:
        for item in self.layer.output:
            assert isinstance(item, Send)
            self.log.append((self.now, item.data.split(b" ")[0].decode()))
        self.layer.output.clear()

    def until(self, when: float) -> None:
        while (deadline := self.timers.deadline()) is not None and deadline <= when:
            self.now = deadline
            self.timers.tick(deadline)
            self.drain()
        self.now = when

    def answer(self, transaction: ClientTransaction, status: int) -> bytes:
        sent = parse(transaction.data)
        assert isinstance(sent, Request)
        response = sent.reply(status, to_tag="peer")
        self.layer.receive_response(response, self.now)
        data = self.layer.output[-1].data if self.layer.output else b""  # type: ignore[union-attr]
        self.drain()
        return data

    def times(self, method: str) -> list[float]:
        return [when for when, sent in self.log if sent == method]


def test_timer_a_doubles_and_timer_b_ends_it() -> None:
    layer = Layer()
    transaction = layer.start("INVITE")
    layer.until(40)
    assert layer.times("INVITE") == [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5]
    assert layer.heard == [-408]
    assert transaction.state is State.TERMINATED
    assert not layer.layer.clients
    assert layer.layer.counters.retransmissions_out == 6
    assert len(layer.timers) == 0


def test_a_provisional_answer_stops_timers_a_and_b() -> None:
    layer = Layer()
    transaction = layer.start("INVITE")
    layer.until(0.6)
    layer.answer(transaction, 100)
    layer.answer(transaction, 180)
    layer.until(1000)
    assert layer.times("INVITE") == [0, 0.5]
    assert layer.heard == [100, 180]
    assert transaction.state is State.PROCEEDING


def test_a_failure_is_acknowledged_each_time_until_timer_d() -> None:
    layer = Layer()
    transaction = layer.start("INVITE")
    invite = parse(transaction.data)
    ack = parse(layer.answer(transaction, 486))
    assert isinstance(ack, Request)
    assert ack.method == "ACK"
    assert ack.via.branch == invite.via.branch
    assert (ack.to_tag, ack.from_tag, ack.call_id) == ("peer", "us", "c")
    assert str(ack.cseq) == "7 ACK"
    assert ack.get_all("route") == ["<sip:proxy;lr>"]
    transaction.data, kept = invite.encode(), transaction.data
    layer.until(5)
    sent = invite.reply(486, to_tag="peer")  # type: ignore[union-attr]
    transaction.data = kept
    layer.layer.receive_response(sent, 5)
    layer.drain()
    assert layer.times("ACK") == [0, 5]
    assert layer.heard == [486]
    layer.until(31.9)
    assert layer.layer.clients
    layer.until(32)
    assert not layer.layer.clients


def test_timer_d_is_zero_on_a_reliable_transport() -> None:
    layer = Layer()
    transaction = layer.start("INVITE", TCP)
    layer.until(20)
    assert layer.times("INVITE") == [0]
    layer.answer(transaction, 486)
    assert not layer.layer.clients
    assert len(layer.timers) == 0


def test_repeated_2xx_reach_the_user_until_timer_m() -> None:
    layer = Layer()
    transaction = layer.start("INVITE")
    layer.answer(transaction, 180)
    layer.answer(transaction, 200)
    layer.until(31.9)
    layer.answer(transaction, 200)
    assert layer.heard == [180, 200, 200]
    assert layer.times("ACK") == []
    layer.until(32)
    layer.answer(transaction, 200)
    assert layer.heard == [180, 200, 200]
    assert layer.layer.counters.stray_responses == 1


def test_timer_e_doubles_up_to_t2_and_timer_f_ends_it() -> None:
    layer = Layer()
    layer.start("OPTIONS")
    layer.until(40)
    assert layer.times("OPTIONS") == [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
    assert layer.heard == [-408]
    assert layer.layer.counters.timeouts == 1


def test_after_a_provisional_answer_timer_e_is_t2() -> None:
    layer = Layer()
    transaction = layer.start("OPTIONS")
    layer.until(0.2)
    layer.answer(transaction, 100)
    layer.until(10)
    assert layer.times("OPTIONS") == [0, 0.5, 4.5, 8.5]
    layer.answer(transaction, 183)
    layer.answer(transaction, 200)
    assert layer.heard == [100, 183, 200]


def test_repeated_finals_are_absorbed_until_timer_k() -> None:
    layer = Layer()
    transaction = layer.start("OPTIONS")
    layer.answer(transaction, 200)
    layer.until(4.9)
    layer.answer(transaction, 200)
    assert layer.heard == [200]
    assert layer.layer.counters.retransmissions_in == 1
    layer.until(5)
    assert not layer.layer.clients


def test_timer_k_is_zero_on_a_reliable_transport() -> None:
    layer = Layer()
    layer.answer(layer.start("OPTIONS", TCP), 404)
    assert layer.heard == [404]
    assert not layer.layer.clients
    assert len(layer.timers) == 0


def test_every_row_can_be_followed() -> None:
    """Bring a transaction into each state by its own inputs, and give it each input that state knows."""
    answers = {In.RESPONSE_1XX: 180, In.RESPONSE_2XX: 200, In.RESPONSE_FAILURE: 500, In.RESPONSE_FINAL: 404}
    ways = {
        "INVITE": {
            State.CALLING: (),
            State.PROCEEDING: (180,),
            State.ACCEPTED: (200,),
            State.COMPLETED: (500,),
        },
        "OPTIONS": {State.TRYING: (), State.PROCEEDING: (100,), State.COMPLETED: (404,)},
    }
    for method, table in (("INVITE", INVITE_CLIENT), ("OPTIONS", NON_INVITE_CLIENT)):
        for (state, signal), (target, _) in table.items():
            layer = Layer()
            transaction = layer.start(method)
            sent = parse(transaction.data)
            assert isinstance(sent, Request)
            for status in ways[method][state]:
                transaction.answered(sent.reply(status, to_tag="x"), 0.0)
            assert transaction.state is state
            if signal in answers:
                transaction.answered(sent.reply(answers[signal], to_tag="x"), 0.0)
            else:
                assert transaction.step(signal, 0.0)
            assert transaction.state is target, (state, signal)
            layer.until(10_000)
            assert transaction.state in (State.TERMINATED, State.PROCEEDING)
            assert (transaction.state is State.TERMINATED) == (not layer.layer.clients)
