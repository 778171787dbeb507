"""Ogg Opus is read again, page by page while it is written."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile

from app.services.opus_file import OpusFile


@pytest.mark.parametrize("channels", [1, 2])
def test_what_was_written_is_heard(channels: int) -> None:
    file = io.BytesIO()
    opus = OpusFile(file, 16_000, channels)
    time = np.arange(16_000) / 16_000
    second = (8000 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)
    sound = second if channels == 1 else np.stack([second, second // 4], axis=1)
    sizes = []
    for _ in range(4):
        opus.write(sound)
        sizes.append(len(file.getvalue()))
    assert sizes == sorted(set(sizes)), "it grows from second to second"
    opus.close()
    file.seek(0)
    heard, rate = soundfile.read(file, always_2d=True)
    assert heard.shape[1] == channels
    assert len(heard) / rate == pytest.approx(4.0, abs=0.05)
    spectrum = np.abs(np.fft.rfft(heard[:, 0]))
    assert np.argmax(spectrum) * rate / len(heard) == pytest.approx(440, abs=2)
    if channels == 2:
        assert np.std(heard[:, 1]) == pytest.approx(np.std(heard[:, 0]) / 4, rel=0.1)
