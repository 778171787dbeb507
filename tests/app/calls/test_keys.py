from __future__ import annotations

import pytest

from app.calls.keys import Keys


class Pad:
    """A phone whose keys arrive by sound (s) and by signal (i); what counted, in order."""

    def __init__(self, *, is_sure: bool = True) -> None:
        self.now = 0.0
        self.keys = Keys(lambda: self.now)
        self.is_sure = is_sure

    def press(self, *reports: tuple[float, str, str]) -> str:
        found = ""
        for at, way, key in reports:
            self.now = at
            take = self.keys.by_sound if way == "s" else self.keys.by_signal
            found += key if take(key, is_sure=self.is_sure) else ""
        return found


@pytest.mark.parametrize("is_sure", [True, False])
@pytest.mark.parametrize(
    ("reports", "counted"),
    [
        ([(0, "s", "1"), (0.2, "i", "1")], "1"),
        ([(0, "i", "1"), (0.2, "s", "1")], "1"),
        ([(0, "s", "1"), (1, "s", "1")], "11"),
        ([(0, "i", "1"), (1, "i", "1")], "11"),
        ([(0, "s", "1"), (0.1, "s", "1"), (0.2, "i", "1"), (0.3, "i", "1")], "11"),
        ([(0, "s", "1"), (0.1, "i", "1"), (0.4, "s", "1"), (0.5, "i", "1")], "11"),
        ([(0, "s", "1"), (0.1, "s", "2"), (0.2, "i", "1"), (0.3, "i", "2")], "12"),
        ([(0, "s", "1"), (60, "i", "1")], "11"),
        ([(0, "s", "1"), (60, "s", "2"), (61, "i", "2")], "12"),
    ],
)
def test_a_key_counts_once_whichever_way_it_comes(
    reports: list[tuple[float, str, str]], counted: str, is_sure: bool
) -> None:
    assert Pad(is_sure=is_sure).press(*reports) == counted


def test_a_phone_caught_sending_both_is_believed_by_its_events_alone() -> None:
    pad = Pad()
    assert pad.press((0, "s", "1"), (0.1, "i", "1")) == "1"
    assert pad.press((1, "s", "2"), (30, "i", "2"), (31, "i", "3"), (32, "s", "3")) == "23"


def test_a_phone_without_events_may_have_keys_that_only_one_way_brings() -> None:
    pad = Pad(is_sure=False)
    assert pad.press((0, "s", "1"), (0.1, "i", "1"), (1, "i", "2"), (2, "s", "3")) == "123"


def test_no_more_keys_are_remembered_than_a_hand_can_press() -> None:
    pad = Pad()
    assert pad.press(*((0.001, "s", "5") for _ in range(5000))) == "5" * 5000
    assert pad.press(*((0.002, "i", "5") for _ in range(100))) == ""
    assert len(pad.keys._heard[0]) <= 64
