"""Seven boxes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.api import records
from ui.translations import Translations
from ui.widgets.field_editor import FieldEditor
from ui.widgets.weekdays_edit import WeekdaysEdit


def test_ticks_and_text(qt: QApplication, translations: Translations) -> None:
    edit = WeekdaysEdit()
    edited: list[bool] = []
    edit.edited.connect(lambda: edited.append(True))
    edit.set_text("mon-fri")
    assert not edited
    edit.boxes[6].click()
    assert edited
    assert edit.text() == "mon-fri, sun"
    translations.use("zh_CN")
    edit.retranslate()
    assert edit.boxes[0].text() == "周一"


def test_the_field_of_time_conditions(qt: QApplication) -> None:
    spec = records.kind("time_condition").field("weekdays")
    assert spec is not None
    editor = FieldEditor(spec)
    editor.set_value("sat, sun")
    assert editor.value() == "sat, sun"
    editor.set_value(None)
    assert editor.value() == ""
