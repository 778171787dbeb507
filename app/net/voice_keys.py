"""Keys through a voice port: heard once each, by telephone-event or as a tone, and sent to the peer."""

from __future__ import annotations

import logging
import math
from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from app.media.dtmf import DIGITS, DigitReceiver, DigitStarted, EventError, packets_of
from app.net.voice_stream import VoiceStream

if TYPE_CHECKING:
    from app.media.samples import Samples
    from app.media.tone_digits import ToneDigits

logger = logging.getLogger(__name__)

_BOTH_S = 1.0  # a tone and the event of the same key come within this
_MOST_KEYS = 64  # on their way: what comes faster than it can be sent is left out
_LONGEST_MS = 5_000  # of a key, whatever an INFO says
_GAP_TICKS = 3  # between two keys: 60 ms, RFC 4733 2.6.3 and ITU-T Q.24 ask for 40
_LOWS = (697, 770, 852, 941)
_HIGHS = (1209, 1336, 1477, 1633)
_PLACES = "123A456B789C*0#D"
_AMPLITUDE = 5_200  # of each of the two tones: about -10 dBm0 together
_RAMP_MS = 5


class KeyListener:
    """Tells which keys the peer presses.

    A peer may send a key as telephone-events, as a tone in its sound, or both at once. From its first event
    on it is believed to send events, and tones are no longer listened for.
    """

    __slots__ = ("_clock", "_receiver", "_tone_at", "_tone_key", "_tones", "has_events")

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._receiver = DigitReceiver()
        self._tones: ToneDigits | None = None
        self._tone_key = ""
        self._tone_at = -math.inf
        self.has_events = False

    def event(self, timestamp: int, payload: bytes) -> str:
        """Take a telephone-event packet; the key that has just gone down, or ""."""
        self.has_events = True
        self._tones = None
        try:
            found = self._receiver.receive(timestamp, payload)
        except EventError as error:
            logger.debug("a telephone-event is passed over: %s", error)
            return ""
        keys = "".join(each.digit for each in found if isinstance(each, DigitStarted))
        if keys and keys == self._tone_key and self._clock() - self._tone_at < _BOTH_S:
            keys = ""  # it was heard as a tone already
        self._tone_key = ""
        return keys

    def sound(self, frame: Samples) -> str:
        """Take 20 ms of the peer's sound; the key whose tone has just been recognised, or ""."""
        if self.has_events:
            return ""
        if self._tones is None:
            from app.media.tone_digits import ToneDigits

            self._tones = ToneDigits()
        key = self._tones.take(frame)
        if key:
            self._tone_key, self._tone_at = key, self._clock()
        return key

    def new_stream(self) -> None:
        """The peer has begun another stream, and may be another peer."""
        self._receiver = DigitReceiver()
        self.has_events = False


class KeySender:
    """Keys on their way to the peer, one after the other."""

    __slots__ = ("_events", "_gap", "_keys", "_stamp", "_stream", "_tone")

    def __init__(self, stream: VoiceStream) -> None:
        self._stream = stream
        self._keys: deque[tuple[str, int]] = deque()
        self._events: Iterator[tuple[bool, int, bytes]] | None = None
        self._tone: Iterator[Samples] | None = None
        self._stamp = 0
        self._gap = 0

    def add(self, digit: str, duration_ms: int) -> None:
        """Put a key in line, if that is not full; EventError where it is none."""
        digit = digit.upper()
        if len(digit) != 1 or digit not in DIGITS:
            raise EventError(f"{digit!r} is no key")
        if len(self._keys) < _MOST_KEYS:
            self._keys.append((digit, min(duration_ms, _LONGEST_MS)))

    def clear(self) -> None:
        """Forget them all: the peer takes nothing any more."""
        self._keys.clear()
        self._events = self._tone = None
        self._gap = 0

    @property
    def is_idle(self) -> bool:
        """Whether no key is on its way."""
        return not self._keys and self._events is None and self._tone is None and not self._gap

    @property
    def is_tone(self) -> bool:
        """Whether the key that is sent now is a tone, which takes the place of other sound."""
        return self._tone is not None

    def step(self, tick: int, event: tuple[int, int] | None) -> Samples | None:
        """Send what is due in this tick, or return the 20 ms of tone that are to be heard in it.

        `event` is payload type and clock rate of the peer's telephone-event, None where it takes none.
        """
        if self._gap:
            self._gap -= 1
            return None
        if self._events is None and self._tone is None:
            if not self._keys:
                return None
            digit, duration_ms = self._keys.popleft()
            if event is None:
                self._tone = iter(key_tone(digit, max(1, duration_ms // 20)))
            else:
                packets = packets_of(digit, duration_ms, clock_rate=event[1])
                self._events = ((each.marker, each.offset, each.payload) for each in packets)
                self._stamp = self._stream.stamp_at(tick)
        if self._tone is not None:
            frame = next(self._tone, None)
            if frame is None:
                self._tone, self._gap = None, _GAP_TICKS - 1
            return frame
        assert self._events is not None
        packet = next(self._events, None)
        if packet is None or event is None:
            self._events, self._gap = None, _GAP_TICKS - 1
        else:
            marker, offset, payload = packet
            self._stream.insert(event[0], marker, self._stamp + offset, payload)
        return None


@lru_cache(maxsize=32)
def key_tone(digit: str, frames: int) -> tuple[Samples, ...]:
    """A key's two tones (ITU-T Q.23) in frames of 20 ms, softly begun and ended."""
    import numpy as np

    from app.media.samples import FRAME, RATE

    row, column = divmod(_PLACES.index(digit), 4)
    moments = np.arange(frames * FRAME) * (2 * math.pi / RATE)
    sound = _AMPLITUDE * (np.sin(moments * _LOWS[row]) + np.sin(moments * _HIGHS[column]))
    ramp = np.linspace(0.0, 1.0, RATE * _RAMP_MS // 1000)
    sound[: len(ramp)] *= ramp
    sound[-len(ramp) :] *= ramp[::-1]
    samples = sound.astype(np.int16)
    return tuple(samples[start : start + FRAME] for start in range(0, len(samples), FRAME))
