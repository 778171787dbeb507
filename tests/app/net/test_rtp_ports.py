"""The pool of port pairs."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import EnvironmentFault
from app.net.rtp_ports import PortsExhausted, RtpPorts


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(10, 15, [10, 12, 14]), (9, 14, [10, 12]), (11, 13, [12])]
)
def test_pairs_begin_even_and_stay_within(low: int, high: int, expected: list[int]) -> None:
    ports = RtpPorts(low, high)
    assert [ports.take(0.0) for _ in expected] == expected
    with pytest.raises(PortsExhausted) as refused:
        ports.take(0.0)
    assert isinstance(refused.value, EnvironmentFault)
    assert refused.value.details == {"low": low, "high": high}


@pytest.mark.parametrize(("low", "high"), [(0, 10), (10, 10), (11, 12), (20, 10), (65_535, 65_536)])
def test_a_range_without_a_pair_is_refused(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="no pair"):
        RtpPorts(low, high)


def test_a_freed_pair_rests() -> None:
    ports = RtpPorts(10, 11, rest=5.0)
    assert ports.take(100.0) == 10
    ports.give_back(10, 101.0)
    with pytest.raises(PortsExhausted):
        ports.take(105.9)
    assert ports.take(106.0) == 10


def test_giving_back_twice_does_nothing() -> None:
    ports = RtpPorts(10, 13, rest=0.0)
    taken = ports.take(0.0)
    for _ in range(2):
        ports.give_back(taken, 0.0)
    ports.give_back(999, 0.0)
    assert (ports.taken, ports.size) == (0, 2)
    assert sorted((ports.take(0.0), ports.take(0.0))) == [10, 12]


def test_strangers_cannot_guess_the_order() -> None:
    shuffled = RtpPorts(1000, 1999, shuffle=random.Random(7))
    order = [shuffled.take(0.0) for _ in range(500)]
    assert order != sorted(order)
    assert sorted(order) == list(range(1000, 2000, 2))


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 3)), max_size=60))
def test_no_pair_is_given_out_twice_nor_before_it_rested(steps: list[tuple[bool, float]]) -> None:
    ports = RtpPorts(10, 17, rest=4.0)
    now = 0.0
    taken: list[int] = []
    freed_at: dict[int, float] = {}
    for takes, passes in steps:
        now += passes
        if not takes and taken:
            freed_at[taken[0]] = now
            ports.give_back(taken.pop(0), now)
        elif takes:
            try:
                port = ports.take(now)
            except PortsExhausted:
                assert len(taken) + sum(now < freed + 4.0 for freed in freed_at.values()) == 4
                continue
            assert port not in taken
            assert now >= freed_at.pop(port, -4.0) + 4.0
            taken.append(port)
    assert ports.taken == len(taken)
