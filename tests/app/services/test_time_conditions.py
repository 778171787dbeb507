"""Weekdays, hours over midnight, holidays, time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from app.services.time_conditions import Holiday, OnHolidays, TimeCondition, holds, zone_of

OFFICE = TimeCondition(
    name="office",
    weekdays=frozenset(range(5)),
    from_time=time(8, 30),
    to_time=time(17, 30),
    holidays=(
        Holiday(date(2026, 10, 1), date(2026, 10, 7)),
        Holiday(date(2000, 12, 25), date(2000, 12, 25), True),
    ),
    timezone="Asia/Shanghai",
)
NIGHT = TimeCondition(
    name="night", weekdays=frozenset({4}), from_time=time(22), to_time=time(6), timezone="Asia/Shanghai"
)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone_of("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-23T08:29:59", False),  # a Monday
        ("2026-11-23T08:30", True),
        ("2026-11-23T17:29:59", True),
        ("2026-11-23T17:30", False),
        ("2026-11-22T10:00", False),  # Sunday
        ("2026-10-01T10:00", False),
        ("2026-10-07T10:00", False),
        ("2026-10-08T10:00", True),
        ("2028-12-25T10:00", False),  # every year
    ],
)
def test_office_hours(at: str, expected: bool) -> None:
    assert OFFICE.holds(shanghai(at)) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-27T21:59", False),
        ("2026-11-27T22:00", True),  # Friday evening
        ("2026-11-28T05:59", True),  # Saturday morning belongs to Friday's night
        ("2026-11-28T06:00", False),
        ("2026-11-27T05:00", False),  # Friday morning belongs to Thursday's
        ("2026-11-28T22:30", False),
    ],
)
def test_a_night_belongs_to_the_day_it_began_on(at: str, expected: bool) -> None:
    assert NIGHT.holds(shanghai(at)) is expected


def test_hours_are_counted_in_the_conditions_zone_else_the_systems() -> None:
    moment = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
    assert OFFICE.holds(moment)
    nowhere = TimeCondition(name="x", from_time=time(8, 30), to_time=time(17, 30))
    assert nowhere.holds(moment, "Asia/Shanghai")
    assert not nowhere.holds(moment, "Europe/Berlin")


def test_summer_time_is_known() -> None:
    berlin = TimeCondition(name="x", from_time=time(8), to_time=time(9), timezone="Europe/Berlin")
    assert berlin.holds(datetime(2026, 7, 1, 6, 30, tzinfo=UTC))
    assert berlin.holds(datetime(2026, 1, 1, 7, 30, tzinfo=UTC))
    assert not berlin.holds(datetime(2026, 1, 1, 6, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("what", "expected"), [(OnHolidays.CLOSED, False), (OnHolidays.OPEN, True), (OnHolidays.IGNORE, False)]
)
def test_what_a_holiday_does(what: OnHolidays, expected: bool) -> None:
    sunday = Holiday(date(2026, 11, 22), date(2026, 11, 22))
    condition = TimeCondition(
        name="x", weekdays=frozenset(range(5)), holidays=(sunday,), on_holidays=what, timezone="UTC"
    )
    assert condition.holds(datetime(2026, 11, 22, 12, tzinfo=UTC)) is expected


def test_holidays_of_every_year_may_run_over_new_year() -> None:
    holiday = Holiday(date(2000, 12, 24), date(2000, 1, 2), True)
    assert holiday.holds(date(2026, 12, 31))
    assert holiday.holds(date(2027, 1, 2))
    assert not holiday.holds(date(2027, 1, 3))
    leap = Holiday(date(2000, 2, 29), date(2000, 2, 29), True)
    assert leap.holds(date(2028, 2, 29))
    assert not leap.holds(date(2027, 2, 28))


def test_no_condition_always_holds() -> None:
    known = {"office": OFFICE}
    sunday = shanghai("2026-11-22T10:00")
    assert holds(known, "", sunday)
    assert holds(known, "gone", sunday)
    assert not holds(known, "office", sunday)


def test_an_unknown_zone_is_the_machines() -> None:
    assert zone_of("Mars/Olympus") is None
    assert zone_of("../etc/passwd") is None
    assert zone_of("") is None
