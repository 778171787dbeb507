"""Name and value pairs in two columns, for the pane that tells more about the chosen row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget


class DetailsPane(QWidget):
    """Shows pairs of name and value; values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._pairs: list[tuple[QLabel, QLabel]] = []

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is shown."""
        return [(name.text(), value.text()) for name, value in self._pairs if not value.isHidden()]

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these; labels are made once and used again."""
        while len(self._pairs) < len(pairs):
            self._add_line()
        for place, (name, value) in enumerate(self._pairs):
            is_used = place < len(pairs)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                name.setText(pairs[place][0])
                value.setText(pairs[place][1] or "–")

    def _add_line(self) -> None:
        name, value = QLabel(), QLabel()
        name.setProperty("role", "hint")
        name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place = len(self._pairs)
        self._grid.addWidget(name, place, 0)
        self._grid.addWidget(value, place, 1)
        self._pairs.append((name, value))
