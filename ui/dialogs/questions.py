"""Short questions: yes or no, which file. Awaited, without a nested event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget


async def confirm(parent: QWidget, *, title: str, text: str, yes: str, no: str) -> bool:
    """Ask before something is lost. The cautious answer is the default, and what Esc means."""
    box = QMessageBox(QMessageBox.Icon.Question, title, text, QMessageBox.StandardButton.NoButton, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def answered() -> None:
        if not answer.done():
            answer.set_result(box.clickedButton() is agree)

    box.finished.connect(answered)
    box.open()
    return await answer


async def confirm_delete(parent: QWidget, keys: Sequence[str]) -> bool:
    """Ask before records are deleted; says which."""
    named = ", ".join(keys[:8]) + (" …" if len(keys) > 8 else "")
    translate = QCoreApplication.translate
    return await confirm(
        parent,
        title=translate("questions", "Delete?"),
        text=translate("questions", "Delete {keys}? This cannot be undone.").format(keys=named),
        yes=translate("questions", "Delete"),
        no=translate("questions", "Keep"),
    )


async def ask_text(parent: QWidget, *, title: str, label: str, text: str = "") -> str:
    """Ask for one line; empty when the user gave up."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(text)
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def answered(result: int) -> None:
        if not answer.done():
            answer.set_result(dialog.textValue().strip() if result else "")

    dialog.finished.connect(answered)
    dialog.open()
    return await answer


async def file_to_open(parent: QWidget, *, title: str, kinds: str) -> Path | None:
    """Ask which file to read; None when the user gave up."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _chosen(dialog)


async def file_to_save(parent: QWidget, *, title: str, kinds: str, name: str) -> Path | None:
    """Ask where to write; None when the user gave up."""
    dialog = QFileDialog(parent, title, name, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    return await _chosen(dialog)


async def _chosen(dialog: QFileDialog) -> Path | None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    answer: asyncio.Future[Path | None] = asyncio.get_running_loop().create_future()

    def answered(result: int) -> None:
        if not answer.done():
            files = dialog.selectedFiles()
            answer.set_result(Path(files[0]) if result and files else None)

    dialog.finished.connect(answered)
    dialog.open()
    return await answer
