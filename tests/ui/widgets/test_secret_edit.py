"""A password field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionFrame

from app.api.records import generate_password
from ui.widgets import secret_edit
from ui.widgets.secret_edit import SecretEdit, copy_secret


def test_dots_eye_copy_and_generator(qt: QApplication) -> None:
    edit = SecretEdit(lambda: "made-up-1")
    typed: list[str] = []
    edit.text_changed.connect(typed.append)
    assert edit.line.echoMode() is QLineEdit.EchoMode.Password
    assert not edit._copy.isEnabled()
    edit.set_text("secret")
    edit._copy.click()
    assert QGuiApplication.clipboard().text() == "secret"
    edit._generate.click()
    assert edit.text() == "made-up-1"
    assert edit.line.echoMode() is QLineEdit.EchoMode.Normal
    assert edit._eye.accessibleName() == "Hide the password"
    edit._eye.click()
    assert edit.line.echoMode() is QLineEdit.EchoMode.Password
    assert typed == ["secret", "made-up-1"]


def test_the_clipboard_forgets_unless_something_else_was_copied(
    qt: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[object] = []
    monkeypatch.setattr(QTimer, "singleShot", lambda ms, context, call: later.append((ms, call)))
    clipboard = QGuiApplication.clipboard()
    copy_secret("one")
    copy_secret("two")
    (milliseconds, forget_one), (_, forget_two) = later
    assert milliseconds == secret_edit._CLIPBOARD_SECONDS * 1000
    forget_one()
    assert clipboard.text() == "two"
    forget_two()
    assert clipboard.text() == ""


def test_a_generated_password_has_room(qt: QApplication) -> None:
    edit = SecretEdit(generate_password)
    large = QFont(edit.font())
    large.setPointSize(large.pointSize() * 2)
    for font in (edit.font(), large):
        edit.setFont(font)
        edit.set_text(generate_password())
        edit.line.setFixedWidth(edit.line.minimumWidth())
        option = QStyleOptionFrame()
        edit.line.initStyleOption(option)
        room = edit.line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit.line)
        dots = edit.line.fontMetrics().horizontalAdvance(edit.line.displayText())
        assert dots + 4 <= room.width()
