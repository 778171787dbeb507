"""What a new data folder shows first: the preset extensions with their generated passwords."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.api import status
from app.api.status import FirstPassword
from ui import icons
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.widgets.secret_edit import copy_secret


class FirstPasswordsDialog(Dialog):
    """Shows the passwords in clear; `I have noted them` forgets them for good."""

    topic = "first-steps"
    noted = Signal()

    def __init__(
        self,
        bridge: Bridge,
        passwords: Sequence[FirstPassword],
        addresses: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._passwords = tuple(passwords)
        self._addresses = tuple(addresses)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._number = QLabel()
        self._password = QLabel()
        self._server = QLabel()
        self._server.setWordWrap(True)
        self._server.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copies: list[QToolButton] = []
        self._copy_all = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.later = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.done_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.done_button.setDefault(True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._text)
        self.column.addWidget(self._table())
        self.column.addWidget(self._server)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)
        self._copy_all.clicked.connect(self._copy_everything)
        self.later.clicked.connect(self.reject)
        self.done_button.clicked.connect(lambda: self.errands.start(self._dismiss(), self.done_button))
        self.setMinimumWidth(540)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Welcome to OpenMSS"))
        self._title.setText(self.tr("Three extensions are ready"))
        self._text.setText(
            self.tr(
                "Enter one of them in each phone. The passwords were generated for you and are shown only "
                "until you have noted them; a new one can be set at any time."
            )
        )
        self._number.setText(self.tr("Number"))
        self._password.setText(self.tr("Password"))
        server = self.tr("Server address for the phones: {addresses}")
        self._server.setText(server.format(addresses=self._servers()))
        self._copy_all.setText(self.tr("Copy all"))
        self.later.setText(self.tr("Show again next time"))
        self.done_button.setText(self.tr("I have noted them"))
        for button, known in zip(self._copies, self._passwords, strict=True):
            text = self.tr("Copy the password of {number}").format(number=known.number)
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _table(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        for place, label in enumerate((self._number, self._password)):
            label.setProperty("role", "hint")
            grid.addWidget(label, 0, place)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(fixed.pointSizeF() * 1.2)
        for line, known in enumerate(self._passwords, start=1):
            number, password, button = QLabel(known.number), QLabel(known.password), QToolButton()
            number.setProperty("role", "heading")
            password.setFont(fixed)
            password.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            icons.show_icon(button, "copy")
            button.clicked.connect(partial(copy_secret, known.password))
            self._copies.append(button)
            grid.addWidget(number, line, 0)
            grid.addWidget(password, line, 1)
            grid.addWidget(button, line, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 12, 12)
        column.addLayout(grid)
        return card

    def _servers(self) -> str:
        return "   ".join(self._addresses) or "–"

    def _copy_everything(self) -> None:
        copy_secret("\n".join(f"{known.number}\t{known.password}" for known in self._passwords))

    async def _dismiss(self) -> None:
        await self._bridge.ask(status.dismiss_first_passwords)
        self.noted.emit()
        self.accept()
