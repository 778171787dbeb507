"""The page of voice mail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.events import RecordChanged
from tests.support.fake_engine import FakeEngine
from tests.support.fake_voice_mail import FakeMailboxes, message_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.pages import voice_mail as voice_mail_module
from ui.pages import voice_mail_details


class Device:
    """Something that plays, as fast as it is asked."""

    def __init__(self) -> None:
        self.fill: Callable[[int], Any] | None = None

    def open(self, rate: int, channels: int, fill: Callable[[int], Any], device: int | None) -> Device:
        self.fill = fill
        return self

    def stop(self) -> None:
        self.fill = None


@pytest.fixture
def boxes(engine: FakeEngine) -> FakeMailboxes:
    return engine.mailboxes


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "message.wav"
    soundfile.write(file, np.zeros(32_000, np.int16), 16_000)
    return str(file)


async def shown(window: MainWindow, boxes: FakeMailboxes, path: str = "") -> None:
    boxes.names = {"101": "Anna", "102": "Bert"}
    window.show_page("voice_mail")
    window.voice_mail.start()
    boxes.put(message_view(1, is_new=False), message_view(2, caller="", caller_name="", path=path))
    await until(lambda: window.voice_mail.messages.rowCount() == 2)


def cells(model: Any, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


async def test_mailboxes_and_their_messages(window: MainWindow, boxes: FakeMailboxes) -> None:
    await shown(window, boxes)
    page = window.voice_mail
    assert cells(page.mailboxes, 0) == ["101", "102"]
    assert cells(page.mailboxes, 2) == ["1", ""]
    assert cells(page.mailboxes, 3) == ["2 / 100", "0 / 100"]
    assert cells(page.messages, 1) == ["Unknown number", "100 · Front desk"]
    assert cells(page.messages, 3) == ["New", "Heard"]
    page.choose("102")
    await until(lambda: page.messages.rowCount() == 0)
    assert page.list.currentIndex() == 1
    page.choose("101")
    await until(lambda: page.messages.rowCount() == 2)


async def test_a_message_that_is_left_appears(window: MainWindow, boxes: FakeMailboxes) -> None:
    await shown(window, boxes)
    boxes.put(message_view(3))
    await until(lambda: window.voice_mail.messages.rowCount() == 3)
    await until(lambda: cells(window.voice_mail.mailboxes, 2)[0] == "2")


async def test_playing_marks_a_message_as_heard(window: MainWindow, boxes: FakeMailboxes, path: str) -> None:
    await shown(window, boxes, path)
    page, device = window.voice_mail, Device()
    page.player._open_output = device.open
    page.table.selectRow(0)
    page.buttons.play.click()
    assert page.buttons.play.text() == "Stop"
    assert page.buttons.bar.maximum() == 20
    assert device.fill is not None
    device.fill(16_000)
    page.player._follow()
    assert page.buttons.time.text() == "0:01 / 0:02"
    await until(lambda: not boxes.messages[2].is_new)
    await until(lambda: cells(page.messages, 3) == ["Heard", "Heard"])
    assert page.player.is_playing  # the list was loaded anew: what plays goes on
    page.buttons.play.click()
    await until(lambda: page.buttons.play.text() == "Play")
    assert device.fill is None


async def test_a_sound_that_is_gone_is_told_in_words(window: MainWindow, boxes: FakeMailboxes) -> None:
    await shown(window, boxes, "/nowhere/message.wav")
    window.voice_mail.table.selectRow(0)
    window.voice_mail.buttons.play.click()
    await settle()
    assert window.notices.isVisible()
    assert boxes.messages[2].is_new


async def test_mark_and_delete(
    window: MainWindow, boxes: FakeMailboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sure(*_: object, **__: object) -> bool:
        return True

    monkeypatch.setattr(voice_mail_module, "confirm", sure)
    await shown(window, boxes)
    page = window.voice_mail
    page.table.selectRow(0)
    assert page.buttons.mark.text() == "Mark as heard"
    page.buttons.mark.click()
    await until(lambda: cells(page.messages, 3) == ["Heard", "Heard"])
    assert page.buttons.mark.text() == "Mark as new"
    page.table.selectAll()
    assert not page.buttons.play.isEnabled()
    page.buttons.delete.click()
    await until(lambda: page.messages.rowCount() == 0)
    assert boxes.messages == {}


async def test_save_as(window: MainWindow, boxes: FakeMailboxes, monkeypatch: pytest.MonkeyPatch) -> None:
    async def chosen(*_: object, name: str, **__: object) -> Path:
        assert name.endswith(".wav")
        return Path("/elsewhere") / "x.wav"

    monkeypatch.setattr(voice_mail_module, "file_to_save", chosen)
    await shown(window, boxes)
    window.voice_mail.table.selectRow(1)
    window.voice_mail.buttons.save.click()
    await settle()
    assert boxes.copied == [(1, str(Path("/elsewhere/x.wav")))]


async def test_the_greeting(
    window: MainWindow, boxes: FakeMailboxes, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    async def chosen(*_: object, **__: object) -> Path:
        return Path(path)

    monkeypatch.setattr(voice_mail_details, "file_to_open", chosen)
    await shown(window, boxes)
    greeting = window.voice_mail.greeting
    assert greeting.state.text() == "The standard greeting is heard"
    assert not greeting.listen.isEnabled()
    greeting.choose.click()
    await until(lambda: greeting.state.text() == "Recorded by the owner")
    device = Device()
    window.voice_mail.player._open_output = device.open
    greeting.listen.click()
    await until(lambda: device.fill is not None)
    window.voice_mail.player.stop()
    greeting.remove.click()
    await until(lambda: greeting.state.text() == "The standard greeting is heard")


async def test_no_mailbox_at_all(window: MainWindow, boxes: FakeMailboxes) -> None:
    window.show_page("voice_mail")
    await settle()
    page = window.voice_mail
    assert page.content.currentIndex() == 1
    assert not page.edit.isEnabled()
    page.empty.button.click()
    assert window.page is window.extensions
    boxes.names = {"101": "Anna"}
    window.bridge.record_changed.emit(RecordChanged("extension", "101", "changed"))
    await until(lambda: page.content.currentIndex() == 0)


async def test_the_settings_of_a_mailbox(window: MainWindow, boxes: FakeMailboxes) -> None:
    await shown(window, boxes)
    asked: list[str] = []
    window.voice_mail.edit_requested.disconnect()
    window.voice_mail.edit_requested.connect(asked.append)
    await until(window.voice_mail.edit.isEnabled)
    window.voice_mail.edit.click()
    assert asked == ["101"]
