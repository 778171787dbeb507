"""What can be played to a caller: clips one after the other, a radio that all hear alike, silence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # numpy is not loaded before the first sound
    from app.media.clip import Clip, ClipPackets
    from app.media.samples import Samples
    from app.media.voice_codec import Encoder, VoiceCodec

NOT_ENCODED = b""  # `payload` has nothing ready: encode the frame
_TICK_MS = 20


class SoundSource(Protocol):
    """Sound by the ticks of the media clock, 20 ms each. Ticks may be passed over, never go back."""

    def frame(self, tick: int) -> Samples | None:
        """The 20 ms of this tick, None = over. Asked again for the same tick it gives the same."""

    def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
        """The same, encoded, where that is cheaper than to encode the frame; None = over.

        NOT_ENCODED = encode `frame(tick)` yourself, which is also the answer for a `ptime_ms` other than 20.
        """


class Playlist:
    """Clips one after the other for one listener, from the first tick it is asked for; it is played once.

    With `repeat` it begins again without a gap, until it is replaced. Every clip takes whole frames.
    """

    __slots__ = ("_clip", "_codec", "_ends", "_packets", "_start", "clips", "frames", "repeat")

    def __init__(self, clips: Iterable[Clip], *, repeat: bool = False) -> None:
        self.clips = tuple(clip for clip in clips if clip.frames)
        self.repeat = repeat
        self._ends = tuple(accumulate(clip.frames for clip in self.clips))
        self.frames = self._ends[-1] if self._ends else 0
        self._start: int | None = None
        self._clip = -1  # whose packets are at hand
        self._codec = ""
        self._packets: ClipPackets

    @property
    def seconds(self) -> float:
        """How long it takes once."""
        return self.frames * _TICK_MS / 1000

    def frame(self, tick: int) -> Samples | None:
        """The 20 ms of this tick, None = over."""
        found = self._place(tick)
        return None if found is None else self.clips[found[0]].frame(found[1])

    def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
        """The clip's own packet, which all its listeners share."""
        found = self._place(tick)
        if found is None:
            return None
        if ptime_ms != _TICK_MS:
            return NOT_ENCODED
        index, number = found
        if index != self._clip or codec.name != self._codec:
            self._clip, self._codec = index, codec.name
            self._packets = self.clips[index].packets(codec, ptime_ms, number)
        return self._packets.payload(number)

    def _place(self, tick: int) -> tuple[int, int] | None:
        """Which clip it is, and which of its frames."""
        if self._start is None:
            self._start = tick
        position = tick - self._start
        if self.repeat and self.frames:
            position %= self.frames
        elif position >= self.frames:
            return None
        index = bisect_right(self._ends, position)
        return index, position - (self._ends[index - 1] if index else 0)


class Radio:
    """Clips without end, at one place for all who listen; each frame is encoded once a codec."""

    __slots__ = ("_channels", "_clips", "_playlist")

    def __init__(self, clips: Iterable[Clip]) -> None:
        self._playlist = Playlist(clips, repeat=True)
        if not self._playlist.frames:
            raise ValueError("a radio needs sound")
        self._channels: dict[str, _Channel] = {}

    @property
    def clips(self) -> tuple[Clip, ...]:
        """What it plays."""
        return self._playlist.clips

    def frame(self, tick: int) -> Samples | None:
        """The 20 ms of this tick."""
        return self._playlist.frame(tick)

    def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
        """The packet of this tick."""
        if ptime_ms != _TICK_MS:
            return NOT_ENCODED
        channel = self._channels.get(codec.name)
        if channel is None:
            channel = self._channels[codec.name] = _Channel(codec)
        if channel.tick != tick:
            frame = self._playlist.frame(tick)
            assert frame is not None, "a radio has no end"
            channel.encode(tick, frame)
        return channel.payload


class _Channel:
    """A radio in one codec: its latest packet."""

    __slots__ = ("_encoder", "payload", "tick")

    def __init__(self, codec: VoiceCodec) -> None:
        from app.media.voice_codec import new_encoder

        self._encoder: Encoder = new_encoder(codec, _TICK_MS)
        self.tick = -1
        self.payload = b""

    def encode(self, tick: int, frame: Samples) -> None:
        self.payload = self._encoder.encode(frame)
        self.tick = tick


class Quiet:
    """Silence that is sent all the same, for whoever takes no packets for a lost connection."""

    __slots__ = ("_payloads",)

    def __init__(self) -> None:
        self._payloads: dict[str, bytes] = {}

    def frame(self, tick: int) -> Samples | None:
        """Silence."""
        from app.media.samples import SILENCE

        return SILENCE

    def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
        """Always the same packet."""
        if ptime_ms != _TICK_MS:
            return NOT_ENCODED
        known = self._payloads.get(codec.name)
        if known is None:
            from app.media.samples import SILENCE
            from app.media.voice_codec import new_encoder

            known = self._payloads[codec.name] = new_encoder(codec, _TICK_MS).encode(SILENCE)
        return known
