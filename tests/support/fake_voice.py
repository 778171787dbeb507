"""Voice ports in virtual time, without sockets: what was played, what the peer says and presses."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import numpy as np

from app.media.samples import FRAME, SILENCE, Samples
from app.media.sources import Playlist, Quiet, Radio, SoundSource
from app.media.voice_codec import VoiceCodec, find
from app.net.leg_counters import LegCounters
from app.net.rtp_ports import PortsExhausted
from app.net.ticker import Lateness
from app.sdp.direction import Direction
from app.sdp.target import MediaTarget
from app.sip.flow import Address

TICK = 0.020


class FakeVoice:
    """The shape of VoiceEngine. `all_ports` are those ever opened, `ports` counts what is open now."""

    def __init__(self, capacity: int = 1000) -> None:
        self.capacity = capacity
        self.all_ports: list[FakePort] = []

    async def open(self, host: str) -> FakePort:
        """Open a port; PortsExhausted beyond `capacity`."""
        await asyncio.sleep(0)
        if self.ports >= self.capacity:
            raise PortsExhausted(1, 2)
        port = FakePort(Address(host, 40_000 + 2 * len(self.all_ports)))
        self.all_ports.append(port)
        return port

    def join(self, one: FakePort, other: FakePort) -> Callable[[], None]:
        """Join two ports; they leave those they were joined with."""
        for port in (one, other):
            if port.joined is not None:
                port.joined.joined = None
        one.joined, other.joined = other, one

        def leave() -> None:
            if one.joined is other:
                one.joined = other.joined = None

        return leave

    @property
    def ports(self) -> int:
        """How many are open."""
        return len(self.open_ports)

    @property
    def open_ports(self) -> list[FakePort]:
        """Those that are open, in the order they were opened."""
        return [port for port in self.all_ports if not port.is_closed]

    def lateness(self) -> Lateness:
        """Nothing is ever late."""
        return Lateness(ticks=0, skipped=0, p50_ms=0.0, p95_ms=0.0, p99_ms=0.0, worst_ms=0.0)

    async def close_all(self) -> None:
        """Close every port."""
        for port in self.open_ports:
            port.close()


class FakePort:
    """The shape of VoicePort.

    `played` are the names of all clips that were begun to be played; a Playlist takes its time, other sources
    but Radio and Quiet are asked for a frame each tick, and `heard` keeps what the peer so got to hear, also
    from the port it is joined with.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self.codec: VoiceCodec | None = None
        self.ptime_ms = 20
        self.on_digit: Callable[[str], None] | None = None
        self.target: MediaTarget | None = None
        self.targets: list[MediaTarget | None] = []
        self.source: SoundSource | None = None
        self.played: list[str] = []
        self.heard: list[Samples] = []
        self.digits_sent: list[str] = []
        self.joined: FakePort | None = None
        self.is_closed = False
        self._on_end: Callable[[], None] | None = None
        self._end: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self._sinks: list[Callable[[int, Samples], None]] = []
        self._said: deque[Samples] = deque()

    # The shape of a port

    def connect(self, target: MediaTarget | None) -> None:
        """Remember it, and what would be sent."""
        self.target = target
        self.targets.append(target)
        codecs = () if target is None else target.codecs
        found = (find(codec.name, codec.clock_rate, codec.channels) for codec in codecs)
        self.codec = next((codec for codec in found if codec is not None), None)
        self.ptime_ms = (target.ptime if target is not None else None) or 20

    @property
    def is_sending(self) -> bool:
        """Whether the peer takes sound now."""
        target = self.target
        if target is None or target.host in ("0.0.0.0", "::"):
            return False
        return target.direction in (Direction.SENDRECV, Direction.RECVONLY)

    def play(self, source: SoundSource | None, on_end: Callable[[], None] | None = None) -> None:
        """Begin to play."""
        assert not self.is_closed
        if self._end is not None:
            self._end.cancel()
            self._end = None
        self.source, self._on_end = source, on_end
        if isinstance(source, Playlist | Radio):
            self.played += [clip.name for clip in source.clips]
        if isinstance(source, Playlist) and not source.repeat:
            self._end = asyncio.get_running_loop().call_later(source.seconds, self._ended)
        self._keep_ticking()

    def add_sink(self, sink: Callable[[int, Samples], None]) -> Callable[[], None]:
        """Hand out what is said, and silence between."""
        assert not self.is_closed
        self._sinks.append(sink)
        self._keep_ticking()

        def remove() -> None:
            if sink in self._sinks:
                self._sinks.remove(sink)

        return remove

    def send_digit(self, digit: str, duration_ms: int = 160) -> None:
        """Note a key sent."""
        self.digits_sent.append(digit)

    def counters(self) -> LegCounters:
        """Nothing is counted."""
        return LegCounters(local_address=self.address)

    def close(self) -> None:
        """Close it: nothing is called any more."""
        self.is_closed = True
        if self.joined is not None:
            self.joined.joined = None
            self.joined = None
        for timer in (self._end, self._ticking):
            if timer is not None:
                timer.cancel()
        self.source = self._on_end = self.on_digit = self._end = self._ticking = None
        self._sinks.clear()
        self._said.clear()

    # What the peer does

    @property
    def playing(self) -> tuple[str, ...]:
        """The names of the clips that play now."""
        return (
            tuple(clip.name for clip in self.source.clips)
            if isinstance(self.source, Playlist | Radio)
            else ()
        )

    def press(self, digits: str) -> None:
        """The peer presses keys."""
        assert not self.is_closed
        for digit in digits:
            if self.on_digit is not None:
                self.on_digit(digit)

    def say(self, samples: Samples) -> None:
        """The peer speaks: 20 ms a tick go to the sinks and to whom it is joined with."""
        assert not self.is_closed
        for start in range(0, len(samples), FRAME):
            piece = np.zeros(FRAME, np.int16)
            part = samples[start : start + FRAME]
            piece[: len(part)] = part
            self._said.append(piece)
        self._keep_ticking()

    def _ended(self) -> None:
        self._end = None
        self.source, on_end = None, self._on_end
        self._on_end = None
        if on_end is not None:
            on_end()

    @property
    def _has_frames(self) -> bool:
        return self.source is not None and not isinstance(self.source, Playlist | Radio | Quiet)

    def _keep_ticking(self) -> None:
        if self._ticking is None and (self._sinks or self._said or self._has_frames):
            loop = asyncio.get_running_loop()
            self._ticking = loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        self._ticking = None
        tick = round(asyncio.get_running_loop().time() / TICK)
        frame = self._said.popleft() if self._said else SILENCE
        for sink in tuple(self._sinks):
            if sink in self._sinks:
                sink(tick, frame)
        if self.joined is not None and self.joined.source is None:
            self.joined.heard.append(frame)
        if self.source is not None and self._has_frames:
            played = self.source.frame(tick)
            if played is None:
                self._ended()
            else:
                self.heard.append(played)
        if not self.is_closed:
            self._keep_ticking()


def frames_of(port: FakePort) -> Samples:
    """All that a port's peer has heard."""
    return np.concatenate(port.heard) if port.heard else np.zeros(0, np.int16)
