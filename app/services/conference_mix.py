"""What a conference room sounds like: each tick, everybody hears all who speak but themselves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.media.mixer import mix_minus
from app.media.samples import SILENCE, Samples
from app.media.sources import NOT_ENCODED, SoundSource
from app.media.voice_codec import Encoder, VoiceCodec, new_encoder

_FRAME_MS = 20
_LOUD = 250  # the greatest amplitude of 20 ms from which on somebody speaks: -42 dB of full scale
_HANG = 25  # ticks that somebody is taken to speak on: the end of a word is quiet
_OWN = 250  # ticks for which who has spoken keeps an encoder of its own
_ROOM = object()  # speaks: tones and names
_LISTENERS = object()  # all who do not speak: they hear the same


class Seat:
    """One place: its `hear` is the sink of the party's port, and it is itself what the party hears."""

    __slots__ = ("_mix", "_own_until", "_talks_until", "is_muted", "sound")

    def __init__(self, mix: ConferenceMix) -> None:
        self._mix = mix
        self._talks_until = -1
        self._own_until = -1
        self.is_muted = False
        self.sound: Samples | None = None  # what it hears now; None: what all listeners do

    @property
    def is_talking(self) -> bool:
        """Whether it speaks, and is heard."""
        return self._mix.tick < self._talks_until

    def hear(self, tick: int, sound: Samples) -> None:
        """Take what the party says."""
        self._mix.turn(tick)
        if sound is SILENCE:
            return
        if not self.is_muted and (int(sound.max()) >= _LOUD or int(sound.min()) <= -_LOUD):
            self._talks_until = tick + _HANG
            self._own_until = tick + _OWN
        if not self.is_muted and tick < self._talks_until:
            self._mix.said[self] = sound

    def mute(self, is_muted: bool) -> None:
        """Take the party's voice away, or give it back."""
        self.is_muted = is_muted
        if is_muted:
            self._talks_until = -1
            self._mix.said.pop(self, None)

    def frame(self, tick: int) -> Samples | None:
        """What the party hears in this tick."""
        self._mix.turn(tick)
        return self._mix.common if self.sound is None else self.sound

    def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
        """The packet that all listeners of one codec share.

        Who speaks hears something of its own. Encoders remember what went before: a party that speaks now and
        then stays with one of its own, so that no switch between two is heard in the pauses of its speech.
        """
        self._mix.turn(tick)
        if ptime_ms != _FRAME_MS or tick < self._own_until or self.sound is not None:
            return NOT_ENCODED
        return self._mix.common_payload(codec)


class ConferenceMix:
    """All seats of a room. The first who hears or is heard in a tick makes the mix of the tick before.

    `record` is given what a silent listener hears; `talkers_changed` is called when others speak than before.
    """

    def __init__(self, talkers_changed: Callable[[], None]) -> None:
        self.seats: set[Seat] = set()
        self.said: dict[Seat, Samples] = {}
        self.common: Samples = SILENCE
        self.tick = -1
        self.record: Callable[[int, Samples], None] | None = None
        self._talkers_changed = talkers_changed
        self._talkers: frozenset[Seat] = frozenset()
        self._chimes: list[SoundSource] = []
        self._channels: dict[str, _Channel] = {}

    def add(self) -> Seat:
        """Set up a place."""
        seat = Seat(self)
        self.seats.add(seat)
        return seat

    def remove(self, seat: Seat) -> None:
        """Clear a place."""
        self.seats.discard(seat)
        self.said.pop(seat, None)
        seat.sound = None

    def chime(self, source: SoundSource) -> None:
        """Let everybody hear this, after what is heard already."""
        self._chimes.append(source)

    def turn(self, tick: int) -> None:
        """Begin a tick; again: without effect."""
        if tick <= self.tick:
            return
        self.tick = tick
        said, self.said = self.said, {}
        voices: dict[object, Samples] = dict(said.items())
        chime = self._chime(tick)
        if chime is not None:
            voices[_ROOM] = chime
        voices[_LISTENERS] = SILENCE
        mixed = mix_minus(voices)
        self.common = mixed[_LISTENERS]
        for seat in self.seats:
            seat.sound = mixed.get(seat)
        for channel in self._channels.values():
            channel.is_new = True
        if self.record is not None:
            self.record(tick, self.common)
        talkers = frozenset(said)
        if talkers != self._talkers:
            self._talkers = talkers
            self._talkers_changed()

    def common_payload(self, codec: VoiceCodec) -> bytes:
        """The common sound of this tick, encoded once."""
        channel = self._channels.get(codec.name)
        if channel is None:
            channel = self._channels[codec.name] = _Channel(codec)
        return channel.payload(self.common)

    def _chime(self, tick: int) -> Samples | None:
        while self._chimes:
            sound = self._chimes[0].frame(tick)
            if sound is not None:
                return sound
            del self._chimes[0]
        return None


class _Channel:
    """The common sound in one codec."""

    __slots__ = ("_encoder", "_payload", "is_new")

    def __init__(self, codec: VoiceCodec) -> None:
        self._encoder: Encoder = new_encoder(codec, _FRAME_MS)
        self._payload = b""
        self.is_new = True

    def payload(self, sound: Samples) -> bytes:
        if self.is_new:
            self.is_new = False
            self._payload = self._encoder.encode(sound)
        return self._payload


def joined(frames: list[Samples]) -> Samples:
    """Frames as one piece, the silence at both ends cut off: a name as it was said."""
    if not frames:
        return np.zeros(0, np.int16)
    loud = [place for place, frame in enumerate(frames) if int(np.abs(frame.astype(np.int32)).max()) >= _LOUD]
    if not loud:
        return np.zeros(0, np.int16)
    first, last = max(0, loud[0] - 3), loud[-1] + 6
    return np.concatenate(frames[first:last])
