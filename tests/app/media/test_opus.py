"""Opus: whatever a phone may send, what ours look like, and what is heard where one is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.media import opus_library
from app.media.opus import OpusDecoder, OpusEncoder, checked
from app.media.voice_codec import CodecError, RecoveringDecoder
from tests.support.foreign_opus import foreign_packets


def voice(seconds: float) -> np.ndarray:  # type: ignore[type-arg]
    """A tone that rises and falls, rough enough to be a voice: hard to guess the middle of."""
    at = np.arange(int(seconds * 16_000)) / 16_000
    phase = 2 * np.pi * np.cumsum(160 + 60 * np.sin(2 * np.pi * 3 * at)) / 16_000
    sound = sum(np.sin(number * phase + number * number) / number for number in range(1, 20))
    noise = np.random.default_rng(5).normal(0, 0.1, len(at))
    return np.rint(3000 * (sound + noise) * (1.2 + np.sin(2 * np.pi * 4 * at))).astype(np.int16)


def packets_of(sound: np.ndarray, ptime: int = 20) -> list[bytes]:  # type: ignore[type-arg]
    encoder, size = OpusEncoder(ptime, 32_000), 16 * ptime
    return [encoder.encode(sound[at : at + size]) for at in range(0, len(sound) - size + 1, size)]


def tone_level(sound: np.ndarray, hertz: float) -> float:  # type: ignore[type-arg]
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(sound)) / 16_000)
    return float(2 * abs(sound.astype(float) @ wave) / len(sound))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("frame_ms", [2.5, 5, 10, 20, 40, 60])
def test_any_frame_mono_or_stereo_is_heard_as_mono(channels: int, frame_ms: float) -> None:
    decoder = OpusDecoder()
    heard = [decoder.decode(packet) for packet in foreign_packets(channels, frame_ms)]
    assert {len(piece) for piece in heard} == {int(16 * frame_ms)}
    assert tone_level(np.concatenate(heard)[4800:12_800], 500) == pytest.approx(8000, rel=0.05)


def test_music_of_the_full_band_is_heard() -> None:
    decoder = OpusDecoder()
    heard = np.concatenate([decoder.decode(packet) for packet in foreign_packets(2, 20, application="audio")])
    assert tone_level(heard[4800:12_800], 500) == pytest.approx(8000, rel=0.05)


def test_a_packet_cut_off_is_concealed_or_an_error_and_hurts_nobody() -> None:
    packets = foreign_packets(2, 20)
    decoder = OpusDecoder()
    outcomes = set()
    for length in range(1, len(packets[20])):
        try:
            outcomes.add(len(decoder.decode(packets[20][:length])))
        except CodecError:
            outcomes.add(0)
    assert outcomes <= {0, 320}
    assert [len(decoder.decode(packet)) for packet in packets[21:24]] == [320] * 3


def test_a_silent_frame_of_discontinuous_transmission_is_a_frame() -> None:
    packets = foreign_packets(1, 20)
    decoder = OpusDecoder()
    decoder.decode(packets[5])
    assert len(decoder.decode(packets[5][:1])) == 320  # RFC 6716 3.1: the table of contents alone


def test_ours_are_mono_wide_band_of_the_agreed_rate() -> None:
    packets = packets_of(voice(2.0))
    assert not any(packet[0] & 4 for packet in packets)  # mono
    assert {packet[0] >> 3 for packet in packets} == {9}  # SILK, wide band, 20 ms: RFC 6716 3.1
    assert all(len(packet) > 3 for packet in packets)  # no DTX
    assert sum(map(len, packets)) * 8 / 2 == pytest.approx(32_000, rel=0.15)


def noise_of_losses(ptime: int, *, by_the_next: bool) -> float:
    """How far the sound of a stream that loses every sixth packet is from that of the whole one, in dB."""
    packets = packets_of(voice(3.0), ptime)
    whole, torn = OpusDecoder(), OpusDecoder()
    heard, meant = [], []
    for number, packet in enumerate(packets):
        meant.append(whole.decode(packet).astype(float))
        if number % 6 == 4 and number + 1 < len(packets):
            following = packets[number + 1] if by_the_next else None
            heard.append(torn.make_up(16 * ptime, following).astype(float))
        else:
            heard.append(torn.decode(packet).astype(float))
    wanted, found = np.concatenate(meant), np.concatenate(heard)
    return float(10 * np.log10(np.sum((found - wanted) ** 2) / np.sum(wanted**2)))


@pytest.mark.parametrize("ptime", [10, 20, 40])
def test_a_lost_packet_is_said_again_in_the_next_one(ptime: int) -> None:
    guessed = noise_of_losses(ptime, by_the_next=False)
    corrected = noise_of_losses(ptime, by_the_next=True)
    assert guessed < -3
    assert corrected < guessed - 1.5


def test_what_is_made_up_is_as_long_as_what_is_missing() -> None:
    packets = packets_of(voice(0.4))
    decoder = OpusDecoder()
    assert isinstance(decoder, RecoveringDecoder)
    decoder.decode(packets[4])
    assert [len(decoder.make_up(count, None)) for count in (40, 320, 960, 1920)] == [40, 320, 960, 1920]
    assert len(decoder.make_up(1, None)) == 40  # what Opus can count
    assert len(decoder.make_up(100_000, None)) == 1920  # the longest packet
    assert len(decoder.make_up(640, packets[7])) == 640
    assert len(decoder.make_up(40, packets[7])) == 40  # less than the packet says again


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=300), st.integers(0, 4000), st.booleans()), max_size=12))
def test_nothing_that_comes_hurts_a_stream(packets: list[tuple[bytes, int, bool]]) -> None:
    decoder = OpusDecoder()
    for payload, count, is_lost in packets:
        try:
            sound = decoder.make_up(max(1, count), payload) if is_lost else decoder.decode(payload)
        except CodecError:
            continue
        assert 0 < len(sound) <= 1920
    assert len(decoder.decode(packets_of(voice(0.1))[3])) == 320


@pytest.mark.parametrize("payload", [b"", b"\xff", b"\x4b\xff" + bytes(100), bytes(70_000)])
def test_no_packet_of_opus_is_none_to_recover_from_either(payload: bytes) -> None:
    with pytest.raises(CodecError):
        OpusDecoder().make_up(320, payload)


def test_every_error_code_has_words() -> None:
    assert checked(0) == 0
    assert checked(7) == 7
    for code in range(-8, 0):
        with pytest.raises(CodecError, match=r"Opus: [a-z]"):
            checked(code)


def test_an_encoder_of_impossible_settings_is_an_error() -> None:
    with pytest.raises(CodecError, match="bad argument"):
        OpusEncoder(20, -5)


def test_without_the_library_there_is_no_codec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opus_library, "load", lambda: None)
    for make in (OpusDecoder, lambda: OpusEncoder(20, 32_000)):
        with pytest.raises(CodecError, match="not installed"):
            make()
