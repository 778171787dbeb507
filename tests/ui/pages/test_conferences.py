"""The page of the conference rooms."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QInputDialog, QMessageBox

from tests.support.fake_engine import FakeEngine, default_values
from tests.support.fake_recordings import conference_view, party_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.pages.conferences import ConferencesPage
from ui.translations import Translations


@pytest.fixture
async def page(window: MainWindow, engine: FakeEngine) -> ConferencesPage:
    engine.tables["conference"] = {
        number: default_values("conference", number) for number in ("8000", "8001")
    }
    window.menus.actions["page.conferences"].trigger()
    assert window.page is window.conferences
    window.conferences.start()
    await until(lambda: window.conferences.rooms.model.rowCount() == 2)
    return window.conferences


async def fill(page: ConferencesPage, engine: FakeEngine, **changes: Any) -> None:
    parties = (
        party_view(1, "100", name="Front desk", is_moderator=True, is_talking=True),
        party_view(2, "101"),
        party_view(3, "102", is_muted=True),
    )
    engine.sound.meeting(conference_view("8000", *parties, **changes))
    await until(lambda: page.room.model.rowCount() == 3)


def column(page: ConferencesPage, name: str) -> list[str]:
    place = next(index for index, each in enumerate(page.room.model.columns) if each.name == name)
    return [str(page.room.model.index(row, place).data()) for row in range(page.room.model.rowCount())]


async def test_an_empty_room_says_how_to_get_in(page: ConferencesPage) -> None:
    assert page.room.title.text() == "Room 8000"
    assert page.room.list.currentWidget() is page.room.empty
    assert "*6*8000" in page.room.empty._sentence.text()
    assert page.room.invite.isEnabled()
    assert not page.room.lock.isEnabled()


async def test_who_is_in_it_and_who_talks(page: ConferencesPage, engine: FakeEngine) -> None:
    await fill(page, engine)
    assert column(page, "number") == ["100", "101", "102"]
    assert column(page, "state") == ["Talking", "Listening", "Muted"]
    assert column(page, "role") == ["Moderator", "", ""]
    assert page.room.state.text() == "3 parties"
    engine.sound.meeting(conference_view("8000", party_view(2, "101"), is_locked=True, is_recorded=True))
    await until(lambda: page.room.model.rowCount() == 1)
    assert page.room.state.text() == "1 party · locked · recorded"
    assert (page.room.lock.text(), page.room.record.text()) == ("Unlock", "Stop recording")
    engine.sound.meeting(conference_view("8000"))
    await until(lambda: page.room.list.currentWidget() is page.room.empty)


async def test_each_room_its_own(page: ConferencesPage, engine: FakeEngine) -> None:
    await fill(page, engine)
    page.rooms.table.selectRow(1)
    assert page.room.number == "8001"
    assert page.room.model.total == 0
    page.rooms.table.selectRow(0)
    assert page.room.model.rowCount() == 3


async def test_those_who_were_there_before_the_window(window: MainWindow, engine: FakeEngine) -> None:
    engine.tables["conference"] = {"8000": default_values("conference", "8000")}
    engine.sound.meetings["8000"] = conference_view("8000", party_view(1, "100"))
    window.conferences.start()
    await until(lambda: window.conferences.room.model.rowCount() == 1)


async def test_muting_and_removing_the_chosen(page: ConferencesPage, engine: FakeEngine) -> None:
    await fill(page, engine)
    room = page.room
    assert not room.mute.isEnabled()
    room.table.selectRow(2)
    assert room.mute.text() == "Unmute"
    room.mute.click()
    await settle()
    room.table.selectAll()
    assert room.mute.text() == "Mute"
    room.mute.click()
    await settle()
    room.table.selectRow(1)
    room.remove.click()
    await settle()
    assert engine.sound.led == [
        ("mute", "8000", 3, False),
        *[("mute", "8000", party, True) for party in (1, 2, 3)],
        ("send_away", "8000", 2),
    ]


async def test_locking_recording_and_the_end(page: ConferencesPage, engine: FakeEngine) -> None:
    await fill(page, engine)
    page.room.lock.click()
    page.room.record.click()
    await settle()
    page.room.end.click()
    await until(lambda: page.room.findChildren(QMessageBox))
    box = page.room.findChildren(QMessageBox)[0]
    next(each for each in box.buttons() if each.text() == "End").click()
    await settle()
    assert engine.sound.led == [("lock", "8000", True), ("record", "8000", True), ("end", "8000")]


async def test_inviting_an_extension(page: ConferencesPage, engine: FakeEngine) -> None:
    page.room.invite.click()
    await until(lambda: page.room.findChildren(QInputDialog))
    dialog = page.room.findChildren(QInputDialog)[0]
    assert dialog.comboBoxItems() == ["100", "101", "102"]
    dialog.setTextValue("101")
    dialog.accept()
    await settle()
    assert engine.sound.led == [("invite", "8000", "101")]


async def test_a_room_is_made_and_named_in_words(
    window: MainWindow, engine: FakeEngine, translations: Translations
) -> None:
    window.show_page("conferences")
    page = window.conferences
    assert page.rooms.list.currentWidget() is page.rooms.empty
    assert not page.room.isEnabled()
    translations.use("zh_CN")
    await settle()
    assert page.room.lock.text() == "锁定"
    assert page.rooms.empty.button.text() == "添加第一条"
