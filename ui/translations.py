"""The window's languages: makes the .qm files from the .ts files, and switches between them while running."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import PySide6
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.paths import resources
from ui.preferences import SYSTEM

logger = logging.getLogger(__name__)

_LRELEASE_SECONDS = 60


def compile_translations(folder: Path | None = None, target: Path | None = None) -> list[Path]:
    """Make each .qm file that is missing or older than its .ts file; gives those that were made.

    The release tool comes with PySide6. Raises OSError or subprocess.SubprocessError where it does not run or
    the folder cannot be written.
    """
    folder = folder or resources() / "translations"
    target = target or folder
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    made = []
    for source in sorted(folder.glob("openmss_*.ts")):
        built = target / f"{source.stem}.qm"
        if built.exists() and built.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = target / f"{source.stem}-{os.getpid()}.qm"
        command = [str(tool), "-silent", str(source), "-qm", str(fresh)]
        subprocess.run(command, check=True, capture_output=True, timeout=_LRELEASE_SECONDS)
        os.replace(fresh, built)  # Qt maps the file: a window that shows the old one must not see it shrink
        made.append(built)
    return made


class Translations:
    """Installs the translators of one language at a time; every window hears LanguageChange."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []
        self._folder = _built_folder()
        self.choice = ""
        self.language = "en"

    def use(self, choice: str) -> None:
        """Show everything in `en`, `zh_CN`, or the system's language where we have it (else English)."""
        self.choice = choice
        language = _system_language() if choice == SYSTEM else choice
        if language == self.language and self._installed:
            return
        self.language = language
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed.clear()
        QLocale.setDefault(QLocale(self.language))
        qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for path in (qt_folder / f"qtbase_{self.language}.qm", self._folder / f"openmss_{self.language}.qm"):
            translator = QTranslator()
            if translator.load(str(path)):
                self._installed.append(translator)
                self._application.installTranslator(translator)


def _system_language() -> str:
    """Traditional Chinese readers are better served by simplified characters than by English."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def _built_folder() -> Path:
    """Where the .qm files are: beside the .ts files, or in a private folder when that cannot be written."""
    beside = resources() / "translations"
    try:
        compile_translations(beside)
    except (OSError, subprocess.SubprocessError) as error:
        if all((beside / f"{source.stem}.qm").exists() for source in beside.glob("openmss_*.ts")):
            return beside
        logger.info("the translations are made for this run only: %s", error)
        private = Path(tempfile.mkdtemp(prefix="openmss-translations-"))
        try:
            compile_translations(beside, private)
        except (OSError, subprocess.SubprocessError) as second:
            logger.warning("the window is in English only, for no translation could be made: %s", second)
        return private
    return beside


if __name__ == "__main__":
    for path in compile_translations():
        sys.stdout.write(f"{path.name}\n")
