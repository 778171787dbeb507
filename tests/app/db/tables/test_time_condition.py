"""Time conditions as they are written."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.db.tables.time_condition import KIND, read_holidays, read_time, read_weekdays


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat, sun", {5, 6}),
        ("Fri-Mon", {4, 5, 6, 0}),
        ("monday, Wed", {0, 2}),
        ("", set()),
        ("mon-sun", set(range(7))),
    ],
)
def test_weekdays(text: str, days: set[int]) -> None:
    assert read_weekdays(text) == days


def test_hours() -> None:
    assert read_time("8:30") == time(8, 30)
    assert read_time("23:59") == time(23, 59)
    assert read_time("24:00") == time(0, 0)
    for bad in ("24:01", "8", "8.30", "25:00", "08:60"):
        with pytest.raises(ValueError, match=r".+"):
            read_time(bad)


def test_holidays() -> None:
    assert read_holidays("2026-10-01..2026-10-07, 12-25") == (
        (date(2026, 10, 1), date(2026, 10, 7), False),
        (date(2000, 12, 25), date(2000, 12, 25), True),
    )
    assert read_holidays("02-29") == ((date(2000, 2, 29), date(2000, 2, 29), True),)
    assert read_holidays("12-24..01-02")[0][2]
    for bad in ("2026-02-30", "2026-10-07..2026-10-01", "2026-10-01..10-07", "tomorrow", "13-01"):
        with pytest.raises(ValueError, match=bad):
            read_holidays(bad)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"weekdays": "mon-xyz"}, "weekdays"),
        ({"from_time": "8"}, "from_time"),
        ({"to_time": "late"}, "to_time"),
        ({"holidays": "christmas"}, "holidays"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"on_holidays": "perhaps"}, "on_holidays"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("office", values, None)
    assert [error.field for error in errors] == [field]
    assert errors[0].text.count(".") >= 1


def test_the_defaults_are_always() -> None:
    errors, values = KIND.check("always", {}, None)
    assert not errors
    assert (values["weekdays"], values["from_time"], values["to_time"]) == ("mon-sun", "00:00", "00:00")
