"""Tables and times as text."""

from __future__ import annotations

import time

import pytest

from app.command_line.tables import clock, duration, shown, table, width


def test_columns_stand_under_each_other_in_chinese_too() -> None:
    text = table(("NAME", "STATE"), [("前台", "idle"), ("Desk", "off"), ("", "x")])
    assert text == "NAME  STATE\n前台  idle\nDesk  off\n      x\n"


def test_what_strangers_send_does_nothing_to_the_terminal() -> None:
    assert shown("王 \x1b[2J\r\n\x9b\udcff\u202e") == r"王 \x1b[2J\r\n\x9b\udcff\u202e"
    assert shown("a\nb\tc\x07", keep="\n\t") == "a\nb\tc\\x07"
    assert table(("A",), [("\x1b[31m",)]) == "A\n\\x1b[31m\n"


def test_an_empty_table_has_its_header() -> None:
    assert table(("A", "B"), []) == "A  B\n"


def test_width_counts_columns() -> None:
    assert [width(text) for text in ("", "ab", "前", "ａ")] == [0, 2, 2, 2]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.9, "0:00"), (7, "0:07"), (61, "1:01"), (3723, "1:02:03"), (-1, "0:00")]
)
def test_a_length_of_time(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_a_moment_in_local_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "localtime", time.gmtime)
    assert clock(1_000_000_000.25) == "2001-09-09 01:46:40.250"
    assert clock(None) == ""
