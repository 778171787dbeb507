"""The page of the recordings: found by number and day, played, saved elsewhere, deleted."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.api import recordings
from app.api.recordings import RecordingFilter, RecordingView
from ui import icons, texts
from ui.bridge import Bridge
from ui.dialogs.questions import confirm, file_to_save
from ui.errands import Report
from ui.models.recordings import RecordingsModel, parties
from ui.pages.page import Page
from ui.sound.player import Player
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField
from ui.widgets.table import Table

_PAGE = 200
_REST_MS = 250  # typing, and bursts of ended recordings, rest this long before the list is asked for again


class RecordingsPage(Page):
    """Newest first. What begins and ends appears by itself while the top of the list is in sight."""

    topic = "recording"

    def __init__(self, bridge: Bridge, report: Report, player: Player | None = None) -> None:
        super().__init__(bridge, report)
        self.model = RecordingsModel(self)
        self.player = player or Player(self)
        self._has_more = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.reload)
        self.day = QComboBox()
        self.search = SearchField()
        self.play_button = self.header.add_button("play")
        self.save_button = self.header.add_button("export")
        self.delete_button = self.header.add_button("delete")
        self.table = Table(self.model, descending=True)
        self.empty = EmptyState("record")
        self.list = OrEmpty(self.table, self.empty)
        self.playing = QWidget()
        self.what_plays = QLabel()
        self.progress = QProgressBar()
        self.more = QPushButton()
        self.shown_count = QLabel()
        self.shown_count.setProperty("role", "hint")
        self._assemble()
        self._connect()
        self.retranslate()
        self._rows_changed()
        self._player_changed()

    @property
    def filter(self) -> RecordingFilter:
        """What the filter bar asks for."""
        days = self.day.currentIndex()
        since: float | None = None
        if days > 0:
            midnight = datetime.fromtimestamp(time.time()).replace(hour=0, minute=0, second=0, microsecond=0)
            since = (midnight - timedelta(days=(0, 0, 6, 30)[days])).timestamp()
        return RecordingFilter(number=self.search.text().strip(), since=since)

    def start(self) -> None:
        """Load the newest recordings."""
        self.reload()

    def go_to_search(self) -> None:
        """Go to the number."""
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def changed(self) -> None:
        """Recordings began, ended or went: fetch anew, unless the user reads further down."""
        if self.table.verticalScrollBar().value() == 0 and not self._rest.isActive():
            self._rest.start()

    @Slot()
    def reload(self) -> None:
        """Ask again from the newest."""
        self._rest.stop()
        self.errands.start(self._reload())

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Recordings"))
        self.search.set_hint(self.tr("Number of a party or a room"))
        words = (self.tr("Any time"), self.tr("Today"), self.tr("Last 7 days"), self.tr("Last 31 days"))
        for place, word in enumerate(words):
            self.day.setItemText(place, word)
        self.day.setAccessibleName(self.tr("Time"))
        self.save_button.setText(self.tr("Save as…"))
        self.delete_button.setText(self.tr("Delete"))
        self.delete_button.setToolTip(self.tr("Delete the selected recordings for good (Delete)"))
        self.more.setText(self.tr("Show older recordings"))
        self.table.setAccessibleName(self.tr("Recordings"))
        self.progress.setAccessibleName(self.tr("How far it is played"))
        if self.filter == RecordingFilter():
            self.empty.set_texts(
                self.tr(
                    "Nothing is recorded yet. An extension or a line can be set to be recorded, and any call "
                    "can be recorded from the live calls."
                )
            )
        else:
            self.empty.set_texts(self.tr("No recording passes the filter."), self.tr("Clear the filter"))
        self._count()
        self._player_changed()
        self.model.retitle()

    def _assemble(self) -> None:
        self.day.addItems([""] * 4)
        self.day.setMinimumWidth(140)
        self.header.add(self.day)
        self.header.add(self.search)
        self.column.addWidget(self.list, 1)
        self.progress.setTextVisible(True)
        row = QHBoxLayout(self.playing)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.what_plays)
        row.addWidget(self.progress, 1)
        self.column.addWidget(self.playing)
        foot = QHBoxLayout()
        foot.addWidget(self.shown_count)
        foot.addStretch(1)
        foot.addWidget(self.more)
        self.column.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._rest.start)
        self.day.currentIndexChanged.connect(self._rest.start)
        self.more.clicked.connect(lambda: self.errands.start(self._fetch_more(), self.more))
        self.empty.requested.connect(self._clear_filter)
        self.play_button.clicked.connect(self.play_or_stop)
        self.save_button.clicked.connect(self._save)
        self.delete_button.clicked.connect(self._delete)
        self.table.activated_row.connect(self._play)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.player.changed.connect(self._player_changed)
        self.player.moved.connect(self._player_moved)
        self.player.failed.connect(self.errands.report)
        self.bridge.recordings_changed.connect(self.changed)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._rows_changed)
        for keys, call in (
            (QKeySequence(Qt.Key.Key_Delete), self._delete),
            (QKeySequence(Qt.Key.Key_Space), self.play_or_stop),
        ):
            shortcut = QShortcut(keys, self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(call)

    @Slot()
    def play_or_stop(self) -> None:
        """Play the chosen recording; stop where one plays."""
        if self.player.is_playing:
            self.player.stop()
            return
        row: RecordingView | None = self.table.current_row()
        if row is not None:
            self._play(row)

    def _play(self, row: RecordingView) -> None:
        if _is_file(row):
            self.what_plays.setText(f"{parties(row)}  {texts.date_and_time(row.started_at)}")
            self.player.play(Path(row.file))

    @Slot()
    def _save(self) -> None:
        row: RecordingView | None = self.table.current_row()
        if row is not None and _is_file(row):
            self.errands.start(self._ask_and_save(row))

    async def _ask_and_save(self, row: RecordingView) -> None:
        name = Path(row.file).name
        kinds = self.tr("Sound files (*{suffix})").format(suffix=Path(name).suffix)
        path = await file_to_save(self, title=self.tr("Save the recording"), kinds=kinds, name=name)
        if path is not None:
            await self.bridge.ask(recordings.export, row.id, str(path))

    @Slot()
    def _delete(self) -> None:
        rows: list[RecordingView] = [row for row in self.table.chosen_rows() if row.state != "running"]
        if rows:
            self.errands.start(self._ask_and_delete(rows), self.delete_button)

    async def _ask_and_delete(self, rows: list[RecordingView]) -> None:
        agreed = await confirm(
            self,
            title=self.tr("Delete?"),
            text=self.tr("Delete %n recording(s)? The sound is gone for good.", "", len(rows)),
            yes=self.tr("Delete"),
            no=self.tr("Keep"),
        )
        if not agreed:
            return
        if self.player.path in {Path(row.file) for row in rows}:
            self.player.stop()  # Windows deletes no file that is open
        await self.bridge.ask(recordings.delete, [row.id for row in rows])
        await self._reload()

    async def _reload(self) -> None:
        wanted = self.filter
        rows: list[RecordingView] = await self.bridge.ask(recordings.page, wanted, _PAGE, None)
        if wanted != self.filter:
            return
        chosen = self.table.current_row()
        self._has_more = len(rows) >= _PAGE
        self.model.replace(rows)
        place = self.model.place(chosen.id) if chosen else None
        if place is None and rows:
            place = 0
        if place is not None:
            self.table.selectRow(place)
        self.retranslate()
        self._rows_changed()

    async def _fetch_more(self) -> None:
        oldest = min((row.id for row in self.model.all_rows()), default=None)
        rows: list[RecordingView] = await self.bridge.ask(recordings.page, self.filter, _PAGE, oldest)
        self._has_more = len(rows) >= _PAGE
        for row in rows:
            self.model.put(row)
        self.model.flush()
        self._rows_changed()

    def _clear_filter(self) -> None:
        self.search.clear()
        self.day.setCurrentIndex(0)

    @Slot()
    def _rows_changed(self) -> None:
        self.list.show_empty(self.model.rowCount() == 0)
        self.more.setVisible(self._has_more)
        self._count()
        self._selection_changed()

    def _count(self) -> None:
        self.shown_count.setText(self.tr("%n recording(s) shown", "", self.model.total))
        self.shown_count.setVisible(self.model.rowCount() > 0)

    @Slot()
    def _selection_changed(self) -> None:
        chosen: list[RecordingView] = self.table.chosen_rows()
        is_one = len(chosen) == 1 and _is_file(chosen[0])
        self.play_button.setEnabled(is_one or self.player.is_playing)
        self.save_button.setEnabled(is_one)
        self.delete_button.setEnabled(any(row.state != "running" for row in chosen))

    @Slot()
    def _player_changed(self) -> None:
        is_playing = self.player.is_playing
        self.play_button.setText(self.tr("Stop") if is_playing else self.tr("Play"))
        icons.show_icon(self.play_button, "stop" if is_playing else "play")
        self.play_button.setToolTip(
            self.tr("Play no more (Space)") if is_playing else self.tr("Play the chosen recording (Space)")
        )
        self.playing.setVisible(is_playing)
        self._player_moved(0.0)
        self._selection_changed()

    @Slot(float)
    def _player_moved(self, seconds: float) -> None:
        self.progress.setRange(0, max(1, round(self.player.seconds * 10)))
        self.progress.setValue(round(seconds * 10))
        self.progress.setFormat(f"{texts.duration(seconds)} / {texts.duration(self.player.seconds)}")


def _is_file(row: RecordingView) -> bool:
    """Whether there is something to play."""
    return row.state not in ("running", "lost")
