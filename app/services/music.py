"""What callers hear where no person speaks: music on hold, the same for all, and the country's ringing."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from app.media.sources import NOT_ENCODED, Playlist, Radio, SoundSource
from app.services.announcements import Announcements
from app.services.directory import DirectoryHolder

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.media.clip import Clip
    from app.media.samples import Samples
    from app.media.voice_codec import VoiceCodec

MUSIC = "music-on-hold"
RINGBACK = "tone-ringback"

Spawn = Callable[[Coroutine[Any, Any, None], str], object]


class Sounds:
    """Music and ringing, from the announcements. What has not been heard yet begins when it is loaded."""

    def __init__(self, announcements: Announcements, holder: DirectoryHolder, spawn: Spawn) -> None:
        self._announcements = announcements
        self._holder = holder
        self._spawn = spawn
        self._radios: list[Radio] = []

    def hold_music(self, call: Call) -> SoundSource | None:
        """What the one who waits hears; None where the setting says: nothing."""
        if not self._holder.current.settings.music_on_hold:
            return None
        return self.music(call.language)

    def music(self, language: str) -> SoundSource:
        """The music, whether calls on hold hear it or not: for conferences and queues."""
        return self._sound(language, MUSIC, self._radio)

    def ringback(self, call: Call) -> SoundSource | None:
        """What an accepted caller hears while a phone rings."""
        return self._sound(call.language, RINGBACK, _repeated)

    def _radio(self, clip: Clip) -> Radio:
        """One for all who hear this clip: another file is another radio, for those who come later."""
        for known in self._radios:
            if known.clips[0] is clip:
                return known
        heard = {self._announcements.ready(language, MUSIC) for language in self._announcements.languages}
        self._radios = [known for known in self._radios if known.clips[0] in heard]
        self._radios.append(Radio((clip,)))
        return self._radios[-1]

    def _sound(self, language: str, name: str, make: Callable[[Clip], SoundSource]) -> SoundSource:
        clip = self._announcements.ready(language, name)
        if clip is not None:
            return make(clip)
        late = LateSound()
        self._spawn(self._load(late, language, name, make), f"load {name}")
        return late

    async def _load(
        self, late: LateSound, language: str, name: str, make: Callable[[Clip], SoundSource]
    ) -> None:
        for clip in await self._announcements.clips(language, name):
            late.source = make(clip)


class LateSound:
    """Silence until there is a source."""

    __slots__ = ("source",)

    def __init__(self) -> None:
        self.source: SoundSource | None = None

    def frame(self, tick: int) -> Samples | None:
        """The 20 ms of this tick."""
        if self.source is not None:
            return self.source.frame(tick)
        from app.media.samples import SILENCE

        return SILENCE

    def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
        """The packet of this tick."""
        return NOT_ENCODED if self.source is None else self.source.payload(tick, codec, ptime_ms)


def _repeated(clip: Clip) -> SoundSource:
    return Playlist((clip,), repeat=True)
