"""The list of pages."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.navigation import PAGES, Navigation


def test_choosing_asks_for_the_page(qt: QApplication) -> None:
    navigation = Navigation()
    asked: list[str] = []
    navigation.page_requested.connect(asked.append)
    for name, _, _ in PAGES:
        navigation.choose(name)
    assert asked == [name for name, _, _ in PAGES]
    assert all(not navigation.item(place).icon().isNull() for place in range(len(PAGES)))
