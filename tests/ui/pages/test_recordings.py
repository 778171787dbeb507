"""The page of the recordings."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.events import CallState, RecordingsChanged
from tests.support.fake_engine import FakeEngine, call_view
from tests.support.fake_recordings import recording_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.pages import recordings as recordings_page
from ui.pages.recordings import RecordingsPage
from ui.translations import Translations


class Device:
    """A device that takes sound when it is told to."""

    is_open = False
    fill: Callable[[int], Any]

    @property
    def is_closed(self) -> bool:
        return not self.is_open

    def open(self, rate: int, channels: int, fill: Callable[[int], Any], device: int | None) -> Device:
        self.is_open, self.fill = True, fill
        return self

    def stop(self) -> None:
        self.is_open = False


@pytest.fixture
def page(window: MainWindow) -> RecordingsPage:
    window.show_page("recordings")
    return window.recordings


async def show(page: RecordingsPage, engine: FakeEngine, *rows: Any) -> None:
    engine.sound.rows = list(rows)
    engine.publish(RecordingsChanged())
    await until(lambda: page.model.total == len(rows))


def texts_of(page: RecordingsPage, place: int) -> list[str]:
    row = page.model.row(place)
    assert row is not None
    return [column.text(row) for column in page.model.columns]


async def test_they_appear_newest_first(page: RecordingsPage, engine: FakeEngine) -> None:
    assert page.list.currentWidget() is page.empty
    room = recording_view(3, room="8000", caller="", called="", connected="", started_by="conference 8000")
    running = recording_view(2, state="running", seconds=0.0, bytes=0, started_by="extension 101")
    await show(page, engine, recording_view(1), running, room)
    assert page.list.currentWidget() is page.table
    assert texts_of(page, 0)[1:] == ["Room 8000", "", "1:05", "1.98 MiB", "Complete", "Room 8000"]
    assert texts_of(page, 1)[1:] == ["100 · Front desk", "101", "", "", "Recording", "Extension 101"]
    assert texts_of(page, 2)[5:] == ["Complete", "Always"]


async def test_found_by_number_and_day(page: RecordingsPage, engine: FakeEngine) -> None:
    now = time.time()
    await show(
        page, engine, recording_view(1, caller="200", started_at=now), recording_view(2, started_at=now - 9e6)
    )
    page.search.setText("2")
    await until(lambda: page.model.total == 1)
    page.search.clear()
    page.day.setCurrentIndex(2)
    await until(lambda: page.model.total == 1)
    page.search.setText("9")
    await until(lambda: page.list.currentWidget() is page.empty)
    page.empty.button.click()
    await until(lambda: page.model.total == 2)


async def test_played_and_stopped(page: RecordingsPage, engine: FakeEngine, tmp_path: Path) -> None:
    file = tmp_path / "1.wav"
    soundfile.write(file, np.zeros(32_000, np.int16), 16_000)
    device = Device()
    page.player._open_output = device.open
    await show(page, engine, recording_view(1, file=str(file)))
    QTest.mouseClick(page.play_button, Qt.MouseButton.LeftButton)
    assert device.is_open
    assert page.playing.isVisible()
    assert "100 → 101" in page.what_plays.text()
    assert page.play_button.text() == "Stop"
    device.fill(16_000)
    await until(lambda: page.progress.text() == "0:01 / 0:02")
    QTest.mouseClick(page.play_button, Qt.MouseButton.LeftButton)
    assert device.is_closed
    assert not page.playing.isVisible()
    assert page.play_button.text() == "Play"
    page.table.activated_row.emit(page.table.current_row())
    assert device.is_open
    device.fill(40_000)
    await until(lambda: not page.player.is_playing)


async def test_a_file_that_is_gone_is_told(
    page: RecordingsPage, engine: FakeEngine, window: MainWindow
) -> None:
    await show(page, engine, recording_view(1, file="/gone/1.wav"))
    page.play_or_stop()
    assert len(window.notices.sentences) == 1
    assert "1.wav" in window.notices.sentences[0]


async def test_saved_elsewhere(
    page: RecordingsPage, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def chosen(parent: object, *, title: str, kinds: str, name: str) -> Path:
        assert (kinds, name) == ("Sound files (*.wav)", "1.wav")
        return tmp_path / "copy.wav"

    monkeypatch.setattr(recordings_page, "file_to_save", chosen)
    await show(page, engine, recording_view(1))
    page.save_button.click()
    await settle()
    assert engine.sound.exported == [(1, str(tmp_path / "copy.wav"))]


@pytest.mark.parametrize("agrees", [True, False])
async def test_deleted_only_after_a_question(page: RecordingsPage, engine: FakeEngine, agrees: bool) -> None:
    await show(page, engine, recording_view(1), recording_view(2), recording_view(3, state="running"))
    page.table.selectAll()
    page.delete_button.click()
    await until(lambda: page.findChildren(QMessageBox))
    box = page.findChildren(QMessageBox)[0]
    assert "2" in box.text()
    button = next(each for each in box.buttons() if each.text() == ("Delete" if agrees else "Keep"))
    button.click()
    await settle()
    await until(lambda: page.model.total == (1 if agrees else 3))
    assert [row.id for row in engine.sound.rows] == ([3] if agrees else [1, 2, 3])


async def test_what_runs_or_is_lost_cannot_be_played(page: RecordingsPage, engine: FakeEngine) -> None:
    await show(page, engine, recording_view(1, state="lost"), recording_view(2, state="running"))
    for place, may_go in ((0, False), (1, True)):
        page.table.selectRow(place)
        assert not page.play_button.isEnabled()
        assert not page.save_button.isEnabled()
        assert page.delete_button.isEnabled() is may_go
    page._save()
    page._play(page.table.current_row())
    assert not page.player.is_playing


async def test_it_speaks_chinese(page: RecordingsPage, translations: Translations) -> None:
    translations.use("zh_CN")
    await settle()
    assert page.play_button.text() == "播放"
    assert page.table.model().headerData(0, Qt.Orientation.Horizontal) == "日期和时间"


async def test_a_live_call_is_recorded_paused_and_stopped(window: MainWindow, engine: FakeEngine) -> None:
    window.show_page("calls")
    page = window.calls
    engine.call(call_view(1, CallState.TALKING))
    await until(lambda: page.model.rowCount() == 1)
    page.table.selectRow(0)
    column = next(place for place, each in enumerate(page.model.columns) if each.name == "recording")

    def shown() -> str:
        return str(page.model.index(0, column).data())

    assert (page.record_button.text(), shown()) == ("Record", "")
    assert not page.pause_button.isVisible()
    QTest.mouseClick(page.record_button, Qt.MouseButton.LeftButton)
    await until(lambda: shown() == "Recorded")
    assert page.model.index(0, column).data(Qt.ItemDataRole.DecorationRole) is not None
    assert page.record_button.text() == "Stop recording"
    QTest.mouseClick(page.pause_button, Qt.MouseButton.LeftButton)
    await until(lambda: shown() == "Recording paused")
    assert page.pause_button.text() == "Resume"
    QTest.mouseClick(page.pause_button, Qt.MouseButton.LeftButton)
    await until(lambda: shown() == "Recorded")
    QTest.mouseClick(page.record_button, Qt.MouseButton.LeftButton)
    await until(lambda: shown() == "")
    assert page.record_button.text() == "Record"
