"""The head of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.widgets.page_header import PageHeader, SearchField


def test_buttons_are_reached_by_tab(qt: QApplication) -> None:
    header = PageHeader()
    button = header.add_button("add", is_checkable=True)
    button.click()
    assert button.isChecked()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_escape_empties_the_search(qt: QApplication) -> None:
    field = SearchField()
    field.set_hint("Search")
    assert field.accessibleName() == "Search"
    field.show()
    field.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    field.hide()
