"""A 2xx until its ACK."""

from __future__ import annotations

from app.sip.answer_repeat import ANSWER_REPEAT, AckIn, AnswerRepeat, Waiting
from app.sip.core import Core
from app.sip.message import Request, parse
from app.sip.settings import StackSettings
from app.sip.transaction_layer import server_key
from tests.support.lone_stack import UDP, request


class Owner:
    def __init__(self) -> None:
        self.gave_up_at: list[float] = []

    def on_no_ack(self, now: float) -> None:
        self.gave_up_at.append(now)


def repeating(t1: float = 0.5) -> tuple[Core, AnswerRepeat, Owner]:
    core = Core(StackSettings(t1=t1))
    invite = parse(request("INVITE"))
    assert isinstance(invite, Request)
    transaction = core.layer.open_server(invite, server_key(invite, "INVITE"), UDP)
    transaction.send(200, b"OK", 0.0)
    owner = Owner()
    return core, AnswerRepeat(core, transaction, b"OK", owner, 0.0), owner


def test_it_repeats_until_the_ack() -> None:
    core, repeat, owner = repeating()
    core.timers.tick(0.5)
    core.timers.tick(1.5)
    assert len(core.layer.output) == 3
    assert repeat.is_waiting
    assert repeat.step(AckIn.ACK, 1.6)
    assert not repeat.is_waiting
    core.timers.tick(100)
    assert len(core.layer.output) == 3
    assert owner.gave_up_at == []


def test_it_gives_up_and_tells_once() -> None:
    core, _, owner = repeating(t1=0.1)
    for tick in range(100):
        core.timers.tick(tick / 10)
    assert owner.gave_up_at == [6.4]


def test_every_row_ends_or_goes_on_waiting() -> None:
    for (state, signal), (target, _) in ANSWER_REPEAT.items():
        _, repeat, _ = repeating()
        assert repeat.state is state
        assert repeat.step(signal, 1.0)
        assert repeat.state is target
        assert not repeat.is_waiting or target is Waiting.FOR_ACK
