"""Help – About."""

from __future__ import annotations

import tomllib

from PySide6.QtGui import QGuiApplication

from app.paths import program_folder
from tests.ui.conftest import settle
from ui.dialogs.about import AboutDialog, program_version


async def test_versions_can_be_copied() -> None:
    dialog = AboutDialog("~/.openmss")
    dialog._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert f"OpenMSS {program_version()}" in copied
    assert "~/.openmss" in copied
    dialog.deleteLater()
    await settle()


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((program_folder() / "pyproject.toml").read_text(encoding="utf-8"))
    assert program_version() == project["project"]["version"]
