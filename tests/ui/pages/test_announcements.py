"""The page of the announcements."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox

from app.api.announcements import AnnouncementView, WritableFolder
from app.events import AnnouncementsChanged
from tests.support.fake_engine import FakeEngine
from tests.support.sound_devices import FileLoudspeaker, spoken
from tests.ui.conftest import settle, until
from ui.dialogs.recorder import RecorderDialog
from ui.main_window import MainWindow
from ui.pages import announcements as announcements_page
from ui.pages.announcements import AnnouncementsPage
from ui.sound.player import Player


def view(name: str, whose: str = "default") -> AnnouncementView:
    return AnnouncementView(id=name, kind="speech", text=name, language="en", file="", source=whose)


async def opened(window: MainWindow, engine: FakeEngine) -> AnnouncementsPage:
    engine.announcements = [view("fail-busy"), view("menu-greeting", "custom")]
    window.show_page("announcements")
    page = window.announcements
    page.start()
    await until(lambda: page.model.rowCount() == 2)
    page.table.clearSelection()
    return page


async def test_what_can_be_done_follows_the_row(window: MainWindow, engine: FakeEngine) -> None:
    page = await opened(window, engine)
    assert not page.record_button.isEnabled()
    page.table.selectRow(0)
    assert page.record_button.isEnabled()
    assert not page.restore_button.isEnabled()
    page.table.selectRow(1)
    assert page.restore_button.isEnabled()
    await until(lambda: "cust_ann" in page.place.text())


async def test_the_default_comes_back_after_a_question(window: MainWindow, engine: FakeEngine) -> None:
    page = await opened(window, engine)
    page.table.selectRow(1)
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    await settle()
    (box,) = page.findChildren(QMessageBox)
    box.buttons()[0].click()
    await until(lambda: engine.announcements[1].source == "default")
    await until(lambda: not page.restore_button.isEnabled())


async def test_what_callers_hear_is_played(window: MainWindow, engine: FakeEngine, tmp_path: Path) -> None:
    page = await opened(window, engine)
    loudspeaker = FileLoudspeaker()
    page.player.deleteLater()
    page.player = Player(page, loudspeaker.open)
    page.player.changed.connect(page._show_playing)
    engine.sounds["fail-busy", "en"] = spoken(tmp_path / "busy.wav").read_bytes()
    page.table.selectRow(0)
    QTest.mouseClick(page.play_button, Qt.MouseButton.LeftButton)
    await until(lambda: page.play_button.text() == "Stop")
    loudspeaker.run()
    await until(lambda: page.play_button.text() == "Play")
    assert len(loudspeaker.played) == 3 * 48_000


async def test_recording_opens_the_recorder_and_the_list_follows(
    window: MainWindow, engine: FakeEngine
) -> None:
    page = await opened(window, engine)
    page.table.selectRow(0)
    QTest.mouseClick(page.record_button, Qt.MouseButton.LeftButton)
    await settle()
    (dialog,) = window.findChildren(RecorderDialog)
    assert dialog.text.toPlainText() == "fail-busy"
    dialog.reject()
    engine.announcements = [view("fail-busy", "custom")]
    engine.publish(AnnouncementsChanged(("fail-busy",)))
    await until(lambda: page.model.rowCount() == 1)


@pytest.mark.parametrize(
    ("name", "is_right"),
    [("menu-sales", True), (" menu-sales ", True), ("Menu Sales", False), ("../x", False)],
)
async def test_a_new_one_is_named_first(
    window: MainWindow, engine: FakeEngine, name: str, is_right: bool
) -> None:
    page = await opened(window, engine)
    QTest.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    (question,) = page.findChildren(QInputDialog)
    question.setTextValue(name)
    question.accept()
    await settle()
    dialogs = window.findChildren(RecorderDialog)
    assert len(dialogs) == is_right
    if is_right:
        assert "menu-sales" in dialogs[0].windowTitle()
        dialogs[0].reject()
        await settle()
    else:
        assert "cannot be an announcement's name" in window.notices.sentences[0]


async def test_a_file_is_put_in_place(
    window: MainWindow, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spoken(tmp_path / "busy.wav")

    async def chosen(*_: object, **__: object) -> Path:
        return path

    monkeypatch.setattr(announcements_page, "file_to_open", chosen)
    page = await opened(window, engine)
    page.table.selectRow(0)
    QTest.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    await until(lambda: engine.announcements[0].source == "custom")
    assert engine.sounds["fail-busy", "en"] == path.read_bytes()


async def test_only_ones_own_and_the_folder_that_is_used_instead(
    window: MainWindow, engine: FakeEngine
) -> None:
    engine.announcement_folder = WritableFolder(Path("data"), "The program's folder may not be written.")
    page = await opened(window, engine)
    await until(lambda: "may not be written" in page.place.text())
    page.only_own.click()
    assert [row.id for row in page.model.shown_rows()] == ["menu-greeting"]
    page.search.setText("nothing like it")
    assert page.list.currentWidget() is page.empty


async def test_the_folder_is_told_in_another_language_at_once(
    window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await opened(window, engine)
    await until(lambda: "cust_ann" in page.place.text())
    monkeypatch.setattr(page, "tr", lambda text: f"zh: {text}")
    page.retranslate()
    assert page.place.text().startswith("zh: ")
    assert "cust_ann" in page.place.text()
