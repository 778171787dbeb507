"""A 2xx to INVITE repeated until its ACK comes (RFC 3261 13.3.1.4): end to end, hence also over TCP."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from app.sip.machine import Machine, Table
from app.sip.timers import Timer

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.server_transactions import ServerTransaction


class Waiting(StrEnum):
    """Whether the ACK is here."""

    FOR_ACK = "FOR_ACK"
    OVER = "OVER"


class AckIn(StrEnum):
    """What can happen meanwhile."""

    ACK = "ACK"
    STOP = "STOP"
    TIMER_REPEAT = "TIMER_REPEAT"  # T1, doubling up to T2
    TIMER_GIVE_UP = "TIMER_GIVE_UP"  # 64 * T1


class Accepter(Protocol):
    """Who sent the 2xx."""

    def on_no_ack(self, now: float) -> None:
        """64 * T1 went by without the ACK."""


class AnswerRepeat(Machine):
    """One 2xx on its way to being acknowledged."""

    __slots__ = ("core", "cseq", "data", "interval", "owner", "timer_give_up", "timer_repeat", "transaction")

    def __init__(
        self, core: Core, transaction: ServerTransaction, data: bytes, owner: Accepter, now: float
    ) -> None:
        self.state = Waiting.FOR_ACK
        self.core = core
        self.transaction = transaction
        self.cseq = transaction.request.cseq.number
        self.data = data
        self.owner = owner
        self.interval = core.settings.t1
        self.timer_repeat: Timer | None = core.timers.start(now + self.interval, self, AckIn.TIMER_REPEAT)
        self.timer_give_up: Timer | None = core.timers.start(
            now + 64 * core.settings.t1, self, AckIn.TIMER_GIVE_UP
        )

    def __str__(self) -> str:
        return f"2xx {self.cseq}"

    @property
    def is_waiting(self) -> bool:
        """Whether the ACK is still missing."""
        return self.state is Waiting.FOR_ACK

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer is an input like any other."""
        self.step(kind, now)

    def repeat(self, now: float, _subject: object) -> None:
        """Send it again, wait twice as long, T2 at most."""
        self.transaction.send(200, self.data, now)
        self.interval = min(self.interval * 2, self.core.settings.t2)
        self.timer_repeat = self.core.timers.start(now + self.interval, self, AckIn.TIMER_REPEAT)

    def disarm(self, _now: float, _subject: object) -> None:
        """Leave the timers."""
        self.core.timers.cancel(self.timer_repeat)
        self.core.timers.cancel(self.timer_give_up)

    def tell(self, now: float, _subject: object) -> None:
        """The caller is gone."""
        self.owner.on_no_ack(now)


_R = AnswerRepeat
ANSWER_REPEAT: Table[Waiting, AckIn] = {  # RFC 3261 13.3.1.4
    (Waiting.FOR_ACK, AckIn.TIMER_REPEAT): (Waiting.FOR_ACK, (_R.repeat,)),
    (Waiting.FOR_ACK, AckIn.ACK): (Waiting.OVER, (_R.disarm,)),
    (Waiting.FOR_ACK, AckIn.STOP): (Waiting.OVER, (_R.disarm,)),
    (Waiting.FOR_ACK, AckIn.TIMER_GIVE_UP): (Waiting.OVER, (_R.disarm, _R.tell)),
}
_R.TABLE = ANSWER_REPEAT
