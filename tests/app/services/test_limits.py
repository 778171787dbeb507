from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.limits import Limits, Place, Way


@pytest.mark.parametrize(("most", "taken"), [(None, 5), (0, 0), (1, 1), (2, 2), (5, 5)])
@pytest.mark.parametrize("way", Way)
def test_no_more_places_than_allowed(most: int | None, taken: int, way: Way) -> None:
    limits = Limits()
    places = [limits.take("trunk", "a", way, most) for _ in range(5)]
    assert sum(place is not None for place in places) == taken == limits.count("trunk", "a", way)


def test_directions_and_names_are_independent() -> None:
    limits = Limits()
    assert limits.take("trunk", "a", Way.IN, 1)
    assert limits.take("trunk", "a", Way.OUT, 1)
    assert limits.take("trunk", "b", Way.IN, 1)
    assert limits.take("line", "a", Way.IN, 1)
    assert limits.take("trunk", "a", Way.IN, 1) is None


def test_both_directions_of_a_line_count_together() -> None:
    limits = Limits()
    first = limits.take("line", "a", Way.IN, 2, together=True)
    assert first
    assert limits.take("line", "a", Way.OUT, 2, together=True)
    assert limits.take("line", "a", Way.OUT, 2, together=True) is None
    first.release()
    assert limits.take("line", "a", Way.OUT, 2, together=True)


def test_a_place_is_given_back_once_and_every_change_is_told() -> None:
    told: list[tuple[str, str]] = []
    limits = Limits(lambda kind, name: told.append((kind, name)))
    place = limits.take("trunk", "a", Way.IN, 1)
    assert place
    assert not limits.is_idle
    place.release()
    place.release()
    assert limits.count("trunk", "a", Way.IN) == 0
    assert limits.is_idle
    assert told == [("trunk", "a"), ("trunk", "a")]


@given(st.lists(st.tuples(st.sampled_from(Way), st.booleans()), max_size=60), st.integers(0, 4))
def test_whatever_comes_and_goes_the_count_is_right(steps: list[tuple[Way, bool]], most: int) -> None:
    limits = Limits()
    held: dict[Way, list[Place]] = {Way.IN: [], Way.OUT: []}
    for way, comes in steps:
        if comes:
            place = limits.take("trunk", "a", way, most)
            assert (place is None) == (len(held[way]) >= most)
            if place is not None:
                held[way].append(place)
        elif held[way]:
            held[way].pop().release()
        assert limits.count("trunk", "a", way) == len(held[way]) <= most
