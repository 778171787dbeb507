"""A phone that talks with the PBX: plays to it, takes its keys, listens. All that features need of sound."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.calls.causes import HUNG_UP
from app.calls.voice import SoundSink
from app.media.clip import Clip
from app.media.sources import Playlist, SoundSource

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.calls.voice import VoicePort
    from app.calls.voice_leg import VoiceLeg
    from app.media.samples import Samples

__all__ = ["ANY_KEY", "Clip", "Conversation", "Heard", "HungUp", "SoundSink", "SoundSource"]

ANY_KEY = "0123456789*#"
_FRAME, _FRAME_S = 320, 0.020  # of the house's sound: app.media.samples
_LOUD = 200  # mean of the amplitudes of 20 ms from which on somebody speaks: -44 dB of full scale
_MOST_KEYS = 64  # that wait to be asked for: nobody means more
_LONGEST_HOLD_S = 4 * 3600.0  # nobody is there who would hang up on who holds a menu for ever
_SOON_S = 1e-6  # the clock may be a hair early


class HungUp(Exception):  # noqa: N818  it is no error
    """The phone is gone, or could not be talked with. Features let it pass; the call ends by it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What ended listening: `why` is "key", "time", or "silence" where nothing more was said."""

    seconds: float
    key: str
    why: str


class Conversation:
    """One phone and the PBX. Every method that waits raises HungUp when the phone is gone.

    Keys are kept in their order until something asks for them. While the phone holds, nothing is played to it
    and no time passes: it finds everything where it was, for some hours.
    """

    __slots__ = (
        "_end_of_source",
        "_held_at",
        "_held_s",
        "_is_held",
        "_keys",
        "_news",
        "_playing",
        "_started_at",
        "_voice",
        "call",
    )

    def __init__(self, call: Call, voice: VoiceLeg) -> None:
        self.call = call
        self._voice = voice
        self._keys: deque[str] = deque()
        self._news = asyncio.Event()
        self._playing: SoundSource | None = None
        self._started_at = 0.0
        self._end_of_source: Callable[[], None] | None = None
        self._is_held = voice.held
        self._held_at = asyncio.get_running_loop().time()
        self._held_s = 0.0
        voice.user = self

    @property
    def language(self) -> str:
        """The language of prompts, for all of the call that comes."""
        return self.call.language

    @language.setter
    def language(self, value: str) -> None:
        self.call.language = value

    @property
    def port(self) -> VoicePort:
        """Our end of the phone's sound, for those who play and listen for themselves."""
        return self._voice.port

    # What a feature does

    async def play(self, *clips: Clip, until: str = ANY_KEY) -> str:
        """Play one after the other; returns the key that stopped it, "" when all was played.

        A key pressed before counts. Where only some keys stop it, others are forgotten; with until="" nothing
        stops it, and all keys are kept.
        """
        self._check()
        over = False

        def end() -> None:
            nonlocal over
            over = True
            self._tell()

        if not self._take(until):
            self._begin(Playlist(clips), end)
            try:
                await self._wait(lambda: over or self._has_key(until))
            finally:
                self.stop()
        return self._keys.popleft() if self._take(until) else ""

    async def key(self, seconds: float) -> str:
        """Wait for a key; "" = none came in time."""
        await self._wait(lambda: bool(self._keys), seconds)
        return self._keys.popleft() if self._keys else ""

    async def keys(
        self, most: int, *, first_s: float = 5.0, next_s: float = 3.0, end: str = "#", first: str = ""
    ) -> str:
        """Take up to `most` keys, fewer when none comes in time, or `end`, which is not returned.

        `first` is a key that was pressed already.
        """
        found = ""
        key = first or await self.key(first_s)
        while key and key not in end:
            found += key
            if len(found) >= most:
                break
            key = await self.key(next_s)
        self._check()
        return found

    def play_on(self, source: SoundSource) -> None:
        """Play on until something else does."""
        if not self._voice.leg.has_ended:
            self._begin(source, None)

    def stop(self) -> None:
        """Play nothing."""
        self._playing = self._end_of_source = None
        if not self._voice.leg.has_ended:
            self.port.play(None)

    async def listen(
        self, sink: SoundSink, *, most_s: float, silence_s: float = 0.0, until: str = ANY_KEY
    ) -> Heard:
        """Give what the phone says to `sink`, until a key, the time, or silence (0 = however long it is)."""
        self._check()
        self._take(until)
        begun = self._now()
        ear = _Ear(sink, self._now, measures=silence_s > 0)
        end = self.port.add_sink(ear.hear)
        try:
            while True:
                due = begun + most_s
                if silence_s > 0:
                    due = min(due, ear.loud_at + silence_s)
                if await self._wait(lambda: self._has_key(until), max(due - self._now(), _SOON_S)):
                    self._take(until)
                    return Heard(self._now() - begun, self._keys.popleft(), "key")
                if self._now() - begun >= most_s - _SOON_S:
                    return Heard(most_s, "", "time")
                if self._now() - ear.loud_at >= silence_s - _SOON_S:
                    return Heard(self._now() - begun, "", "silence")
        finally:
            end()

    async def wait(self, seconds: float) -> None:
        """Let time pass; what plays goes on."""
        await self._wait(lambda: False, seconds)

    def forget_keys(self) -> None:
        """Forget the keys that nobody has asked for."""
        self._keys.clear()

    def hang_up(self) -> None:
        """End the call."""
        self.call.end(HUNG_UP)

    # What the leg tells

    def pressed(self, voice: VoiceLeg, key: str, duration_ms: int | None) -> None:
        """Take a key."""
        if len(self._keys) >= _MOST_KEYS:
            return
        self._keys.append(key)
        self._tell()

    def changed(self, voice: VoiceLeg) -> None:
        """Stop while the phone holds, and go on where it was."""
        if voice.held is not self._is_held:
            if voice.held:
                self._pause()
            self._hold(voice.held)
            if not voice.held and self._playing is not None:
                self._begin(self._playing, self._end_of_source)
        self.call.note_media()
        self._tell()

    def ended(self, voice: VoiceLeg) -> None:
        """The phone is gone: whoever waits hears it."""
        self._playing = self._end_of_source = None
        self._tell()

    def takes_offer(self, voice: VoiceLeg, sdp: bytes) -> bool:
        """None: the leg answers for itself."""
        return False

    # What stands behind

    def is_with(self, voice: VoiceLeg) -> bool:
        """Whether it is this leg we talk with."""
        return self._voice is voice

    def resume(self) -> None:
        """Talk with the phone again, after somebody else did."""
        self._voice.user = self
        if self._voice.held is not self._is_held:
            self._hold(self._voice.held)

    async def agreed(self) -> None:
        """Wait until the phone has said where it listens, and acknowledged our 200.

        Before, whoever forged the address of an INVITE would have us send sound to where its SDP says.
        """
        await self._wait(lambda: self._voice.is_sure)

    def _tell(self) -> None:
        self._news.set()

    def _check(self) -> None:
        if self._voice.leg.has_ended:
            raise HungUp

    def _has_key(self, until: str) -> bool:
        return bool(until) and any(key in until for key in self._keys)

    def _take(self, until: str) -> bool:
        """Bring the next key that counts to the front; those before it meant nothing here."""
        if not until:
            return False
        while self._keys and self._keys[0] not in until:
            self._keys.popleft()
        return bool(self._keys)

    def _begin(self, source: SoundSource, on_end: Callable[[], None] | None) -> None:
        self._playing, self._end_of_source = source, on_end
        self._started_at = self._now()
        if not self._is_held:
            self.port.play(source, self._over)

    def _over(self) -> None:
        on_end = self._end_of_source
        self._playing = self._end_of_source = None
        if on_end is not None:
            on_end()

    def _pause(self) -> None:
        source = self._playing
        if source is None:
            return
        self.port.play(None)
        if isinstance(source, Playlist) and not source.repeat:
            played = round((self._now() - self._started_at) / _FRAME_S)
            self._playing = Playlist(_rest(source.clips, played))

    def _now(self) -> float:
        """Seconds by a clock that stands still while the phone holds."""
        time = asyncio.get_running_loop().time()
        return (self._held_at if self._is_held else time) - self._held_s

    def _hold(self, is_held: bool) -> None:
        time = asyncio.get_running_loop().time()
        if is_held:
            self._held_at = time
        else:
            self._held_s += time - self._held_at
        self._is_held = is_held

    async def _wait(self, is_done: Callable[[], bool], seconds: float | None = None) -> bool:
        """Wait until it holds or the time is over; time that the phone holds does not count."""
        end = None if seconds is None else self._now() + seconds
        while True:
            self._check()
            if is_done():
                return True
            left = None if end is None else end - self._now()
            if left is not None and left <= _SOON_S:
                return False
            self._news.clear()
            if self._is_held:
                left = self._held_at + _LONGEST_HOLD_S - asyncio.get_running_loop().time()
                if left <= _SOON_S:
                    self.hang_up()
                    raise HungUp
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._news.wait()


class _Ear:
    """Passes sound on, and notes when it was loud."""

    __slots__ = ("_clock", "_measures", "_sink", "loud_at")

    def __init__(self, sink: SoundSink, clock: Callable[[], float], *, measures: bool) -> None:
        self._sink = sink
        self._clock = clock
        self._measures = measures
        self.loud_at = clock()

    def hear(self, tick: int, frame: Samples) -> None:
        self._sink(tick, frame)
        if self._measures and abs(frame.astype("i4")).mean() >= _LOUD:
            self.loud_at = self._clock()


def _rest(clips: Iterable[Clip], frames: int) -> tuple[Clip, ...]:
    """What is left of clips after so many frames."""
    found: list[Clip] = []
    for clip in clips:
        if frames >= clip.frames:
            frames -= clip.frames
            continue
        found.append(Clip(clip.samples[frames * _FRAME :], clip.name) if frames else clip)
        frames = 0
    return tuple(found)
