"""What a voice port hears of its peer: packets by what they mean, keys, and sound where somebody wants it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from struct import Struct
from typing import Protocol

from app.media import rtp
from app.media.jitter_buffer import JitterBuffer
from app.media.samples import SILENCE, Samples
from app.media.statistics import StreamStatistics
from app.media.voice_codec import VoiceCodec, new_decoder
from app.net.relay_sound import SAMPLE_MASK, SoundSeen, looks_like_event
from app.net.voice_agreement import Agreement, voice_of
from app.net.voice_keys import KeyListener
from app.sdp.target import MediaTarget

logger = logging.getLogger(__name__)

SoundSink = Callable[[int, Samples], None]

_GONE_S = 0.2  # after so long without a packet the peer has paused
_header = Struct("!BBHII").unpack_from
_Sink = tuple[object, SoundSink]


class Way(Protocol):
    """Where a peer's sound goes on to."""

    passes: bool  # packets as they are, else frames

    def packet(self, marker: int, sequence: int, timestamp: int, ssrc: int, payload: bytes) -> None:
        """Take a packet of sound."""

    def event(self, packet: rtp.RtpPacket, clock_rate: int, key: str) -> None:
        """Take a packet of a telephone-event; `key` is the one it begins, or ""."""

    def frame(self, tick: int, frame: Samples) -> None:
        """Take 20 ms of sound."""

    def codec_changed(self) -> None:
        """The peer sends another codec now."""


class VoiceReceiver:
    """One port's incoming stream.

    Nothing is decoded unless a sink, a way that needs frames or the search for tones asks for it; `wake` then
    has `step` called on every tick while it returns True.
    """

    __slots__ = (
        "_clock",
        "_codec",
        "_is_awake",
        "_is_closed",
        "_is_event",
        "_is_fed",
        "_is_voice",
        "_jitter",
        "_keys",
        "_on_key",
        "_payload_type",
        "_sinks",
        "_ssrc",
        "_wake",
        "_wants_keys",
        "_wants_sound",
        "_wants_tones",
        "_way",
        "agreed",
        "bytes_in",
        "first_at",
        "last_at",
        "packets",
        "seen",
        "statistics",
    )

    def __init__(
        self, clock: Callable[[], float], wake: Callable[[], None], on_key: Callable[[str], None]
    ) -> None:
        self._clock, self._wake, self._on_key = clock, wake, on_key
        self.agreed = Agreement()
        self._codec: VoiceCodec | None = None
        self._jitter: JitterBuffer | None = None
        self._keys = KeyListener(clock)
        self._is_voice = self._is_event = False  # the packet at hand, and those like it
        self._payload_type = self._ssrc = -1
        self._sinks: tuple[_Sink, ...] = ()
        self._way: Way | None = None
        self._is_awake = self._is_closed = self._is_fed = False
        self._wants_keys = self._wants_sound = self._wants_tones = False
        self.statistics = StreamStatistics()
        self.seen = SoundSeen()
        self.packets = self.bytes_in = 0
        self.first_at = self.last_at = 0.0

    # Who wants what

    def use(self, agreed: Agreement, target: MediaTarget | None) -> None:
        """Understand payload types as is agreed from now on."""
        self.agreed = agreed
        self._payload_type = -1
        codecs = () if target is None else target.incoming or target.codecs
        self.seen.agree(codecs, self._clock())
        self._consider()

    @property
    def codec(self) -> VoiceCodec | None:
        """What the peer sends, or will probably send."""
        return self._codec or self.agreed.codec

    @property
    def wants_keys(self) -> bool:
        """Whether anybody asks for keys."""
        return self._wants_keys

    @wants_keys.setter
    def wants_keys(self, wanted: bool) -> None:
        self._wants_keys = wanted
        self._consider()

    @property
    def way(self) -> Way | None:
        """Where the sound goes on to."""
        return self._way

    @way.setter
    def way(self, way: Way | None) -> None:
        self._way = way
        self.way_changed()

    def way_changed(self) -> None:
        """The way takes frames now where it took packets, or the other way round."""
        self._consider()

    def add_sink(self, sink: SoundSink) -> Callable[[], None]:
        """Hand the sound of each tick to `sink` until the returned call."""
        entry: _Sink = (object(), sink)
        self._sinks = (*self._sinks, entry)
        self._consider()
        self._stay_awake()

        def remove() -> None:
            self._remove(entry)

        return remove

    def close(self) -> None:
        """Hear no more."""
        self._is_closed = True
        self._sinks = ()
        self._way = None
        self._wants_keys = False
        self._consider()

    # The way of a packet

    def take(self, data: bytes) -> None:
        """Take what came to the RTP port and is RTP."""
        first, second, sequence, timestamp, ssrc = _header(data)
        self.last_at = now = self._clock()
        self.packets += 1
        self.bytes_in += len(data)
        if second & 0x7F != self._payload_type or ssrc != self._ssrc:
            self._changed(second & 0x7F, ssrc, data, now)
        self.statistics.receive(sequence, timestamp, ssrc, now)
        if not sequence & SAMPLE_MASK:
            self.seen.sample(data)
        way, jitter = self._way, self._jitter
        if self._is_voice:
            if way is None and jitter is None:
                return
            payload = data[12:] if not first & 0x3F else _payload(data)
            if not payload:
                return
            if way is not None and way.passes:
                way.packet(second & 0x80, sequence, timestamp, ssrc, payload)
            if jitter is not None:
                jitter.put(sequence, timestamp, payload, now)
                if not self._is_fed:
                    self._is_fed = True
                    self._stay_awake()
        elif self._is_event:
            self._take_event(data)

    def step(self, tick: int) -> bool:
        """Hand on the sound of this tick; False = there will be none until `wake`."""
        frame = SILENCE
        jitter = self._jitter
        if jitter is not None and self._is_fed:
            try:
                frame = self._next_frame(jitter, tick)
            except Exception:
                logger.exception("the sound of this stream is heard no more")
                self._jitter = None
        for entry in self._sinks:
            if entry not in self._sinks:
                continue  # one before it has removed it
            try:
                entry[1](tick, frame)
            except Exception:
                logger.exception("a sink of sound failed and gets no more: %r", entry[1])
                self._remove(entry)
        self._is_awake = bool(self._sinks) or (self._is_fed and self._jitter is not None)
        return self._is_awake

    def _next_frame(self, jitter: JitterBuffer, tick: int) -> Samples:
        now = self._clock()
        frame = jitter.frame(now)
        if jitter.is_running:
            way = self._way
            if way is not None and not way.passes:
                way.frame(tick, frame)
            if self._wants_tones and (key := self._keys.sound(frame)):
                self._on_key(key)
        elif now - self.last_at > _GONE_S:
            self._is_fed = False
            jitter.restart()  # it does not see the time that passes now
        return frame

    def _changed(self, payload_type: int, ssrc: int, data: bytes, now: float) -> None:
        """The packet is not like the one before."""
        if not self.first_at:
            self.first_at = now
        is_new_stream = ssrc != self._ssrc
        if is_new_stream:
            self._ssrc = ssrc
            self._keys.new_stream()
            self._consider()
        listed = self.agreed.meaning(payload_type)
        is_known = self.seen.note(payload_type, listed, data, now)
        codec = None if listed is None else voice_of(listed)
        if codec is not None:
            self.statistics.clock_rate = codec.clock_rate
            if codec is not self._codec or is_new_stream:
                self._codec = codec
                self._jitter = None
                if self._way is not None:
                    self._way.codec_changed()
            self._provide()
        self._is_voice = codec is not None
        self._is_event = codec is None and (
            looks_like_event(payload_type, data) if listed is None else listed.is_telephone_event
        )
        self._payload_type = payload_type if is_known else -1

    def _take_event(self, data: bytes) -> None:
        try:
            packet = rtp.parse(data)
        except rtp.RtpError as error:
            logger.debug("a telephone-event is passed over: %s", error)
            return
        key = self._keys.event(packet.timestamp, packet.payload)
        if self._wants_tones:
            self._consider()  # it sends events after all
        if self._way is not None:
            listed = self.agreed.meaning(packet.payload_type)
            self._way.event(packet, 8000 if listed is None else listed.clock_rate, key)
        if key and self._wants_keys:
            self._on_key(key)

    # Whether sound is wanted

    def _consider(self) -> None:
        way = self._way
        # Where events were agreed, tones are sought only while the peer talks with us alone.
        is_likely = not self.agreed.takes_events or way is None
        self._wants_tones = self._wants_keys and not self._keys.has_events and is_likely
        wanted = bool(self._sinks) or self._wants_tones or (way is not None and not way.passes)
        if wanted != self._wants_sound:
            self._wants_sound = wanted
            self._jitter = None
        self._provide()

    def _provide(self) -> None:
        """Have a jitter buffer for the codec that comes, where sound is wanted."""
        if self._wants_sound and self._jitter is None and self._codec is not None:
            self._jitter = JitterBuffer(new_decoder(self._codec), self._codec.clock_rate)
            self._is_fed = False

    def _stay_awake(self) -> None:
        if not self._is_awake and not self._is_closed:
            self._is_awake = True
            self._wake()

    def _remove(self, entry: _Sink) -> None:
        if entry in self._sinks:
            self._sinks = tuple(known for known in self._sinks if known is not entry)
            self._consider()


def _payload(data: bytes) -> bytes:
    """What a packet with contributing sources, an extension or padding carries."""
    try:
        return rtp.parse(data).payload
    except rtp.RtpError as error:
        logger.debug("a packet is passed over: %s", error)
        return b""
