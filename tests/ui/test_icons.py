"""The drawings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from app.events import CallState, ExtensionState
from app.paths import resources
from ui import icons
from ui.menus import ENTRIES
from ui.navigation import PAGES

DRAWINGS = sorted((resources() / "icons").glob("*.svg"))


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_each_draws_something(path: Path, qt: QApplication) -> None:
    image = icons.pixmap(path.stem, QColor("#c02020"), 24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24))


def test_every_icon_that_is_asked_for_exists() -> None:
    names = {path.stem for path in DRAWINGS}
    wanted = {entry.icon for entry in ENTRIES if entry.icon} | {icon for _, icon, _ in PAGES}
    wanted |= {f"state-{state.value}" for state in (*ExtensionState, *CallState)}
    assert wanted <= names


def test_the_colour_is_taken(qt: QApplication) -> None:
    image = icons.pixmap("theme", QColor("#ff0000"), 24).toImage()
    assert image.pixelColor(17, 12) == QColor("#ff0000")


def test_the_programs_mark(qt: QApplication) -> None:
    assert len(icons.application_icon().availableSizes()) == 7
