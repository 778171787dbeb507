"""Every codec by its name, and what all encoders and decoders have in common."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.media import opus_library
from app.media.samples import RATE, Samples
from app.media.voice_codec import (
    CODECS,
    DEFAULT_ORDER,
    CodecError,
    VoiceCodec,
    find,
    is_spoken,
    new_decoder,
    new_encoder,
)

NARROW = find("L16", 8000, 1)
assert NARROW is not None
ALL = (*CODECS.values(), NARROW)
WITH_TIMES = [(codec, ptime) for codec in ALL for ptime in codec.packet_times]


def named(value: object) -> str:
    return value.name if isinstance(value, VoiceCodec) else str(value)


def speech_like(seconds: float) -> Samples:
    """Sound in the telephone's band that is like no other place of itself."""
    noise = np.random.default_rng(11).normal(0, 1, int(seconds * RATE))
    spectrum = np.fft.rfft(noise)
    hertz = np.fft.rfftfreq(len(noise), 1 / RATE)
    spectrum[(hertz < 300) | (hertz > 2500)] = 0
    band = np.fft.irfft(spectrum, len(noise))
    return np.asarray(band * 3000 / band.std(), np.int16)


def through(codec: VoiceCodec, ptime: int, sound: Samples) -> Samples:
    encoder, decoder = new_encoder(codec, ptime), new_decoder(codec)
    size = RATE * ptime // 1000
    pieces = [sound[at : at + size] for at in range(0, len(sound) - size + 1, size)]
    return np.concatenate([decoder.decode(encoder.encode(piece)) for piece in pieces])


def delay_and_likeness(heard: Samples, said: Samples) -> tuple[int, float]:
    """By how many samples what is heard comes later, and the correlation of both then."""
    middle = heard[3200:12_800].astype(float)
    found = [
        (float(np.corrcoef(middle, said[3200 - late : 12_800 - late])[0, 1]), late) for late in range(400)
    ]
    likeness, late = max(found)
    return late, likeness


@pytest.mark.parametrize(("codec", "ptime"), WITH_TIMES, ids=named)
def test_what_is_said_is_heard_soon_and_in_full(codec: VoiceCodec, ptime: int) -> None:
    said = speech_like(1.02)
    heard = through(codec, ptime, said)
    assert len(heard) == len(said) // (16 * ptime) * 16 * ptime
    late, likeness = delay_and_likeness(heard, said)
    assert late <= RATE * 11 // 1000  # Opus looks 6.5 ms ahead
    assert likeness > (0.93 if codec.name == "opus" else 0.998)
    assert heard[3200:].std() == pytest.approx(said[3200:].std(), rel=0.15)


@pytest.mark.parametrize("codec", ALL, ids=named)
def test_what_is_no_packet_is_an_error_and_the_next_packet_is_heard(codec: VoiceCodec) -> None:
    decoder = new_decoder(codec)
    good = new_encoder(codec).encode(speech_like(0.02))
    for bad in (b"", bytes(100_000)):
        with pytest.raises(CodecError):
            decoder.decode(bad)
        assert len(decoder.decode(good)) == 320


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(ALL))
def test_any_bytes_are_sound_or_an_error(payload: bytes, codec: VoiceCodec) -> None:
    try:
        sound = new_decoder(codec).decode(payload)
    except CodecError:
        return
    assert sound.dtype == np.int16
    assert 0 < len(sound) <= RATE // 4


@pytest.mark.parametrize("codec", ALL, ids=named)
def test_an_encoder_takes_its_own_packet_time_only(codec: VoiceCodec) -> None:
    encoder = new_encoder(codec, 20)
    for samples in (0, 160, 319, 640):
        with pytest.raises(CodecError, match=f"{samples} samples instead of 320"):
            encoder.encode(np.zeros(samples, np.int16))
    with pytest.raises(CodecError, match="no packets of 15 ms"):
        new_encoder(codec, 15)


def test_the_packet_time_that_fits() -> None:
    opus, pcma = CODECS["opus"], CODECS["pcma"]
    assert [opus.packet_ms(wanted) for wanted in (3, 10, 20, 30, 50, 60, 120)] == [10, 10, 20, 20, 40, 60, 60]
    assert [pcma.packet_ms(wanted) for wanted in (5, 25, 30, 100)] == [10, 20, 30, 60]


def test_codecs_are_found_as_descriptions_name_them() -> None:
    assert find("PCMU", 8000, 1) is CODECS["pcmu"]
    assert find("opus", 48_000, 2) is CODECS["opus"]
    assert find("G722", 8000, 1) is CODECS["g722"]  # RFC 3551 4.5.2: the rate is a historic error
    assert find("L16", 16_000, 1) is CODECS["l16"]
    assert find("G722", 16_000, 1) is None
    assert find("L16", 44_100, 2) is None
    assert find("speex", 8000, 1) is None


def test_what_lacks_its_library_is_not_understood_and_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opus_library, "load", lambda: None)
    opus = CODECS["opus"]
    assert [codec.name for codec in CODECS.values() if not is_spoken(codec)] == ["opus"]
    assert find("opus", 48_000, 2) is None
    for make in (new_encoder, new_decoder):
        with pytest.raises(CodecError, match="not installed"):
            make(opus)


def test_names_and_payload_types_are_unique_and_the_order_is_of_codecs() -> None:
    assert len({codec.name for codec in ALL}) == len({codec.payload_type for codec in ALL}) == len(ALL)
    assert [CODECS[name].payload_type for name in ("pcmu", "pcma", "g722")] == [0, 8, 9]
    assert set(DEFAULT_ORDER) <= set(CODECS)


def test_looking_up_codecs_loads_no_library_of_sound() -> None:
    names = ("numpy", "G722", "ctypes", "soxr")
    script = f"import sys, app.media.voice_codec; print([m for m in {names} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
