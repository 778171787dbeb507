"""The house format."""

from __future__ import annotations

import pytest

from app.media.samples import FRAME, FRAME_MS, RATE, SILENCE


def test_a_frame_is_twenty_milliseconds() -> None:
    assert FRAME * 1000 == RATE * FRAME_MS
    assert SILENCE.shape == (FRAME,)
    assert SILENCE.dtype == "int16"


def test_silence_stays_silent() -> None:
    with pytest.raises(ValueError, match="read-only"):
        SILENCE[0] = 1
