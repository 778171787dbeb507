"""The page of the conference rooms: the rooms as configured, and who is in the chosen one now."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QInputDialog, QLabel, QSplitter, QVBoxLayout

from app.api import conferences, extensions, records
from app.events import ConferenceChanged, ConferencePartyView, ConferenceView
from ui import icons
from ui.bridge import Bridge
from ui.dialogs.questions import confirm
from ui.errands import Errands, Report
from ui.models.conference_parties import ConferencePartiesModel
from ui.pages.page import Page
from ui.record_list import RecordList
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import bar_button
from ui.widgets.table import Table
from ui.widgets.translated import Translated

_TICK_MS = 1000


class ConferencesPage(Page):
    """The list of rooms above, the chosen room's conference below."""

    topic = "conference"

    def __init__(self, bridge: Bridge, report: Report) -> None:
        super().__init__(bridge, report)
        self.rooms = RecordList(bridge, records.kind("conference"), self.errands)
        self.room = RoomPane(bridge, self.errands)
        self._live: dict[str, ConferenceView] = {}
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.rooms)
        self.splitter.addWidget(self.room)
        self.splitter.setSizes([260, 340])
        self.splitter.setChildrenCollapsible(False)
        self.column.addWidget(self.splitter, 1)
        self.rooms.table.selected_row.connect(self._show_room)
        bridge.conference_changed.connect(self._conference_changed)
        self.retranslate()
        self._show_room(None)

    def start(self) -> None:
        """Load the rooms and who is in them."""
        self.rooms.load()
        self.errands.start(self._load())

    def go_to_search(self) -> None:
        """Go to the search of the rooms."""
        self.rooms.go_to_search()

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Conference rooms"))

    async def _load(self) -> None:
        self._live = {view.number: view for view in await self.bridge.ask(conferences.meetings)}
        self._show_room(self.rooms.table.current_row())

    @Slot(object)
    def _conference_changed(self, event: ConferenceChanged) -> None:
        view = event.conference
        if view.parties:
            self._live[view.number] = view
        else:
            self._live.pop(view.number, None)
        if view.number == self.room.number:
            self.room.follow(self._live.get(view.number))

    @Slot(object)
    def _show_room(self, row: dict[str, object] | None) -> None:
        number = str(row["number"]) if row else ""
        self.room.show_room(number, self._live.get(number))


class RoomPane(Translated, QFrame):
    """One room's conference, and what can be done about it."""

    number_changed = Signal(str)

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("card")
        self._bridge = bridge
        self._errands = errands
        self.number = ""
        self.view: ConferenceView | None = None
        self.model = ConferencePartiesModel(self)
        self.title = QLabel()
        self.title.setProperty("role", "subtitle")
        self.state = QLabel()
        self.state.setProperty("role", "hint")
        self.invite = bar_button("add")
        self.mute = bar_button("mute")
        self.remove = bar_button("hang-up")
        self.lock = bar_button("lock")
        self.record = bar_button("record")
        self.end = bar_button("close")
        self.table = Table(self.model, sort_column=4)
        self.empty = EmptyState("conference")
        self.list = OrEmpty(self.table, self.empty)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.model.refresh)
        self._assemble()
        self._connect()
        self.retranslate()

    def show_room(self, number: str, view: ConferenceView | None) -> None:
        """Show the conference of another room; "" = none is chosen."""
        self.number = number
        self.model.replace(())
        self.follow(view)

    def follow(self, view: ConferenceView | None) -> None:
        """Show how the conference stands now; None = nobody is in the room."""
        self.view = view
        self.model.follow(view.parties if view is not None else ())
        self.model.flush()
        if view is None:
            self._tick.stop()
        elif not self._tick.isActive():
            self._tick.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        view = self.view
        self.setEnabled(bool(self.number))
        self.title.setText(self.tr("Room {number}").format(number=self.number) if self.number else "")
        marks = []
        if view is not None:
            marks.append(self.tr("%n party(ies)", "", len(view.parties)))
            if view.is_locked:
                marks.append(self.tr("locked"))
            if view.is_recorded:
                marks.append(self.tr("recorded"))
        self.state.setText(" · ".join(marks))
        self.invite.setText(self.tr("Invite…"))
        self.invite.setToolTip(self.tr("Call an extension into the room"))
        chosen = self._chosen()
        are_muted = bool(chosen) and all(party.is_muted for party in chosen)
        self.mute.setText(self.tr("Unmute") if are_muted else self.tr("Mute"))
        self.remove.setText(self.tr("Remove"))
        self.lock.setText(self.tr("Unlock") if view is not None and view.is_locked else self.tr("Lock"))
        is_recorded = view is not None and view.is_recorded
        self.record.setText(self.tr("Stop recording") if is_recorded else self.tr("Record"))
        icons.show_icon(self.record, "stop" if is_recorded else "record")
        self.end.setText(self.tr("End"))
        self.end.setToolTip(self.tr("Send everybody home"))
        self.table.setAccessibleName(self.tr("Parties of the conference"))
        if self.number:
            said = self.tr("Nobody is in room {number}. Telephones enter it by dialling *6*{number}.")
            self.empty.set_texts(said.format(number=self.number))
        else:
            self.empty.set_texts(self.tr("Choose a room to see who is in it."))
        self.list.show_empty(not self.model.total)
        for button in (self.mute, self.remove):
            button.setEnabled(bool(chosen))
        for button in (self.lock, self.record, self.end):
            button.setEnabled(view is not None)
        self.model.retitle()

    def _assemble(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self.title)
        bar.addSpacing(8)
        bar.addWidget(self.state)
        bar.addStretch(1)
        for button in (self.invite, self.mute, self.remove, self.lock, self.record, self.end):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.addLayout(bar)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.invite.clicked.connect(lambda: self._errands.start(self._ask_and_invite(), self.invite))
        self.mute.clicked.connect(self._mute)
        self.remove.clicked.connect(self._remove)
        self.lock.clicked.connect(self._lock)
        self.record.clicked.connect(self._record)
        self.end.clicked.connect(lambda: self._errands.start(self._ask_and_end(), self.end))
        self.table.selectionModel().selectionChanged.connect(self.retranslate)

    def _chosen(self) -> list[ConferencePartyView]:
        chosen: list[ConferencePartyView] = self.table.chosen_rows()
        return chosen

    @Slot()
    def _mute(self) -> None:
        chosen = self._chosen()
        is_muted = not all(party.is_muted for party in chosen)
        self._errands.start(self._mute_all(chosen, is_muted))

    async def _mute_all(self, chosen: list[ConferencePartyView], is_muted: bool) -> None:
        for party in chosen:
            await self._bridge.ask(conferences.mute, self.number, party.id, is_muted)

    @Slot()
    def _remove(self) -> None:
        self._errands.start(self._remove_all(self._chosen()))

    async def _remove_all(self, chosen: list[ConferencePartyView]) -> None:
        for party in chosen:
            await self._bridge.ask(conferences.send_away, self.number, party.id)

    @Slot()
    def _lock(self) -> None:
        if self.view is not None:
            self._errands.start(self._ask(conferences.lock, not self.view.is_locked), self.lock)

    @Slot()
    def _record(self) -> None:
        if self.view is not None:
            self._errands.start(self._ask(conferences.record, not self.view.is_recorded), self.record)

    async def _ask(self, question: object, is_on: bool) -> None:
        await self._bridge.ask(question, self.number, is_on)  # type: ignore[arg-type]

    async def _ask_and_end(self) -> None:
        if await confirm(
            self,
            title=self.tr("End the conference?"),
            text=self.tr("Everybody in room {number} is sent home.").format(number=self.number),
            yes=self.tr("End"),
            no=self.tr("Go on"),
        ):
            await self._bridge.ask(conferences.end, self.number)

    async def _ask_and_invite(self) -> None:
        known = await self._bridge.ask(extensions.states)
        numbers = [" ".join(filter(None, (each.number, each.description))) for each in known]
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Invite into room {number}").format(number=self.number))
        dialog.setLabelText(self.tr("Extension"))
        dialog.setComboBoxItems(numbers)
        dialog.setOkButtonText(self.tr("Call"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(
            lambda text: self._errands.start(self._invite(text.partition(" ")[0]))
        )
        dialog.open()

    async def _invite(self, number: str) -> None:
        await self._bridge.ask(conferences.invite, self.number, number)
