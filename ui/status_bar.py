"""The line at the bottom: where we listen, who is registered, how many calls; each opens its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStatusBar, QToolButton, QWidget

from ui import icons
from ui.server_addresses import in_words
from ui.theme import Tone, tone
from ui.widgets.translated import Translated


class StatusBar(Translated, QStatusBar):
    """Icon, colour and word for each figure."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._addresses: tuple[str, ...] = ()
        self._registered, self._total, self._calls = 0, 0, 0
        self._lines_up, self._lines = 0, 0
        self._is_running = False
        self.listening = self._item("dashboard")
        self.extensions = self._item("extensions")
        self.lines = self._item("lines")
        self.calls = self._item("calls")
        self.addWidget(self.listening)
        self.addPermanentWidget(self.extensions)
        self.addPermanentWidget(self.lines)
        self.addPermanentWidget(self.calls)
        self.setSizeGripEnabled(False)
        self.retranslate()

    def show_running(self, addresses: Sequence[str]) -> None:
        """Tell that the engine runs and where it listens ("udp=127.0.0.1:5060" …)."""
        self._is_running, self._addresses = True, tuple(addresses)
        self.retranslate()

    def show_stopped(self) -> None:
        """Tell that the engine does not run."""
        self._is_running, self._addresses = False, ()
        self.retranslate()

    def show_extensions(self, registered: int, total: int) -> None:
        """Tell how many of the extensions are registered."""
        if (registered, total) != (self._registered, self._total):
            self._registered, self._total = registered, total
            self.retranslate()

    def show_lines(self, up: int, total: int) -> None:
        """Tell how many of the external lines are on line; disabled ones are not counted."""
        if (up, total) != (self._lines_up, self._lines):
            self._lines_up, self._lines = up, total
            self.retranslate()

    def show_calls(self, calls: int) -> None:
        """Tell how many calls live."""
        if calls != self._calls:
            self._calls = calls
            self.retranslate()

    def retranslate(self) -> None:
        """Set texts, icons and colours."""
        if self._is_running:
            self._show(
                self.listening,
                "network",
                Tone.GOOD,
                self.tr("Running – {addresses}").format(addresses="   ".join(in_words(self._addresses))),
            )
        else:
            self._show(self.listening, "power", Tone.BAD, self.tr("Stopped"))
        self.listening.setToolTip("\n".join(self._addresses))
        registered = self.tr("Registered {count} of {total}").format(
            count=self._registered, total=self._total
        )
        meaning = Tone.GOOD if self._registered else Tone.QUIET
        self._show(self.extensions, "extensions", meaning, registered)
        lines = self.tr("Lines {count} of {total}").format(count=self._lines_up, total=self._lines)
        meaning = Tone.QUIET if not self._lines else Tone.GOOD if self._lines_up == self._lines else Tone.BAD
        self._show(self.lines, "lines", meaning, lines)
        self.lines.setVisible(self._lines > 0)
        said = self.tr("%n call(s)", "", self._calls)
        self._show(self.calls, "calls", Tone.BUSY if self._calls else Tone.QUIET, said)

    def _item(self, page: str) -> QToolButton:
        button = QToolButton()
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("role", "bar")
        button.clicked.connect(lambda: self.page_requested.emit(page))
        return button

    def _show(self, button: QToolButton, icon: str, meaning: Tone, text: str) -> None:
        button.setIcon(icons.icon(icon, tone(meaning)))
        button.setText(text)
        button.setAccessibleName(text)
