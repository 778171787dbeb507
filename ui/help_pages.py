"""Opens the manual in the browser, at the page for where the user is, in the user's language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QDesktopServices

from app.paths import program_folder


def show_topic(topic: str) -> bool:
    """Open a page of the manual; False when the system cannot."""
    page = find(topic)
    return page is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))


def find(topic: str) -> Path | None:
    """The file of a topic in the user's language, else in English; None when there is no manual here."""
    is_chinese = QLocale().language() == QLocale.Language.Chinese
    folder = program_folder() / "docs" / "manual"
    for language in ("zh_CN", "en") if is_chinese else ("en",):
        for name in (topic, "index"):
            page = folder / language / f"{name}.html"
            if page.is_file():
                return page
    return None
