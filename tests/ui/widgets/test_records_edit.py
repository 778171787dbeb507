"""A list of records: added, removed and moved, by buttons and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.api import records
from ui.translations import Translations
from ui.widgets.field_editor import FieldEditor
from ui.widgets.records_edit import RecordsEdit

OFFERED = [("100", "Front desk"), ("101", ""), ("102", "Workshop")]


def editor() -> tuple[RecordsEdit, list[str]]:
    edit = RecordsEdit()
    edit.set_text("102, 100")
    edit.set_records(OFFERED)
    edited: list[str] = []
    edit.edited.connect(lambda: edited.append(edit.text()))
    return edit, edited


def titles(edit: RecordsEdit) -> list[str]:
    return [edit.list.item(row).text() for row in range(edit.list.count())]


def test_records_are_shown_with_their_names_and_only_others_offered(qt: QApplication) -> None:
    edit, edited = editor()
    assert titles(edit) == ["102 Workshop", "100 Front desk"]
    assert [edit.choice.itemText(place) for place in range(edit.choice.count())] == ["101"]
    assert (edit.text(), edited) == ("102, 100", [])


def test_buttons_add_move_and_remove(qt: QApplication) -> None:
    edit, edited = editor()
    edit.add_button.click()
    assert not edit.add_button.isEnabled()
    edit.up_button.click()
    edit.up_button.click()
    assert not edit.up_button.isEnabled()
    edit.down_button.click()
    edit.remove_button.click()
    assert edited == ["102, 100, 101", "102, 101, 100", "101, 102, 100", "102, 101, 100", "102, 100"]
    edit.remove_button.click()
    edit.remove_button.click()
    assert (edit.text(), edit.remove_button.isEnabled()) == ("", False)


def test_keys_move_and_remove(qt: QApplication) -> None:
    edit, edited = editor()
    edit.show()
    edit.activateWindow()
    assert QTest.qWaitForWindowActive(edit)
    edit.list.setFocus()
    QTest.keyClick(edit.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(edit.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(edit.list, Qt.Key.Key_Delete)
    assert edited == ["100, 102", "102, 100", "100"]
    edit.hide()
    edit.deleteLater()


def test_a_record_that_is_gone_is_shown_by_its_key(qt: QApplication) -> None:
    edit, _ = editor()
    edit.set_text("999")
    assert titles(edit) == ["999"]


def test_the_field_of_ring_groups(qt: QApplication, translations: Translations) -> None:
    spec = records.kind("ring_group").field("members")
    assert spec is not None
    field = FieldEditor(spec)
    field.set_records(OFFERED)
    field.set_value("101, 102")
    assert field.value() == "101, 102"
    field.show_problem("Somebody is missing.")
    control = field._control
    assert isinstance(control, RecordsEdit)
    assert control.list.property("invalid") is True
    translations.use("zh_CN")
    field.retranslate()
    control.retranslate()
    assert control.list.accessibleName() == "成员"
    assert control.remove_button.accessibleName() == "从列表中移除 (Del)"
    field.set_value(None)
    assert field.value() == ""
