"""The INVITE and non-INVITE client transactions: our requests until their final answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from app.sip.draft import Draft
from app.sip.flow import Flow
from app.sip.machine import Table
from app.sip.message import Response
from app.sip.transaction import In, State, Transaction

if TYPE_CHECKING:
    from app.sip.transaction_layer import TransactionLayer


class ClientUser(Protocol):
    """Who asked for the request (RFC 3261's transaction user)."""

    def on_response(self, transaction: ClientTransaction, response: Response, now: float) -> None:
        """A response that is not a repetition, or a 2xx to INVITE, repeated or not."""

    def on_no_response(self, transaction: ClientTransaction, status: int, now: float) -> None:
        """No final answer: 408 for silence (timer B or F), 503 for a transport error."""


class ClientTransaction(Transaction):
    """What the two share. `via` is the Via value of this attempt; ACK and CANCEL repeat it. `trouble` is what
    the network said of its flow.
    """

    __slots__ = ("draft", "trouble", "user", "via")
    FIRST_STATE: ClassVar[State]

    def __init__(
        self,
        layer: TransactionLayer,
        key: tuple[str, str],
        draft: Draft,
        via: str,
        flow: Flow,
        user: ClientUser | None,
        data: bytes,
    ) -> None:
        super().__init__(layer, key, flow, self.FIRST_STATE)
        self.draft = draft
        self.via = via
        self.user = user
        self.data = data
        self.trouble = ""

    def __str__(self) -> str:
        return f"client {self.key[1]} {self.draft.call_id}"

    def start(self, now: float) -> None:
        """Send, and arm the first timers."""
        raise NotImplementedError

    def answered(self, response: Response, now: float) -> None:
        """A response to this request came."""
        raise NotImplementedError

    def deliver(self, now: float, response: Response) -> None:
        """Hand a response to the user."""
        if self.user is not None:
            self.user.on_response(self, response, now)

    def tell_silence(self, now: float, _subject: object) -> None:
        """Timer B or F: as if 408 had come (RFC 3261 8.1.3.1)."""
        self.layer.counters.timeouts += 1
        if self.user is not None:
            self.user.on_no_response(self, 408, now)

    def tell_error(self, now: float, _subject: object) -> None:
        """A transport error: as if 503 had come (RFC 3261 8.1.3.1)."""
        if self.user is not None:
            self.user.on_no_response(self, 503, now)

    def absorb(self, _now: float, _response: Response) -> None:
        """A repeated final answer."""
        self.layer.counters.retransmissions_in += 1

    def forget(self, _now: float, _subject: object) -> None:
        """Leave the layer."""
        self.disarm()
        self.layer.forget_client(self)

    def stop(self, _now: float, _subject: object) -> None:
        """An answer came: nothing is repeated any more."""
        self.stop_repeating()


class InviteClientTransaction(ClientTransaction):
    """RFC 3261 17.1.1 with RFC 6026 8.4: repeated 2xx reach the user until timer M."""

    __slots__ = ()
    FIRST_STATE = State.CALLING

    def answered(self, response: Response, now: float) -> None:
        """A response to this request came."""
        status = response.status
        if status < 200:
            self.step(In.RESPONSE_1XX, now, response)
        elif status < 300:
            self.step(In.RESPONSE_2XX, now, response)
        else:
            self.step(In.RESPONSE_FAILURE, now, response)

    def start(self, now: float) -> None:
        """Send, and arm timers A and B."""
        self.layer.send(self.data, self.flow)
        if not self.reliable:
            self.repeat_after(self.layer.t1, In.TIMER_A, now)
        self.end_after(64 * self.layer.t1, In.TIMER_B, now)

    def double(self, now: float, _subject: object) -> None:
        """Timer A: send again, wait twice as long."""
        self.repeat()
        self.repeat_after(self.interval * 2, In.TIMER_A, now)

    def stop_waiting(self, _now: float, _subject: object) -> None:
        """The server is alive: timers A and B are over."""
        self.disarm()

    def acknowledge(self, _now: float, response: Response) -> None:
        """ACK to a failure is the transaction's own (RFC 3261 17.1.1.3)."""
        self.data = self.draft.encode_ack(self.via, response)
        self.layer.send(self.data, self.flow)

    def acknowledge_again(self, _now: float, _response: Response) -> None:
        """The failure came once more: our ACK was lost."""
        self.layer.counters.retransmissions_in += 1
        self.repeat()

    def wait_d(self, now: float, _subject: object) -> None:
        """Timer D: at least 32 s, 0 on a reliable transport."""
        if self.reliable:
            self.step(In.TIMER_D, now)
        else:
            self.end_after(max(32.0, 64 * self.layer.t1), In.TIMER_D, now)

    def wait_m(self, now: float, _subject: object) -> None:
        """Timer M: repeated and forked 2xx."""
        self.end_after(64 * self.layer.t1, In.TIMER_M, now)


class NonInviteClientTransaction(ClientTransaction):
    """RFC 3261 17.1.2."""

    __slots__ = ()
    FIRST_STATE = State.TRYING

    def answered(self, response: Response, now: float) -> None:
        """A response to this request came."""
        self.step(In.RESPONSE_1XX if response.status < 200 else In.RESPONSE_FINAL, now, response)

    def start(self, now: float) -> None:
        """Send, and arm timers E and F."""
        self.layer.send(self.data, self.flow)
        if not self.reliable:
            self.repeat_after(self.layer.t1, In.TIMER_E, now)
        self.end_after(64 * self.layer.t1, In.TIMER_F, now)

    def double(self, now: float, _subject: object) -> None:
        """Timer E while nothing was heard: twice as long, T2 at most."""
        self.repeat()
        self.repeat_after(min(self.interval * 2, self.layer.t2), In.TIMER_E, now)

    def slow_down(self, now: float, _subject: object) -> None:
        """Timer E after a provisional answer: every T2."""
        self.repeat()
        self.repeat_after(self.layer.t2, In.TIMER_E, now)

    def wait_k(self, now: float, _subject: object) -> None:
        """Timer K: T4 for repeated answers, 0 on a reliable transport."""
        if self.reliable:
            self.step(In.TIMER_K, now)
        else:
            self.end_after(self.layer.t4, In.TIMER_K, now)


_I = InviteClientTransaction
INVITE_CLIENT: Table[State, In] = {  # RFC 3261 17.1.1.2, RFC 6026 8.4
    (State.CALLING, In.TIMER_A): (State.CALLING, (_I.double,)),
    (State.CALLING, In.TIMER_B): (State.TERMINATED, (_I.forget, _I.tell_silence)),
    (State.CALLING, In.TRANSPORT_ERROR): (State.TERMINATED, (_I.forget, _I.tell_error)),
    (State.CALLING, In.RESPONSE_1XX): (State.PROCEEDING, (_I.stop_waiting, _I.deliver)),
    (State.CALLING, In.RESPONSE_2XX): (State.ACCEPTED, (_I.stop, _I.wait_m, _I.deliver)),
    (State.CALLING, In.RESPONSE_FAILURE): (State.COMPLETED, (_I.stop, _I.acknowledge, _I.wait_d, _I.deliver)),
    (State.CALLING, In.ABANDON): (State.TERMINATED, (_I.forget, _I.tell_silence)),
    (State.PROCEEDING, In.RESPONSE_1XX): (State.PROCEEDING, (_I.deliver,)),
    (State.PROCEEDING, In.RESPONSE_2XX): (State.ACCEPTED, (_I.wait_m, _I.deliver)),
    (State.PROCEEDING, In.RESPONSE_FAILURE): (State.COMPLETED, (_I.acknowledge, _I.wait_d, _I.deliver)),
    (State.PROCEEDING, In.TRANSPORT_ERROR): (State.TERMINATED, (_I.forget, _I.tell_error)),
    (State.PROCEEDING, In.ABANDON): (State.TERMINATED, (_I.forget, _I.tell_silence)),
    (State.ACCEPTED, In.RESPONSE_2XX): (State.ACCEPTED, (_I.deliver,)),
    (State.ACCEPTED, In.TIMER_M): (State.TERMINATED, (_I.forget,)),
    (State.COMPLETED, In.RESPONSE_FAILURE): (State.COMPLETED, (_I.acknowledge_again,)),
    (State.COMPLETED, In.TRANSPORT_ERROR): (State.TERMINATED, (_I.forget,)),
    (State.COMPLETED, In.TIMER_D): (State.TERMINATED, (_I.forget,)),
}
_I.TABLE = INVITE_CLIENT

_N = NonInviteClientTransaction
NON_INVITE_CLIENT: Table[State, In] = {  # RFC 3261 17.1.2.2
    (State.TRYING, In.TIMER_E): (State.TRYING, (_N.double,)),
    (State.TRYING, In.TIMER_F): (State.TERMINATED, (_N.forget, _N.tell_silence)),
    (State.TRYING, In.TRANSPORT_ERROR): (State.TERMINATED, (_N.forget, _N.tell_error)),
    (State.TRYING, In.RESPONSE_1XX): (State.PROCEEDING, (_N.deliver,)),
    (State.TRYING, In.RESPONSE_FINAL): (State.COMPLETED, (_N.stop, _N.wait_k, _N.deliver)),
    (State.PROCEEDING, In.TIMER_E): (State.PROCEEDING, (_N.slow_down,)),
    (State.PROCEEDING, In.TIMER_F): (State.TERMINATED, (_N.forget, _N.tell_silence)),
    (State.PROCEEDING, In.TRANSPORT_ERROR): (State.TERMINATED, (_N.forget, _N.tell_error)),
    (State.PROCEEDING, In.RESPONSE_1XX): (State.PROCEEDING, (_N.deliver,)),
    (State.PROCEEDING, In.RESPONSE_FINAL): (State.COMPLETED, (_N.stop, _N.wait_k, _N.deliver)),
    (State.COMPLETED, In.RESPONSE_FINAL): (State.COMPLETED, (_N.absorb,)),
    (State.COMPLETED, In.TIMER_K): (State.TERMINATED, (_N.forget,)),
}
_N.TABLE = NON_INVITE_CLIENT
