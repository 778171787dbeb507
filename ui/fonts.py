"""The fonts of the window: the system's own, followed by one that draws Chinese in the same weight."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

_CHINESE = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)


def choose_fonts(application: QApplication) -> None:
    """Name the Chinese font: left to itself Qt takes any that has the characters, often a bold one."""
    families = set(QFontDatabase.families())
    chinese = next((family for family in _CHINESE if family in families), "")
    font = QFont(application.font())
    own = QFontInfo(font).family()  # not the alias "Sans Serif", which would fall through to the Chinese one
    wanted = [own, chinese] if chinese else [own]
    font.setFamilies(wanted)
    application.setFont(font)  # also where it is the same: lists and menus let go of fonts of their own
