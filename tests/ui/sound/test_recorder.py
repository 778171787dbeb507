"""A microphone is recorded; one that is missing, busy or pulled out is told in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentFault
from tests.support.sound_devices import HEADSET, FileMicrophone, spoken
from ui.sound import recorder as recorder_module
from ui.sound.recorder import Recorder
from ui.sound.take import Take


class Bench:
    """A recorder, its microphone, and what it told."""

    def __init__(self, path: Path) -> None:
        self.now = 100.0
        self.microphone = FileMicrophone(spoken(path / "spoken.wav"))
        self.recorder = Recorder(open_input=self.microphone.open, clock=lambda: self.now)
        self.takes: list[Take] = []
        self.faults: list[str] = []
        self.levels: list[float] = []
        self.recorder.stopped.connect(self.takes.append)
        self.recorder.failed.connect(lambda fault: self.faults.append(fault.code))
        self.recorder.level.connect(lambda peak, _: self.levels.append(peak))


@pytest.fixture
def bench(tmp_path: Path, qt: QApplication) -> Bench:
    return Bench(tmp_path)


def test_what_was_heard_is_the_take(bench: Bench) -> None:
    bench.recorder.start(HEADSET)
    assert bench.recorder.is_recording
    bench.microphone.hear(2.0)
    bench.recorder.follow()
    assert bench.recorder.seconds == 2.0
    assert bench.levels == [pytest.approx(0.05, abs=0.001)]
    bench.recorder.stop()
    (take,) = bench.takes
    assert (take.seconds, take.rate) == (2.0, 48_000)
    assert not bench.microphone.is_open
    assert not bench.recorder.is_recording
    bench.recorder.stop()
    assert len(bench.takes) == 1


def test_without_a_microphone(bench: Bench) -> None:
    bench.recorder.start(None)
    assert bench.faults == ["sound.no_microphone"]
    assert not bench.recorder.is_recording


def test_a_busy_microphone(bench: Bench) -> None:
    bench.microphone.is_busy = True
    bench.recorder.start(HEADSET)
    assert bench.faults == ["sound.busy_microphone"]


@pytest.mark.parametrize("how", ["stream ended", "nothing comes"])
def test_a_microphone_that_is_pulled_out_keeps_what_there_is(bench: Bench, how: str) -> None:
    bench.recorder.start(HEADSET)
    bench.microphone.hear(1.0)
    bench.recorder.follow()
    if how == "stream ended":
        bench.microphone.is_alive = False
    else:
        bench.now += 2.1
    bench.recorder.follow()
    assert bench.faults == ["sound.unplugged"]
    assert bench.takes[0].seconds == 1.0


def test_it_ends_before_it_is_too_long(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "LONGEST_S", 0.5)
    bench.recorder.start(HEADSET)
    bench.microphone.hear(1.0)
    bench.recorder.follow()
    assert bench.takes[0].seconds == 0.5
    assert bench.faults == []


_ALSA = """
pcm.!default {{
    type file
    slave.pcm "null"
    file "/dev/null"
    infile "{sound}"
    format "raw"
}}
pcm.null {{ type null }}
ctl.!default {{ type hw; card 0 }}
"""
_PROGRAM = """
import sys, time
from PySide6.QtCore import QCoreApplication
from ui.sound.devices import choose, list_devices
from ui.sound.recorder import Recorder
application = QCoreApplication([])
recorder = Recorder()
takes, faults = [], []
recorder.stopped.connect(takes.append)
recorder.failed.connect(lambda fault: faults.append(str(fault)))
recorder.start(choose(list_devices().inputs, ""))
end = time.monotonic() + 20
while recorder.is_recording and recorder.seconds < 0.5 and time.monotonic() < end:
    application.processEvents()
recorder.stop()
assert not faults, faults
print(len(takes), takes[0].seconds >= 0.5, takes[0].rate)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a device made by ALSA's own plugins")
def test_a_real_portaudio_stream(tmp_path: Path) -> None:
    """PortAudio opens a device that ALSA makes of a file: the path that a headset takes."""
    import sounddevice

    sound = tmp_path / "in.raw"
    sound.write_bytes(bytes(4 * 48_000))
    config = tmp_path / "asound.conf"
    config.write_text(_ALSA.format(sound=sound))
    assert sounddevice.get_portaudio_version()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={"ALSA_CONFIG_PATH": str(config), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    count, is_long_enough, rate = done.stdout.split()
    assert (count, is_long_enough) == ("1", "True")
    assert int(rate) > 0


def test_a_real_device_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    class PortAudioError(Exception):
        """As sounddevice's."""

    class Nothing:
        def InputStream(self, **_: Any) -> None:  # noqa: N802  sounddevice's name
            raise PortAudioError("Invalid device")

    nothing = Nothing()
    nothing.PortAudioError = PortAudioError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sounddevice", nothing)  # type: ignore[arg-type]
    with pytest.raises(EnvironmentFault, match="Invalid device"):
        recorder_module.open_microphone(HEADSET, lambda _: None)
