"""Help – About."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from app.version import program_version
from tests.ui.conftest import settle
from ui.dialogs.about import AboutDialog


async def test_versions_can_be_copied() -> None:
    dialog = AboutDialog("~/.openmss")
    dialog._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert f"OpenMSS {program_version()}" in copied
    assert "~/.openmss" in copied
    dialog.deleteLater()
    await settle()
