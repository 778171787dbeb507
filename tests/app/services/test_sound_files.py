from __future__ import annotations

import io
import os
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.services import sound_files
from app.services.sound_files import RATE, SoundFileFault, read_sound, wav_bytes
from tests.support.announcements import pitch, sine, write_sound


@pytest.mark.parametrize("form", ["wav", "flac", "ogg", "mp3", "aiff", "au"])
@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
def test_every_form_and_rate_becomes_the_house_format(tmp_path: Path, form: str, rate: int) -> None:
    samples = read_sound(write_sound(tmp_path / f"tone.{form}", 440, rate=rate))
    assert samples.dtype == np.int16
    assert len(samples) / 16_000 == pytest.approx(0.5, abs=0.1)
    assert pitch(samples) == pytest.approx(440, abs=4)
    assert not samples.flags.writeable


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "FLOAT", "ULAW", "ALAW", "GSM610", "IMA_ADPCM"])
def test_every_coding_of_wav(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / "tone.wav"
    soundfile.write(path, sine(440, rate=8000), 8000, subtype=subtype)
    assert pitch(read_sound(path)) == pytest.approx(440, abs=4)


def test_stereo_is_mixed_down(tmp_path: Path) -> None:
    path = tmp_path / "both.wav"
    left, right = sine(400), sine(900)
    soundfile.write(path, np.stack((left, right), axis=1), 16_000)
    mixed = read_sound(path)
    expected = (left.astype(int) + right) // 2
    assert np.abs(mixed - expected).max() <= 1


def test_what_is_too_loud_is_cut_and_not_turned_over(tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    soundfile.write(path, np.array([1.5, -1.5, 0.0]), 16_000, subtype="FLOAT")
    assert read_sound(path).tolist() == [32767, -32768, 0]


def reason(path: Path, **limits: float) -> SoundFileFault:
    with pytest.raises(SoundFileFault) as caught:
        read_sound(path, **limits)
    assert str(path) in caught.value.text
    return caught.value


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "hello.wav"
    path.touch()
    assert reason(path).code == "announcement.empty"


def test_a_file_without_sound_is_told(tmp_path: Path) -> None:
    path = tmp_path / "hello.wav"
    soundfile.write(path, np.zeros(0), 16_000)
    assert reason(path).code == "announcement.empty"


@pytest.mark.parametrize(
    "content", [b"not a sound", b"RIFF\x04\x00\x00\x00WAVE", b"OggS" + bytes(100), b"fLaC"]
)
def test_what_is_no_sound_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hello.wav"
    path.write_bytes(content)
    assert reason(path).code == "announcement.broken"


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "hello.wav", 440)
    path.write_bytes(path.read_bytes()[:-1000])
    fault = reason(path)
    assert fault.code == "announcement.cut_off"
    assert "15044 of 16044 bytes" in fault.text


def test_a_recorder_that_did_not_know_the_length_is_believed(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "hello.wav", 440)
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert len(read_sound(path)) == 8000


def test_values_that_are_no_sound_are_told(tmp_path: Path) -> None:
    path = tmp_path / "hello.wav"
    soundfile.write(path, np.array([0.0, float("nan")]), 16_000, subtype="FLOAT")
    assert reason(path).code == "announcement.broken"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert reason(tmp_path / "hello.wav").code == "announcement.unreadable"


def test_a_long_file_is_told(tmp_path: Path) -> None:
    fault = reason(write_sound(tmp_path / "hello.wav", 440, seconds=2), most_s=1)
    assert fault.code == "announcement.too_long"
    assert "longer than 1 seconds" in fault.text


def test_a_huge_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_files, "MOST_BYTES", 1024 * 1024)
    path = tmp_path / "hello.wav"
    path.write_bytes(bytes(1024 * 1024 + 1))
    fault = reason(path)
    assert fault.code == "announcement.too_large"
    assert "1 MB" in fault.text


def test_sound_becomes_a_wav_file() -> None:
    samples = sine(440)
    again, rate = soundfile.read(io.BytesIO(wav_bytes(samples)), dtype="int16")
    assert rate == 16_000
    assert np.array_equal(again, samples)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_pipes_and_devices_are_not_even_opened(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.wav", tmp_path / "link.wav"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for path in (pipe, link, tmp_path):
        assert reason(path).code in ("announcement.broken", "announcement.unreadable")


@pytest.mark.parametrize("rate", [1, 4_000_000])
def test_a_rate_that_no_sound_has_is_told(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "odd.wav"
    soundfile.write(path, np.zeros(100, np.int16), rate)
    assert reason(path).code == "announcement.broken"


def test_a_small_file_of_long_sound_in_many_channels_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "wide.flac"
    soundfile.write(path, np.zeros((192_000 * 20, 8), np.int16), 192_000)
    tracemalloc.start()
    try:
        sound = read_sound(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sound) == pytest.approx(20 * RATE, abs=2)
    assert peak < 25_000_000
