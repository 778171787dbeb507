"""G.711 against the recommendation, every code and every sample."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.g711 import G711Decoder, G711Encoder, decoding_table, encoding_table
from app.media.samples import SILENCE

ALL_SAMPLES = range(-32_768, 32_768)


def a_law(sample: int) -> int:
    """A-law as the ITU's own software writes it down (G.191), one sample at a time."""
    value = ~sample >> 4 if sample < 0 else sample >> 4
    exponent = 0
    if value > 15:
        exponent = 1
        while value > 31:
            value >>= 1
            exponent += 1
        value -= 16
    return (value + (exponent << 4) | (0x80 if sample >= 0 else 0)) ^ 0x55


def mu_law(sample: int) -> int:
    """mu-law as in G.191."""
    size = min((~sample >> 2 if sample < 0 else sample >> 2) + 33, 0x1FFF)
    segment = (size >> 6).bit_length() + 1
    code = (8 - segment) << 4 | 15 - (size >> segment & 15)
    return code | (0x80 if sample >= 0 else 0)


@pytest.mark.parametrize(("law", "reference"), [("pcma", a_law), ("pcmu", mu_law)])
def test_every_sample_is_encoded_as_in_the_reference(law, reference) -> None:  # type: ignore[no-untyped-def]
    ours = encoding_table(law)[np.arange(-32_768, 32_768).astype(np.uint16)]
    assert ours.tolist() == [reference(sample) for sample in ALL_SAMPLES]


@pytest.mark.parametrize("law", ["pcma", "pcmu"])
def test_every_code_comes_back_as_itself(law: str) -> None:
    levels = decoding_table(law)
    back = encoding_table(law)[levels.view(np.uint16)]
    minus_zero = {0x7F} if law == "pcmu" else set()
    assert {code for code in range(256) if back[code] != code} == minus_zero
    assert levels[0x7F] == 0 or law == "pcma"


def test_levels_of_the_recommendations_tables() -> None:
    mu, a = decoding_table("pcmu"), decoding_table("pcma")
    assert [mu[code] for code in (0xFF, 0xFE, 0xEF, 0x80, 0x00)] == [0, 8, 132, 32_124, -32_124]
    assert [a[code] for code in (0xD5, 0x55, 0xAA, 0x2A)] == [8, -8, 32_256, -32_256]


def test_every_sample_is_within_half_an_interval() -> None:
    samples = np.arange(-32_768, 32_768)
    for law in ("pcma", "pcmu"):
        back = decoding_table(law)[encoding_table(law)[samples.astype(np.uint16)]].astype(int)
        inside = np.abs(samples) < 32_000
        error = np.abs(back - samples)[inside]
        assert (error <= np.maximum(16, np.abs(samples)[inside] / 27)).all()


def test_silence_has_one_code() -> None:
    assert set(G711Encoder("pcmu", 20).encode(SILENCE)) == {0xFF}
    assert set(G711Encoder("pcma", 20).encode(SILENCE)) == {0xD5}
    assert not G711Decoder("pcmu").decode(b"\xff" * 160).any()


def test_packets_of_any_length_are_decoded() -> None:
    decoder = G711Decoder("pcma")
    assert [len(decoder.decode(b"\xd5" * length)) for length in (1, 33, 80, 240, 480)] == [
        2,
        66,
        160,
        480,
        960,
    ]
