"""The first page: is it running, who is registered, who talks, what happened since the start."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.api import records, status
from app.api.status import Status
from ui import icons, texts
from ui.bridge import Bridge
from ui.errands import Report
from ui.live import Live
from ui.pages.page import Page
from ui.server_addresses import in_words, reachable
from ui.theme import Tone, tone
from ui.widgets.details_pane import DetailsPane
from ui.widgets.page_header import bar_button

_EVERY_MS = 2000  # the counters are asked for this often, while the page is in sight


class DashboardPage(Page):
    """Cards of figures, and the next step for somebody who has just begun."""

    page_requested = Signal(str)
    help_requested = Signal()

    def __init__(self, bridge: Bridge, report: Report, live: Live) -> None:
        super().__init__(bridge, report)
        self._live = live
        self._status: Status | None = None
        self.registered = FigureCard("extensions")
        self.lines = FigureCard("lines")
        self.calls = FigureCard("calls")
        self.set_up = FigureCard("state-idle")
        self.failed = FigureCard("state-ended")
        self.engine = DetailsPane()
        self._engine_title = QLabel()
        self._step = QLabel()
        self._step.setWordWrap(True)
        self._step_title = QLabel()
        self.step_button = bar_button("book")
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._assemble()
        self._connect()
        self.retranslate()

    def start(self) -> None:
        """Ask for the counters."""
        self._ask()

    def retranslate(self) -> None:
        """Set every text and figure."""
        self.header.set_title(self.tr("Dashboard"))
        self._show_live_figures()
        counters = self._status.counters if self._status else None
        set_up, failed = (counters.calls_set_up, counters.calls_failed) if counters else (0, 0)
        self.set_up.show_figure(
            str(set_up),
            self.tr("call(s) answered since the start", "", set_up),
            Tone.GOOD if set_up else Tone.QUIET,
        )
        self.failed.show_figure(
            str(failed),
            self.tr("call(s) failed since the start", "", failed),
            Tone.BAD if failed else Tone.QUIET,
        )
        self._engine_title.setText(self.tr("Server"))
        self._step_title.setText(self.tr("Connect a phone"))
        self._step.setText(
            self.tr(
                "Enter in the phone: this computer's address as server, the extension's number as user name, "
                "and its password. The phone then turns green on the page Extensions."
            )
        )
        self.step_button.setText(self.tr("Read how, step by step"))
        self._show_status()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask regularly while in sight."""
        super().showEvent(event)
        self._show_live_figures()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while not in sight."""
        super().hideEvent(event)
        self._timer.stop()

    def _assemble(self) -> None:
        cards = QGridLayout()
        cards.setSpacing(12)
        for place, card in enumerate((self.registered, self.lines, self.calls, self.set_up, self.failed)):
            cards.addWidget(card, 0, place)
            cards.setColumnStretch(place, 1)
        self.column.addLayout(cards)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_card(self._engine_title, self.engine), 1)
        row.addWidget(_card(self._step_title, self._step, self.step_button), 1)
        self.column.addSpacing(4)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._ask)
        self._live.figures_changed.connect(self._figures_changed)
        self.registered.clicked.connect(lambda: self.page_requested.emit("extensions"))
        self.lines.clicked.connect(lambda: self.page_requested.emit("lines"))
        self.calls.clicked.connect(lambda: self.page_requested.emit("calls"))
        self.set_up.clicked.connect(lambda: self.page_requested.emit("records"))
        self.failed.clicked.connect(lambda: self.page_requested.emit("records"))
        self.step_button.clicked.connect(self.help_requested)

    @Slot()
    def _ask(self) -> None:
        self.errands.start(self._load())

    async def _load(self) -> None:
        self._status = await self.bridge.ask(status.status)
        self.retranslate()

    @Slot()
    def _figures_changed(self) -> None:
        if self.isVisible():
            self._show_live_figures()

    def _show_live_figures(self) -> None:
        model = self._live.extensions
        registered, calls = model.registered(), self._live.calls.live()
        self.registered.show_figure(
            str(registered),
            self.tr("of {count} extensions registered").format(count=model.total),
            Tone.GOOD if registered else Tone.QUIET,
        )
        up, lines = self._live.lines.up(), self._live.lines.wanted()
        self.lines.show_figure(
            str(up),
            self.tr("of {count} external lines on line").format(count=lines)
            if lines
            else self.tr("external lines"),
            Tone.QUIET if not lines else Tone.GOOD if up == lines else Tone.BAD,
        )
        self.calls.show_figure(
            str(calls), self.tr("call(s) in progress", "", calls), Tone.BUSY if calls else Tone.QUIET
        )

    def _show_status(self) -> None:
        known = self._status
        if known is None:
            self.engine.show_pairs(((self.tr("State"), self.tr("Starting…")),))
            return
        counters = known.counters
        pairs = [
            (self.tr("Address for the phones"), "\n".join(reachable(known.addresses))),
            (self.tr("Listening on"), "\n".join(in_words(known.addresses))),
            (self.tr("Running for"), texts.duration(time.time() - known.started_at)),
            (
                self.tr("SIP messages"),
                self.tr("{received} received, {sent} sent, {repeated} repeated").format(
                    received=counters.messages_in,
                    sent=counters.messages_out,
                    repeated=counters.retransmissions,
                ),
            ),
            (self.tr("Registrations"), str(counters.registrations)),
            (self.tr("Refused logins"), str(counters.refused_logins)),
            (self.tr("Relayed sound packets"), str(counters.relayed_packets)),
        ]
        if known.needs_restart:
            pairs.append(
                (self.tr("Waiting for a restart"), ", ".join(map(_setting_label, known.needs_restart)))
            )
        self.engine.show_pairs(pairs)


class FigureCard(QFrame):
    """One figure with its icon and words; a click or Enter opens its place."""

    clicked = Signal()

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name = icon
        self._icon = QLabel()
        self._figure = QLabel()
        self._figure.setProperty("role", "figure")
        self._words = QLabel()
        self._words.setProperty("role", "hint")
        self._words.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self._figure)
        head.addStretch(1)
        head.addWidget(self._icon)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 12)
        column.addLayout(head)
        column.addWidget(self._words)

    def show_figure(self, figure: str, words: str, meaning: Tone) -> None:
        """Show a figure and what it counts."""
        self._figure.setText(figure)
        self._words.setText(words)
        self._icon.setPixmap(icons.pixmap(self._name, tone(meaning), 24))
        self.setAccessibleName(f"{figure} {words}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the place."""
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


def _setting_label(name: str) -> str:
    return next((texts.field_text(field.label) for field in records.settings() if field.name == name), name)


def _card(title: QLabel, *content: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    title.setProperty("role", "heading")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 14)
    column.setSpacing(8)
    column.addWidget(title)
    for widget in content:
        column.addWidget(widget, 0)
    column.addStretch(1)
    return card
