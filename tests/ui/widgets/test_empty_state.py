"""What an empty list shows."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from ui.widgets.empty_state import EmptyState, OrEmpty


def test_one_sentence_and_one_button(qt: QApplication) -> None:
    empty = EmptyState("calls")
    asked: list[bool] = []
    empty.requested.connect(lambda: asked.append(True))
    empty.set_texts("Nothing here.", "Add one")
    empty.button.click()
    assert asked == [True]
    empty.set_texts("Nothing here.")
    assert empty.button.isHidden()


def test_either_the_list_or_the_empty_state(qt: QApplication) -> None:
    content, empty = QLabel("list"), EmptyState("calls")
    both = OrEmpty(content, empty)
    both.show_empty(True)
    assert both.currentWidget() is empty
    both.show_empty(False)
    assert both.currentWidget() is content
