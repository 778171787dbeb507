"""A voice port and a phone: what is heard on either side, and the one stream through all changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from app.media.clip import Clip
from app.media.rtp import timestamp_distance
from app.media.samples import SILENCE, Samples
from app.media.sources import Playlist, Quiet, Radio
from app.media.voice_codec import CODECS
from app.net.voice_port import VoicePort
from app.sdp.direction import Direction
from tests.support.media_phone import MediaPhone
from tests.support.voice_phone import (
    Ear,
    Frames,
    VoiceHouse,
    VoicePhone,
    assert_one_stream,
    share_of,
    tone,
    with_voices,
)


@pytest.mark.parametrize("codec", ["pcmu", "pcma", "g722", "opus", "l16"])
@with_voices
async def test_a_clip_is_heard_in_every_codec(house: VoiceHouse, codec: str) -> None:
    phone, port = await house.phone(codec)
    over = asyncio.Event()
    port.play(Playlist([Clip(tone(440), "tone")]), over.set)
    await over.wait()
    await asyncio.sleep(0.02)
    assert port.codec is CODECS[codec]
    assert len(phone.packets) == 50
    assert [packet.marker for packet in phone.packets] == [True] + 49 * [False]
    step = CODECS[codec].clock_rate // 50
    assert {(b.timestamp - a.timestamp) % 2**32 for a, b in pairwise(phone.packets)} == {step}
    assert_one_stream(phone.packets)
    assert share_of(phone.heard(), 440) > 0.95


@pytest.mark.parametrize("codec", ["pcmu", "g722", "opus"])
@pytest.mark.parametrize("ptime", [10, 20, 30, 40, 60])
@with_voices
async def test_the_packets_are_as_long_as_the_peer_wants_them(
    house: VoiceHouse, codec: str, ptime: int
) -> None:
    phone, port = await house.phone(codec, ptime=ptime)
    sent = CODECS[codec].packet_ms(ptime)
    assert port.ptime_ms == sent
    ear = Ear()
    port.add_sink(ear)
    port.play(Radio([Clip(tone(440), "tone")]))
    if sent == ptime:
        await phone.say(tone(1000, 1.2))
        assert share_of(ear.sound[4000:16000], 1000) > 0.95
    else:
        await asyncio.sleep(1.2)
    assert len(phone.packets) * sent == pytest.approx(1200, abs=80)
    assert_one_stream(phone.packets)
    step = CODECS[codec].clock_rate * sent // 1000
    assert {(b.timestamp - a.timestamp) % 2**32 for a, b in pairwise(phone.packets)} == {step}
    assert share_of(phone.heard(), 440) > 0.95


@with_voices
async def test_one_stream_through_play_silence_other_codec_hold_and_resume(house: VoiceHouse) -> None:
    phone, port = await house.phone("pcmu", others=["opus"])
    port.play(Playlist([Clip(tone(440, 0.2), "one")]))
    await asyncio.sleep(0.5)  # 0.2 s of it silence, in which the clock runs on
    port.play(Radio([Clip(tone(600), "two")]))
    await asyncio.sleep(0.2)
    first, second = phone.packets[0], next(packet for packet in phone.packets[1:] if packet.marker)
    assert 24 * 160 <= timestamp_distance(second.timestamp, first.timestamp) <= 26 * 160
    changed = len(phone.packets)
    port.connect(phone.target(codecs=phone.codecs[::-1]))  # Opus from now on
    await asyncio.sleep(0.2)
    assert phone.packets[changed].payload_type == CODECS["opus"].payload_type
    assert phone.packets[changed].marker
    port.connect(phone.target(direction=Direction.SENDONLY))
    held = len(phone.packets)
    await asyncio.sleep(0.4)
    assert len(phone.packets) == held
    port.connect(phone.target())
    await asyncio.sleep(0.2)
    assert phone.packets[held].marker
    assert phone.packets[held].payload_type == 0
    assert len(phone.packets) > held + 8
    assert_one_stream(phone.packets)
    # 0.2 s of Opus at 48 kHz, 0.4 s of hold at 8 kHz (RFC 7160 4.2)
    ahead = timestamp_distance(phone.packets[held].timestamp, phone.packets[changed].timestamp)
    assert 9 * 960 + 19 * 160 <= ahead <= 11 * 960 + 21 * 160


@with_voices
async def test_a_source_is_over_in_its_time_for_one_who_holds_too(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    over = asyncio.Event()
    port.connect(phone.target(direction=Direction.INACTIVE))
    began = asyncio.get_running_loop().time()
    port.play(Playlist([Clip(tone(440), "tone")]), over.set)
    await over.wait()
    assert 0.98 <= asyncio.get_running_loop().time() - began <= 1.06
    assert not phone.packets


@with_voices
async def test_what_is_replaced_does_not_end(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    ends: list[str] = []
    port.play(Playlist([Clip(tone(440), "one")]), lambda: ends.append("one"))
    await asyncio.sleep(0.1)
    port.play(Playlist([Clip(tone(600, 0.1), "two")]), lambda: ends.append("two"))
    await asyncio.sleep(0.3)
    assert ends == ["two"]
    port.play(None)
    await asyncio.sleep(0.1)
    assert ends == ["two"]
    assert sum(packet.marker for packet in phone.packets) == 2


@with_voices
async def test_a_callback_may_play_the_next_thing_and_may_close(house: VoiceHouse) -> None:
    phone, port = await house.phone()

    def next_one() -> None:
        port.play(Playlist([Clip(tone(600, 0.1), "two")]), port.close)

    port.play(Playlist([Clip(tone(440, 0.1), "one")]), next_one)
    await asyncio.sleep(0.5)
    assert house.engine.ports == 0
    assert len(phone.packets) == 10
    port.play(Quiet())
    port.connect(phone.target())
    port.send_digit("1")
    port.on_digit = print
    port.add_sink(print)()
    port.close()
    await asyncio.sleep(0.1)
    assert len(phone.packets) == 10


@pytest.mark.logs("a source of sound failed and is stopped")
@with_voices
async def test_a_source_that_fails_is_over_and_others_go_on(house: VoiceHouse) -> None:
    def fail() -> Samples:
        raise RuntimeError("the disk is gone")

    one, failing = await house.phone()
    other, good = await house.phone()
    ends: list[str] = []
    failing.play(Frames(5, fail), lambda: ends.append("failed"))
    good.play(Frames())
    await asyncio.sleep(0.5)
    assert ends == ["failed"]
    assert len(one.packets) == 5
    assert len(other.packets) > 20
    assert share_of(other.heard(), 440) > 0.95


@pytest.mark.logs("a source of sound failed", "what follows on the end of a source failed")
@with_voices
async def test_a_source_of_odd_frames_and_a_failing_callback_harm_nobody(house: VoiceHouse) -> None:
    phone, port = await house.phone()

    def fail() -> None:
        raise RuntimeError("a mistake")

    port.play(Frames(3, lambda: SILENCE[:100]), fail)
    await asyncio.sleep(0.2)
    port.play(Frames(3))
    await asyncio.sleep(0.2)
    assert len(phone.packets) == 6


@with_voices
async def test_a_sink_hears_the_peer_each_tick_and_silence_else(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    ear = Ear()
    remove = port.add_sink(ear)
    await asyncio.sleep(0.2)
    assert len(ear.frames) in (9, 10)
    assert not ear.sound.any()
    await phone.say(tone(440))
    await asyncio.sleep(1.0)
    assert [later - one for one, later in pairwise(ear.ticks)] == [1] * (len(ear.ticks) - 1)
    assert share_of(ear.sound[6400:16000], 440) > 0.97
    assert not ear.frames[-1].any()
    remove()
    remove()
    count = len(ear.frames)
    await phone.say(tone(440, 0.2))
    assert len(ear.frames) == count


@with_voices
async def test_nothing_is_decoded_that_nobody_wants(
    house: VoiceHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, port = await house.phone()
    monkeypatch.setattr("app.net.voice_receiver.JitterBuffer", None)  # which would be a mistake to make
    port.on_digit = print  # telephone-event was agreed, but tones may come instead
    port.on_digit = None
    await phone.say(tone(440, 0.3))
    assert port.counters().packets_in == 15
    assert not house.engine._hearing


@with_voices
async def test_after_a_pause_the_peer_is_heard_again_and_nothing_is_done_meanwhile(house: VoiceHouse) -> None:
    phone, port = await house.phone("pcmu", events=())
    port.on_digit = print
    await phone.say(tone(440, 0.3))
    await asyncio.sleep(1.5)
    assert not house.engine._hearing
    phone.timestamp += 8000 * 2
    ear = Ear()
    port.add_sink(ear)
    await phone.say(tone(600, 1.0))
    assert share_of(ear.sound[4000:], 600) > 0.95


@with_voices
async def test_lost_late_and_reordered_packets_leave_the_tone(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    ear = Ear()
    port.add_sink(ear)
    await phone.say(
        tone(440, 4.0),
        loses=lambda number: number % 23 == 7,
        delay=lambda number: 0.03 if number % 5 == 0 else 0.007 * (number % 3),
    )
    await asyncio.sleep(0.2)
    assert share_of(ear.sound[8000:60000], 440) > 0.85
    counters = port.counters()
    assert counters.packets_in == 200 - len(range(7, 200, 23))
    assert counters.lost >= len(range(7, 190, 23))
    assert counters.reordered > 10
    assert counters.jitter_ms > 1


@pytest.mark.logs("a sink of sound failed and gets no more")
@with_voices
async def test_sinks_may_fail_and_change_while_they_are_called(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    ear, late = Ear(), Ear()
    removes: list[Callable[[], None]] = []

    def restless(tick: int, frame: Samples) -> None:
        if removes:
            removes.pop()()
            port.add_sink(late)

    def broken(tick: int, frame: Samples) -> None:
        raise RuntimeError("a full disk")

    port.add_sink(broken)
    port.add_sink(restless)
    removes.append(port.add_sink(ear))
    await phone.say(tone(440, 0.4))
    assert not ear.frames
    assert len(late.frames) > 15


@with_voices
async def test_a_sink_may_close_the_port(house: VoiceHouse) -> None:
    _, port = await house.phone()
    other, good = await house.phone()
    port.add_sink(lambda tick, frame: port.close())
    good.play(Quiet())
    await asyncio.sleep(0.2)
    assert house.engine.ports == 1
    assert len(other.packets) > 7


@with_voices
async def test_the_last_port_may_be_closed_by_a_sink(house: VoiceHouse) -> None:
    _, port = await house.phone()
    for _ in range(3):
        port.add_sink(lambda tick, frame: port.close())
    await asyncio.sleep(0.2)
    assert house.engine.ports == 0


@with_voices
async def test_the_peer_may_change_its_codec_and_its_stream(house: VoiceHouse) -> None:
    phone, port = await house.phone("pcmu", others=["g722", "opus"])
    ear = Ear()
    port.add_sink(ear)
    for number, (codec, hertz) in enumerate([("pcmu", 440), ("g722", 600), ("opus", 1000), ("pcmu", 700)]):
        phone.ssrc = number
        phone.sequence, phone.timestamp = 1000 * number, 77_000 * number
        ear.frames.clear()
        await phone.say(tone(hertz), codec=codec)
        assert share_of(ear.sound[6400:15000], hertz) > 0.9, codec
    assert port.counters().payload_types == (0, 9, CODECS["opus"].payload_type)


@with_voices
async def test_packets_with_extensions_and_padding_are_understood(house: VoiceHouse) -> None:
    from app.media.rtp import Extension
    from app.media.voice_codec import new_encoder

    phone, port = await house.phone()
    ear = Ear()
    port.add_sink(ear)
    encoder = new_encoder(CODECS["pcmu"])
    sound = tone(440)
    loop = asyncio.get_running_loop()
    for number in range(50):
        payload = encoder.encode(sound[number * 320 : (number + 1) * 320])
        loop.call_later(
            number * 0.02,
            lambda payload=payload: phone.send(
                payload, csrcs=(5, 6), extension=Extension(0xBEDE, b"\0\1\2\3"), padding=4
            ),
        )
        loop.call_later(number * 0.02 + 0.001, lambda: setattr(phone, "timestamp", phone.timestamp + 160))
    await asyncio.sleep(1.1)
    assert share_of(ear.sound[4000:15000], 440) > 0.95


@with_voices
async def test_what_is_no_sound_is_passed_over(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    ear = Ear()
    keys: list[str] = []
    port.on_digit = keys.append
    port.add_sink(ear)
    phone.send(b"")
    for payload_type in (13, 34, 99, 127):
        phone.send(b"\xff" * 20, payload_type=payload_type)
    phone.send(b"\x01", payload_type=101)  # cut off
    phone.send(b"\x63\0\0\0", payload_type=101)  # no key
    dtls, broken_rtcp = b"\x16\xfe\xfd" + bytes(20), b"\x80\xc8\0\x09" + bytes(4)
    for data in (b"", b"\0" * 4, dtls, broken_rtcp, b"\x90\0" + bytes(10)):
        phone.rtp.sendto(data, port.address)
    await asyncio.sleep(0.3)
    assert not ear.sound.any()
    assert not keys
    await phone.say(tone(440, 0.6))
    assert share_of(ear.sound[-5000:], 440) > 0.9


@with_voices
async def test_strangers_are_not_heard(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    stranger = MediaPhone("127.0.0.9", ssrc=66)
    ear = Ear()
    port.add_sink(ear)
    loop = asyncio.get_running_loop()
    try:
        for number in range(40):
            loop.call_later(number * 0.02, lambda: stranger.rtp.sendto(stranger.packet(), port.address))
        await phone.say(tone(440))
        assert share_of(ear.sound[4000:15000], 440) > 0.95
        seen = port.counters()
        assert seen.foreign_packets + seen.learning_packets == 40
        assert seen.packets_in == 50
        assert seen.source_address == phone.rtp.getsockname()
        assert seen.ssrc == phone.ssrc
    finally:
        stranger.close()


class Full:
    """A socket buffer that is full."""

    def __call__(self, data: bytes) -> None:
        raise BlockingIOError


@with_voices
async def test_a_full_buffer_loses_packets_and_nothing_else(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    port.play(Frames())
    await asyncio.sleep(0.1)
    heard = len(phone.packets)
    working, port._sockets.send = port._sockets.send, Full()
    await asyncio.sleep(0.2)
    port._sockets.send = working
    await asyncio.sleep(0.2)
    seen = port.counters()
    assert seen.undelivered_packets in (9, 10, 11)
    assert seen.packets_out == len(phone.packets) > heard
    assert len({packet.ssrc for packet in phone.packets}) == 1


@with_voices
async def test_a_peer_that_is_gone_harms_nobody(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    other, good = await house.phone()
    await phone.say(tone(440, 0.1))
    phone.vanish()
    port.play(Frames())
    good.play(Frames())
    await asyncio.sleep(0.5)
    assert port.counters().packets_out + port.counters().undelivered_packets >= 24
    assert len(other.packets) > 20


@with_voices
async def test_nothing_is_sent_before_the_peer_is_known(house: VoiceHouse) -> None:
    port = await house.engine.open("127.0.0.1")
    assert isinstance(port, VoicePort)
    assert port.codec is None
    port.play(Frames(5))
    port.send_digit("1")
    await asyncio.sleep(0.3)
    assert port.counters().packets_out == 0
    phone = VoicePhone()
    port.connect(phone.target(codecs=()))
    port.play(Frames(5))
    await asyncio.sleep(0.3)
    assert not phone.packets
    assert port.counters().sdp_address == phone.rtp.getsockname()
    phone.close()
