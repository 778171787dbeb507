"""Sizes that are remembered and put back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QWidget

from ui.preferences import Preferences
from ui.window_layout import WindowLayout


def parts() -> tuple[QMainWindow, QSplitter]:
    window, splitter = QMainWindow(), QSplitter(Qt.Orientation.Vertical)
    for _ in range(2):
        splitter.addWidget(QWidget())
    window.setCentralWidget(splitter)
    window.resize(400, 400)
    splitter.resize(400, 400)
    splitter.setSizes([200, 200])
    return window, splitter


def test_sizes_come_back(qt: QApplication, tmp_path: Path) -> None:
    window, splitter = parts()
    first = splitter.sizes()
    layout = WindowLayout(Preferences(tmp_path), window, {"s": splitter})
    splitter.setSizes([300, 100])
    moved = splitter.sizes()
    layout.save()
    window_2, splitter_2 = parts()
    layout_2 = WindowLayout(Preferences(tmp_path), window_2, {"s": splitter_2})
    layout_2.restore()
    assert splitter_2.sizes() == moved
    layout_2.reset()
    assert splitter_2.sizes() == first
