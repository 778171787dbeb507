"""The page of voice mail: mailboxes at the left, the messages of the chosen one, and what to do with them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout

from app.api import voice_mail
from app.api.voice_mail import MailboxView, VoiceMessageView
from app.events import MailboxChanged, RecordChanged
from ui.bridge import Bridge
from ui.dialogs.questions import confirm, file_to_save
from ui.errands import Report
from ui.models.rows import INTERVAL_MS
from ui.models.voice_mail import MailboxesModel, VoiceMessagesModel
from ui.pages.page import Page
from ui.pages.voice_mail_details import GreetingBar, MessageActions
from ui.sound.player import Player
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import bar_button
from ui.widgets.table import Table

_WIDTHS = [360, 640]


class VoiceMailPage(Page):
    """Follows what happens: a message that is left or heard by phone shows at once."""

    topic = "voice-mail"
    edit_requested = Signal(str)  # an extension's number
    extensions_requested = Signal()

    def __init__(self, bridge: Bridge, report: Report, player: Player | None = None) -> None:
        super().__init__(bridge, report)
        self._is_loading = False
        self.player = player or Player(self)
        self.player.failed.connect(report)
        self.mailboxes = MailboxesModel(self)
        self.mailbox_table = Table(self.mailboxes)
        self.empty = EmptyState("voice-mail")
        self.messages = VoiceMessagesModel(self)
        self.table = Table(self.messages, descending=True)
        self.no_message = EmptyState("voice-mail")
        self.list = OrEmpty(self.table, self.no_message)
        self.buttons = MessageActions(self.player)
        self.greeting = GreetingBar(bridge, self.errands, self.player)
        self.edit = bar_button("edit")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(INTERVAL_MS)
        self._rest.timeout.connect(self.start)
        self._assemble()
        self._connect()
        self.retranslate()
        self._mailboxes_changed()

    @property
    def mailbox(self) -> MailboxView | None:
        """The mailbox that is chosen."""
        row: MailboxView | None = self.mailbox_table.current_row()
        return row

    def start(self) -> None:
        """Load the mailboxes, and the messages of the chosen one."""
        self.errands.start(self._load())

    def choose(self, number: str) -> None:
        """Go to a mailbox; one that is new is waited for."""
        self.mailbox_table.choose(number)

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Voice mail"))
        self.edit.setText(self.tr("Mailbox settings"))
        self.mailbox_table.setAccessibleName(self.tr("Mailboxes"))
        self.table.setAccessibleName(self.tr("Messages"))
        self.empty.set_texts(
            self.tr(
                "No extension has voice mail yet. Switch it on in an extension's dialog, under Voice mail: "
                "callers can then leave a message when nobody answers."
            ),
            self.tr("Go to the extensions"),
        )
        self.no_message.set_texts(self.tr("This mailbox is empty."))
        self.mailboxes.retitle()
        self.messages.retitle()
        self._show_chosen()

    def _assemble(self) -> None:
        right = QFrame()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.buttons)
        column.addWidget(self.greeting)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.mailbox_table)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes(_WIDTHS)
        self.content = OrEmpty(self.splitter, self.empty)
        self.header.add(self.edit)
        self.column.addWidget(self.content, 1)

    def _connect(self) -> None:
        self.bridge.mailbox_changed.connect(self._mailbox_changed)
        self.bridge.record_changed.connect(self._record_changed)
        self.empty.requested.connect(self.extensions_requested)
        self.edit.clicked.connect(self._edit)
        self.mailbox_table.selected_row.connect(self._chosen)
        self.mailbox_table.activated_row.connect(lambda row: self.edit_requested.emit(row.number))
        self.table.selected_row.connect(lambda _: self._show_chosen())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.table.activated_row.connect(self._play)
        self.buttons.play.clicked.connect(self._play_or_stop)
        self.buttons.save.clicked.connect(self._save)
        self.buttons.mark.clicked.connect(self._mark)
        self.buttons.delete.clicked.connect(self._delete)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)
        for model in (self.mailboxes, self.messages):
            for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
                signal.connect(self._mailboxes_changed)

    @Slot(object)
    def _mailbox_changed(self, _event: MailboxChanged) -> None:
        if not self._rest.isActive():
            self._rest.start()

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind == "extension" and not self._rest.isActive():
            self._rest.start()

    async def _load(self) -> None:
        chosen = self.mailbox
        rows = await self.bridge.ask(voice_mail.mailboxes)
        self._is_loading = True  # the same mailbox, chosen again: what plays goes on
        self.mailboxes.replace(rows)
        place = self.mailboxes.place(chosen.number) if chosen is not None else None
        if rows:
            self.mailbox_table.selectRow(place or 0)
        self._is_loading = False
        now = self.mailbox
        if chosen is None or now is None or now.number != chosen.number:
            self._chosen(now)
        await self._load_messages()

    async def _load_messages(self) -> None:
        mailbox = self.mailbox
        if mailbox is None:
            self.messages.replace(())
            return
        rows = await self.bridge.ask(voice_mail.messages, mailbox.number)
        if self.mailbox is None or self.mailbox.number != mailbox.number:
            return  # another was chosen meanwhile
        chosen: VoiceMessageView | None = self.table.current_row()
        self.messages.replace(rows)
        place = self.messages.place(chosen.id) if chosen is not None else None
        if rows:
            self.table.selectRow(place or 0)
        self._show_chosen()

    @Slot(object)
    def _chosen(self, row: MailboxView | None) -> None:
        if self._is_loading:
            return
        self.player.stop()
        self.greeting.show_mailbox(row)
        if row is not None and not any(each.mailbox == row.number for each in self.messages.all_rows()):
            self.messages.replace(())
            self.errands.start(self._load_messages())

    @Slot()
    def _mailboxes_changed(self) -> None:
        self.content.show_empty(self.mailboxes.rowCount() == 0)
        self.list.show_empty(self.messages.rowCount() == 0)
        self.edit.setEnabled(self.mailbox is not None)
        self.greeting.show_mailbox(self.mailbox)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.buttons.show_rows(self.table.chosen_rows())

    def _edit(self) -> None:
        if self.mailbox is not None:
            self.edit_requested.emit(self.mailbox.number)

    @Slot(object)
    def _play(self, row: VoiceMessageView) -> None:
        self.player.play(Path(row.path))
        if row.is_new and self.player.is_playing:
            self.errands.start(self._ask_mark([row.id], is_new=False))

    def _play_or_stop(self) -> None:
        if self.player.is_playing:
            self.player.stop()
        elif (row := self.table.current_row()) is not None:
            self._play(row)

    def _save(self) -> None:
        row: VoiceMessageView | None = self.table.current_row()
        if row is not None:
            self.errands.start(self._ask_save(row), self.buttons.save)

    async def _ask_save(self, row: VoiceMessageView) -> None:
        moment = datetime.fromtimestamp(row.at).strftime("%Y-%m-%d-%H%M%S")
        path = await file_to_save(
            self,
            title=self.tr("Save the message"),
            kinds=self.tr("Sound files (*.wav)"),
            name=f"{row.caller or 'message'}-{moment}.wav",
        )
        if path is not None:
            await self.bridge.ask(voice_mail.copy, row.id, str(path))

    def _mark(self) -> None:
        rows = self.table.chosen_rows()
        is_new = bool(rows) and not any(row.is_new for row in rows)
        self.errands.start(self._ask_mark([row.id for row in rows], is_new=is_new), self.buttons.mark)

    async def _ask_mark(self, ids: list[int], *, is_new: bool) -> None:
        await self.bridge.ask(voice_mail.mark, ids, is_new)

    def _delete(self) -> None:
        rows = self.table.chosen_rows()
        if rows:
            self.errands.start(self._ask_delete(rows), self.buttons.delete)

    async def _ask_delete(self, rows: list[VoiceMessageView]) -> None:
        sure = await confirm(
            self,
            title=self.tr("Delete?"),
            text=self.tr("Delete %n message(s)? This cannot be undone.", "", len(rows)),
            yes=self.tr("Delete"),
            no=self.tr("Keep"),
        )
        if sure:
            self.player.stop()
            await self.bridge.ask(voice_mail.delete, [row.id for row in rows])
