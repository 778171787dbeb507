"""Reliable provisional answers until their PRACK."""

from __future__ import annotations

from app.sip.core import Core
from app.sip.message import Request, Response, parse
from app.sip.output import Send
from app.sip.reliable import RELIABLE_ANSWERS, Provisional, Queue, ReliableAnswers, RelIn
from app.sip.settings import StackSettings
from app.sip.transaction_layer import server_key
from app.sip.values import RAck
from tests.support.lone_stack import UDP, request


class Owner:
    def __init__(self) -> None:
        self.gave_up_at: list[float] = []

    def on_no_prack(self, now: float) -> None:
        self.gave_up_at.append(now)


def answers() -> tuple[Core, ReliableAnswers, Owner]:
    core = Core(StackSettings(seed=1))
    invite = parse(request("INVITE"))
    assert isinstance(invite, Request)
    owner = Owner()
    transaction = core.layer.open_server(invite, server_key(invite, "INVITE"), UDP)
    return core, ReliableAnswers(core, transaction, owner), owner


def provisional(status: int, has_sdp: bool = False) -> Provisional:
    return Provisional(status, b"SIP/2.0 %d x\r\nVia: v\r\n" % status, b"Content-Length: 0\r\n\r\n", has_sdp)


def sent(core: Core) -> list[tuple[int, int]]:
    """Status and RSeq of what was sent."""
    found = []
    for item in core.layer.output:
        assert isinstance(item, Send)
        response = parse(item.data)
        assert isinstance(response, Response)
        assert response.rseq is not None
        assert response.require == ("100rel",)
        found.append((response.status, response.rseq))
    return found


def rack(reliable: ReliableAnswers, change: int = 0) -> RAck:
    return RAck(reliable.rseq + change, reliable.transaction.request.cseq)


def test_the_next_waits_for_the_prack_of_the_one_before() -> None:
    core, reliable, _ = answers()
    reliable.step(RelIn.SEND, 0.0, provisional(180))
    reliable.step(RelIn.SEND, 0.0, provisional(183, has_sdp=True))
    assert [status for status, _ in sent(core)] == [180]
    assert not reliable.waits_with_sdp
    assert reliable.acknowledges(rack(reliable))
    assert not reliable.acknowledges(rack(reliable, 1))
    assert not reliable.acknowledges(None)
    reliable.step(RelIn.PRACK, 1.0)
    (_, first), (_, second) = sent(core)
    assert second == first + 1
    assert reliable.waits_with_sdp
    reliable.step(RelIn.PRACK, 1.0)
    assert reliable.state is Queue.EMPTY
    assert len(core.timers) == 0


def test_it_is_repeated_with_doubling_waits_and_given_up_after_64_t1() -> None:
    core, reliable, owner = answers()
    reliable.step(RelIn.SEND, 0.0, provisional(180))
    times = []
    while (deadline := core.timers.deadline()) is not None:
        core.timers.tick(deadline)
        times.append(deadline)
    assert times == [0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 32.0]
    assert owner.gave_up_at == [32.0]
    assert reliable.state is Queue.CLOSED


def test_the_final_answer_overtakes_what_waits() -> None:
    core, reliable, _ = answers()
    reliable.step(RelIn.SEND, 0.0, provisional(180))
    reliable.step(RelIn.SEND, 0.0, provisional(183))
    reliable.step(RelIn.CLOSE, 0.1)
    assert not reliable.queue
    assert len(core.timers) == 0
    assert reliable.acknowledges(rack(reliable))  # a late PRACK is still one


def test_nothing_is_sent_after_the_end() -> None:
    assert not any(state is Queue.CLOSED for state, _ in RELIABLE_ANSWERS)
