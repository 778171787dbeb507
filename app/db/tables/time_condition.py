"""The kind `time_condition`: weekdays, hours and holidays that rules, lines and trunks can depend on."""

from __future__ import annotations

import re
from datetime import date, time

from peewee import Model, TextField

from app.db.field_checks import description_field, listed, name_check, zone_check
from app.db.kind import Kind
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEAP_YEAR = 2000  # for holidays that come back every year, 29 February among them


class TimeConditionRow(Model):
    """The peewee side: everything as the user wrote it."""

    name = TextField(primary_key=True)
    weekdays = TextField()
    from_time = TextField()
    to_time = TextField()
    holidays = TextField()
    on_holidays = TextField()
    timezone = TextField()
    description = TextField()

    class Meta:
        """Names."""

        table_name = "time_condition"


def read_weekdays(text: str) -> frozenset[int]:
    """Read `mon-fri, sun` as days, 0 = Monday; ValueError names the part that is none."""
    days: set[int] = set()
    for part in listed(text.lower()):
        first, dash, last = (piece.strip()[:3] for piece in part.partition("-"))
        if first not in _DAYS or (dash and last not in _DAYS):
            raise ValueError(part)
        low = _DAYS.index(first)
        length = (_DAYS.index(last) - low) % 7 if dash else 0
        days.update((low + step) % 7 for step in range(length + 1))
    return frozenset(days)


def read_time(text: str) -> time:
    """Read `8:30`, `18:00` or `24:00`, which is midnight; ValueError for anything else."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text.strip())
    if found is None:
        raise ValueError(text)
    hour, minute = int(found[1]), int(found[2])
    return time(0, 0) if (hour, minute) == (24, 0) else time(hour, minute)


def read_holidays(text: str) -> tuple[tuple[date, date, bool], ...]:
    """Read `2026-10-01..2026-10-07, 12-25` as (first, last, every year); ValueError names a wrong part."""
    found = []
    for part in listed(text):
        first_text, dots, last_text = (piece.strip() for piece in part.partition(".."))
        try:
            first, is_yearly = _day(first_text)
            last, last_is_yearly = _day(last_text) if dots else (first, is_yearly)
        except ValueError:
            raise ValueError(part) from None
        if is_yearly != last_is_yearly or (not is_yearly and last < first):
            raise ValueError(part)
        found.append((first, last, is_yearly))
    return tuple(found)


def _day(text: str) -> tuple[date, bool]:
    if re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        return date.fromisoformat(f"{_LEAP_YEAR}-{text}"), True
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return date.fromisoformat(text), False
    raise ValueError(text)


def _check_weekdays(value: Value) -> None:
    try:
        read_weekdays(str(value))
    except ValueError as error:
        text = f"Weekdays: “{error}” is no day. Write mon, tue, wed, thu, fri, sat, sun, or mon-fri."
        raise UserError("time.weekdays", text, field="weekdays", value=str(error)) from None


def _check_holidays(value: Value) -> None:
    try:
        read_holidays(str(value))
    except ValueError as error:
        text = f"Holidays: “{error}” is no date. Write 2026-10-01, a stretch as 2026-10-01..2026-10-07, and "
        text += "12-25 for every year."
        raise UserError("time.holidays", text, field="holidays", value=str(error)) from None


def _hour(name: str, label: str, help_text: str, example: str) -> FieldSpec:
    def check(value: Value) -> None:
        try:
            read_time(str(value))
        except ValueError:
            text = f"{label}: “{value}” is no time of day. Write it as 08:30."
            raise UserError("time.hour", text, field=name, label=label, value=str(value)) from None

    return FieldSpec(
        name=name,
        label=label,
        help=help_text,
        kind=FieldKind.TEXT,
        default="00:00",
        max_length=5,
        example=example,
        check=check,
    )


SPEC = KindSpec(
    name="time_condition",
    label="Time condition",
    plural="Time conditions",
    key="name",
    fields=(
        FieldSpec(
            name="name",
            label="Name",
            help="What rules, lines, trunks and extensions call it by.",
            kind=FieldKind.TEXT,
            required=True,
            max_length=32,
            example="office-hours",
            check=name_check("name", "Name"),
        ),
        FieldSpec(
            name="weekdays",
            label="Weekdays",
            help="The days on which it holds. Empty: none, so that it holds at most on holidays.",
            kind=FieldKind.WEEKDAYS,
            default="mon-sun",
            max_length=80,
            example="mon-fri",
            check=_check_weekdays,
        ),
        _hour("from_time", "Begins at", "The time of day at which it begins.", "08:30"),
        _hour(
            "to_time",
            "Ends at",
            "The time of day at which it ends. Before the beginning: on the next day. The same as the "
            "beginning: the whole day.",
            "17:30",
        ),
        FieldSpec(
            name="holidays",
            label="Holidays",
            help="Days on which it is otherwise: dates, stretches with “..”, and month-day for every year.",
            kind=FieldKind.TEXT,
            default="",
            max_length=1000,
            example="2026-10-01..2026-10-07, 12-25",
            check=_check_holidays,
        ),
        FieldSpec(
            name="on_holidays",
            label="On holidays",
            help="Whether it holds on the holidays listed.",
            kind=FieldKind.CHOICE,
            default="closed",
            choices=(
                Choice("closed", "It does not hold"),
                Choice("open", "It holds, whatever the weekday"),
                Choice("ignore", "As on any day"),
            ),
        ),
        FieldSpec(
            name="timezone",
            label="Time zone",
            help="Where the hours are counted. Empty: the time zone of the system settings.",
            kind=FieldKind.TEXT,
            default="",
            max_length=64,
            example="Asia/Shanghai",
            check=zone_check("timezone"),
        ),
        description_field("Office hours of the branch"),
    ),
)

KIND = Kind(SPEC, TimeConditionRow)
