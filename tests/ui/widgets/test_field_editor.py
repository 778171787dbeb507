"""The editor of one field, of each kind."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QToolTip

from app.fields import Choice, FieldKind, FieldSpec, Value
from ui.translations import Translations
from ui.widgets.field_editor import FieldEditor


def spec(kind: FieldKind, **more: object) -> FieldSpec:
    values = {"name": "x", "label": "Number", "help": "What is dialled.", "kind": kind} | more
    return FieldSpec(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, "Desk"),
        (FieldKind.DIGITS, "100"),
        (FieldKind.INTEGER, "5060"),
        (FieldKind.BOOLEAN, True),
        (FieldKind.SECRET, "s3cret"),
        (FieldKind.CHOICE, "b"),
        (FieldKind.ADDRESSES, "192.0.2.1"),
    ],
)
def test_a_value_goes_in_and_out(qt: QApplication, kind: FieldKind, value: Value) -> None:
    editor = FieldEditor(spec(kind, choices=(Choice("a", "A"), Choice("b", "B"))))
    editor.set_value(value)
    assert editor.value() == value
    editor.set_read_only(True)
    assert editor.value() == value


def test_a_reference_offers_the_records(qt: QApplication) -> None:
    editor = FieldEditor(spec(FieldKind.REFERENCE, refers_to="extension"))
    editor.set_choices(["100", "101"])
    editor.set_value("101")
    editor.set_choices(["101", "102"])
    assert editor.value() == "101"


def test_a_problem_stands_under_the_field_and_is_read_out(qt: QApplication) -> None:
    editor = FieldEditor(spec(FieldKind.TEXT))
    editor.show_problem("Too long.")
    assert editor.problem == "Too long."
    assert editor._control.property("invalid")
    assert editor._control.accessibleDescription() == "Too long."
    editor.show_problem("")
    assert not editor._control.property("invalid")


def test_texts_in_chinese(qt: QApplication, translations: Translations) -> None:
    editor = FieldEditor(spec(FieldKind.TEXT, help="How much the log tells.", unit="s", example="9"))
    translations.use("zh_CN")
    editor.retranslate()
    assert editor._control.accessibleName() == "号码"
    assert editor.help_text() == "<p>日志的详细程度。 例如：9</p>"
    assert editor._unit.text() == "秒"


def test_help_at_a_click(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda point, text, widget: shown.append(text))
    editor = FieldEditor(spec(FieldKind.TEXT))
    editor._help.click()
    assert shown == ["<p>What is dialled.</p>"]
    editor.hide_help()
    assert editor._help.isHidden()


def test_an_empty_secret_of_a_record_says_it_is_kept(qt: QApplication) -> None:
    editor = FieldEditor(spec(FieldKind.SECRET))
    editor.keep_unless_typed()
    assert editor._control.line.placeholderText() == "unchanged unless you type here"  # type: ignore[attr-defined]


def test_an_example_in_words_is_translated_and_any_other_is_not(
    qt: QApplication, translations: Translations
) -> None:
    translations.use("zh_CN")
    for example, hint in (("Front desk", "例如 前台"), ("telecom-1", "例如 telecom-1")):
        editor = FieldEditor(spec(FieldKind.TEXT, example=example))
        assert editor._control.placeholderText() == hint  # type: ignore[attr-defined]
