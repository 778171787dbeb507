"""Maintain – Mail: whether the administrator's address is confirmed, and what became of each letter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.api import mail
from app.api.mail import AddressState, LetterView
from ui import icons
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.dialogs.questions import confirm_delete
from ui.models.letters import LettersModel, reason
from ui.theme import Tone, tone
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.table import Table

_CODE_DIGITS = 6


class MailDialog(Dialog):
    """The queue, and above it the address that notices go to."""

    topic = "mail"
    settings_requested = Signal(str)  # the setting to go to

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._state: AddressState | None = None
        self.address = QLabel()
        self.address.setTextFormat(Qt.TextFormat.PlainText)
        self._icon = QLabel()
        self.standing = QLabel()
        self.standing.setWordWrap(True)
        self.code = QLineEdit()
        self.code.setMaxLength(_CODE_DIGITS)
        self.code.setMaximumWidth(110)
        self.confirm_button = QPushButton()
        self.send_button = QPushButton()
        self.set_button = QPushButton()
        self.model = LettersModel(self)
        self.table = Table(self.model, sort_column=1, descending=True)
        self.empty = EmptyState("mail")
        self.list = OrEmpty(self.table, self.empty)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.test_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.again_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.delete_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.close_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self._assemble()
        self._connect()
        self.resize(920, 560)
        self.retranslate()
        self.refresh()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Mail"))
        self.code.setPlaceholderText(self.tr("Code"))
        self.code.setAccessibleName(self.tr("The code that was mailed"))
        self.confirm_button.setText(self.tr("Confirm"))
        self.send_button.setText(self.tr("Mail a code"))
        self.set_button.setText(self.tr("Mail settings…"))
        self.test_button.setText(self.tr("Send a test…"))
        self.again_button.setText(self.tr("Try again now"))
        self.delete_button.setText(self.tr("Delete"))
        self.close_button.setText(self.tr("Close"))
        self.table.setAccessibleName(self.tr("Outgoing mail"))
        self.empty.set_texts(self.tr("No mail has been sent yet."), self.tr("Send a test…"))
        self.model.retitle()
        self._show_state()
        self._selection_changed()

    @Slot()
    def refresh(self) -> None:
        """Ask for everything anew."""
        self.errands.start(self._load())

    async def _load(self) -> None:
        self._state = await self._bridge.ask(mail.address)
        letters: list[LetterView] = await self._bridge.ask(mail.letters)
        chosen = {letter.id for letter in self.table.chosen_rows()}
        self.model.replace(letters)
        for number in chosen:
            place = self.model.place(number)
            if place is not None:
                self.table.selectRow(place)
        self.list.show_empty(not letters)
        self._show_state()
        self._selection_changed()

    def _show_state(self) -> None:
        state = self._state
        if state is None:
            return
        has_address = bool(state.address)
        self.address.setText(state.address)
        self.address.setVisible(has_address)
        if not has_address:
            name, colour = "info", Tone.QUIET
            said = self.tr("Notices are mailed to nobody: no administrator's e-mail is set.")
        elif state.is_confirmed:
            name, colour = "check", Tone.GOOD
            said = self.tr("The address is confirmed. Faults and warnings are mailed there.")
        elif state.is_code_out:
            name, colour = "clock", Tone.WAIT
            said = self.tr(
                "A code is on its way. Enter it here within 30 minutes; look for it among spam too."
            )
        else:
            name, colour = "warning", Tone.WAIT
            said = self.tr("The address is not confirmed: nothing is mailed there yet.")
        self._icon.setPixmap(icons.pixmap(name, tone(colour), 20))
        self.standing.setText(said)
        is_open = has_address and not state.is_confirmed
        self.code.setVisible(is_open and state.is_code_out)
        self.confirm_button.setVisible(is_open and state.is_code_out)
        self.send_button.setVisible(is_open)

    @Slot()
    def _send_code(self) -> None:
        self.errands.start(self._do(mail.send_code), self.send_button)

    @Slot()
    def _confirm(self) -> None:
        self.errands.start(self._do(mail.confirm, self.code.text()), self.confirm_button)

    @Slot()
    def _try_again(self) -> None:
        for letter in self.table.chosen_rows():
            self.errands.start(self._do(mail.try_again, letter.id))

    @Slot()
    def _delete(self) -> None:
        chosen = self.table.chosen_rows()
        if chosen:
            self.errands.start(self._ask_and_delete(chosen))

    async def _ask_and_delete(self, chosen: list[LetterView]) -> None:
        if await confirm_delete(self, [letter.subject for letter in chosen]):
            for letter in chosen:
                await self._bridge.ask(mail.forget, letter.id)
            await self._load()

    @Slot()
    def _ask_for_test(self) -> None:
        question = QInputDialog(self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setWindowTitle(self.tr("Send a test"))
        question.setLabelText(self.tr("Send a test letter to this address:"))
        question.setTextValue(self._state.address if self._state else "")
        question.textValueSelected.connect(
            lambda text: self.errands.start(self._do(mail.send_test, text), self.test_button)
        )
        question.open()

    async def _do(self, question: object, *arguments: object) -> None:
        await self._bridge.ask(question, *arguments)  # type: ignore[arg-type]
        self.notices.clear()
        await self._load()

    @Slot()
    def _selection_changed(self) -> None:
        chosen: list[LetterView] = self.table.chosen_rows()
        self.delete_button.setEnabled(bool(chosen))
        self.again_button.setEnabled(bool(chosen) and all(letter.state != "sent" for letter in chosen))
        told = reason(chosen[0]) if len(chosen) == 1 else ""
        self.reason.setText(told)
        self.reason.setVisible(bool(told))

    def _assemble(self) -> None:
        box = QFrame()
        box.setProperty("role", "card")
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 10, 12, 10)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.address.setProperty("role", "strong")
        words.addWidget(self.address)
        words.addWidget(self.standing)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for each in (self.code, self.confirm_button, self.send_button, self.set_button):
            row.addWidget(each)
        self.column.addWidget(box)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.reason)
        self.column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.confirm_button.clicked.connect(self._confirm)
        self.code.returnPressed.connect(self._confirm)
        self.send_button.clicked.connect(self._send_code)
        self.set_button.clicked.connect(lambda: self.settings_requested.emit("mail_host"))
        self.test_button.clicked.connect(self._ask_for_test)
        self.empty.requested.connect(self._ask_for_test)
        self.again_button.clicked.connect(self._try_again)
        self.delete_button.clicked.connect(self._delete)
        self.close_button.clicked.connect(self.reject)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._bridge.mail_changed.connect(self.refresh)
        self._bridge.record_changed.connect(self._record_changed)

    @Slot(object)
    def _record_changed(self, event: object) -> None:
        if getattr(event, "kind", "") == "setting":
            self.refresh()
