"""The table of the records of any kind: its columns are made from the KindSpec."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from app.fields import FieldKind, FieldSpec, KindSpec, Value
from ui import texts, weekdays
from ui.models.extensions import number_order
from ui.models.rows import Column, RowsModel

Record = dict[str, Value]

_WIDTHS = {FieldKind.BOOLEAN: 90, FieldKind.INTEGER: 90, FieldKind.DIGITS: 110}
_WIDTHS |= {FieldKind.CHOICE: 130, FieldKind.REFERENCE: 130}
_SHORT, _LONG = 120, 180
_SHORT_TEXT = 64  # characters a field may hold, where a narrow column is enough for what is usual


class RecordsModel(RowsModel[Record]):
    """All records of a kind; secrets have no column."""

    def __init__(self, kind: KindSpec, parent: QObject | None = None) -> None:
        fields = [field for field in kind.fields if field.kind is not FieldKind.SECRET]
        super().__init__(tuple(_column(field) for field in fields), lambda row: str(row[kind.key]), parent)

    def search(self, text: str) -> None:
        """Show only records that hold the text in any column."""
        wanted = text.strip().casefold()
        columns = self.columns
        self.filter(
            (lambda row: any(wanted in column.text(row).casefold() for column in columns)) if wanted else None
        )


def shown_value(field: FieldSpec, value: Value) -> str:
    """A value as a cell shows it: yes and no, the label of a choice."""
    if value is None:
        return ""
    if isinstance(value, bool):
        yes, no = QCoreApplication.translate("words", "Yes"), QCoreApplication.translate("words", "No")
        return yes if value else no
    if field.kind is FieldKind.WEEKDAYS:
        return weekdays.in_words(str(value))
    for choice in field.choices:
        if choice.value == value:
            return texts.field_text(choice.label)
    return str(value)


def _column(field: FieldSpec) -> Column[Record]:
    return Column(
        name=field.name,
        title=field.label,
        context="fields",
        text=lambda row: shown_value(field, row.get(field.name)),
        sort=_sort(field),
        width=_WIDTHS.get(field.kind, _SHORT if (field.max_length or _SHORT) <= _SHORT_TEXT else _LONG),
    )


def _sort(field: FieldSpec) -> Callable[[Record], object] | None:
    match field.kind:
        case FieldKind.INTEGER:
            return lambda row: row.get(field.name) or 0
        case FieldKind.DIGITS:
            return lambda row: number_order(str(row.get(field.name) or ""))
    return None
