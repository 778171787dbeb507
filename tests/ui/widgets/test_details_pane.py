"""Name and value pairs."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.widgets.details_pane import DetailsPane


def test_pairs_are_replaced(qt: QApplication) -> None:
    pane = DetailsPane()
    pane.show_pairs((("a", "1"), ("b", "")))
    assert pane.pairs == [("a", "1"), ("b", "–")]
    pane.show_pairs((("c", "3"),))
    assert pane.pairs == [("c", "3")]
