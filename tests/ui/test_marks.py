"""Marked texts."""

from __future__ import annotations

from ui.marks import mark


def test_the_text_comes_back() -> None:
    assert mark("words", "Idle") == "Idle"
