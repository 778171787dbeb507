"""The form of one record."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.api import records
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec, Value
from tests.support.fake_engine import extension_values
from ui.forms import RecordForm

KIND = records.kind("extension")


def form(values: dict[str, Value], *, is_new: bool) -> RecordForm:
    key = None if is_new else str(values["number"])
    return RecordForm(KIND, values, lambda given: records.validate("extension", given, key), is_new=is_new)


def typed(of: RecordForm, name: str, text: str) -> None:
    control = of.editors[name]._control
    line = control if isinstance(control, QLineEdit) else control.line  # type: ignore[attr-defined]
    line.clear()
    QTest.keyClicks(line, text)


def test_a_new_form_is_not_red(qt: QApplication) -> None:
    made = form({}, is_new=True)
    assert [name for name, editor in made.editors.items() if editor.problem] == []
    assert set(made.editors) == {field.name for field in KIND.fields}


def test_what_is_typed_is_checked_at_once(qt: QApplication) -> None:
    made = form({"password": "a-Good-1-pass"}, is_new=True)
    typed(made, "number", "12a")
    assert "12a" in made.editors["number"].problem
    typed(made, "number", "123")
    assert made.editors["number"].problem == ""
    assert not made.complain()


def test_complaining_shows_all_and_goes_to_the_first(qt: QApplication) -> None:
    made = form({}, is_new=True)
    made.show()
    made.activateWindow()
    typed(made, "allowed_address", "nowhere")
    assert made.complain()
    assert made.editors["number"].problem
    assert made.focusWidget() is made.editors["number"]._control
    made.hide()


def test_only_what_changed_is_sent_and_an_empty_secret_stays(qt: QApplication) -> None:
    made = form(extension_values("100"), is_new=False)
    assert made.changed_values() == {}
    typed(made, "description", "Gate")
    assert made.changed_values() == {"description": "Gate"}
    typed(made, "password", "n3w-Secret-x")
    assert made.changed_values() == {"description": "Gate", "password": "n3w-Secret-x"}
    assert made.is_changed


def test_a_refusal_stands_at_its_field(qt: QApplication) -> None:
    made = form({}, is_new=True)
    assert made.show_refusal(UserError("record.duplicate", "There already.", field="number"))
    assert made.editors["number"].problem == "There already."
    assert not made.show_refusal(UserError("x.y", "No.", field="elsewhere"))


def test_groups_become_tabs(qt: QApplication) -> None:
    fields = tuple(
        FieldSpec(name=name, label=name, help="", kind=FieldKind.TEXT, group=group, required=True)
        for name, group in (("a", "Basic"), ("b", "Network"))
    )
    kind = KindSpec(name="k", label="K", plural="Ks", key="a", fields=fields)
    refusal = UserError("x.y", "Missing.", field="b")
    made = RecordForm(kind, {"a": "1"}, lambda values: (refusal,), is_new=True)
    assert [made._tabs.tabText(place) for place in range(2)] == ["Basic", "Network"]
    made.complain()
    assert made._tabs.currentIndex() == 1
