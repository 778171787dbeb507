"""The table over plain rows: batches, sorting, filters, and that the chosen row stays chosen."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ui.models.rows import Column, RowsModel, plain_tip
from ui.theme import Tone, tone
from ui.widgets.table import Table


@dataclass(frozen=True)
class Row:
    key: int
    name: str = ""


COLUMNS: tuple[Column[Row], ...] = (
    Column(name="key", title="Number", text=lambda row: str(row.key), sort=lambda row: row.key, right=True),
    Column(
        name="name",
        title="Description",
        text=lambda row: row.name,
        tone=lambda row: Tone.BAD if row.name == "bad" else None,
        icon=lambda row: "error" if row.name == "bad" else "",
        tip=lambda row: f"tip {row.name}",
    ),
)


def model(*keys: int) -> RowsModel[Row]:
    made: RowsModel[Row] = RowsModel(COLUMNS, lambda row: row.key)
    made.replace(Row(key, f"n{key}") for key in keys)
    return made


def keys(of: RowsModel[Row]) -> list[str]:
    return [str(of.index(place, 0).data()) for place in range(of.rowCount())]


def test_changes_wait_for_the_batch(qt: QApplication) -> None:
    rows = model(3, 1)
    rows.put(Row(2))
    assert keys(rows) == ["1", "3"]
    rows.flush()
    assert keys(rows) == ["1", "2", "3"]
    rows.remove(1)
    rows.put(Row(2, "new"))
    rows.flush()
    assert keys(rows) == ["2", "3"]
    assert rows.index(0, 1).data() == "new"


def test_many_changes_are_one_batch(qt: QApplication) -> None:
    rows = model(*range(1000))
    told: list[int] = []
    rows.dataChanged.connect(lambda *_: told.append(1))
    for number in range(1000):
        rows.put(Row(number, "changed"))
    rows.flush()
    assert told == [1]


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.booleans(), st.sampled_from([None, 0, 1]))
def test_any_change_is_told_step_by_step(
    before: set[int], after: set[int], is_descending: bool, odd: int | None
) -> None:
    rows = model(*before)
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    pointers = {key: QPersistentModelIndex(rows.index(place, 0)) for place, key in enumerate(sorted(before))}
    order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
    rows.sort(0, order)
    for key in before - after:
        rows.remove(key)
    for key in after - before:
        rows.put(Row(key))
    rows.flush()
    rows.filter(None if odd is None else lambda row: row.key % 2 == odd)
    wanted = sorted((key for key in after if odd is None or key % 2 == odd), reverse=is_descending)
    assert keys(rows) == [str(key) for key in wanted]
    for key, pointer in pointers.items():
        assert pointer.isValid() == (key in wanted)
        assert not pointer.isValid() or pointer.data() == str(key)
    rows.deleteLater()


def test_the_chosen_row_stays_chosen(qt: QApplication) -> None:
    rows = model(1, 5, 9)
    table = Table(rows)
    table.selectionModel().setCurrentIndex(
        rows.index(1, 0),
        QItemSelectionModel.SelectionFlag.SelectCurrent | QItemSelectionModel.SelectionFlag.Rows,
    )
    rows.put(Row(3))
    rows.remove(1)
    rows.flush()
    rows.sort(0, Qt.SortOrder.DescendingOrder)
    assert table.current_row() == Row(5, "n5")


def test_a_cell_shows_colour_icon_tip_and_side(qt: QApplication) -> None:
    rows = model()
    rows.put(Row(7, "bad"))
    rows.flush()
    name, number = rows.index(0, 1), rows.index(0, 0)
    assert name.data(Qt.ItemDataRole.ForegroundRole) == QColor(tone(Tone.BAD))
    assert not name.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert name.data(Qt.ItemDataRole.ToolTipRole) == "tip bad"
    assert number.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert number.data(Qt.ItemDataRole.ForegroundRole) is None
    assert rows.columnCount() == 2
    assert rows.rowCount(name) == 0
    assert rows.data(QModelIndex()) is None
    assert rows.headerData(5, Qt.Orientation.Horizontal) is None


def test_titles_follow_the_language(qt: QApplication, translations: object) -> None:
    rows = model()
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "Number"
    translations.use("zh_CN")  # type: ignore[attr-defined]
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "号码"


def test_rows_are_found_by_key(qt: QApplication) -> None:
    rows = model(1, 2)
    rows.filter(lambda row: row.key == 2)
    assert rows.get(1) == Row(1, "n1")
    assert rows.place(1) is None
    assert rows.place(2) == 0
    assert rows.total == 2
    assert rows.row(5) is None
    assert [row.key for row in rows.shown_rows()] == [2]


def test_a_tooltip_shows_what_strangers_write_and_follows_no_tag() -> None:
    assert plain_tip("INVITE\n1 INVITE\nabc@host") == "INVITE\n1 INVITE\nabc@host"
    shown = plain_tip('<img src="//host/share">\nx')
    assert shown == "<qt>&lt;img src=&quot;//host/share&quot;&gt;<br>x</qt>"
