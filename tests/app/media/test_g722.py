"""G.722: wide band, 64 kbit/s, any packet time."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.g722 import G722Decoder, G722Encoder
from tests.support.tones import share_of


def sine(hertz: float, count: int = 16_000) -> np.ndarray:  # type: ignore[type-arg]
    return np.rint(8000 * np.sin(2 * np.pi * hertz * np.arange(count) / 16_000)).astype(np.int16)


@pytest.mark.parametrize("hertz", [300, 1000, 3000, 6000])
def test_a_tone_of_either_band_keeps_its_level_and_stays_clean(hertz: int) -> None:
    encoder, decoder = G722Encoder(20), G722Decoder()
    said = sine(hertz)
    heard = np.concatenate(
        [decoder.decode(encoder.encode(said[at : at + 320])) for at in range(0, 16_000, 320)]
    )
    part = heard[8000:12_000].astype(float)
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / 16_000)
    level = 2 * abs(part @ wave) / len(part)
    noise = part - 2 * (part @ wave / len(part) * wave.conj()).real
    assert level == pytest.approx(8000, rel=0.06)
    assert 20 * np.log10(part.std() / noise.std()) > (20 if hertz == 6000 else 30)


@pytest.mark.parametrize("ptime", [10, 20, 30, 60])
def test_a_packet_is_64_kbit_s(ptime: int) -> None:
    payload = G722Encoder(ptime).encode(sine(440, 16 * ptime))
    assert len(payload) == 8 * ptime


def test_a_decoder_hands_out_sound_that_later_packets_leave_alone() -> None:
    encoder, decoder = G722Encoder(20), G722Decoder()
    packets = [encoder.encode(sine(500, 3200)[at : at + 320]) for at in range(0, 3200, 320)]
    first = decoder.decode(packets[4])
    kept = first.copy()
    for packet in packets[5:] * 5:
        decoder.decode(packet)
    assert (first == kept).all()


def test_the_tone_is_found_by_the_ear_of_the_other_tests() -> None:
    encoder, decoder = G722Encoder(20), G722Decoder()
    said = sine(440)
    heard = np.concatenate(
        [decoder.decode(encoder.encode(said[at : at + 320])) for at in range(0, 16_000, 320)]
    )
    assert share_of(heard[3200::2], 440) > 0.95
