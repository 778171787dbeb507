"""When a rule, line or trunk counts: weekdays, hours (over midnight too), holidays, in a time zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

_MIDNIGHT = time(0, 0)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class OnHolidays(StrEnum):
    """What holds on a holiday."""

    CLOSED = "closed"  # the condition does not hold
    OPEN = "open"  # it holds, whatever the weekday, at the hours given
    IGNORE = "ignore"  # a day like any other


@dataclass(frozen=True, slots=True)
class Holiday:
    """The days from `first` to `last`; without a year they come back every year."""

    first: date
    last: date
    is_yearly: bool = False

    def holds(self, day: date) -> bool:
        """Whether a day belongs to it."""
        if not self.is_yearly:
            return self.first <= day <= self.last
        first, last = (self.first.month, self.first.day), (self.last.month, self.last.day)
        asked = (day.month, day.day)
        return first <= asked <= last if first <= last else asked >= first or asked <= last


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCondition:
    """A recurring stretch of time. Hours that end before they begin run over midnight."""

    name: str
    weekdays: frozenset[int] = frozenset(range(7))  # 0 = Monday
    from_time: time = _MIDNIGHT
    to_time: time = _MIDNIGHT  # equal to from_time: the whole day
    holidays: tuple[Holiday, ...] = ()
    on_holidays: OnHolidays = OnHolidays.CLOSED
    timezone: str = ""  # IANA name; empty: the system's setting
    description: str = ""

    def holds(self, at: datetime, default_zone: str = "") -> bool:
        """Whether it holds at a moment (with time zone). The night belongs to the day on which it began."""
        local = at.astimezone(zone_of(self.timezone or default_zone))
        now, today = local.time().replace(tzinfo=None), local.date()
        if self.from_time == self.to_time:
            return self._counts(today)
        if self.from_time < self.to_time:
            return self.from_time <= now < self.to_time and self._counts(today)
        if now >= self.from_time:
            return self._counts(today)
        return now < self.to_time and self._counts(today - timedelta(days=1))

    def _counts(self, day: date) -> bool:
        if self.on_holidays is not OnHolidays.IGNORE and any(each.holds(day) for each in self.holidays):
            return self.on_holidays is OnHolidays.OPEN
        return day.weekday() in self.weekdays


@cache
def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    """Find a time zone by its IANA name; None, the machine's own, for an empty or unknown one."""
    if not name:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def holds(conditions: Mapping[str, TimeCondition], name: str, at: datetime, default_zone: str = "") -> bool:
    """Whether a named condition holds; no name, or that of a condition that is gone, always does."""
    condition = conditions.get(name)
    return condition is None or condition.holds(at, default_zone)
