"""The Chinese font beside the system's."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from ui.fonts import choose_fonts


def test_the_chinese_font_is_named(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = qt.font()
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Other", "WenQuanYi Micro Hei"])
    choose_fonts(qt)
    assert qt.font().families()[-1] == "WenQuanYi Micro Hei"
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Other"])
    choose_fonts(qt)
    assert qt.font().families() == [QFontInfo(before).family()]
    qt.setFont(before)
