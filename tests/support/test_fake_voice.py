"""The voice ports of virtual time, and that they have the shape of the real ones."""

from __future__ import annotations

import asyncio
import inspect

import numpy as np
import pytest

from app.media.clip import Clip
from app.media.samples import Samples
from app.media.sources import Playlist, Quiet, Radio
from app.media.voice_codec import CODECS, VoiceCodec
from app.net.rtp_ports import PortsExhausted
from app.net.voice_engine import VoiceEngine
from app.net.voice_port import VoicePort
from app.sdp.codec import STATIC
from app.sdp.direction import Direction
from app.sdp.target import MediaTarget
from tests.support.fake_voice import FakePort, FakeVoice, frames_of
from tests.support.office import in_virtual_time
from tests.support.voice_phone import tone


@pytest.mark.parametrize(("real", "fake"), [(VoiceEngine, FakeVoice), (VoicePort, FakePort)])
def test_the_shape_is_the_real_one(real: type, fake: type) -> None:
    internal = {"start", "report", "way_to", "tick", "hear", "speak", "closed", "clock", "wall", "join"}
    for name, method in inspect.getmembers(real, inspect.isfunction):
        if name.startswith("_") or (name in internal and not hasattr(fake, name)):
            continue
        theirs = inspect.signature(method).parameters
        ours = inspect.signature(getattr(fake, name)).parameters
        assert list(ours)[: len(theirs)] == [each for each in theirs if each in ours], name


@in_virtual_time
async def test_clips_take_their_time() -> None:
    loop = asyncio.get_running_loop()
    voice = FakeVoice()
    port = await voice.open("10.0.0.1")
    over = asyncio.Event()
    began = loop.time()
    port.play(Playlist([Clip(tone(440, 1.0), "one"), Clip(tone(440, 0.5), "two")]), over.set)
    assert port.playing == ("one", "two")
    await over.wait()
    assert loop.time() - began == pytest.approx(1.5)
    assert port.played == ["one", "two"]
    assert port.playing == ()
    port.play(Radio([Clip(tone(440, 0.5), "music")]), over.clear)
    await asyncio.sleep(60)
    assert port.playing == ("music",)
    port.play(Quiet())
    await asyncio.sleep(60)
    await voice.close_all()
    assert voice.ports == 0
    assert over.is_set()


@in_virtual_time
async def test_ports_are_counted_and_run_out() -> None:
    voice = FakeVoice(capacity=1)
    port = await voice.open("10.0.0.1")
    with pytest.raises(PortsExhausted):
        await voice.open("10.0.0.1")
    assert voice.open_ports == [port]
    port.close()
    port.close()
    assert voice.ports == 0
    await voice.open("10.0.0.1")
    assert voice.lateness().ticks == 0


@in_virtual_time
async def test_a_target_says_what_is_sent() -> None:
    port = await FakeVoice().open("10.0.0.1")
    assert not port.is_sending
    target = MediaTarget("10.0.1.1", 4000, 4001, (STATIC[18], STATIC[8]), ptime=30)
    port.connect(target)
    assert (port.codec, port.ptime_ms, port.is_sending) == (CODECS["pcma"], 30, True)
    port.connect(MediaTarget("10.0.1.1", 4000, 4001, (STATIC[8],), direction=Direction.SENDONLY))
    assert not port.is_sending
    port.connect(MediaTarget("0.0.0.0", 4000, 4001, (STATIC[8],)))
    assert not port.is_sending
    port.connect(None)
    assert port.codec is None
    assert len(port.targets) == 4


@in_virtual_time
async def test_the_peer_presses_and_speaks() -> None:
    voice = FakeVoice()
    port, other = await voice.open("10.0.0.1"), await voice.open("10.0.0.1")
    keys: list[str] = []
    port.press("1")
    port.on_digit = keys.append
    port.press("2#")
    assert keys == ["2", "#"]
    frames: list[Samples] = []
    remove = port.add_sink(lambda tick, frame: frames.append(frame))
    leave = voice.join(port, other)
    port.say(tone(440, 0.1))
    await asyncio.sleep(1.0)
    remove()
    remove()
    assert len(frames) in (49, 50)
    assert np.array_equal(np.concatenate(frames[:5]), tone(440, 0.1))
    assert not frames[-1].any()
    assert np.array_equal(frames_of(other)[:1600], tone(440, 0.1))
    leave()
    leave()
    assert port.joined is None
    port.send_digit("5")
    assert port.digits_sent == ["5"]
    assert port.counters().local_address == port.address
    await voice.close_all()


@in_virtual_time
async def test_other_sources_are_asked_each_tick() -> None:
    class Three:
        left = 3

        def frame(self, tick: int) -> Samples | None:
            self.left -= 1
            return tone(440, 0.02) if self.left >= 0 else None

        def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
            raise AssertionError

    port = await FakeVoice().open("10.0.0.1")
    over = asyncio.Event()
    port.play(Three(), over.set)
    await over.wait()
    assert len(frames_of(port)) == 960
    assert port.source is None
    port.close()
