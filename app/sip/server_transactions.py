"""The INVITE and non-INVITE server transactions: requests of peers until our final answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from app.sip.flow import Flow
from app.sip.machine import Table
from app.sip.message import Request
from app.sip.transaction import In, State, Transaction

if TYPE_CHECKING:
    from app.sip.transaction_layer import TransactionLayer


class ServerUser(Protocol):
    """Who answers the request."""

    def on_unreachable(self, transaction: ServerTransaction, now: float) -> None:
        """The answer cannot be brought to the peer."""


class ServerTransaction(Transaction):
    """What the two share. `flow` is where the answers go (RFC 3261 18.2.2, RFC 3581); `source` where it came
    from.

    `data` is the last answer; empty until the first.
    """

    __slots__ = ("fallback", "merge_key", "method", "request", "source", "to_tag", "user")
    FIRST_STATE: ClassVar[State]

    def __init__(
        self,
        layer: TransactionLayer,
        key: tuple[object, ...],
        request: Request,
        flow: Flow,
        source: Flow,
    ) -> None:
        super().__init__(layer, key, flow, self.FIRST_STATE)
        self.request = request
        self.method = request.method
        self.source = source
        self.fallback: Flow | None = None  # a new connection for the answer, when the request's is gone
        self.merge_key: tuple[object, ...] | None = None
        self.to_tag = ""  # of the answer; an RFC 2543 ACK is matched by it
        self.user: ServerUser | None = None

    def __str__(self) -> str:
        return f"server {self.method} {self.request.call_id}"

    @property
    def is_answered(self) -> bool:
        """Whether the final answer was given."""
        return self.state not in (State.TRYING, State.PROCEEDING)

    def send(self, status: int, data: bytes, now: float) -> None:
        """Answer; a second final answer is ignored, but for a repeated 2xx to INVITE."""
        raise NotImplementedError

    def send_response(self, _now: float, data: bytes) -> None:
        """Put a new answer on the wire, and keep it for repetitions."""
        self.data = data
        self.layer.send(data, self.flow)

    def absorb(self, _now: float, _subject: object) -> None:
        """The request came again: repeat the last answer, if there was one."""
        self.layer.counters.retransmissions_in += 1
        if self.data:
            self.repeat()

    def absorb_silently(self, _now: float, _subject: object) -> None:
        """The request came again, and its answer is repeated by somebody else or not known yet."""
        self.layer.counters.retransmissions_in += 1

    def forget(self, _now: float, _subject: object) -> None:
        """Leave the layer."""
        self.disarm()
        self.layer.forget_server(self)

    def tell_error(self, now: float, _subject: object) -> None:
        """The way back is gone."""
        if self.user is not None:
            self.user.on_unreachable(self, now)


class InviteServerTransaction(ServerTransaction):
    """RFC 3261 17.2.1 with RFC 6026 7.1: a 2xx is repeated by the session, not here."""

    __slots__ = ()
    FIRST_STATE = State.PROCEEDING

    def send(self, status: int, data: bytes, now: float) -> None:
        """Answer."""
        if status < 200:
            self.step(In.SEND_1XX, now, data)
        elif status < 300:
            self.step(In.SEND_2XX, now, data)
        else:
            self.step(In.SEND_FAILURE, now, data)

    def wait_for_ack(self, now: float, _subject: object) -> None:
        """Timers G (not on a reliable transport) and H."""
        if not self.reliable:
            self.repeat_after(self.layer.t1, In.TIMER_G, now)
        self.end_after(64 * self.layer.t1, In.TIMER_H, now)

    def double(self, now: float, _subject: object) -> None:
        """Timer G: repeat the failure, wait twice as long, T2 at most."""
        self.repeat()
        self.repeat_after(min(self.interval * 2, self.layer.t2), In.TIMER_G, now)

    def repeat_accepted(self, _now: float, data: bytes) -> None:
        """The session repeats its 2xx (RFC 6026 7.1)."""
        self.data = data
        self.repeat()

    def wait_i(self, now: float, _subject: object) -> None:
        """Timer I: T4 for repeated ACKs, 0 on a reliable transport."""
        self.stop_repeating()
        if self.reliable:
            self.step(In.TIMER_I, now)
        else:
            self.end_after(self.layer.t4, In.TIMER_I, now)

    def wait_l(self, now: float, _subject: object) -> None:
        """Timer L: repeated INVITEs are absorbed."""
        self.end_after(64 * self.layer.t1, In.TIMER_L, now)


class NonInviteServerTransaction(ServerTransaction):
    """RFC 3261 17.2.2."""

    __slots__ = ()
    FIRST_STATE = State.TRYING

    def send(self, status: int, data: bytes, now: float) -> None:
        """Answer."""
        self.step(In.SEND_1XX if status < 200 else In.SEND_FINAL, now, data)

    def wait_j(self, now: float, _subject: object) -> None:
        """Timer J: repeated requests get the same answer; 0 on a reliable transport."""
        if self.reliable:
            self.step(In.TIMER_J, now)
        else:
            self.request.forget_values()  # half a minute of requests adds up
            self.end_after(64 * self.layer.t1, In.TIMER_J, now)


_I = InviteServerTransaction
INVITE_SERVER: Table[State, In] = {  # RFC 3261 17.2.1, RFC 6026 7.1
    (State.PROCEEDING, In.REQUEST): (State.PROCEEDING, (_I.absorb,)),
    (State.PROCEEDING, In.SEND_1XX): (State.PROCEEDING, (_I.send_response,)),
    (State.PROCEEDING, In.SEND_2XX): (State.ACCEPTED, (_I.send_response, _I.wait_l)),
    (State.PROCEEDING, In.SEND_FAILURE): (State.COMPLETED, (_I.send_response, _I.wait_for_ack)),
    (State.PROCEEDING, In.TRANSPORT_ERROR): (State.TERMINATED, (_I.forget, _I.tell_error)),
    (State.ACCEPTED, In.REQUEST): (State.ACCEPTED, (_I.absorb_silently,)),
    (State.ACCEPTED, In.SEND_2XX): (State.ACCEPTED, (_I.repeat_accepted,)),
    (State.ACCEPTED, In.TIMER_L): (State.TERMINATED, (_I.forget,)),
    (State.COMPLETED, In.REQUEST): (State.COMPLETED, (_I.absorb,)),
    (State.COMPLETED, In.ACK): (State.CONFIRMED, (_I.wait_i,)),
    (State.COMPLETED, In.TIMER_G): (State.COMPLETED, (_I.double,)),
    (State.COMPLETED, In.TIMER_H): (State.TERMINATED, (_I.forget,)),
    (State.COMPLETED, In.TRANSPORT_ERROR): (State.TERMINATED, (_I.forget,)),
    (State.CONFIRMED, In.ACK): (State.CONFIRMED, (_I.absorb_silently,)),
    (State.CONFIRMED, In.REQUEST): (State.CONFIRMED, (_I.absorb_silently,)),
    (State.CONFIRMED, In.TIMER_I): (State.TERMINATED, (_I.forget,)),
}
_I.TABLE = INVITE_SERVER

_N = NonInviteServerTransaction
NON_INVITE_SERVER: Table[State, In] = {  # RFC 3261 17.2.2
    (State.TRYING, In.REQUEST): (State.TRYING, (_N.absorb_silently,)),
    (State.TRYING, In.SEND_1XX): (State.PROCEEDING, (_N.send_response,)),
    (State.TRYING, In.SEND_FINAL): (State.COMPLETED, (_N.send_response, _N.wait_j)),
    (State.TRYING, In.TRANSPORT_ERROR): (State.TERMINATED, (_N.forget, _N.tell_error)),
    (State.PROCEEDING, In.REQUEST): (State.PROCEEDING, (_N.absorb,)),
    (State.PROCEEDING, In.SEND_1XX): (State.PROCEEDING, (_N.send_response,)),
    (State.PROCEEDING, In.SEND_FINAL): (State.COMPLETED, (_N.send_response, _N.wait_j)),
    (State.PROCEEDING, In.TRANSPORT_ERROR): (State.TERMINATED, (_N.forget, _N.tell_error)),
    (State.COMPLETED, In.REQUEST): (State.COMPLETED, (_N.absorb,)),
    (State.COMPLETED, In.TRANSPORT_ERROR): (State.TERMINATED, (_N.forget,)),
    (State.COMPLETED, In.TIMER_J): (State.TERMINATED, (_N.forget,)),
}
_N.TABLE = NON_INVITE_SERVER
