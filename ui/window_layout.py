"""Remembers where the window, its splitters and its table columns were."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QHeaderView, QMainWindow, QSplitter

from ui.preferences import Preferences

Part = QSplitter | QHeaderView


class WindowLayout:
    """The parts by name, with the state they came with for `reset`."""

    def __init__(self, preferences: Preferences, window: QMainWindow, parts: Mapping[str, Part]) -> None:
        self._preferences = preferences
        self._window = window
        self._parts = dict(parts)
        self._first = {name: QByteArray(part.saveState()) for name, part in parts.items()}

    def restore(self) -> None:
        """Put everything where it was; what cannot be read is left as it is."""
        geometry = self._preferences.layout("window")
        if geometry is not None:
            self._window.restoreGeometry(geometry)
        for name, part in self._parts.items():
            state = self._preferences.layout(name)
            if state is not None:
                part.restoreState(state)

    def save(self) -> None:
        """Remember where everything is."""
        self._preferences.set_layout("window", self._window.saveGeometry())
        for name, part in self._parts.items():
            self._preferences.set_layout(name, part.saveState())
        self._preferences.save()

    def reset(self) -> None:
        """Go back to what the program came with."""
        self._preferences.forget_layout()
        self._window.resize(1180, 760)
        for name, part in self._parts.items():
            part.restoreState(self._first[name])
