"""A case file looked at again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from tests.support.cases import FOLDER
from tests.ui.conftest import settle
from ui import commands as commands_module
from ui.dialogs.case import CaseDialog
from ui.main_window import MainWindow
from ui.translations import Translations


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    async def chosen(*_: object, **__: object) -> Path:
        return path

    monkeypatch.setattr(commands_module, "file_to_open", chosen)


async def test_its_findings_are_shown_and_nothing_can_be_changed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, translations: Translations
) -> None:
    choose(monkeypatch, FOLDER / "R14-ctcims.json")
    window.menus.actions["case.open"].trigger()
    await settle()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert isinstance(dialog, CaseDialog)
    (first, *_) = dialog.pane.cards
    assert first.view.text.endswith("[Authentication user name includes the address: Yes]")
    assert first.apply.text() == ""
    translations.use("zh_CN")
    await settle()
    assert "鉴权用户名" in dialog.pane.cards[0].view.text
    dialog.reject()


@pytest.mark.parametrize("content", ["no JSON", json.dumps({"messages": 5})])
async def test_another_file_is_refused(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    choose(monkeypatch, path)
    window.menus.actions["case.open"].trigger()
    await settle()
    assert "This is no case file" in window.notices.sentences[0]
    choose(monkeypatch, tmp_path / "gone.json")
    window.menus.actions["case.open"].trigger()
    await settle()
    assert "cannot be read" in window.notices.sentences[1]
