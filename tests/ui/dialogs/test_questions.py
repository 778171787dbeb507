"""Short questions without a nested loop."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from tests.ui.conftest import settle
from ui.dialogs.questions import confirm, file_to_open, file_to_save


@pytest.fixture
def parent(qt: object) -> QWidget:
    return QWidget()


@pytest.mark.parametrize("is_sure", [True, False])
async def test_yes_or_no(parent: QWidget, is_sure: bool) -> None:
    asking = asyncio.ensure_future(confirm(parent, title="T", text="Really?", yes="Yes", no="No"))
    await settle()
    (box,) = parent.findChildren(QMessageBox)
    assert box.defaultButton().text() == "No"
    next(button for button in box.buttons() if (button.text() == "Yes") is is_sure).click()
    assert await asking is is_sure
    await settle()
    assert not parent.findChildren(QMessageBox)


async def test_files(parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda self: [str(tmp_path / "a.csv")])
    for question in (
        file_to_open(parent, title="T", kinds="CSV (*.csv)"),
        file_to_save(parent, title="T", kinds="CSV (*.csv)", name="a.csv"),
    ):
        asking = asyncio.ensure_future(question)
        await settle()
        (dialog,) = parent.findChildren(QFileDialog)
        dialog.done(1)
        assert await asking == tmp_path / "a.csv"
        await settle()


async def test_giving_up(parent: QWidget) -> None:
    asking = asyncio.ensure_future(file_to_open(parent, title="T", kinds="CSV (*.csv)"))
    await settle()
    parent.findChildren(QFileDialog)[0].reject()
    assert await asking is None
    await settle()
