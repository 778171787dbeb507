"""What is counted of a leg."""

from __future__ import annotations

from app.net.leg_counters import LegCounters


def test_nothing_seen_is_all_zeros() -> None:
    assert LegCounters().first_at is None
    assert LegCounters().packets_in == 0
