"""The page of the announcements: what callers hear, and putting one's own in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QInputDialog, QLabel

from app.api import announcements
from app.api.announcements import LANGUAGES, AnnouncementView
from app.errors import UserError
from ui import texts
from ui.bridge import Bridge
from ui.dialogs.questions import confirm, file_to_open
from ui.dialogs.recorder import SOUND_FILES, RecorderDialog
from ui.errands import Report
from ui.icons import show_icon
from ui.models.announcements import LANGUAGE_WORDS, AnnouncementsModel
from ui.pages.page import Page
from ui.preferences import Preferences
from ui.sound.player import Player
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField
from ui.widgets.table import Table


class AnnouncementsPage(Page):
    """One row an announcement and language; below, where one's own files lie."""

    topic = "announcements"
    changed = Signal()

    def __init__(self, bridge: Bridge, report: Report, preferences: Preferences) -> None:
        super().__init__(bridge, report)
        self._preferences = preferences
        self._folder: announcements.WritableFolder | None = None
        self.player = Player(self)
        self.model = AnnouncementsModel(self)
        self.table = Table(self.model)
        self.empty = EmptyState("announcements")
        self.list = OrEmpty(self.table, self.empty)
        self.search = SearchField()
        self.language = QComboBox()
        for name in ("", *LANGUAGES):
            self.language.addItem("", name)
        self.only_own = QCheckBox()
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.place.setProperty("role", "hint")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.new_button = self.header.add_button("add")
        self.play_button = self.header.add_button("play")
        self.record_button = self.header.add_button("record")
        self.import_button = self.header.add_button("import")
        self.restore_button = self.header.add_button("undo")
        row = QHBoxLayout()
        for widget in (self.search, self.language, self.only_own):
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.place)
        self._connect()
        self.retranslate()
        self._selection_changed()

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Announcements"))
        self.search.set_hint(self.tr("Search by name or text"))
        self.language.setItemText(0, self.tr("All languages"))
        for place, name in enumerate(LANGUAGES, 1):
            self.language.setItemText(place, texts.word(LANGUAGE_WORDS[name]))
        self.language.setAccessibleName(self.tr("Language"))
        self.only_own.setText(self.tr("Only one's own"))
        self.new_button.setText(self.tr("New…"))
        self.new_button.setToolTip(self.tr("Record an announcement of your own, for a menu"))
        self.record_button.setText(self.tr("Record…"))
        self.record_button.setToolTip(self.tr("Speak the chosen announcement yourself (Enter)"))
        self.import_button.setText(self.tr("Import…"))
        self.import_button.setToolTip(self.tr("Use a sound file for the chosen announcement"))
        self.restore_button.setText(self.tr("Restore"))
        self.restore_button.setToolTip(self.tr("Remove your own sound, so that the default is heard"))
        self.table.setAccessibleName(self.tr("Announcements"))
        self.empty.set_texts(self.tr("No announcement matches the search."))
        self.model.retitle()
        self._show_folder()
        self._show_playing()

    def start(self) -> None:
        """Ask for all of them."""
        self.errands.start(self._load())

    def go_to_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()

    async def _load(self) -> None:
        entries: list[AnnouncementView] = await self.bridge.ask(announcements.entries)
        self.model.replace(entries)
        self._folder = await self.bridge.ask(announcements.writable_folder)
        self._show_folder()
        self._filter()
        self._selection_changed()

    def _show_folder(self) -> None:
        """Say where own files are put."""
        folder = self._folder
        if folder is not None:
            said = self.tr("Files with the name of an announcement in {folder} are heard in its place.")
            self.place.setText(" ".join(filter(None, (said.format(folder=folder.path), folder.reason))))

    @Slot()
    def play(self) -> None:
        """Play what callers hear, or stop."""
        if self.player.is_playing:
            self.player.stop()
        elif (view := self._chosen()) is not None:
            self.errands.start(self._play(view))

    async def _play(self, view: AnnouncementView) -> None:
        content: bytes = await self.bridge.ask(announcements.sound, view.id, view.language)
        self.player.play(content)

    @Slot()
    def record(self) -> None:
        """Open the recorder for the chosen announcement."""
        view = self._chosen()
        if view is not None:
            self.open_recorder(view)

    def open_recorder(self, view: AnnouncementView) -> RecorderDialog:
        """Open the recorder."""
        self.player.stop()
        dialog = RecorderDialog(self.bridge, view, self._preferences, self.window())
        dialog.saved.connect(self.start)
        dialog.open()
        return dialog

    @Slot()
    def add(self) -> None:
        """Ask for a name, and record what had none."""
        question = QInputDialog(self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setWindowTitle(self.tr("New announcement"))
        asked = self.tr("Name of the announcement, in small letters, digits and hyphens (menu-sales):")
        question.setLabelText(asked)
        question.textValueSelected.connect(self._named)
        question.open()

    @Slot(str)
    def _named(self, name: str) -> None:
        name = name.strip()
        try:
            announcements.check_name(name)
        except UserError as error:
            self.errands.start(_fail(error))
            return
        known = next((view for view in self.model.all_rows() if view.id == name), None)
        self.open_recorder(
            known or AnnouncementView(id=name, kind="own", text="", language="", file="", source="custom")
        )

    @Slot()
    def import_file(self) -> None:
        """Ask for a sound file and put it in place."""
        view = self._chosen()
        if view is not None:
            self.errands.start(self._import(view))

    async def _import(self, view: AnnouncementView) -> None:
        kinds = self.tr("Sound files ({patterns})").format(patterns=SOUND_FILES)
        path = await file_to_open(self, title=self.tr("Import a sound file"), kinds=kinds)
        if path is not None:
            await self.bridge.ask(announcements.import_file, view.id, view.language, str(path))
            await self._load()

    @Slot()
    def restore(self) -> None:
        """Remove one's own sound after a question."""
        view = self._chosen()
        if view is not None:
            self.errands.start(self._restore(view))

    async def _restore(self, view: AnnouncementView) -> None:
        agrees = await confirm(
            self,
            title=self.tr("Restore the default?"),
            text=self.tr("Your own sound of “{name}” is deleted.").format(name=view.id),
            yes=self.tr("Restore"),
            no=self.tr("Keep"),
        )
        if agrees:
            await self.bridge.ask(announcements.restore, view.id, view.language)
            await self._load()

    def _chosen(self) -> AnnouncementView | None:
        rows = self.table.chosen_rows()
        return rows[0] if len(rows) == 1 else None

    @Slot()
    def _selection_changed(self) -> None:
        view = self._chosen()
        self.play_button.setEnabled(view is not None or self.player.is_playing)
        self.record_button.setEnabled(view is not None)
        self.import_button.setEnabled(view is not None)
        self.restore_button.setEnabled(view is not None and (view.source == "custom" or bool(view.fault)))

    @Slot()
    def _filter(self) -> None:
        language = str(self.language.currentData() or "")
        self.model.search(self.search.text(), language, only_own=self.only_own.isChecked())
        self.list.show_empty(self.model.rowCount() == 0 and self.model.total > 0)

    @Slot()
    def _show_playing(self) -> None:
        is_playing = self.player.is_playing
        self.play_button.setText(self.tr("Stop") if is_playing else self.tr("Play"))
        self.play_button.setToolTip(self.tr("Hear what callers hear"))
        show_icon(self.play_button, "stop" if is_playing else "play")
        self._selection_changed()

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.add)
        self.play_button.clicked.connect(self.play)
        self.record_button.clicked.connect(self.record)
        self.import_button.clicked.connect(self.import_file)
        self.restore_button.clicked.connect(self.restore)
        self.table.activated_row.connect(lambda _row: self.record())
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.search.textChanged.connect(self._filter)
        self.language.currentIndexChanged.connect(self._filter)
        self.only_own.toggled.connect(self._filter)
        self.player.changed.connect(self._show_playing)
        self.player.failed.connect(self._failed)
        self.bridge.announcements_changed.connect(self.start)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.errands.start(_fail(error))


async def _fail(error: Exception) -> None:
    raise error
