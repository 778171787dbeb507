"""Help – About: which version this is, on what it runs, under which licence."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSysInfo, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.version import program_version
from ui import icons
from ui.dialogs.dialog import Dialog


class AboutDialog(Dialog):
    """Name, version, licence, and the versions a report of a problem needs; `Copy` takes them along."""

    def __init__(self, data_folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data_folder = data_folder
        mark = QLabel()
        mark.setPixmap(icons.application_icon().pixmap(64, 64))
        self._title = QLabel("OpenMSS")
        self._title.setProperty("role", "title")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._versions = QLabel()
        self._versions.setProperty("role", "hint")
        self._versions.setWordWrap(True)
        self._versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._close = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        words = QVBoxLayout()
        for label in (self._title, self._text, self._versions):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)
        self._close.setDefault(True)
        self._close.clicked.connect(self.reject)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._versions.text()))
        self.setMinimumWidth(480)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("About OpenMSS"))
        self._text.setText(self.tr("An open telephone exchange for your desktop. Apache licence 2.0."))
        self._versions.setText(
            "\n".join(
                (
                    f"OpenMSS {program_version()}",
                    f"Python {platform.python_version()}, Qt {qVersion()}, {QSysInfo.prettyProductName()}",
                    self.tr("Data folder: {folder}").format(folder=self._data_folder),
                )
            )
        )
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))
