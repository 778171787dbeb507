"""What a party of a conference and a recording cost: `python -m benchmarks.conference`.

Rooms are mixed as in the PBX, each party's packet taken from the room or encoded for it alone; sockets and
jitter buffers are not in it (benchmarks.streams measures those). Recordings go to a real disk, by the thread
that writes them; CPU is told apart by thread, for only the loop's share can make sound late.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.errors import EnvironmentFault
from app.media.samples import FRAME, RATE, SILENCE, Samples
from app.media.sources import NOT_ENCODED
from app.media.voice_codec import CODECS, Encoder, new_encoder
from app.services.conference_mix import ConferenceMix, Seat
from app.services.recorder import Recorder
from app.services.recording_disk import RecordingDisk, SoundFormat, Tape

TICKS_A_SECOND = 50


@dataclass(frozen=True, slots=True)
class Rooms:
    """So many rooms of so many parties, of whom some speak all the time."""

    rooms: int
    parties: int
    talkers: int
    codec: str


SCENES = {
    "one of ten talks, G.711": Rooms(10, 10, 1, "pcmu"),
    "two of ten talk, G.711": Rooms(10, 10, 2, "pcmu"),
    "all ten talk, G.711": Rooms(10, 10, 10, "pcmu"),
    "one of ten talks, Opus": Rooms(10, 10, 1, "opus"),
    "two of ten talk, Opus": Rooms(10, 10, 2, "opus"),
    "one of a hundred talks, G.711": Rooms(1, 100, 1, "pcmu"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--recordings", type=int, default=50)
    arguments = parser.parse_args()
    for name, scene in SCENES.items():
        costs = [mixing(scene, arguments.seconds) for _ in range(arguments.rounds)]
        cost = statistics.median(costs)
        share = cost * scene.rooms * scene.parties * TICKS_A_SECOND / 1e4
        print(f"{name:32} {cost:6.1f} us a party and tick: {share:5.1f} % of a core", flush=True)
    for sound_format in SoundFormat:
        found = [
            asyncio.run(recording(arguments.recordings, arguments.seconds, sound_format))
            for _ in range(arguments.rounds)
        ]
        loop = statistics.median(each[0] for each in found)
        thread = statistics.median(each[1] for each in found)
        print(
            f"{arguments.recordings} recordings, {sound_format.value:4} "
            f"{loop:6.2f} us on the loop and {thread:6.2f} us on the thread, a frame of one side",
            flush=True,
        )


def mixing(scene: Rooms, seconds: float) -> float:
    """CPU microseconds a party and tick."""
    codec = CODECS[scene.codec]
    voice = speech(1.0)
    rooms: list[tuple[list[Seat], list[Encoder]]] = []
    for _ in range(scene.rooms):
        mix = ConferenceMix(lambda: None)
        seats = [mix.add() for _ in range(scene.parties)]
        rooms.append((seats, [new_encoder(codec) for _ in seats]))
    ticks = int(seconds * TICKS_A_SECOND)
    began = time.process_time()
    for tick in range(ticks):
        said = voice[tick % len(voice)]
        for seats, encoders in rooms:
            for place, seat in enumerate(seats):
                seat.hear(tick, said if place < scene.talkers else SILENCE)
            for seat, encoder in zip(seats, encoders, strict=True):
                if seat.payload(tick, codec, 20) == NOT_ENCODED:
                    frame = seat.frame(tick)
                    assert frame is not None
                    encoder.encode(frame)
    return (time.process_time() - began) * 1e6 / (ticks * scene.rooms * scene.parties)


async def recording(count: int, seconds: float, sound_format: SoundFormat) -> tuple[float, float]:
    """CPU microseconds a frame of 20 ms of one side: on the loop, and in the writing thread."""
    voice = speech(1.0)
    faults: list[EnvironmentFault] = []

    def ended(_seconds: float, _size: int, fault: EnvironmentFault | None) -> None:
        if fault is not None:
            faults.append(fault)

    with tempfile.TemporaryDirectory(prefix="openmss-benchmark-", dir=Path.cwd()) as folder:
        disk = RecordingDisk(most_waiting=1 << 40)
        sinks = []
        tapes: list[tuple[Recorder, Tape]] = []
        for number in range(count):
            tape = Tape(disk, Path(folder) / f"{number}.{sound_format.value}", sound_format, 1, ended)
            recorder = Recorder(2, tape.add)
            tapes.append((recorder, tape))
            sinks += [recorder.sink(0), recorder.sink(1)]
        await disk.flushed()
        ticks = int(seconds * TICKS_A_SECOND)
        whole, own = time.process_time(), time.thread_time()
        for tick in range(ticks):
            said = voice[tick % len(voice)]
            for sink in sinks:
                sink(tick, said)
        for recorder, tape in tapes:
            recorder.stop()
            tape.finish()
        loop = time.thread_time() - own
        await disk.flushed()
        thread = time.process_time() - whole - loop
        await disk.stop()
    if faults:
        raise faults[0]
    frames = ticks * len(sinks)
    return loop * 1e6 / frames, thread * 1e6 / frames


def speech(seconds: float) -> list[Samples]:
    """Noise with the loudness of a voice, in frames."""
    noise = np.random.default_rng(1).normal(0, 3000, int(seconds * RATE))
    return list(noise.astype(np.int16).reshape(-1, FRAME))


if __name__ == "__main__":
    main()
