"""What is going on now: the live tables that pages, dashboard and status bar share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.api import calls, extensions, lines, records, trunks
from app.events import (
    CallChanged,
    ExtensionChanged,
    LineChanged,
    LineState,
    RecordChanged,
    TrunkChanged,
    TrunkState,
)
from app.fields import Value
from ui.bridge import Bridge
from ui.errands import Errands, Report
from ui.models.calls import CallsModel
from ui.models.extensions import ExtensionRow, ExtensionsModel
from ui.models.lines import LinesModel
from ui.models.rows import INTERVAL_MS, RowsModel
from ui.models.trunks import TrunkRow, TrunksModel


class Live(QObject):
    """Loads extensions, lines, trunks and calls, then follows the events. `figures_changed`: ten a second."""

    figures_changed = Signal()
    line_lost = Signal(object)  # LineView: it was on line, and is no more
    trunk_lost = Signal(object)  # TrunkView

    def __init__(self, bridge: Bridge, report: Report, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._errands = Errands(report)
        self.extensions = ExtensionsModel(self)
        self.lines = LinesModel(self)
        self.trunks = TrunksModel(self)
        self.calls = CallsModel(self)
        self._figures = QTimer(self)
        self._figures.setSingleShot(True)
        self._figures.setInterval(INTERVAL_MS)
        self._figures.timeout.connect(self.figures_changed)
        self._reloads = {
            "extension": self._reload_timer(self.load_extensions),
            "line": self._reload_timer(self.load_lines),
            "trunk": self._reload_timer(self.load_trunks),
        }
        bridge.extension_changed.connect(self._extension_changed)
        bridge.line_changed.connect(self._line_changed)
        bridge.trunk_changed.connect(self._trunk_changed)
        bridge.call_changed.connect(self._call_changed)
        bridge.record_changed.connect(self._record_changed)

    def start(self) -> None:
        """Load all tables."""
        self.load_extensions()
        self.load_lines()
        self.load_trunks()
        self._errands.start(self._load_calls())

    def stop(self) -> None:
        """Ask no more."""
        self._errands.stop()
        self._figures.stop()
        for timer in self._reloads.values():
            timer.stop()

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
        self._bring(self.extensions, wanted)

    @Slot()
    def load_lines(self) -> None:
        """Load the external lines with their states."""
        self._errands.start(self._load_lines())

    async def _load_lines(self) -> None:
        self._bring(self.lines, {line.name: line for line in await self._bridge.ask(lines.states)})

    @Slot()
    def load_trunks(self) -> None:
        """Load the trunks with their states and limits."""
        self._errands.start(self._load_trunks())

    async def _load_trunks(self) -> None:
        found = await self._bridge.ask(trunks.states)
        rows = {row["name"]: row for row in await self._bridge.ask(records.list_records, "trunk")}
        wanted = {}
        for view in found:
            row = rows.get(view.name, {})
            wanted[view.name] = TrunkRow(
                view=view,
                address=f"{row['address']}:{row['port']}" if row else "",
                max_incoming=_limit(row.get("max_incoming")),
                max_outgoing=_limit(row.get("max_outgoing")),
            )
        self._bring(self.trunks, wanted)

    def _bring(self, model: RowsModel[Any], wanted: dict[str, Any]) -> None:
        """Make these the rows of a table; rows that stay the same are not touched."""
        if not model.total:
            model.replace(wanted.values())
        else:
            for key in [model.key_of(row) for row in model.all_rows()]:
                if key not in wanted:
                    model.remove(key)
            for key, row in wanted.items():
                if model.get(key) != row:
                    model.put(row)
        self._note()

    async def _load_calls(self) -> None:
        self.calls.load(await self._bridge.ask(calls.live_calls))
        self._note()

    @Slot(object)
    def _extension_changed(self, event: ExtensionChanged) -> None:
        self.extensions.follow(event)
        self._note()

    @Slot(object)
    def _line_changed(self, event: LineChanged) -> None:
        before = self.lines.get(event.line.name)
        self.lines.put(event.line)
        if event.line.state is LineState.FAILED and before and before.state is LineState.REGISTERED:
            self.line_lost.emit(event.line)
        self._note()

    @Slot(object)
    def _trunk_changed(self, event: TrunkChanged) -> None:
        before = self.trunks.get(event.trunk.name)
        self.trunks.follow(event.trunk)
        if before is None:
            self._start_reload("trunk")
        elif event.trunk.state is TrunkState.UNREACHABLE is not before.view.state:
            self.trunk_lost.emit(event.trunk)
        self._note()

    @Slot(object)
    def _call_changed(self, event: CallChanged) -> None:
        self.calls.follow(event.call)
        self._note()

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind in self._reloads:
            self._start_reload(event.kind)

    def _start_reload(self, kind: str) -> None:
        if not self._reloads[kind].isActive():
            self._reloads[kind].start()

    def _reload_timer(self, load: Callable[[], None]) -> QTimer:
        """An import of a thousand records is one reload."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(INTERVAL_MS)
        timer.timeout.connect(load)
        return timer

    def _note(self) -> None:
        if not self._figures.isActive():
            self._figures.start()


def _limit(value: Value) -> int | None:
    return value if isinstance(value, int) else None
