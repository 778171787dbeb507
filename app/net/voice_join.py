"""Two voice ports that hear each other: packets pass where both speak alike, else sound is transcoded."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.media.dtmf import EventError, TelephoneEvent
from app.media.rtp import RtpPacket, timestamp_distance
from app.media.samples import Samples
from app.net.voice_passage import Passage
from app.net.voice_receiver import VoiceReceiver
from app.net.voice_sender import VoiceSender
from app.net.voice_stream import VoiceStream

logger = logging.getLogger(__name__)

_LONGEST = 0xFFFF  # ticks: the duration of an event has 16 bits
_KEY_MS = 160


class OneWay:
    """From one port's peer to the other's. `passes` = its packets are renumbered, not decoded.

    They pass where the peer sends the very codec that the hearer gets anyway, in packets as long as it wants.
    Telephone-events pass in both cases; a hearer that takes none hears the key as a tone.
    """

    __slots__ = (
        "_event_at",
        "_event_duration",
        "_event_stamp",
        "_is_event_over",
        "_passage",
        "_receiver",
        "_sender",
        "_tick",
        "passes",
    )

    def __init__(self, receiver: VoiceReceiver, sender: VoiceSender, tick: Callable[[], int]) -> None:
        self._receiver, self._sender, self._tick = receiver, sender, tick
        self._passage = Passage(sender.stream, tick)
        self._event_at: int | None = None  # of the source
        self._event_stamp = self._event_duration = 0
        self._is_event_over = True
        self.passes = False

    def begin(self) -> None:
        """Begin to carry."""
        self.passes = self._may_pass()
        self._receiver.way = self

    def end(self) -> None:
        """Carry no more."""
        if self._receiver.way is self:
            self._receiver.way = None
            if self._sender.stream.talker is self._passage or not self._sender.is_playing:
                self._sender.stream.break_off()

    def codec_changed(self) -> None:
        """Look again whether packets may pass: one side sends, or gets, another codec now."""
        passes = self._may_pass()
        if passes != self.passes:
            self.passes = passes
            self._sender.stream.break_off()
            self._receiver.way_changed()

    def packet(self, marker: int, sequence: int, timestamp: int, ssrc: int, payload: bytes) -> None:
        """Pass a packet of sound on."""
        sender = self._sender
        if not sender.is_taken:
            self._passage.carry(sender.stream.payload_type, marker, sequence, timestamp, ssrc, payload)

    def frame(self, tick: int, frame: Samples) -> None:
        """Pass 20 ms of sound on, encoded anew."""
        self._sender.forward(tick, frame)

    def event(self, packet: RtpPacket, clock_rate: int, key: str) -> None:
        """Pass a packet of a telephone-event on."""
        sender = self._sender
        if sender.is_playing or not sender.agreed.sends:
            return
        if sender.agreed.event is None:
            if key:
                sender.send_digit(key, _KEY_MS)
            return
        payload_type, wanted_rate = sender.agreed.event
        try:
            event = TelephoneEvent.parse(packet.payload)
        except EventError as error:
            logger.debug("a telephone-event is not passed on: %s", error)
            return
        payload = packet.payload
        if wanted_rate != clock_rate:
            duration = min(event.duration * wanted_rate // clock_rate, _LONGEST)
            payload = TelephoneEvent(event.event, event.end, event.volume, duration).encode()
        if self.passes:
            marker = packet.marker << 7
            self._passage.carry(payload_type, marker, packet.sequence, packet.timestamp, packet.ssrc, payload)
            return
        stamp = self._stamp_of(packet, event, wanted_rate / clock_rate)
        sender.stream.insert(payload_type, packet.marker, stamp, payload)

    def stamp_now(self, stream: VoiceStream, now: float) -> int | None:
        """The timestamp of this moment in the stream, if this is what it carries."""
        if stream is not self._sender.stream or stream.talker is not self._passage:
            return None
        since = max(0.0, now - self._receiver.last_at)
        return stream.next_stamp - stream.step + int(since * stream.clock_rate) & 0xFFFF_FFFF

    def _may_pass(self) -> bool:
        wanted, heard = self._sender.agreed, self._receiver.agreed
        codec = self._receiver.codec
        return codec is not None and codec is wanted.codec and heard.ptime_ms == wanted.ptime_ms

    def _stamp_of(self, packet: RtpPacket, event: TelephoneEvent, scale: float) -> int:
        """When the event, or its next segment (RFC 4733 2.5.1.3), begins in the hearer's stream."""
        timestamp = packet.timestamp
        if timestamp != self._event_at:
            ahead = 0 if self._event_at is None else timestamp_distance(timestamp, self._event_at)
            if not self._is_event_over and ahead == self._event_duration > 0:
                self._event_stamp += int(ahead * scale)
            else:
                self._event_stamp = self._sender.stream.stamp_at(self._tick())
            self._event_at, self._is_event_over = timestamp, False
        self._event_duration = event.duration
        self._is_event_over = self._is_event_over or event.end
        return self._event_stamp & 0xFFFF_FFFF


class VoiceJoin:
    """Both ways between two ports; `end` separates them, the second time it does nothing."""

    __slots__ = ("_ways",)

    def __init__(self, one: OneWay, other: OneWay) -> None:
        self._ways: tuple[OneWay, ...] = (one, other)
        for way in self._ways:
            way.begin()

    def changed(self) -> None:
        """One side speaks otherwise now."""
        for way in self._ways:
            way.codec_changed()

    def stamp_now(self, stream: VoiceStream, now: float) -> int | None:
        """The timestamp of this moment in a stream that carries what is passed on; None where it does not."""
        return next((stamp for way in self._ways if (stamp := way.stamp_now(stream, now)) is not None), None)

    def end(self) -> None:
        """Neither hears the other any more."""
        for way in self._ways:
            way.end()
        self._ways = ()
