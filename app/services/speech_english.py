"""Numbers, dates and times as English says them, as ids of announcements."""

from __future__ import annotations

from datetime import date, time, timedelta

from app.services.spoken_parts import Moment


class English:
    """British joining with “and”, American order of month and day, the clock by twelve hours."""

    def number(self, value: int) -> list[str]:
        """one million, two hundred and three thousand and five."""
        millions, rest = divmod(value, 1_000_000)
        thousands, below = divmod(rest, 1000)
        words: list[str] = []
        if millions:
            words += [*_below_thousand(millions), "n-million"]
        if thousands:
            words += [*_below_thousand(thousands), "n-thousand"]
        if below or not words:
            words += ["n-and"] if words and below < 100 else []
            words += _below_thousand(below)
        return words

    def counted(self, value: int, one: str, many: str) -> list[str]:
        """one message, two messages."""
        return [*self.number(value), one if value == 1 else many]

    def moment(self, moment: Moment) -> list[str]:
        """today at two oh five p.m.; Monday, November twenty-third, twenty twenty-six at noon."""
        return [*_day(moment), "time-at", *_clock(moment.when.time())]

    def duration(self, seconds: int) -> list[str]:
        """one hour, two minutes, five seconds; what is zero is left out."""
        hours, rest = divmod(seconds, 3600)
        minutes, left = divmod(rest, 60)
        words: list[str] = []
        for value, unit in ((hours, "hour"), (minutes, "minute"), (left, "second")):
            if value or (unit == "second" and not words):
                words += self.counted(value, unit, f"{unit}s")
        return words


def _below_thousand(value: int) -> list[str]:
    hundreds, rest = divmod(value, 100)
    words = [f"n-{hundreds}", "n-hundred"] if hundreds else []
    if rest or not hundreds:
        words += ["n-and"] if hundreds else []
        words += _below_hundred(rest)
    return words


def _below_hundred(value: int) -> list[str]:
    if value < 20:
        return [f"n-{value}"]
    tens, ones = divmod(value, 10)
    return [f"n-{tens * 10}", *([f"n-{ones}"] if ones else [])]


def _ordinal(day: int) -> list[str]:
    if day <= 20 or day == 30:
        return [f"ord-{day}"]
    return [f"n-{day // 10 * 10}", f"ord-{day % 10}"]


def _year(year: int) -> list[str]:
    """two thousand and five, twenty twenty-six, nineteen oh four, nineteen hundred."""
    century, rest = divmod(year, 100)
    if not 1000 <= year <= 9999 or (century % 10 == 0 and rest < 10):
        return English().number(year)
    if rest == 0:
        return [*_below_hundred(century), "n-hundred"]
    return [*_below_hundred(century), *(["n-oh"] if rest < 10 else []), *_below_hundred(rest)]


def _day(moment: Moment) -> list[str]:
    day = moment.when.date()
    today = moment.now.date() if moment.now is not None else None
    if today is not None and day == today:
        return ["date-today"]
    if today is not None and day == today - timedelta(days=1):
        return ["date-yesterday"]
    return [
        f"weekday-{day.isoweekday()}",
        f"month-{day.month}",
        *_ordinal(day.day),
        *_year_unless(day, today),
    ]


def _year_unless(day: date, today: date | None) -> list[str]:
    return [] if today is not None and today.year == day.year else _year(day.year)


def _clock(at: time) -> list[str]:
    if at.minute == 0 and at.hour in (0, 12):
        return ["time-noon" if at.hour else "time-midnight"]
    half = "time-am" if at.hour < 12 else "time-pm"
    hour = f"n-{at.hour % 12 or 12}"
    if at.minute == 0:
        return [hour, "time-oclock", half]
    return [hour, *(["n-oh"] if at.minute < 10 else []), *_below_hundred(at.minute), half]
