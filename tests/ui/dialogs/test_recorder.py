"""The recorder, driven through its widgets with devices made of files."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QInputDialog, QMessageBox

from app.api.announcements import AnnouncementView, WritableFolder
from tests.support.fake_engine import FakeEngine
from tests.support.sound_devices import ALL, SPEAKERS, FileLoudspeaker, FileMicrophone, spoken
from tests.ui.conftest import settle, until
from ui.bridge import Bridge
from ui.dialogs.recorder import RecorderDialog
from ui.preferences import Preferences
from ui.sound.devices import SoundDevices
from ui.sound.voices import Voice

VIEW = AnnouncementView(
    id="menu-greeting", kind="speech", text="Welcome.", language="en", file="x.opus", source="default"
)


class Studio:
    """A recorder on a desk with a microphone and a loudspeaker."""

    def __init__(self, bridge: Bridge, folder: Path, voice: Voice | None, devices: SoundDevices) -> None:
        self.microphone = FileMicrophone(spoken(folder / "spoken.wav"))
        self.loudspeaker = FileLoudspeaker()
        self.preferences = Preferences(folder)
        self.dialog = RecorderDialog(
            bridge,
            VIEW,
            self.preferences,
            list_sound_devices=lambda: devices,
            open_input=self.microphone.open,
            open_output=self.loudspeaker.open,
            find_system_voice=lambda: voice,
        )
        self.dialog.show()

    def click(self, button: QAbstractButton) -> None:
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def record(self, seconds: float = 3.0) -> None:
        self.click(self.dialog.record_button)
        self.microphone.hear(seconds)
        self.dialog.recorder.follow()
        self.click(self.dialog.record_button)

    @property
    def seconds(self) -> float:
        assert self.dialog.take is not None
        return self.dialog.take.seconds


@pytest.fixture
def voice() -> Voice | None:
    return None


@pytest.fixture
def devices() -> SoundDevices:
    return ALL


@pytest.fixture
async def studio(
    bridge: Bridge, tmp_path: Path, qt: QApplication, voice: Voice | None, devices: SoundDevices
) -> Studio:
    made = Studio(bridge, tmp_path, voice, devices)
    await settle()
    return made


async def close(studio: Studio) -> None:
    is_asked = studio.dialog.is_changed
    studio.dialog.reject()
    await settle()
    if is_asked:
        (box,) = studio.dialog.findChildren(QMessageBox)
        box.buttons()[0].click()
        await settle()


async def test_record_trim_even_out_and_save(studio: Studio, engine: FakeEngine) -> None:
    dialog = studio.dialog
    engine.announcements = [VIEW]
    saved: list[str] = []
    dialog.saved.connect(saved.append)
    assert dialog.text.toPlainText() == "Welcome."
    assert not dialog.save_button.isEnabled()
    studio.record()
    assert studio.seconds == 3.0
    assert dialog.meter.decibels == -60.0  # at rest again
    studio.click(dialog.edges_button)
    assert studio.seconds == pytest.approx(1.2, abs=0.05)
    studio.click(dialog.even_button)
    dialog.waveform.choose(0.1, 0.9)
    studio.click(dialog.trim_button)
    assert studio.seconds == pytest.approx(0.8, abs=0.01)
    studio.click(dialog.save_button)
    await until(lambda: saved == ["menu-greeting"])
    sound, rate = soundfile.read(io.BytesIO(engine.sounds["menu-greeting", "en"]))
    assert len(sound) / rate == pytest.approx(0.8, abs=0.01)
    spectrum = np.abs(np.fft.rfft(sound))
    assert np.argmax(spectrum) * rate / len(sound) == pytest.approx(440.0, abs=3)
    assert engine.announcements[0].source == "custom"
    assert "cust_ann/menu-greeting.wav" in dialog.notices.sentences[0]
    assert not dialog.save_button.isEnabled()
    dialog.reject()  # nothing is lost: no question
    assert not dialog.isVisible()


async def test_steps_are_taken_back(studio: Studio) -> None:
    studio.record()
    studio.click(studio.dialog.edges_button)
    short = studio.seconds
    studio.click(studio.dialog.undo_button)
    assert studio.seconds == 3.0
    studio.click(studio.dialog.redo_button)
    assert studio.seconds == short
    QTest.keyClick(studio.dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert studio.seconds == 3.0
    await close(studio)


async def test_the_chosen_part_is_played(studio: Studio) -> None:
    studio.record()
    studio.dialog.waveform.choose(1.0, 2.0)
    studio.click(studio.dialog.play_button)
    assert studio.loudspeaker.device == SPEAKERS.number
    studio.loudspeaker.run()
    assert len(studio.loudspeaker.played) / studio.loudspeaker.rate == pytest.approx(1.0, abs=0.01)
    assert float(abs(studio.loudspeaker.played).max()) == pytest.approx(0.05, abs=0.001)
    await until(lambda: not studio.dialog.player.is_playing)
    assert not studio.loudspeaker.is_open
    await close(studio)


async def test_closing_asks_before_a_recording_is_lost(studio: Studio) -> None:
    studio.record()
    studio.dialog.reject()
    await settle()
    (box,) = studio.dialog.findChildren(QMessageBox)
    box.buttons()[1].click()
    await settle()
    assert studio.dialog.isVisible()
    await close(studio)


async def test_what_is_heard_now_is_there_to_work_on(
    bridge: Bridge, engine: FakeEngine, tmp_path: Path, qt: QApplication
) -> None:
    engine.sounds["menu-greeting", "en"] = spoken(tmp_path / "now.wav").read_bytes()
    studio = Studio(bridge, tmp_path, None, ALL)
    await until(lambda: studio.dialog.take is not None)
    assert studio.seconds == 3.0
    assert not studio.dialog.save_button.isEnabled()
    await close(studio)


async def test_a_microphone_that_hears_nothing_is_told(studio: Studio) -> None:
    studio.record(0.5)  # the silence before the words
    assert "Is the microphone switched on" in studio.dialog.remark.text()
    await close(studio)


async def test_a_microphone_pulled_out_keeps_what_there_is(studio: Studio) -> None:
    studio.click(studio.dialog.record_button)
    studio.microphone.hear(2.0)
    studio.microphone.is_alive = False
    studio.dialog.recorder.follow()
    assert studio.seconds == 2.0
    assert "was unplugged" in studio.dialog.notices.sentences[0]
    await close(studio)


async def test_a_busy_microphone(studio: Studio) -> None:
    studio.microphone.is_busy = True
    studio.click(studio.dialog.record_button)
    assert "Another program may use it" in studio.dialog.notices.sentences[0]
    assert not studio.dialog.recorder.is_recording
    await close(studio)


@pytest.mark.parametrize("devices", [SoundDevices()])
async def test_no_microphone_leaves_the_other_ways(studio: Studio) -> None:
    assert "There is no microphone" in studio.dialog.notices.sentences[0]
    assert not studio.dialog.record_button.isEnabled()
    assert studio.dialog.phone_button.isEnabled()
    assert studio.dialog.import_button.isEnabled()
    await close(studio)


async def test_a_phone_records_in_place_of_a_microphone(
    studio: Studio, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.spoken_by_phone["101"] = spoken(tmp_path / "phone.wav", rate=16_000).read_bytes()
    for number, is_there in (("199", False), ("101", True)):
        studio.click(studio.dialog.phone_button)
        question = studio.dialog.findChildren(QInputDialog)[-1]
        question.setTextValue(number)
        question.accept()
        await until(studio.dialog.phone_button.isEnabled)
        assert (studio.dialog.take is not None) == is_there
    assert "Extension 199 does not answer" in studio.dialog.notices.sentences[0]
    assert studio.preferences.sound_device("phone") == "101"
    await close(studio)


_TONE = (
    "import sys, wave; f = wave.open(sys.argv[1], 'wb'); f.setparams((1, 2, 8000, 0, 'NONE', ''));"
    "f.writeframes(b'\\x00\\x20' * 8000); f.close()"
)


@pytest.mark.parametrize(
    "voice", [Voice("test", lambda _, target, __: [sys.executable, "-c", _TONE, str(target)])]
)
async def test_the_computer_speaks(studio: Studio) -> None:
    studio.dialog.text.clear()
    studio.click(studio.dialog.speak_button)
    await until(lambda: "no text" in " ".join(studio.dialog.notices.sentences))
    studio.dialog.text.setPlainText("Hello")
    await until(studio.dialog.speak_button.isEnabled)
    studio.click(studio.dialog.speak_button)
    await until(lambda: studio.dialog.take is not None)
    assert studio.seconds == 1.0
    await close(studio)


async def test_without_a_voice_the_button_says_why(studio: Studio) -> None:
    assert not studio.dialog.speak_button.isEnabled()
    assert "no voice" in studio.dialog.speak_button.toolTip()
    await close(studio)


async def test_where_the_program_folder_is_closed_the_other_is_named(
    studio: Studio, engine: FakeEngine
) -> None:
    engine.announcement_folder = WritableFolder(Path("data"), "The program's folder may not be written.")
    studio.record()
    studio.click(studio.dialog.save_button)
    await until(lambda: bool(studio.dialog.notices.sentences))
    assert "The program's folder may not be written." in studio.dialog.notices.sentences[0]
    await close(studio)
