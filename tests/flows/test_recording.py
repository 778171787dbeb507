"""Recorded calls on real sockets: the file holds what was said, on the side where it was said."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.api import calls, recordings
from app.api.recordings import RecordingView
from app.events import CallChanged
from app.sip import events
from tests.flows.conftest import House
from tests.flows.test_talking import connect, talk
from tests.support.phone import EVENTS, OPUS, PCMU

LOW, HIGH = 440, 660


async def recorded(house: House) -> RecordingView:
    """Wait until the one recording is finished."""
    async with asyncio.timeout(15):
        while True:
            rows = await house.ask(recordings.page)
            if rows and rows[0].state != "running":
                return rows[0]
            await asyncio.sleep(0.05)


def shows(state: str, event: CallChanged) -> bool:
    """Whether an event tells this of a call's recording."""
    return event.call.recording == state


def loudest(path: str, channel: int) -> float:
    """The frequency that is heard most on a channel."""
    sound, rate = soundfile.read(path, always_2d=True)
    spectrum = np.abs(np.fft.rfft(sound[:, channel]))
    return float(np.argmax(spectrum) * rate / len(sound))


@pytest.mark.parametrize("sound_format", ["wav", "flac", "opus"])
@pytest.mark.parametrize("callee_codec", [PCMU, OPUS])
async def test_each_side_on_its_channel(house: House, sound_format: str, callee_codec: object) -> None:
    await house.set("setting", "recording_format", value=sound_format)
    await house.set("setting", "recording_channels", value="stereo")
    await house.set("setting", "recording_free_megabytes", value="0")
    await house.set("extension", "100", recording="always")
    caller = await house.phone("100", hertz=LOW, codecs=(PCMU, EVENTS))
    callee = await house.phone("101", hertz=HIGH, codecs=(callee_codec, EVENTS))
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    (call,) = await house.ask(calls.live_calls)
    assert (call.recording, call.media) == ("on", "voice")
    out.hang_up()
    await incoming.until_ended()
    row = await recorded(house)
    assert (row.state, row.caller, row.connected) == ("complete", "100", "101")
    assert Path(row.file).suffix == f".{sound_format}"
    assert loudest(row.file, 0) == pytest.approx(LOW, abs=3)
    assert loudest(row.file, 1) == pytest.approx(HIGH, abs=3)


async def test_a_direct_call_is_recorded_from_the_window(house: House) -> None:
    await house.media("direct")
    await house.set("setting", "recording_free_megabytes", value="0")
    caller, callee = await house.phone("100", hertz=LOW), await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    (call,) = await house.ask(calls.live_calls)
    assert call.media == "direct"
    await house.ask(recordings.start, call.id)
    await house.hear(CallChanged, lambda event: event.call.recording == "on")
    await talk(out, incoming)
    await house.ask(recordings.stop, call.id)
    row = await recorded(house)
    assert row.started_by == "window"
    assert row.seconds > 0.2
    await talk(out, incoming)
    await house.ask(recordings.delete, [row.id])
    assert await house.ask(recordings.page) == []
    out.hang_up()
    await incoming.until_ended()


async def test_the_code_begins_and_ends_it(house: House) -> None:
    await house.set("setting", "recording_free_megabytes", value="0")
    await house.set("extension", "101", recording="on_demand")
    caller, callee = await house.phone("100", hertz=LOW), await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    for state in ("on", ""):
        for digit in "*1":
            incoming.send("INFO", "application/dtmf-relay", f"Signal={digit}\r\nDuration=160\r\n".encode())
        await house.hear(CallChanged, partial(shows, state))
        house.heard.clear()
    row = await recorded(house)
    assert row.started_by == "extension 101"
    out.hang_up()
    await incoming.until(events.Ended)
