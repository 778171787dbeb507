"""Reliable provisional answers of the called side: one at a time, repeated until PRACK (RFC 3262 3)."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.sip.machine import Machine, Table
from app.sip.timers import Timer

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.server_transactions import ServerTransaction
    from app.sip.values import RAck


class Queue(StrEnum):
    """Whether a provisional answer waits for its PRACK."""

    EMPTY = "EMPTY"
    WAITING = "WAITING"
    CLOSED = "CLOSED"  # the final answer was given


class RelIn(StrEnum):
    """What can happen."""

    SEND = "SEND"
    PRACK = "PRACK"
    CLOSE = "CLOSE"
    TIMER_REPEAT = "TIMER_REPEAT"  # T1, doubling
    TIMER_GIVE_UP = "TIMER_GIVE_UP"  # 64 * T1


class Provisional(NamedTuple):
    """An answer without its RSeq, which goes between the two parts."""

    status: int
    before: bytes
    after: bytes
    has_sdp: bool


class Progresser(Protocol):
    """Who sends the answers."""

    def on_no_prack(self, now: float) -> None:
        """64 * T1 went by without PRACK: the INVITE is to be refused with 5xx (RFC 3262 3)."""


class ReliableAnswers(Machine):
    """The queue of one INVITE."""

    __slots__ = (
        "core",
        "data",
        "interval",
        "owner",
        "queue",
        "rseq",
        "status",
        "timer_give_up",
        "timer_repeat",
        "transaction",
        "waits_with_sdp",
    )

    def __init__(self, core: Core, transaction: ServerTransaction, owner: Progresser) -> None:
        self.state = Queue.EMPTY
        self.core = core
        self.transaction = transaction
        self.owner = owner
        self.queue: deque[Provisional] = deque()
        self.rseq = core.random.randint(1, 2**20)  # RFC 3262 3: up to 2**31 - 1, and it grows
        self.status = 0
        self.data = b""
        self.waits_with_sdp = False
        self.interval = 0.0
        self.timer_repeat: Timer | None = None
        self.timer_give_up: Timer | None = None

    def __str__(self) -> str:
        return f"reliable 1xx {self.rseq}"

    def acknowledges(self, rack: RAck | None) -> bool:
        """Whether a PRACK means the answer that was sent last (RFC 3262 3)."""
        if rack is None or not self.data or rack.rseq != self.rseq:
            return False
        return rack.cseq == self.transaction.request.cseq

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer is an input like any other."""
        self.step(kind, now)

    def send(self, now: float, answer: Provisional) -> None:
        """Number an answer and send it."""
        self.rseq += 1
        self.data = b"%bRequire: 100rel\r\nRSeq: %d\r\n%b" % (answer.before, self.rseq, answer.after)
        self.status = answer.status
        self.waits_with_sdp = answer.has_sdp
        self.transaction.send(answer.status, self.data, now)
        self.interval = self.core.settings.t1
        timers = self.core.timers
        self.timer_repeat = timers.start(now + self.interval, self, RelIn.TIMER_REPEAT)
        self.timer_give_up = timers.start(now + 64 * self.core.settings.t1, self, RelIn.TIMER_GIVE_UP)

    def enqueue(self, _now: float, answer: Provisional) -> None:
        """Wait until the one before is acknowledged."""
        self.queue.append(answer)

    def repeat(self, now: float, _subject: object) -> None:
        """Send it again, wait twice as long."""
        self.core.layer.counters.retransmissions_out += 1
        self.transaction.send(self.status, self.data, now)
        self.interval *= 2
        self.timer_repeat = self.core.timers.start(now + self.interval, self, RelIn.TIMER_REPEAT)

    def disarm(self, _now: float, _subject: object) -> None:
        """Leave the timers."""
        self.core.timers.cancel(self.timer_repeat)
        self.core.timers.cancel(self.timer_give_up)

    def send_next(self, now: float, _subject: object) -> None:
        """Go on with the queue."""
        if self.queue:
            self.step(RelIn.SEND, now, self.queue.popleft())

    def drop_queue(self, _now: float, _subject: object) -> None:
        """What was not sent yet is overtaken by the final answer."""
        self.queue.clear()

    def tell(self, now: float, _subject: object) -> None:
        """The caller does not acknowledge."""
        self.owner.on_no_prack(now)


_R = ReliableAnswers
RELIABLE_ANSWERS: Table[Queue, RelIn] = {  # RFC 3262 3
    (Queue.EMPTY, RelIn.SEND): (Queue.WAITING, (_R.send,)),
    (Queue.EMPTY, RelIn.CLOSE): (Queue.CLOSED, ()),
    (Queue.WAITING, RelIn.SEND): (Queue.WAITING, (_R.enqueue,)),
    (Queue.WAITING, RelIn.PRACK): (Queue.EMPTY, (_R.disarm, _R.send_next)),
    (Queue.WAITING, RelIn.TIMER_REPEAT): (Queue.WAITING, (_R.repeat,)),
    (Queue.WAITING, RelIn.TIMER_GIVE_UP): (Queue.CLOSED, (_R.disarm, _R.drop_queue, _R.tell)),
    (Queue.WAITING, RelIn.CLOSE): (Queue.CLOSED, (_R.disarm, _R.drop_queue)),
}
_R.TABLE = RELIABLE_ANSWERS
