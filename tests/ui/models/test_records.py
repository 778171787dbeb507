"""The table made from a KindSpec."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.api import records
from app.fields import Choice, FieldKind, FieldSpec
from tests.support.fake_engine import extension_values
from ui.models.records import RecordsModel, shown_value


def test_every_field_but_the_secret_has_a_column(qt: QApplication) -> None:
    model = RecordsModel(records.kind("extension"))
    names = [column.name for column in model.columns]
    assert "password" not in names
    assert names[0] == "number"
    model.replace([extension_values("1000"), extension_values("99")])
    assert [model.index(place, 0).data() for place in range(2)] == ["99", "1000"]
    enabled = names.index("enabled")
    assert model.index(0, enabled).data() == "Yes"


def test_search(qt: QApplication) -> None:
    model = RecordsModel(records.kind("extension"))
    model.replace([extension_values("100") | {"description": "Gate"}, extension_values("101")])
    model.search("gate")
    assert [row["number"] for row in model.shown_rows()] == ["100"]
    model.search("")
    assert model.rowCount() == 2


def test_a_choice_is_shown_by_its_label(qt: QApplication) -> None:
    field = FieldSpec(
        name="m", label="M", help="", kind=FieldKind.CHOICE, choices=(Choice("auto", "Automatic"),)
    )
    assert shown_value(field, "auto") == "Automatic"
    assert shown_value(field, "other") == "other"
    assert shown_value(field, None) == ""
