"""Every menu entry does what it says; dialogs are freed when they close."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from app.api.trace import TraceFilter
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui import commands as commands_module
from ui.dialogs.about import AboutDialog
from ui.dialogs.first_passwords import FirstPasswordsDialog
from ui.dialogs.import_csv import ImportDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.record_list import RecordListDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.main_window import MainWindow


def dialogs(window: MainWindow) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("extensions.open", RecordListDialog),
        ("extensions.add", RecordDialog),
        ("settings.open", SettingsDialog),
        ("passwords.show", FirstPasswordsDialog),
        ("shortcuts", ShortcutsDialog),
        ("about", AboutDialog),
    ],
)
async def test_a_dialog_opens_and_is_freed_on_close(
    window: MainWindow, command: str, kind: type[QDialog]
) -> None:
    window.menus.actions[command].trigger()
    await settle()
    (dialog,) = dialogs(window)
    assert isinstance(dialog, kind)
    dialog.reject()
    await settle()
    assert not isValid(dialog)
    assert not window.findChildren(QDialog)


async def test_the_list_opens_once(window: MainWindow) -> None:
    for _ in range(2):
        window.commands.open_list("extension")
        await settle()
    assert len(dialogs(window)) == 1


async def test_without_passwords_a_notice_says_so(window: MainWindow, engine: FakeEngine) -> None:
    engine.passwords = ()
    window.commands.show_passwords(only_if_any=True)
    await settle()
    assert window.notices.sentences == []
    window.commands.show_passwords()
    await settle()
    assert "no generated password" in window.notices.sentences[0]


def answer_files(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    async def chosen(*_: object, **__: object) -> Path | None:
        return path

    monkeypatch.setattr(commands_module, "file_to_open", chosen)
    monkeypatch.setattr(commands_module, "file_to_save", chosen)


async def test_export_writes_the_file_and_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    answer_files(monkeypatch, path)
    window.menus.actions["extensions.export"].trigger()
    await settle()
    assert path.read_bytes().startswith(b"\xef\xbb\xbfnumber")
    assert window.notices.sentences == [f"Note: 3 records written to {path}."]


async def test_a_disk_that_refuses_is_reported(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer_files(monkeypatch, tmp_path / "missing" / "trace.pcapng")
    window.commands.export_trace(TraceFilter())
    await settle()
    assert "cannot be written" in window.notices.sentences[0]


async def test_giving_up_a_file_dialog_does_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_files(monkeypatch, None)
    for command in ("extensions.export", "extensions.import", "trace.export"):
        window.menus.actions[command].trigger()
    await settle()
    assert window.notices.sentences == []
    assert dialogs(window) == []


async def test_import_opens_the_preview(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("number\n200\n")
    answer_files(monkeypatch, path)
    window.menus.actions["extensions.import"].trigger()
    await settle()
    assert isinstance(dialogs(window)[0], ImportDialog)


async def test_answered_and_failed_calls(window: MainWindow) -> None:
    window.menus.actions["records.failed"].trigger()
    assert window.page is window.records
    assert "busy" in window.records.filter.outcomes
    window.menus.actions["records.answered"].trigger()
    assert window.records.filter.outcomes == ("answered",)


async def test_find_goes_to_the_search_of_the_page(window: MainWindow) -> None:
    window.activateWindow()
    window.show_page("extensions")
    window.menus.actions["find"].trigger()
    assert window.focusWidget() is window.extensions.search


async def test_refresh_asks_again(window: MainWindow, engine: FakeEngine) -> None:
    engine.asked.clear()
    window.menus.actions["refresh"].trigger()
    await settle()
    assert "states" in [name for name, _ in engine.asked]


async def test_help_without_a_browser_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(commands_module.help_pages, "show_topic", lambda topic: asked.append(topic))
    window.show_page("trace")
    window.menus.actions["help"].trigger()
    assert asked == ["trace"]
    assert "manual could not be opened" in window.notices.sentences[0]


async def test_restart_is_mentioned_after_such_a_setting(window: MainWindow, engine: FakeEngine) -> None:
    window.menus.actions["settings.open"].trigger()
    await settle()
    dialog = dialogs(window)[0]
    assert isinstance(dialog, SettingsDialog)
    dialog.rows["sip_port"].editor.set_value("5070")
    dialog.save.click()
    await settle()
    assert engine.tables["setting"]["sip_port"]["value"] == "5070"
    assert "next start" in window.notices.sentences[0]
