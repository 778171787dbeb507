"""The table view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.models.rows import Column, RowsModel
from ui.widgets.table import Table


def table() -> Table:
    columns: tuple[Column[str], ...] = (
        Column(name="a", title="Number", text=lambda row: row),
        Column(name="b", title="A title that is wider than its column", text=str.upper, width=20),
    )
    model: RowsModel[str] = RowsModel(columns, lambda row: row)
    made = Table(model)
    model.setParent(made)
    model.replace(["x", "y", "z"])
    return made


def test_enter_opens_the_chosen_row(qt: QApplication) -> None:
    view, opened, chosen = table(), [], []
    view.activated_row.connect(opened.append)
    view.selected_row.connect(chosen.append)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == []
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["y"]
    assert chosen == ["y"]


def test_copy_takes_the_chosen_rows_as_a_spreadsheet_does(qt: QApplication) -> None:
    view = table()
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x\tX\ny\tY\nz\tZ"
    assert view.chosen_rows() == ["x", "y", "z"]


def test_a_column_is_never_narrower_than_its_title(qt: QApplication) -> None:
    assert table().columnWidth(1) > 150


def test_a_row_is_waited_for(qt: QApplication) -> None:
    view = table()
    view.choose("y")
    assert view.current_row() == "y"
    view.choose("new")
    assert view.current_row() == "y"
    view.rows.put("new")
    view.rows.flush()
    assert view.current_row() == "new"
    view.selectRow(0)
    view.rows.put("newer")
    view.rows.flush()
    assert view.current_row() == "new"  # the first row; and nothing jumps a second time


def test_a_row_that_a_filter_hides_is_not_waited_for(qt: QApplication) -> None:
    view = table()
    view.selectRow(0)
    view.choose("new")
    view.rows.filter(lambda row: row != "new")
    view.rows.replace(["new", "x", "y"])
    view.selectRow(0)
    view.rows.filter(None)
    view.rows.refresh()
    assert view.current_row() == "x"
