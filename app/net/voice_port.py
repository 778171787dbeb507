"""A voice port: where the RTP of one leg begins and ends in the PBX, played to and listened to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from app.media.sources import SoundSource
from app.media.voice_codec import VoiceCodec
from app.net.leg_counters import LegCounters
from app.net.leg_sockets import LegSockets
from app.net.rtp_socket import SocketPair
from app.net.voice_agreement import agreement
from app.net.voice_join import OneWay, VoiceJoin
from app.net.voice_receiver import SoundSink, VoiceReceiver
from app.net.voice_reports import VoiceReports
from app.net.voice_sender import VoiceSender
from app.net.voice_stream import VoiceStream
from app.sdp.target import MediaTarget
from app.sip.flow import Address

logger = logging.getLogger(__name__)

_KEEP_ALIVE_REPORTS = 3  # so many report times without a packet of ours: some 15 seconds
Step = Callable[[int], bool]


class Clockwork(Protocol):
    """What a port needs of its engine."""

    def clock(self) -> float:
        """Steady seconds."""

    def wall(self) -> float:
        """Unix seconds."""

    def tick(self) -> int:
        """The number of the tick that is now."""

    def hear(self, step: Step) -> None:
        """Call this on every tick while it returns True, before anything is sent."""

    def speak(self, step: Step) -> None:
        """The same, after all have been heard."""

    def closed(self, port: VoicePort) -> None:
        """The port is closed."""


class VoicePort:
    """One leg's own end of sound; made by `VoiceEngine.open`, used on its loop only.

    A source that fails is logged and over, a sink that fails is logged and removed. All may be changed from
    within sources, sinks and callbacks. After `close` every call does nothing.
    """

    __slots__ = (
        "_engine",
        "_is_closed",
        "_on_digit",
        "_packets_at_report",
        "_quiet_reports",
        "_receiver",
        "_reports",
        "_sender",
        "_sockets",
        "_stream",
        "_target",
        "join",
    )

    def __init__(
        self, loop: asyncio.AbstractEventLoop, pair: SocketPair, engine: Clockwork, relearn_after: float
    ) -> None:
        self._engine = engine
        self._sockets = LegSockets(loop, pair, self._take, self._take_rtcp, self._quiet, relearn_after)
        self._stream = VoiceStream(self._sockets)
        self._sender = VoiceSender(self._stream, self._wake_sender)
        self._receiver = VoiceReceiver(engine.clock, self._wake_receiver, self._pressed)
        self._reports = VoiceReports(self._stream, self._receiver.statistics)
        self._target: MediaTarget | None = None
        self._on_digit: Callable[[str], None] | None = None
        self._is_closed = False
        self._packets_at_report = 0
        self._quiet_reports = _KEEP_ALIVE_REPORTS  # the way is opened soon
        self.join: VoiceJoin | None = None

    async def start(self) -> None:
        """Begin to read the sockets."""
        await self._sockets.start()

    @property
    def address(self) -> Address:
        """Where the peer is to send its RTP; RTCP is the next port."""
        return self._sockets.address

    @property
    def codec(self) -> VoiceCodec | None:
        """What we send; None while there is nothing in common."""
        return self._sender.agreed.codec

    @property
    def ptime_ms(self) -> int:
        """How much sound is in our packets."""
        return self._sender.agreed.ptime_ms

    @property
    def on_digit(self) -> Callable[[str], None] | None:
        """Is told each key the peer presses, once, as it goes down.

        Keys come as telephone-events. Tones in the sound count where those were not agreed, or the peer talks
        with us alone and has sent none yet.
        """
        return self._on_digit

    @on_digit.setter
    def on_digit(self, listener: Callable[[str], None] | None) -> None:
        self._on_digit = listener
        self._receiver.wants_keys = listener is not None and not self._is_closed

    def connect(self, target: MediaTarget | None) -> None:
        """Take what the peer's SDP says, again on every change. None, or hold = nothing is sent to it."""
        if self._is_closed:
            return
        before, self._target = self._target, target
        if before is None or target is None or (before.host, before.port) != (target.host, target.port):
            self._sockets.uses_mux = False
        agreed = agreement(target)
        self._sockets.expect(target)
        self._sender.use(agreed, self._engine.tick())
        self._receiver.use(agreed, target)
        if self.join is not None:
            self.join.changed()

    def play(self, source: SoundSource | None, on_end: Callable[[], None] | None = None) -> None:
        """Let the peer hear this from the next tick on, instead of what played or of whom it is joined with.

        `on_end` is called once when the source is over by itself, or has failed; not when it is replaced.
        """
        if not self._is_closed:
            self._sender.play(source, on_end)

    def add_sink(self, sink: SoundSink) -> Callable[[], None]:
        """Hand the peer's sound of each tick to `sink`, or silence, until the returned call.

        The frames are not to be written to: others get them too.
        """
        if self._is_closed:
            return _nothing
        return self._receiver.add_sink(sink)

    def send_digit(self, digit: str, duration_ms: int = 160) -> None:
        """Let the peer hear a key: by RFC 4733 where it agreed to that, else as a tone.

        Keys wait for their turn. EventError where it is none.
        """
        if not self._is_closed:
            self._sender.send_digit(digit, duration_ms)

    def counters(self) -> LegCounters:
        """What was seen so far."""
        receiver, stream, statistics = self._receiver, self._stream, self._receiver.statistics
        engine, target = self._engine, self._target
        offset = engine.wall() - engine.clock()
        return LegCounters(
            packets_in=receiver.packets,
            packets_out=stream.packets - stream.undelivered,
            bytes_in=receiver.bytes_in,
            bytes_out=stream.whole_bytes - stream.undelivered_bytes,
            lost=statistics.lost,
            reordered=statistics.reordered,
            jitter_ms=statistics.jitter_ms,
            first_at=receiver.first_at + offset if receiver.packets else None,
            last_at=receiver.last_at + offset if receiver.packets else None,
            sdp_address=None if target is None else Address(target.host, target.port),
            source_address=self._sockets.source,
            foreign_packets=self._sockets.foreign,
            learning_packets=self._sockets.learning,
            undelivered_packets=stream.undelivered,
            rtcp_in=self._reports.received,
            ssrc=statistics.ssrc if statistics.ssrc >= 0 else None,
            local_address=self.address,
            payload_types=receiver.seen.payload_types,
            event_packets=receiver.seen.events,
            sampled_packets=receiver.seen.sampled,
            silent_packets=receiver.seen.silent,
        )

    def close(self) -> None:
        """Say goodbye to the peer and give the ports back. Nothing is called back afterwards."""
        if self._is_closed:
            return
        if self.join is not None:
            self.join.end()
        if self._stream.packets or self._receiver.packets:
            self._sockets.send_rtcp(self._report(bye=True))
        self._is_closed = True
        self._on_digit = None
        self._receiver.close()
        self._sender.close()
        self._sockets.close()
        self._engine.closed(self)

    # For the engine and the other port

    def way_to(self, other: VoicePort) -> OneWay:
        """The way of this peer's sound to the peer of another port."""
        return OneWay(self._receiver, other._sender, self._engine.tick)

    def report(self) -> float | None:
        """Send what RTCP is due; returns in how many seconds to do so again, None = never."""
        if self._is_closed:
            return None
        stream = self._stream
        if stream.packets != self._packets_at_report:
            self._quiet_reports = 0
        else:
            self._quiet_reports += 1
        if self._quiet_reports >= _KEEP_ALIVE_REPORTS:
            self._quiet_reports = 0
            self._sender.keep_alive(self._engine.tick())
        self._packets_at_report = stream.packets
        if not self._sockets.is_silent and (stream.packets or self._receiver.packets):
            self._sockets.send_rtcp(self._report())
        return self._reports.wait_s()

    # From the sockets

    def _take(self, data: bytes) -> None:
        if self._is_closed or len(data) < 8 or data[0] & 0xC0 != 0x80:
            return  # a keep-alive, STUN, DTLS: nothing for us
        if 192 <= data[1] <= 223:
            self._sockets.uses_mux = True  # its own choice (RFC 5761), so it will take it
            self._take_rtcp(data)
        elif len(data) >= 12:
            self._receiver.take(data)

    def _take_rtcp(self, data: bytes) -> None:
        if not self._is_closed:
            self._reports.read(data, self._engine.clock(), self._engine.wall())

    def _quiet(self) -> float:
        return self._engine.clock() - self._receiver.last_at if self._receiver.packets else 0.0

    # Within

    def _wake_sender(self) -> None:
        self._engine.speak(self._sender.step)

    def _wake_receiver(self) -> None:
        self._engine.hear(self._receiver.step)

    def _pressed(self, keys: str) -> None:
        for key in keys:
            logger.debug("port %d: a key", self.address.port)  # it may be of a PIN
            if self._on_digit is not None:
                try:
                    self._on_digit(key)
                except Exception:
                    logger.exception("what follows on a key failed")

    def _report(self, *, bye: bool = False) -> bytes:
        engine = self._engine
        now = engine.clock()
        stamp = None if self.join is None else self.join.stamp_now(self._stream, now)
        if stamp is None:
            stamp = self._stream.stamp_at(engine.tick())
        return self._reports.write(now, engine.wall(), stamp, bye=bye)


def _nothing() -> None:
    """Nothing is left to end."""
