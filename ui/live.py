"""What is going on now: the two live tables that pages, dashboard and status bar share."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.api import calls, extensions
from app.events import CallChanged, ExtensionChanged, RecordChanged
from ui.bridge import Bridge
from ui.errands import Errands, Report
from ui.models.calls import CallsModel
from ui.models.extensions import ExtensionRow, ExtensionsModel
from ui.models.rows import INTERVAL_MS


class Live(QObject):
    """Loads the extensions and calls, then follows the events. `figures_changed`: at most ten a second."""

    figures_changed = Signal()

    def __init__(self, bridge: Bridge, report: Report, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._errands = Errands(report)
        self.extensions = ExtensionsModel(self)
        self.calls = CallsModel(self)
        self._figures = QTimer(self)
        self._figures.setSingleShot(True)
        self._figures.setInterval(INTERVAL_MS)
        self._figures.timeout.connect(self.figures_changed)
        self._reload = QTimer(self)  # an import of a thousand records is one reload
        self._reload.setSingleShot(True)
        self._reload.setInterval(INTERVAL_MS)
        self._reload.timeout.connect(self.load_extensions)
        bridge.extension_changed.connect(self._extension_changed)
        bridge.call_changed.connect(self._call_changed)
        bridge.record_changed.connect(self._record_changed)

    def start(self) -> None:
        """Load both tables."""
        self.load_extensions()
        self._errands.start(self._load_calls())

    def stop(self) -> None:
        """Ask no more."""
        self._errands.stop()
        self._figures.stop()
        self._reload.stop()

    @Slot()
    def load_extensions(self) -> None:
        """Load the extensions with their states."""
        self._errands.start(self._load_extensions())

    async def _load_extensions(self) -> None:
        found = await self._bridge.ask(extensions.states)
        wanted = {
            status.number: ExtensionRow(
                number=status.number,
                description=status.description,
                state=status.state,
                bindings=tuple(status.bindings),
            )
            for status in found
        }
        if not self.extensions.total:
            self.extensions.replace(wanted.values())
        else:
            for row in self.extensions.all_rows():
                if row.number not in wanted:
                    self.extensions.remove(row.number)
            for row in wanted.values():
                if self.extensions.get(row.number) != row:
                    self.extensions.put(row)
        self._note()

    async def _load_calls(self) -> None:
        self.calls.load(await self._bridge.ask(calls.live_calls))
        self._note()

    @Slot(object)
    def _extension_changed(self, event: ExtensionChanged) -> None:
        self.extensions.follow(event)
        self._note()

    @Slot(object)
    def _call_changed(self, event: CallChanged) -> None:
        self.calls.follow(event.call)
        self._note()

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind == "extension" and not self._reload.isActive():
            self._reload.start()

    def _note(self) -> None:
        if not self._figures.isActive():
            self._figures.start()
