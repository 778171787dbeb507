from __future__ import annotations

from datetime import datetime

import pytest

from app.services.speech_english import English
from app.services.spoken_parts import Moment

ENGLISH = English()
NOW = datetime(2026, 11, 23, 18, 0)


def words(ids: list[str]) -> str:
    return " ".join(each.removeprefix("n-").removeprefix("time-").removeprefix("date-") for each in ids)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (1, "1"),
        (19, "19"),
        (20, "20"),
        (21, "20 1"),
        (99, "90 9"),
        (100, "1 hundred"),
        (101, "1 hundred and 1"),
        (110, "1 hundred and 10"),
        (999, "9 hundred and 90 9"),
        (1000, "1 thousand"),
        (1005, "1 thousand and 5"),
        (1105, "1 thousand 1 hundred and 5"),
        (12_000, "12 thousand"),
        (120_001, "1 hundred and 20 thousand and 1"),
        (1_000_000, "1 million"),
        (1_000_021, "1 million and 20 1"),
        (2_003_400, "2 million 3 thousand 4 hundred"),
        (999_999_999, "9 hundred and 90 9 million 9 hundred and 90 9 thousand 9 hundred and 90 9"),
    ],
)
def test_numbers(value: int, said: str) -> None:
    assert words(ENGLISH.number(value)) == said


@pytest.mark.parametrize(
    ("when", "now", "said"),
    [
        (datetime(2026, 11, 23, 14, 5), NOW, "today at 2 oh 5 pm"),
        (datetime(2026, 11, 23, 0, 0), NOW, "today at midnight"),
        (datetime(2026, 11, 22, 12, 0), NOW, "yesterday at noon"),
        (datetime(2026, 11, 22, 12, 30), NOW, "yesterday at 12 30 pm"),
        (datetime(2026, 11, 21, 0, 15), NOW, "weekday-6 month-11 20 ord-1 at 12 15 am"),
        (datetime(2026, 1, 30, 9, 0), NOW, "weekday-5 month-1 ord-30 at 9 oclock am"),
        (datetime(2025, 12, 31, 23, 59), NOW, "weekday-3 month-12 30 ord-1 20 20 5 at 11 50 9 pm"),
        (datetime(2026, 11, 23, 7, 20), None, "weekday-1 month-11 20 ord-3 20 20 6 at 7 20 am"),
        (datetime(2005, 3, 20, 7, 0), None, "weekday-7 month-3 ord-20 2 thousand and 5 at 7 oclock am"),
        (datetime(1904, 3, 2, 7, 1), None, "weekday-3 month-3 ord-2 19 oh 4 at 7 oh 1 am"),
        (datetime(1900, 3, 12, 13, 0), None, "weekday-1 month-3 ord-12 19 hundred at 1 oclock pm"),
        (datetime(2100, 3, 12, 13, 0), None, "weekday-5 month-3 ord-12 20 1 hundred at 1 oclock pm"),
    ],
)
def test_moments(when: datetime, now: datetime | None, said: str) -> None:
    assert words(ENGLISH.moment(Moment(when, now))) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (60, "1 minute"),
        (125, "2 minutes 5 seconds"),
        (3600, "1 hour"),
        (7261, "2 hours 1 minute 1 second"),
    ],
)
def test_lengths_of_time(seconds: int, said: str) -> None:
    assert words(ENGLISH.duration(seconds)) == said


def test_one_thing_and_several() -> None:
    assert words(ENGLISH.counted(1, "message", "messages")) == "1 message"
    assert words(ENGLISH.counted(0, "message", "messages")) == "0 messages"
    assert words(ENGLISH.counted(21, "message", "messages")) == "20 1 messages"
