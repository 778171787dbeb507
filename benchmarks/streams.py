"""What sound that begins or ends in the PBX costs, and how late its clock is: `python -m benchmarks.streams`.

The voice ports run in a process of their own on one core, the phones on another. Bare loops that only send or
only receive are measured in the same run: they are the floor, and a machine's pace changes from hour to hour.
Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import os
import platform
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from struct import Struct

import numpy as np

from app.media.clip import Clip
from app.media.samples import RATE, Samples
from app.media.sources import Playlist, Radio
from app.media.voice_codec import CODECS, new_encoder
from app.net.relay import MediaTarget
from app.net.rtp_ports import RtpPorts
from app.net.ticker import Ticker
from app.net.voice_engine import VoiceEngine
from app.net.voice_port import VoicePort
from app.sdp.codec import Codec

FIRST_BUDGET, GOAL = 15.0, 8.0  # us a packet of announcement or recording
LATE_BUDGET, LATE_GOAL = 3.0, 2.0  # ms at p99
FLOORS = {"bare-send": (200, False), "bare-receive": (50, True)}  # sockets, and whether they only receive
_header = Struct("!BBHII")
_SLOTS = 20  # the phones' packets are spread over the 20 ms
Ends = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who talks and who listens: codec of each phone; whether it sends; what its port does."""

    listeners: int = 0  # on one radio
    prompts: int = 0  # on playlists of their own, over the same clips
    recordings: int = 0
    pairs: tuple[str, str] | None = None
    pair_count: int = 0
    codec: str = "pcmu"
    budget: bool = True


SCENES = {
    "radio": Scene(listeners=200),
    "radio-opus": Scene(listeners=200, codec="opus"),
    "prompts": Scene(prompts=200),
    "recordings": Scene(recordings=50),
    "200-recordings": Scene(recordings=200),
    "both": Scene(listeners=200, recordings=50),
    "pass": Scene(pairs=("pcmu", "pcmu"), pair_count=100),
    "pcmu-pcma": Scene(pairs=("pcmu", "pcma"), pair_count=50, budget=False),
    "pcmu-opus": Scene(pairs=("pcmu", "opus"), pair_count=25, budget=False),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run cost."""

    packets: int
    cpu_s: float
    seconds: float
    p50_ms: float
    p99_ms: float
    skipped: int

    @property
    def cost(self) -> float:
        """CPU microseconds a packet, in and out together."""
        return self.cpu_s / max(self.packets, 1) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="*", default=list(SCENES), help=f"of {', '.join(SCENES)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0)
    arguments = parser.parse_args()
    if sys.platform != "linux":
        parser.error("pins processes to cores: Linux only")
    cores = sorted(os.sched_getaffinity(0))
    print(f"Python {platform.python_version()}, {len(cores)} cores, load {os.getloadavg()[0]:.2f}")
    kinds = [*FLOORS, *arguments.scenes]
    found: dict[str, list[Outcome]] = {kind: [] for kind in kinds}
    for _ in range(arguments.rounds):
        for kind, outcomes in found.items():
            outcomes.append(measure(kind, arguments.seconds, cores))
            report(kind, outcomes[-1])
    print(f"\nmedian of {arguments.rounds}; first budget {FIRST_BUDGET:.0f} us a packet, goal {GOAL:.0f}")
    for kind, outcomes in found.items():
        middle = sorted(outcomes, key=lambda outcome: outcome.cost)[len(outcomes) // 2]
        verdict = ""
        if kind in SCENES and SCENES[kind].budget:
            verdict = "goal" if middle.cost <= GOAL else "budget" if middle.cost <= FIRST_BUDGET else "OVER"
        report(kind, middle, verdict)
    print(f"20 ms clock late at p99: first budget {LATE_BUDGET:.0f} ms, goal {LATE_GOAL:.0f}")


def report(kind: str, outcome: Outcome, verdict: str = "") -> None:
    rate = outcome.packets / outcome.seconds
    print(
        f"{kind:14} {rate:7.0f} packets/s: {outcome.cost:6.2f} us/packet, clock late p50 {outcome.p50_ms:.2f}"
        f" p99 {outcome.p99_ms:.2f} ms, {outcome.skipped} ticks skipped {verdict}",
        flush=True,
    )


def measure(kind: str, seconds: float, cores: list[int]) -> Outcome:
    """Run one scene after a second of warming up."""
    phones = Phones()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    arguments = (theirs, kind, phones.address, cores[0], int(seconds * 50))
    process = context.Process(target=serve, args=arguments, daemon=True)
    process.start()
    try:
        talkers: list[tuple[int, str]] = ours.recv()
        os.sched_setaffinity(0, {cores[-1]})
        phones.run(talkers, 1.0)
        ours.send("mark")
        before = ours.recv()
        began = time.monotonic()
        phones.run(talkers, seconds)
        ours.send("mark")
        after = ours.recv()
        lasted = time.monotonic() - began
        ours.send("stop")
        process.join(10)
    finally:
        phones.close()
        if process.is_alive():
            process.kill()
    packets, cpu = after[0] - before[0], after[1] - before[1]
    return Outcome(packets, cpu, lasted, *after[2:])


class Phones:
    """One socket that is the far end of every port. Each talker sends a tone in its codec."""

    def __init__(self) -> None:
        self._sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sock.bind(("127.0.0.1", 0))
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._sock.setblocking(False)
        self.address: Ends = self._sock.getsockname()
        self._number = 0
        self._payloads: dict[str, list[bytes]] = {}

    def run(self, talkers: list[tuple[int, str]], seconds: float) -> None:
        """Send 50 packets a second to each port, and throw away what comes."""
        slots = [talkers[slot::_SLOTS] for slot in range(_SLOTS)]
        due = time.monotonic()
        end = due + seconds
        while due < end:
            number = self._number
            for slot in slots:
                for port, codec in slot:
                    payloads = self._payloads.get(codec) or self._payloads.setdefault(codec, encoded(codec))
                    ours = CODECS[codec]
                    stamp = number * (ours.clock_rate // 50) & 0xFFFF_FFFF
                    head = _header.pack(0x80, ours.payload_type, number & 0xFFFF, stamp, port)
                    self._sock.sendto(head + payloads[number % 50], ("127.0.0.1", port))
                self._drain()
                due += 0.02 / _SLOTS
                time.sleep(max(0.0, due - time.monotonic()))
            self._number += 1

    def _drain(self) -> None:
        try:
            while True:
                self._sock.recv(2048)
        except BlockingIOError:
            pass

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()


def tone(seconds: float) -> Samples:
    moments = np.arange(int(RATE * seconds)) * (2 * np.pi * 440 / RATE)
    sound: Samples = (8000 * np.sin(moments)).astype(np.int16)
    return sound


def encoded(codec: str) -> list[bytes]:
    encoder = new_encoder(CODECS[codec])
    return [encoder.encode(frame) for frame in tone(1.0).reshape(-1, 320)]


def serve(pipe: Connection, kind: str, far_end: Ends, core: int, ticks: int) -> None:
    """The voice ports as the engine runs them, or a bare loop."""
    os.sched_setaffinity(0, {core})
    import uvloop

    if kind in FLOORS:
        uvloop.run(_bare(pipe, far_end, ticks, *FLOORS[kind]))
    else:
        uvloop.run(_ports(pipe, SCENES[kind], far_end, ticks))


async def _ports(pipe: Connection, scene: Scene, far_end: Ends, ticks: int) -> None:
    engine = VoiceEngine(RtpPorts(10_000, 12_000))
    ports: list[VoicePort] = []
    talkers: list[tuple[int, str]] = []

    async def opened(codec: str, *, talks: bool) -> VoicePort:
        port = await engine.open("127.0.0.1")
        ours = CODECS[codec]
        listed = Codec(ours.payload_type, ours.name, ours.clock_rate, ours.channels)
        port.connect(MediaTarget(*far_end, far_end[1] + 1, (listed,)))
        ports.append(port)
        if talks:
            talkers.append((port.address.port, codec))
        return port

    radio = Radio([Clip(tone(30.0), "music")])
    prompt = Clip(tone(60.0), "prompt")
    for _ in range(scene.listeners):
        (await opened(scene.codec, talks=False)).play(radio)
    for _ in range(scene.prompts):
        (await opened(scene.codec, talks=False)).play(Playlist([prompt]))
    for _ in range(scene.recordings):
        kept: list[Samples] = []

        def record(tick: int, frame: Samples, kept: list[Samples] = kept) -> None:
            kept.append(frame)
            if len(kept) == 50:
                kept.clear()

        (await opened(scene.codec, talks=True)).add_sink(record)
    for _ in range(scene.pair_count):
        assert scene.pairs is not None
        engine.join(await opened(scene.pairs[0], talks=True), await opened(scene.pairs[1], talks=True))

    def counted() -> int:
        seen = [port.counters() for port in ports]
        return sum(each.packets_in + each.packets_out for each in seen)

    def state() -> tuple[int, float, float, float, int]:
        late = engine.lateness(ticks)
        return counted(), time.process_time(), late.p50_ms, late.p99_ms, late.skipped

    await _answer(pipe, talkers, state)
    await engine.close_all()


async def _bare(pipe: Connection, far_end: Ends, ticks: int, count: int, receives: bool) -> None:
    """Nothing but a clock and send, or the loop and recv, on connected sockets."""
    loop = asyncio.get_running_loop()
    socks = []
    seen = 0
    data = bytes(172)
    ticker = Ticker(loop)

    def receive(sock: socket.socket) -> None:
        nonlocal seen
        sock.recv(2048)
        seen += 1

    def send(number: int) -> None:
        nonlocal seen
        for sock in socks:
            sock.send(data)
        seen += len(socks)

    for _ in range(count):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.bind(("127.0.0.1", 0))
        sock.connect(far_end)
        socks.append(sock)
        if receives:
            loop.add_reader(sock.fileno(), receive, sock)
    ticker.subscribe((lambda number: None) if receives else send)

    def state() -> tuple[int, float, float, float, int]:
        late = ticker.lateness(ticks)
        return seen, time.process_time(), late.p50_ms, late.p99_ms, late.skipped

    await _answer(pipe, [(sock.getsockname()[1], "pcmu") for sock in socks] if receives else [], state)
    ticker.stop()


async def _answer(
    pipe: Connection,
    talkers: list[tuple[int, str]],
    state: Callable[[], tuple[int, float, float, float, int]],
) -> None:
    done = asyncio.Event()

    def command() -> None:
        if pipe.recv() == "stop":
            done.set()
        else:
            pipe.send(state())

    gc.freeze()
    asyncio.get_running_loop().add_reader(pipe.fileno(), command)
    pipe.send(talkers)
    await done.wait()


if __name__ == "__main__":
    main()
