"""A password field: dots, an eye, copy, and a generator."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStyle, QToolButton, QWidget

from ui.icons import show_icon
from ui.widgets.translated import Translated

_CLIPBOARD_SECONDS = 60
_DOTS = 17  # a generated password, and room for the cursor
_LINE_MARGINS = 20  # what a line keeps free beside its text


def copy_secret(text: str) -> None:
    """Copy a secret; the clipboard forgets it after a minute unless something else was copied since."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text)

    def forget() -> None:
        if clipboard.text() == text:
            clipboard.clear()

    QTimer.singleShot(_CLIPBOARD_SECONDS * 1000, clipboard, forget)


class SecretEdit(Translated, QWidget):
    """A line for a secret with its buttons; without `generate` there is none to make one up."""

    text_changed = Signal(str)

    def __init__(self, generate: Callable[[], str] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._generator = generate
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._make_room()
        self._eye = self._button("eye")
        self._eye.setCheckable(True)
        self._copy = self._button("copy")
        self._generate = self._button("generate")
        self._generate.setVisible(generate is not None)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        for button in (self._eye, self._copy, self._generate):
            row.addWidget(button)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._changed)
        self._eye.toggled.connect(self._show)
        self._copy.clicked.connect(self._copy_now)
        self._generate.clicked.connect(self._generate_now)
        self._changed("")
        self.retranslate()

    def text(self) -> str:
        """The secret in clear."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a secret, as dots."""
        self.line.setText(text)

    def retranslate(self) -> None:
        """Name the buttons."""
        shown = self._eye.isChecked()
        for button, text in (
            (self._eye, self.tr("Hide the password") if shown else self.tr("Show the password")),
            (self._copy, self.tr("Copy the password")),
            (self._generate, self.tr("Generate a password")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other dots."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._make_room()

    def _make_room(self) -> None:
        style = self.line.style()
        dot = chr(style.styleHint(QStyle.StyleHint.SH_LineEdit_PasswordCharacter, None, self.line))
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance(dot * _DOTS) + _LINE_MARGINS)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        show_icon(button, name)
        return button

    def _changed(self, text: str) -> None:
        self._copy.setEnabled(bool(text))
        self.text_changed.emit(text)

    def _show(self, is_shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        show_icon(self._eye, "eye-off" if is_shown else "eye")
        self.retranslate()

    def _copy_now(self) -> None:
        copy_secret(self.line.text())

    def _generate_now(self) -> None:
        if self._generator is not None:
            self.line.setText(self._generator())
            self._eye.setChecked(True)
