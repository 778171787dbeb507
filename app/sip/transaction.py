"""States and inputs of the four transactions, and what client and server halves share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip.flow import Flow, Transport
from app.sip.machine import Machine
from app.sip.timers import Timer

if TYPE_CHECKING:
    from app.sip.transaction_layer import TransactionLayer


class State(StrEnum):
    """Where a transaction stands (RFC 3261 17, RFC 6026 7)."""

    CALLING = "CALLING"
    TRYING = "TRYING"
    PROCEEDING = "PROCEEDING"
    ACCEPTED = "ACCEPTED"
    COMPLETED = "COMPLETED"
    CONFIRMED = "CONFIRMED"
    TERMINATED = "TERMINATED"


class In(StrEnum):
    """What can happen to a transaction. Timers have their RFC names."""

    REQUEST = "REQUEST"  # the same request again
    ACK = "ACK"
    RESPONSE_1XX = "RESPONSE_1XX"
    RESPONSE_2XX = "RESPONSE_2XX"
    RESPONSE_FAILURE = "RESPONSE_FAILURE"  # 300-699
    RESPONSE_FINAL = "RESPONSE_FINAL"  # 200-699, where the difference is none
    SEND_1XX = "SEND_1XX"
    SEND_2XX = "SEND_2XX"
    SEND_FAILURE = "SEND_FAILURE"
    SEND_FINAL = "SEND_FINAL"
    TRANSPORT_ERROR = "TRANSPORT_ERROR"
    ABANDON = "ABANDON"  # the user of the transaction waits no longer (RFC 3261 9.1)
    TIMER_A = "TIMER_A"
    TIMER_B = "TIMER_B"
    TIMER_D = "TIMER_D"
    TIMER_E = "TIMER_E"
    TIMER_F = "TIMER_F"
    TIMER_G = "TIMER_G"
    TIMER_H = "TIMER_H"
    TIMER_I = "TIMER_I"
    TIMER_J = "TIMER_J"
    TIMER_K = "TIMER_K"
    TIMER_L = "TIMER_L"
    TIMER_M = "TIMER_M"


@dataclass(slots=True)
class StackCounters:
    """What a stack has done since it started."""

    retransmissions_in: int = 0  # requests and finals seen before, absorbed
    retransmissions_out: int = 0  # messages we repeated
    stray_responses: int = 0
    malformed: int = 0
    client_transactions: int = 0  # ever started
    server_transactions: int = 0
    answered_once: int = 0  # requests answered without a transaction
    timeouts: int = 0


class Transaction(Machine):
    """One request and its answers, on one flow. `data` is what a repetition sends again."""

    __slots__ = ("data", "flow", "interval", "key", "layer", "reliable", "timer_end", "timer_repeat")

    def __init__(self, layer: TransactionLayer, key: tuple[object, ...], flow: Flow, state: State) -> None:
        self.layer = layer
        self.key = key
        self.flow = flow
        self.reliable = flow.transport is not Transport.UDP
        self.state = state
        self.data = b""
        self.interval = 0.0
        self.timer_repeat: Timer | None = None  # A, E, G
        self.timer_end: Timer | None = None  # B, D, F, H, I, J, K, L, M

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer is an input like any other."""
        self.step(kind, now)

    def end_after(self, delay: float, kind: In, now: float) -> None:
        """Arm the one timer that moves the transaction on, instead of the one before."""
        timers = self.layer.timers
        timers.cancel(self.timer_end)
        self.timer_end = timers.start(now + delay, self, kind)

    def repeat_after(self, delay: float, kind: In, now: float) -> None:
        """Arm the timer that sends `data` again."""
        self.interval = delay
        self.timer_repeat = self.layer.timers.start(now + delay, self, kind)

    def stop_repeating(self) -> None:
        """Disarm timer A, E or G."""
        if self.timer_repeat is not None:
            self.layer.timers.cancel(self.timer_repeat)
            self.timer_repeat = None

    def repeat(self) -> None:
        """Put the last message on the wire again."""
        self.layer.counters.retransmissions_out += 1
        self.layer.send(self.data, self.flow)

    def disarm(self) -> None:
        """Cancel whatever is armed."""
        self.stop_repeating()
        self.layer.timers.cancel(self.timer_end)
        self.timer_end = None
