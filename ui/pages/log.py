"""The page of the program's own log: the newest lines as they are written, filtered by level and text."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from app.api import log
from app.api.log import LogFilter, LogLevel, LogLines, LogMark, LogPlace
from ui.bridge import Bridge
from ui.errands import Report
from ui.models.log import LogModel, LogRow, full_text
from ui.pages.growing_page import GrowingPage
from ui.widgets.page_header import bar_button
from ui.widgets.table import Table

_LOOK_MS = 500  # twice a second, while the page is in sight
_STEP = 500  # entries asked for at once
_LEVELS = (LogLevel.DEBUG, LogLevel.WARNING, LogLevel.ERROR)


class LogPage(GrowingPage):
    """The log's entries, filtered, with the chosen one in full."""

    topic = "log"
    folder_requested = Signal()
    setting_requested = Signal(str)

    def __init__(self, bridge: Bridge, report: Report) -> None:
        self.model = LogModel()
        super().__init__(bridge, report, self.model, "log")
        self._mark: LogMark | None = None
        self._older: LogPlace | None = None
        self._is_looking_back = False
        self._is_running = False  # whether the engine can be asked
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._fetch)
        self.copy_button = self.header.add_button("copy")
        self.folder_button = self.header.add_button("open")
        self.setting_button = self.header.add_button("settings")
        self.level = QComboBox()
        self.older_button = bar_button("previous")
        self._add_filter_bar()
        self.details = _EntryText()
        self._add_list(self.details, (430, 150))
        self._connect()
        self.retranslate()
        self._rows_changed()

    @property
    def filter(self) -> LogFilter:
        """What the filter bar asks for."""
        return LogFilter(least=LogLevel(self.level.currentData()), text=self.text.text().strip())

    def start(self) -> None:
        """Load the newest entries."""
        self._is_running = True
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask again from the end of the log with the filter of now."""
        self._rest.stop()
        if self._is_running:
            self.errands.start(self._reload())

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Log"))
        self.follow_button.setText(self.tr("Follow"))
        self.follow_button.setToolTip(self.tr("Keep the newest line in sight"))
        is_paused = self.pause_button.isChecked()
        self.pause_button.setText(self.tr("Paused") if is_paused else self.tr("Pause"))
        self.pause_button.setToolTip(self.tr("Stop the list; the log is still written"))
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy the chosen lines; without any, all that are shown"))
        self.folder_button.setText(self.tr("Open the folder"))
        self.folder_button.setToolTip(self.tr("Show the files of the log"))
        self.setting_button.setText(self.tr("Log level…"))
        self.setting_button.setToolTip(self.tr("Set how much the log tells"))
        for place, text in enumerate(
            (self.tr("All lines"), self.tr("Warnings and errors"), self.tr("Errors only"))
        ):
            self.level.setItemText(place, text)
        self.level.setAccessibleName(self.tr("Filter by level"))
        self.text.set_hint(self.tr("Any text in the line"))
        self.older_button.setText(self.tr("Older lines"))
        self.older_button.setToolTip(self.tr("Look further back, in older files too"))
        self.table.setAccessibleName(self.tr("Lines of the log"))
        self.details.setAccessibleName(self.tr("The chosen line in full"))
        self._set_empty_texts()
        self.model.retitle()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the log from now on."""
        super().showEvent(event)
        self._look.start()
        self._fetch()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the log be while nobody looks."""
        super().hideEvent(event)
        self._look.stop()

    def _add_filter_bar(self) -> None:
        for level in _LEVELS:
            self.level.addItem("", level.value)
        self.level.setMinimumWidth(190)
        bar = QHBoxLayout()
        bar.addWidget(self.older_button)
        bar.addWidget(self.level)
        bar.addWidget(self.text, 1)
        self.column.addLayout(bar)
        QWidget.setTabOrder(self.older_button, self.level)
        QWidget.setTabOrder(self.level, self.text)

    def _connect(self) -> None:
        self.level.currentIndexChanged.connect(self.reload)
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(self.folder_requested)
        self.setting_button.clicked.connect(lambda: self.setting_requested.emit("log_level"))
        self.older_button.clicked.connect(self._look_back)
        self.empty.requested.connect(self._help_with_empty)
        self.table.selected_row.connect(self._show_row)
        self.table.verticalScrollBar().rangeChanged.connect(self._keep_newest)  # the list became smaller
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._rows_changed)
        self.model.dataChanged.connect(lambda *_: self._show_text(self.table.current_row()))

    async def _reload(self) -> None:
        wanted = self.filter
        page: LogLines = await self.bridge.ask(log.newest, wanted, _STEP)
        if wanted == self.filter:  # else the user typed on; the next answer is already asked for
            self._show_fresh(page)

    @Slot()
    def _fetch(self) -> None:
        """Ask for what is new, unless paused, out of sight, or still asking."""
        is_wanted = self._is_running and self.isVisible() and not self.pause_button.isChecked()
        if is_wanted and not self._is_asking and not self._rest.isActive():
            self._is_asking = True
            self.errands.start(self._fetch_entries())

    async def _fetch_entries(self) -> None:
        wanted, mark = self.filter, self._mark
        try:
            page: LogLines = await self.bridge.ask(log.since, mark, wanted, _STEP)
        except Exception:
            self.pause_button.setChecked(True)  # told once, not twice a second
            raise
        finally:
            self._is_asking = False
        if wanted != self.filter or mark != self._mark:
            return  # it was loaded anew meanwhile
        if page.is_fresh:
            if page.entries or page.mark != mark:
                self._show_fresh(page)
            return
        self._mark = page.mark
        if page.entries:
            self.model.append(page.entries)
            self._keep_newest()

    def _show_fresh(self, page: LogLines) -> None:
        self._mark, self._older = page.mark, page.older
        self.model.show(page.entries)
        self._keep_newest()

    @Slot()
    def _look_back(self) -> None:
        if self._older is not None and not self._is_looking_back:
            self._is_looking_back = True
            self._rows_changed()
            self.errands.start(self._fetch_older(self._older))

    async def _fetch_older(self, place: LogPlace) -> None:
        wanted = self.filter
        try:
            page: LogLines = await self.bridge.ask(log.before, place, wanted, _STEP)
        finally:
            self._is_looking_back = False
            self._rows_changed()
        if wanted != self.filter or place != self._older:
            return
        self._older = page.older
        self.follow_button.setChecked(False)
        top = self.model.row(0)
        self.model.prepend(page.entries)
        place_of_top = self.model.place(top.number) if top is not None else None
        if place_of_top:  # what was seen stays in sight, with what came before it above
            self.table.scrollTo(self.model.index(place_of_top - 1, 0), Table.ScrollHint.PositionAtBottom)
        self._rows_changed()

    @Slot()
    def _copy(self) -> None:
        rows: list[LogRow] = self.table.chosen_rows() or self.model.shown_rows()
        QGuiApplication.clipboard().setText("\n".join(full_text(row.entry) for row in rows))

    @Slot()
    def _help_with_empty(self) -> None:
        if self._older is not None:
            self._look_back()
        else:
            self.text.clear()
            self.level.setCurrentIndex(0)

    @Slot()
    def _rows_changed(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.list.show_empty(is_empty)
        self.details.setVisible(not is_empty)
        self.copy_button.setEnabled(not is_empty)
        self.older_button.setEnabled(
            self._older is not None and not self._is_looking_back and not self.model.is_full
        )
        self.empty.button.setEnabled(not self._is_looking_back)
        self._set_empty_texts()

    def _set_empty_texts(self) -> None:
        if self._older is not None:
            self.empty.set_texts(
                self.tr("No line of the newest ones passes the filter."), self.tr("Look further back")
            )
        elif self.filter != LogFilter():
            self.empty.set_texts(self.tr("No line passes the filter."), self.tr("Show all lines"))
        else:
            self.empty.set_texts(
                self.tr("The log is empty. What OpenMSS does and what goes wrong appears here.")
            )

    def _show_row(self, row: LogRow | None) -> None:
        if row is not None:
            self._row_chosen(is_newest=row.number == self.model.newest)
        self._show_text(row)

    def _show_text(self, row: LogRow | None) -> None:
        self.details.show_text(full_text(row.entry) if row is not None else "")


class _EntryText(QPlainTextEdit):
    """The chosen entry with its traceback, to read and to copy from."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)

    def show_text(self, text: str) -> None:
        """Show a text; one that is shown already keeps its selection."""
        if text != self.toPlainText():
            self.setPlainText(text)
