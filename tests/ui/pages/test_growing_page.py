"""A page of a list that grows at its end, reduced to numbers."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import until
from ui.bridge import Bridge
from ui.models.rows import Column, RowsModel
from ui.pages.growing_page import GrowingPage


class Numbers(GrowingPage):
    """Tells what it was asked to do."""

    def __init__(self, bridge: Bridge) -> None:
        self.done: list[str] = []
        self.model: RowsModel[int] = RowsModel((Column(name="n", title="Number", text=str),), lambda row: row)
        super().__init__(bridge, print, self.model, "log")
        self.column.addWidget(self.text)
        self._add_list(QLabel(), (300, 100))
        self.table.selected_row.connect(lambda row: self._row_chosen(is_newest=row == 99))

    def reload(self) -> None:
        self.done.append("reload")

    def retranslate(self) -> None:
        self.done.append("retranslate")

    def _fetch(self) -> None:
        self.done.append("fetch")


@pytest.fixture
def page(qt: QApplication, bridge: Bridge) -> Numbers:
    made = Numbers(bridge)
    made.model.replace(range(100))
    return made


async def test_it_asks_once_when_the_typing_rests(page: Numbers, engine: FakeEngine) -> None:
    for text in ("a", "ab", "abc"):
        page.text.setText(text)
    assert page.done == []
    await until(lambda: page.done != [])
    assert page.done == ["reload"]


def test_a_pause_is_shown_and_its_end_asks_for_what_came(page: Numbers) -> None:
    page.pause_button.click()
    assert page.done == ["retranslate"]
    page.pause_button.click()
    assert page.done == ["retranslate", "retranslate", "fetch"]


def test_who_goes_to_an_older_row_stays_there(page: Numbers) -> None:
    page.table.selectRow(99)
    assert page.follow_button.isChecked()
    page.table.selectRow(3)
    assert not page.follow_button.isChecked()
    page.table.selectRow(99)
    assert not page.follow_button.isChecked()  # only the button brings it back
