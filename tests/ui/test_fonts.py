"""The Chinese font beside the system's."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QListWidget

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


def test_lists_have_the_windows_font_too(qt: QApplication) -> None:
    choose_fonts(qt)
    icons = QFont(qt.font())
    icons.setPointSize(qt.font().pointSize() + 7)
    QApplication.setFont(icons, "QAbstractItemView")  # as Windows' theme does, with the font of its icons
    assert _font_of_a_list().pointSize() == icons.pointSize()
    choose_fonts(qt)
    assert _font_of_a_list().pointSize() == qt.font().pointSize()


def _font_of_a_list() -> QFont:
    made = QListWidget()
    made.ensurePolished()
    return QFont(made.font())
