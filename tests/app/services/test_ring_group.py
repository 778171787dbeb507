"""What members of a ring group see of the caller."""

from __future__ import annotations

from app.services.ring_group import RingGroup


def test_the_prefix_stands_before_the_name_or_the_number() -> None:
    group = RingGroup(number="600", name_prefix="Sales")
    assert group.shown_name("Ann", "100") == "Sales: Ann"
    assert group.shown_name("", "100") == "Sales: 100"
    assert RingGroup(number="600").shown_name("Ann", "100") == "Ann"
