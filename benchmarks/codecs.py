"""What a 20 ms frame of sound costs, step by step: `python -m benchmarks.codecs`.

One thread, no network: encode, decode, resample, a frame of the jitter buffer with its packet, keys, mixing.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
import timeit
from collections.abc import Callable
from itertools import count

import numpy as np
import soxr

from app.media import opus_library
from app.media.concealment import Concealment
from app.media.jitter_buffer import JitterBuffer
from app.media.mixer import mix_minus
from app.media.resampler import Resampler
from app.media.samples import FRAME, RATE, Samples
from app.media.time_stretch import LONGEST, shorten
from app.media.tone_digits import ToneDigits
from app.media.voice_codec import CODECS, RecoveringDecoder, VoiceCodec, is_spoken, new_decoder, new_encoder

_ROUNDS, _CALLS = 7, 500
PARTIES = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=_CALLS, help="of a round; the best of 7 rounds counts")
    calls = parser.parse_args().calls
    load = f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, {opus_version()},"
        f" soxr {soxr.__version__}; {platform.machine()}, {os.cpu_count()} cores, load {load};"
        f" CPU time,"
        f" best of {_ROUNDS} rounds of {calls}, one thread"
    )
    print("budget of a packet of a recording, network and all: 15 µs first, 8 µs goal\n")
    frames = voice(2.0)
    print(f"{'µs per 20 ms':14}{'encode':>9}{'decode':>9}{'jitter buffer':>15}")
    for codec in filter(is_spoken, CODECS.values()):
        figures = of_codec(codec, frames, calls)
        print(f"{codec.name:14}{figures[0]:9.1f}{figures[1]:9.1f}{figures[2]:15.1f}")
    print("jitter buffer: put, decode and frame() together\n")
    for name, action in (others(frames) | opus_losses(frames)).items():
        print(f"{name:58}{microseconds(action, calls):7.1f} µs")


def opus_version() -> str:
    """The library that Opus is measured with."""
    library = opus_library.load()
    return "no Opus" if library is None else str(library.opus_get_version_string().decode())


def voice(seconds: float) -> list[Samples]:
    """Frames of a buzz with noise: dear to encode, as a voice is."""
    at = np.arange(int(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * number * 130 * at + number * number) / number for number in range(1, 20))
    noise = np.random.default_rng(1).normal(0, 0.2, len(at))
    sound = np.rint(4000 * (buzz * (1.2 + np.sin(8 * at)) + noise)).astype(np.int16)
    return [sound[start : start + FRAME] for start in range(0, len(sound), FRAME)]


def microseconds(action: Callable[[], object], calls: int) -> float:
    """The best of some rounds: what the machine does where nothing disturbs it."""
    action()
    rounds = timeit.repeat(action, timer=time.thread_time, number=calls, repeat=_ROUNDS)
    return min(rounds) / calls * 1e6


def of_codec(codec: VoiceCodec, frames: list[Samples], calls: int) -> tuple[float, float, float]:
    """To encode, to decode, and to decode through a jitter buffer that is fed a packet a tick."""
    encoder, decoder = new_encoder(codec), new_decoder(codec)
    payloads = [new_encoder(codec).encode(frame) for frame in frames]
    numbers = count()

    def encode() -> None:
        encoder.encode(frames[next(numbers) % len(frames)])

    def decode() -> None:
        decoder.decode(payloads[next(numbers) % len(payloads)])

    buffer = JitterBuffer(new_decoder(codec), codec.clock_rate)
    ticks = count()
    step = codec.clock_rate // 50

    def tick() -> None:
        number = next(ticks)
        now = number * 0.020
        buffer.put(number & 0xFFFF, number * step & 0xFFFFFFFF, payloads[number % len(payloads)], now + 0.009)
        buffer.frame(now + 0.020)

    found = microseconds(encode, calls), microseconds(decode, calls), microseconds(tick, calls)
    assert buffer.statistics.concealed == 0
    return found


def opus_losses(frames: list[Samples]) -> dict[str, Callable[[], object]]:
    """A lost packet of Opus, as Opus itself makes up for it."""
    codec = CODECS["opus"]
    if not is_spoken(codec):
        return {}
    encoder, decoder = new_encoder(codec), new_decoder(codec)
    payloads = [encoder.encode(frame) for frame in frames]
    assert isinstance(decoder, RecoveringDecoder)
    for payload in payloads[:-1]:
        decoder.decode(payload)
    return {
        "a lost packet of Opus guessed by Opus": lambda: decoder.make_up(FRAME, None),
        "a lost packet of Opus out of the next one": lambda: decoder.make_up(FRAME, payloads[-1]),
    }


def others(frames: list[Samples]) -> dict[str, Callable[[], object]]:
    """What else is done with a frame."""
    narrow = frames[0][::2].copy()
    full = np.repeat(frames[0], 3)
    up, down, from_full = Resampler(8000, RATE), Resampler(RATE, 8000), Resampler(48_000, RATE)
    blocks = soxr.ResampleStream(8000, RATE, 1, dtype="int16", quality="LQ")
    keys, concealment = ToneDigits(), Concealment()
    numbers = count()
    talking = {number: frames[number] for number in range(PARTIES)}
    one_talks = {number: np.zeros(FRAME, np.int16) for number in range(PARTIES)} | {0: frames[0]}
    long = np.concatenate(frames[:4])

    def conceal() -> None:
        for each in frames[:3]:
            concealment.remember(each)
        concealment.conceal(FRAME)
        concealment.join(frames[3])

    return {
        "resample 8 -> 16 kHz": lambda: up.process(narrow),
        "resample 16 -> 8 kHz": lambda: down.process(frames[0]),
        "resample 48 -> 16 kHz": lambda: from_full.process(full),
        "  8 -> 16 kHz by libsoxr LQ (in blocks of 60 ms)": lambda: blocks.resample_chunk(narrow),
        "keys in a frame": lambda: keys.take(frames[next(numbers) % len(frames)]),
        f"mix of {PARTIES}, all talking, all for all": lambda: mix_minus(talking),
        f"mix of {PARTIES}, one talking": lambda: mix_minus(one_talks),
        "a lost frame made up and joined (only where one is lost)": conceal,
        "a pitch period left out (only where the clock drifts)": lambda: shorten(long, LONGEST, 0.0),
    }


if __name__ == "__main__":
    main()
