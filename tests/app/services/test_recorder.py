"""Both sides stand on one clock: silence where one says nothing, nothing while paused."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from app.services.recorder import BATCH, FRAME, Batch, Recorder


def frame(value: int) -> npt.NDArray[np.int16]:
    return np.full(FRAME, value, np.int16)


def ticks_of(batches: list[Batch], side: int) -> list[int]:
    return [tick for batch in batches for tick, _ in batch.sides[side]]


def test_a_batch_a_second_and_the_rest_at_the_end() -> None:
    batches: list[Batch] = []
    recorder = Recorder(2, batches.append)
    caller, callee = recorder.sink(0), recorder.sink(1)
    for tick in range(100, 100 + 2 * BATCH + 10):
        caller(tick, frame(1))
        callee(tick, frame(2))
    assert [(each.first, each.end) for each in batches] == [(100, 150), (150, 200)]
    assert all(len(frames) == BATCH for each in batches for frames in each.sides)
    recorder.stop()
    assert [(each.first, each.end) for each in batches[2:]] == [(200, 210)]
    assert ticks_of(batches, 0) == ticks_of(batches, 1) == list(range(100, 210))
    caller(210, frame(1))
    recorder.stop()
    assert len(batches) == 3


def test_the_side_that_is_heard_second_in_a_tick_is_not_cut() -> None:
    batches: list[Batch] = []
    recorder = Recorder(2, batches.append)
    caller, callee = recorder.sink(0), recorder.sink(1)
    for tick in range(BATCH + 1):
        caller(tick, frame(1))
        callee(tick, frame(2))
    assert ticks_of(batches, 1) == list(range(BATCH))


def test_a_side_may_be_silent() -> None:
    batches: list[Batch] = []
    recorder = Recorder(2, batches.append)
    caller, callee = recorder.sink(0), recorder.sink(1)
    caller(0, frame(1))
    callee(30, frame(2))
    caller(500, frame(1))
    recorder.stop()
    assert batches[0].first == 0
    assert batches[-1].end == 501
    assert [(one.end, other.first) for one, other in itertools.pairwise(batches)] == [(500, 500)]
    assert batches[0].bytes == 2 * 640


def test_nothing_is_kept_of_a_held_call_but_time_goes_on() -> None:
    batches: list[Batch] = []
    recorder = Recorder(2, batches.append)
    caller = recorder.sink(0)
    caller(0, frame(1))
    recorder.is_silent = True
    for tick in range(1, 20):
        caller(tick, frame(1))
    recorder.is_silent = False
    caller(20, frame(1))
    recorder.stop()
    assert [(each.first, each.end) for each in batches] == [(0, 21)]
    assert ticks_of(batches, 0) == [0, 20]


def test_a_pause_takes_no_time() -> None:
    batches: list[Batch] = []
    recorder = Recorder(1, batches.append)
    hear = recorder.sink(0)
    hear(0, frame(1))
    hear(1, frame(1))
    recorder.pause()
    assert recorder.is_paused
    hear(2, frame(1))
    recorder.resume()
    hear(1000, frame(1))
    recorder.stop()
    assert [(each.first, each.end) for each in batches] == [(0, 2), (1000, 1001)]


def test_a_recording_without_a_sound_has_no_batch() -> None:
    batches: list[Batch] = []
    recorder = Recorder(2, batches.append)
    recorder.pause()
    recorder.stop()
    assert batches == []
