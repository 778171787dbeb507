"""Days of the week, stored and shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.db.tables.time_condition import read_weekdays
from ui import weekdays
from ui.translations import Translations


@pytest.mark.parametrize(
    "text", ["", "mon-sun", "mon-fri, sun", "tue, wed", "sat", "sat-mon", "mon, wed-fri"]
)
def test_what_is_read_is_what_the_dial_plan_reads(text: str) -> None:
    days = weekdays.read(text)
    assert days == read_weekdays(text)
    assert weekdays.read(weekdays.write(days)) == days


def test_every_set_of_days_can_be_written() -> None:
    for bits in range(128):
        days = frozenset(day for day in range(7) if bits >> day & 1)
        assert read_weekdays(weekdays.write(days)) == days


def test_in_words(qt: QApplication, translations: Translations) -> None:
    assert weekdays.in_words("mon-fri, sun") == "Mon–Fri, Sun"
    translations.use("zh_CN")
    assert weekdays.in_words("mon-fri, sun") == "周一–周五, 周日"
