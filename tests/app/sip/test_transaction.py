"""What client and server transactions share: two timers, and repetition that is counted."""

from __future__ import annotations

from app.sip.settings import StackSettings
from app.sip.timers import Timers
from app.sip.transaction import In, State, Transaction
from app.sip.transaction_layer import TransactionLayer
from tests.support.lone_stack import TCP, UDP


def transaction() -> tuple[Timers, Transaction]:
    timers = Timers()
    layer = TransactionLayer(StackSettings(), timers)
    return timers, Transaction(layer, ("key",), UDP, State.TRYING)


def test_a_new_end_timer_takes_the_place_of_the_old() -> None:
    timers, one = transaction()
    one.end_after(5, In.TIMER_F, 0.0)
    one.end_after(9, In.TIMER_K, 0.0)
    assert timers.deadline() == 9
    one.repeat_after(1, In.TIMER_E, 0.0)
    assert (one.interval, len(timers)) == (1, 2)
    one.stop_repeating()
    one.stop_repeating()
    assert timers.deadline() == 9
    one.disarm()
    assert len(timers) == 0


def test_repetitions_are_counted() -> None:
    _, one = transaction()
    one.data = b"x"
    one.repeat()
    assert one.layer.output == [(b"x", UDP)]
    assert one.layer.counters.retransmissions_out == 1


def test_the_transport_says_whether_it_is_reliable() -> None:
    _, one = transaction()
    assert not one.reliable
    assert Transaction(one.layer, ("key",), TCP, State.TRYING).reliable
