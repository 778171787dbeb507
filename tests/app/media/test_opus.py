"""Opus: whatever a phone may send, and what ours look like."""

from __future__ import annotations

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from app.media.opus import OpusDecoder, OpusEncoder
from app.media.voice_codec import CodecError


def foreign_packets(
    channels: int, frame_ms: float, rate: int = 48_000, application: str = "voip"
) -> list[bytes]:
    """What another Opus sends: a tone of 500 Hz on each channel."""
    context = av.CodecContext.create("libopus", "w")
    context.sample_rate, context.format = rate, "s16"
    context.layout = "stereo" if channels == 2 else "mono"
    context.options = {"frame_duration": str(frame_ms), "application": application}
    context.open()
    size = int(rate * frame_ms / 1000)
    wave = 8000 * np.sin(2 * np.pi * 500 * np.arange(rate) / rate)
    packets = []
    for at in range(0, rate - size + 1, size):
        frame = AudioFrame("s16", "stereo" if channels == 2 else "mono", size)
        frame.sample_rate = rate
        frame.planes[0].update(np.repeat(wave[at : at + size], channels).astype(np.int16).tobytes())
        packets += [bytes(packet) for packet in context.encode(frame)]
    return packets


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


def test_ours_are_mono_wide_band_and_carry_error_correction() -> None:
    said = np.rint(8000 * np.sin(2 * np.pi * 200 * np.arange(32_000) / 16_000)).astype(np.int16)
    said[::80] += 6000  # something of a voice
    encoder = OpusEncoder(20, 24_000)
    packets = [encoder.encode(said[at : at + 320]) for at in range(0, 32_000, 320)]
    assert not any(packet[0] & 4 for packet in packets)  # mono
    assert {packet[0] >> 3 for packet in packets[10:]} <= {9, 21}  # SILK or CELT, wide band, 20 ms
    assert all(len(packet) > 3 for packet in packets)  # no DTX
    assert sum(map(len, packets)) * 8 / 2 == pytest.approx(24_000, rel=0.3)
