"""A sender whose clock is not ours, for an hour: the delay stays, and nobody hears how."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from app.media.jitter_buffer import BufferStatistics, JitterBuffer
from app.media.linear import LinearDecoder
from app.media.samples import FRAME, RATE, Samples

TICK = 0.020
HERTZ = 440
AMPLITUDE = 8000
STEP = 2 * np.pi * HERTZ / RATE
_TONE = np.rint(AMPLITUDE * np.sin(STEP * np.arange(5 * FRAME))).astype(np.int16)  # 44 whole periods
PACKETS = [_TONE[at : at + FRAME].astype(">i2").tobytes() for at in range(0, 5 * FRAME, FRAME)]
AUDIBLE = 300.0  # a step of 4 % of the tone's height


class ClickDetector:
    """How far any sample is from where the tone through the two before it would go on."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._end = np.zeros(0)

    def hear(self, frame: Samples) -> None:
        line = np.concatenate((self._end, frame))
        off = np.abs(line[2:] - 2 * np.cos(STEP) * line[1:-1] + line[:-2])
        self.worst = max(self.worst, float(off.max(initial=0.0)))
        self._end = line[-2:]


@dataclass
class Heard:
    clicks: ClickDetector = field(default_factory=ClickDetector)
    delays_ms: list[float] = field(default_factory=list)
    statistics: BufferStatistics = field(default_factory=BufferStatistics)


def listen(drift_ppm: float, minutes: float, *, jitter_s: float = 0.0, tells_time: bool = True) -> Heard:
    """Hear a tone that is sent by a clock so much too fast; every 5 s it is noted how much sound waits."""
    generator = np.random.default_rng(1)
    heard = Heard()
    buffer = JitterBuffer(LinearDecoder(RATE), RATE)
    pace = TICK / (1 + drift_ppm * 1e-6)
    sent = 0
    extra = generator.uniform(0, jitter_s, int(minutes * 3000 * 1.01) + 10)
    for tick in range(int(minutes * 3000)):
        now = 0.003 + tick * TICK
        while sent * pace + extra[sent] <= now:
            arrival = sent * pace + extra[sent]
            buffer.put(sent % 65_536, sent * FRAME % 2**32, PACKETS[sent % 5], arrival)
            sent += 1
        frame = buffer.frame(now) if tells_time else buffer.frame()
        if tick > 3:
            heard.clicks.hear(frame)
        if tick % 250 == 249:
            heard.delays_ms.append(buffer.statistics.depth_ms)
    heard.statistics = buffer.statistics
    return heard


@pytest.mark.parametrize("drift_ppm", [200, -200])
def test_an_hour_of_drift_neither_grows_the_delay_nor_clicks(drift_ppm: int) -> None:
    heard = listen(drift_ppm, 60)
    statistics = heard.statistics
    assert heard.clicks.worst < AUDIBLE / 20
    assert max(heard.delays_ms) <= 30
    assert statistics.concealed == 0
    assert statistics.late == 0
    drifted = 3600 * RATE * 200e-6
    changed = statistics.shortened if drift_ppm > 0 else statistics.lengthened
    assert changed == pytest.approx(drifted, rel=0.1)


@pytest.mark.parametrize("drift_ppm", [200, -200])
def test_drift_is_followed_through_jitter_and_without_being_told_the_time(drift_ppm: int) -> None:
    heard = listen(drift_ppm, 20, jitter_s=0.008, tells_time=False)
    assert heard.clicks.worst < AUDIBLE
    assert max(heard.delays_ms) <= 65
    assert heard.statistics.concealed <= 3 * FRAME


def test_a_clock_that_is_right_is_left_alone() -> None:
    heard = listen(0, 10)
    assert heard.statistics.shortened + heard.statistics.lengthened <= 320
    assert heard.clicks.worst < 10


def test_the_detector_hears_a_naive_drop_and_a_naive_repeat() -> None:
    for line in (np.delete(_TONE, slice(700, 740)), np.insert(_TONE, 700, _TONE[660:700])):
        detector = ClickDetector()
        for at in range(0, len(line) - FRAME, FRAME):
            detector.hear(line[at : at + FRAME])
        assert detector.worst > 2 * AUDIBLE


def test_without_any_correction_the_delay_would_grow() -> None:
    """Shows that an hour is enough to see it: 720 ms of sound that nobody asked for."""
    pace = TICK / (1 + 200e-6)
    assert round(3600 / pace) - round(3600 / TICK) == 36
