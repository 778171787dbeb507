"""Two ports that are joined: what each phone hears of the other, by the same packets or by other ones."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import numpy as np
import pytest

from app.media.clip import Clip
from app.media.dtmf import DigitReceiver, DigitStarted, TelephoneEvent
from app.media.rtp import RtpPacket, sequence_distance, timestamp_distance
from app.media.samples import Samples
from app.media.sources import Playlist, Radio
from app.net.voice_keys import key_tone
from app.sdp.direction import Direction
from tests.support.voice_phone import EVENT_48, VoiceHouse, VoicePhone, share_of, tone, with_voices


def keys_of(packets: list[RtpPacket]) -> str:
    receiver = DigitReceiver()
    found = [event for packet in packets for event in receiver.receive(packet.timestamp, packet.payload)]
    return "".join(event.digit for event in found if isinstance(event, DigitStarted))


def assert_one_stream(packets: list[RtpPacket]) -> None:
    assert len({packet.ssrc for packet in packets}) == 1
    for one, other in pairwise(packets):
        assert sequence_distance(other.sequence, one.sequence) == 1
        assert timestamp_distance(other.timestamp, one.timestamp) >= 0


def is_decoding(house: VoiceHouse) -> bool:
    return bool(house.engine._hearing)


@with_voices
async def test_packets_of_one_codec_pass_as_they_are(house: VoiceHouse) -> None:
    one, port = await house.phone(ssrc=7)
    other, far = await house.phone(ssrc=8)
    house.engine.join(port, far)
    await asyncio.gather(one.say(tone(440)), other.say(tone(600)))
    assert not is_decoding(house)
    for phone, hertz, source in ((one, 600, 8), (other, 440, 7)):
        assert len(phone.packets) == 50
        assert share_of(phone.heard(), hertz) > 0.97
        assert_one_stream(phone.packets)
        assert phone.packets[0].ssrc != source
        assert [packet.marker for packet in phone.packets] == [True] + 49 * [False]
        assert {(b.timestamp - a.timestamp) % 2**32 for a, b in pairwise(phone.packets)} == {160}
    seen = far.counters()
    assert (seen.packets_in, seen.packets_out) == (50, 50)


@pytest.mark.parametrize(
    ("first", "second"),
    [("pcmu", "opus"), ("pcmu", "pcma"), ("g722", "opus"), ("pcma", "g722"), ("l16", "pcmu")],
)
@with_voices
async def test_phones_of_different_codecs_hear_each_other(house: VoiceHouse, first: str, second: str) -> None:
    one, port = await house.phone(first)
    other, far = await house.phone(second)
    house.engine.join(port, far)
    await asyncio.gather(one.say(tone(440, 1.5)), other.say(tone(600, 1.5)))
    await asyncio.sleep(0.2)
    assert share_of(one.heard()[6400:20000], 600) > 0.95
    assert share_of(other.heard()[6400:20000], 440) > 0.95
    assert_one_stream(one.packets)
    assert_one_stream(other.packets)


@pytest.mark.parametrize("codec", ["pcmu", "opus"])
@pytest.mark.parametrize(("first", "second"), [(20, 40), (10, 60), (20, 10), (40, 60)])
@with_voices
async def test_phones_of_different_packet_times_hear_each_other(
    house: VoiceHouse, codec: str, first: int, second: int
) -> None:
    one, port = await house.phone(codec, ptime=first)
    other, far = await house.phone(codec, ptime=second)
    house.engine.join(port, far)
    await asyncio.gather(one.say(tone(440, 1.5)), other.say(tone(600, 1.5)))
    await asyncio.sleep(0.2)
    for phone, hertz in ((one, 600), (other, 440)):
        assert share_of(phone.heard()[6400:20000], hertz) > 0.95
        assert_one_stream(phone.packets)
        steps = {timestamp_distance(b.timestamp, a.timestamp) for a, b in pairwise(phone.packets[1:])}
        assert steps == {(8 if codec == "pcmu" else 48) * phone.ptime}


@with_voices
async def test_loss_and_order_are_seen_behind_the_join(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    house.engine.join(port, far)
    await one.say(
        tone(440, 1.0),
        loses=lambda number: number in (10, 11, 30),
        delay=lambda number: 0.025 if number in (20, 40) else 0.0,
    )
    await asyncio.sleep(0.1)
    numbers = [sequence_distance(packet.sequence, other.packets[0].sequence) for packet in other.packets]
    assert sorted(numbers) == [number for number in range(50) if number not in (10, 11, 30)]
    assert numbers[18:20] == [21, 20]
    for packet, number in zip(other.packets, numbers, strict=True):
        assert timestamp_distance(packet.timestamp, other.packets[0].timestamp) == number * 160


@with_voices
async def test_music_is_heard_instead_of_the_other_side_and_then_the_other_side_again(
    house: VoiceHouse,
) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    house.engine.join(port, far)
    talking = asyncio.gather(one.say(tone(440, 3.0)), other.say(tone(600, 3.0)))
    await asyncio.sleep(1.0)
    far.play(Radio([Clip(tone(1000), "music")]))  # for the other, while the first one holds
    port.connect(one.target(direction=Direction.SENDONLY))
    heard, held = len(other.packets), len(one.packets)
    await asyncio.sleep(0.9)
    back = len(other.packets)
    assert len(one.packets) <= held + 1
    far.play(None)
    port.connect(one.target())
    await talking
    await asyncio.sleep(0.1)
    sound = other.heard()
    assert share_of(sound[: heard * 320], 440) > 0.95
    assert share_of(sound[heard * 320 + 640 : back * 320], 1000) > 0.95
    assert share_of(sound[back * 320 + 640 :], 440) > 0.95
    assert share_of(one.heard(), 600) > 0.95
    assert_one_stream(other.packets)
    assert_one_stream(one.packets)
    assert sum(packet.marker for packet in other.packets) == 3
    assert sum(packet.marker for packet in one.packets) == 2


@with_voices
async def test_one_stream_through_prompt_join_other_codec_and_separation(house: VoiceHouse) -> None:
    one, port = await house.phone("pcmu", others=["opus"])
    other, far = await house.phone("pcmu")
    far.play(Playlist([Clip(tone(700, 0.3), "prompt")]))
    await asyncio.sleep(0.4)
    leave = house.engine.join(port, far)
    await one.say(tone(440, 0.5))
    assert not is_decoding(house)
    port.connect(one.target(codecs=one.codecs[::-1]))
    await one.say(tone(440, 0.8), codec="opus")
    assert is_decoding(house)
    port.connect(one.target())
    await one.say(tone(440, 0.5), codec="pcmu")
    assert not is_decoding(house)
    leave()
    leave()
    count = len(other.packets)
    await one.say(tone(440, 0.2))
    assert len(other.packets) == count
    far.play(Playlist([Clip(tone(700, 0.3), "prompt")]))
    await asyncio.sleep(0.4)
    assert_one_stream(other.packets)
    sound = other.heard()
    assert share_of(sound[15 * 320 + 640 : 35 * 320], 440) > 0.95
    assert share_of(sound[-14 * 320 :], 700) > 0.95
    assert share_of(sound[50 * 320 : 70 * 320], 440) > 0.9


@with_voices
async def test_sinks_hear_what_passes(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    frames: list[Samples] = []
    house.engine.join(port, far)
    port.add_sink(lambda tick, frame: frames.append(frame))
    await one.say(tone(440, 1.0))
    assert share_of(np.concatenate(frames)[6400:], 440) > 0.95
    assert len(other.packets) == 50
    assert {(b.timestamp - a.timestamp) % 2**32 for a, b in pairwise(other.packets)} == {160}


@pytest.mark.parametrize("second", ["pcmu", "pcma"])
@with_voices
async def test_keys_pass_and_are_told_once(house: VoiceHouse, second: str) -> None:
    one, port = await house.phone()
    other, far = await house.phone(second)
    house.engine.join(port, far)
    keys: list[str] = []
    port.on_digit = keys.append
    await one.say(tone(440, 0.4))
    for digit in "12#":
        one.press(digit)
        await asyncio.sleep(0.3)
        await one.say(tone(440, 0.1))
    await asyncio.sleep(0.2)
    events = other.event_packets()
    assert "".join(keys) == "12#" == keys_of(events)
    assert len(events) == 21
    assert len({packet.timestamp for packet in events}) == 3
    assert sum(packet.marker for packet in events) == 3
    assert len({packet.ssrc for packet in other.packets}) == 1
    assert all(sequence_distance(b.sequence, a.sequence) == 1 for a, b in pairwise(other.packets))
    durations = [TelephoneEvent.parse(packet.payload).duration for packet in events[:7]]
    assert durations == [160, 320, 480, 640, 800, 800, 800]


@with_voices
async def test_keys_take_the_hearers_number_and_clock(house: VoiceHouse) -> None:
    one, port = await house.phone("pcmu")
    other, far = await house.phone("opus", events=(EVENT_48,))
    house.engine.join(port, far)
    await one.say(tone(440, 0.4))
    one.press("8")
    await asyncio.sleep(0.3)
    other.press("9", 102, 48_000)
    await asyncio.sleep(0.3)
    durations = [TelephoneEvent.parse(packet.payload).duration for packet in other.event_packets()]
    assert durations == [960, 1920, 2880, 3840, 4800, 4800, 4800]
    assert keys_of(other.event_packets()) == "8"
    assert keys_of(one.event_packets()) == "9"
    assert TelephoneEvent.parse(one.event_packets()[-1].payload).duration == 800


@pytest.mark.parametrize("second", ["pcmu", "pcma"])
@with_voices
async def test_a_key_longer_than_its_duration_can_say_goes_on(house: VoiceHouse, second: str) -> None:
    one, port = await house.phone()
    other, far = await house.phone(second)
    house.engine.join(port, far)
    first, later = TelephoneEvent(3, False, 10, 0xFFFF), TelephoneEvent(3, True, 10, 800)
    one.send(first.encode(), payload_type=101, marker=True, timestamp=1000)
    one.send(later.encode(), payload_type=101, timestamp=1000 + 0xFFFF)
    await asyncio.sleep(0.1)
    stamps = [packet.timestamp for packet in other.event_packets()]
    assert timestamp_distance(stamps[1], stamps[0]) == 0xFFFF
    assert keys_of(other.event_packets()) == "3"


@with_voices
async def test_a_hearer_without_telephone_event_hears_the_key_as_a_tone(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone(events=())
    house.engine.join(port, far)
    await one.say(tone(440, 0.2))
    before = len(other.packets)
    one.press("5")
    await asyncio.sleep(0.12)
    one.press("1")  # while the tone of the first is still heard
    await asyncio.sleep(0.8)
    sound = other.heard()[before * 320 :]
    assert share_of(sound[:2400], 770) + share_of(sound[:2400], 1336) > 0.9
    assert share_of(sound[-2400:], 697) + share_of(sound[-2400:], 1209) > 0.9
    await one.say(tone(440, 0.2))
    assert_one_stream(other.packets)
    assert share_of(other.heard()[-9 * 320 :], 440) > 0.9


@with_voices
async def test_our_own_keys_go_between_the_packets_that_pass(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    house.engine.join(port, far)
    talking = asyncio.ensure_future(one.say(tone(440, 1.0)))
    await asyncio.sleep(0.3)
    far.send_digit("6", 100)
    await talking
    assert keys_of(other.event_packets()) == "6"
    assert len(other.sounds()) == 50
    assert all(sequence_distance(b.sequence, a.sequence) == 1 for a, b in pairwise(other.packets))
    assert {(b.timestamp - a.timestamp) % 2**32 for a, b in pairwise(other.sounds())} == {160}


@with_voices
async def test_a_key_that_is_broken_does_not_pass(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    house.engine.join(port, far)
    one.send(b"\1", payload_type=101)
    far.play(Radio([Clip(tone(440), "music")]))
    one.press("5")
    await asyncio.sleep(0.3)
    assert not other.event_packets()


@with_voices
async def test_a_closed_port_leaves_its_partner(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    leave = house.engine.join(port, far)
    far.close()
    await one.say(tone(440, 0.2))
    leave()
    assert port.join is None
    house.engine.join(port, far)()
    assert port.join is None
    assert not other.packets
    port.play(Playlist([Clip(tone(440, 0.1), "on it goes")]))
    await asyncio.sleep(0.2)
    assert len(one.packets) == 5


@with_voices
async def test_who_is_joined_anew_leaves_the_one_before(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    third, next_one = await house.phone()
    leave_first = house.engine.join(port, far)
    house.engine.join(port, next_one)
    leave_first()
    assert far.join is None
    await asyncio.gather(one.say(tone(440, 0.3)), third.say(tone(600, 0.3)), other.say(tone(700, 0.3)))
    assert not other.packets
    assert share_of(one.heard(), 600) > 0.95
    assert share_of(third.heard(), 440) > 0.95


@with_voices
async def test_a_source_that_begins_another_stream_is_followed(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    house.engine.join(port, far)
    await one.say(tone(440, 0.3))
    one.ssrc, one.sequence, one.timestamp = 99, 12_345, 987_654_321
    await one.say(tone(440, 0.3))
    one.sequence, one.timestamp = 54_321, 55  # without telling
    await one.say(tone(440, 0.3))
    assert len(other.packets) == 45
    assert_one_stream(other.packets)
    steps = [timestamp_distance(b.timestamp, a.timestamp) for a, b in pairwise(other.packets)]
    assert max(steps) <= 480


@with_voices
async def test_comfort_noise_stays_out(house: VoiceHouse) -> None:
    one, port = await house.phone()
    other, far = await house.phone()
    house.engine.join(port, far)
    await one.say(tone(440, 0.2))
    one.send(b"\x40", payload_type=13)
    await one.say(tone(440, 0.2))
    assert {packet.payload_type for packet in other.packets} == {0}


async def press_tone(phone: VoicePhone, digit: str) -> None:
    """A key as a tone in the phone's sound, with speech-like quiet around it."""
    quiet = np.zeros(3200, np.int16)
    await phone.say(np.concatenate((quiet, *key_tone(digit, 6), quiet)))


@with_voices
async def test_keys_as_tones_are_told_once_where_no_events_were_agreed(house: VoiceHouse) -> None:
    one, port = await house.phone(events=())
    _, far = await house.phone(events=())
    keys: list[str] = []
    port.on_digit = keys.append
    for digit in "147*":
        await press_tone(one, digit)
    house.engine.join(port, far)
    await press_tone(one, "2")
    await asyncio.sleep(0.3)
    assert "".join(keys) == "147*2"


@with_voices
async def test_keys_as_tones_count_where_events_were_agreed_and_none_came(house: VoiceHouse) -> None:
    one, port = await house.phone()
    keys: list[str] = []
    port.on_digit = keys.append
    await press_tone(one, "4")
    await press_tone(one, "4")
    assert keys == ["4", "4"]
    one.press("5")
    await asyncio.sleep(0.3)
    await press_tone(one, "6")
    assert keys == ["4", "4", "5"]


@with_voices
async def test_a_key_as_tone_and_event_at_once_is_told_once(house: VoiceHouse) -> None:
    one, port = await house.phone()
    keys: list[str] = []
    port.on_digit = keys.append
    for digit in "31":
        loop = asyncio.get_running_loop()
        loop.call_later(
            0.5 if digit == "3" else 0.2, one.press, digit
        )  # the first event comes after its tone
        await press_tone(one, digit)
        await asyncio.sleep(0.5)
    assert keys == ["3", "1"]
