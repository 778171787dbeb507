"""Numbers, dates and times as Mandarin says them, as ids of announcements."""

from __future__ import annotations

from datetime import date, timedelta

from app.services.spoken_parts import Moment

_TWO = "n-liang"  # 两: of things counted and of hours; 二 in figures
_PARTS_OF_DAY = (  # from this hour on
    (18, "time-evening"),
    (13, "time-afternoon"),
    (12, "time-midday"),
    (6, "time-morning"),
    (0, "time-night"),
)


class Mandarin:
    """Numbers by groups of four digits, the largest unit first."""

    def number(self, value: int) -> list[str]:
        """一亿零二十万三千零五；十二；一百一十；两 stands for 2 before 百, 千, 万 and 亿 where it leads."""
        if value < 100:
            return _below_hundred(value)
        words: list[str] = []
        lower = value
        for size, unit in ((100_000_000, "n-yi"), (10_000, "n-wan"), (1, "")):
            group, lower = divmod(lower, size)
            if not group:
                continue
            if words and group < 1000:
                words.append("n-0")  # one 零, however many digits are zero
            if unit and group == 2:
                words.append(_TWO)
            else:
                words += _group(group, is_first=not words)
            words += [unit] if unit else []
        return words

    def counted(self, value: int, one: str, many: str) -> list[str]:
        """两条消息, 十二条消息. One word serves all numbers: `one`."""
        return [*([_TWO] if value == 2 else self.number(value)), one]

    def moment(self, moment: Moment) -> list[str]:
        """今天下午两点零五分; 十一月二十三日星期一上午九点整."""
        return [*_day(moment), *_clock(moment.when.hour, moment.when.minute)]

    def duration(self, seconds: int) -> list[str]:
        """一小时两分钟五秒."""
        hours, rest = divmod(seconds, 3600)
        minutes, left = divmod(rest, 60)
        words: list[str] = []
        for value, unit in ((hours, "hour"), (minutes, "minute"), (left, "second")):
            if value or (unit == "second" and not words):
                words += self.counted(value, unit, unit)
        return words


def _below_hundred(value: int) -> list[str]:
    if value <= 10:
        return [f"n-{value}"]
    tens, ones = divmod(value, 10)
    return [*([f"n-{tens}"] if tens > 1 else []), "n-10", *([f"n-{ones}"] if ones else [])]


def _group(value: int, *, is_first: bool) -> list[str]:
    """Four digits; inside a longer number 十 keeps its 一 before it (一百一十)."""
    if value < 20 and is_first:
        return _below_hundred(value)
    words: list[str] = []
    lower = value
    for size, unit in ((1000, "n-thousand"), (100, "n-hundred"), (10, "n-10"), (1, "")):
        digit, lower = divmod(lower, size)
        if not digit:
            continue
        if words and value // (size * 10) % 10 == 0:
            words.append("n-0")
        leads = digit == 2 and size >= 100
        words.append(_TWO if leads else f"n-{digit}")
        words += [unit] if unit else []
    return words


def _day(moment: Moment) -> list[str]:
    day = moment.when.date()
    today = moment.now.date() if moment.now is not None else None
    if today is not None and day == today:
        return ["date-today"]
    if today is not None and day == today - timedelta(days=1):
        return ["date-yesterday"]
    named = [*_below_hundred(day.month), "date-month", *_below_hundred(day.day), "date-day"]
    return [*_year_unless(day, today), *named, f"weekday-{day.isoweekday()}"]


def _year_unless(day: date, today: date | None) -> list[str]:
    """二零二六年: digit by digit."""
    if today is not None and today.year == day.year:
        return []
    return [*(f"n-{digit}" for digit in str(day.year)), "date-year"]


def _clock(hour: int, minute: int) -> list[str]:
    part = next(name for since, name in _PARTS_OF_DAY if hour >= since)
    twelve = hour if hour <= 12 else hour - 12
    words = [part, *([_TWO] if twelve == 2 else _below_hundred(twelve)), "time-hour"]
    if minute == 0:
        return [*words, "time-sharp"]
    return [*words, *(["n-0"] if minute < 10 else []), *_below_hundred(minute), "time-minute"]
