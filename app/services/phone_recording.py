"""Records an announcement by a phone: calls an extension, and keeps what is said there after the tone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.calls.call import Surroundings
from app.calls.call_out import call_out
from app.calls.conversation import Conversation, HungUp
from app.calls.originate import RingResult
from app.errors import UserError
from app.services.announcements import Announcements
from app.services.bindings import Bindings
from app.services.directory import DirectoryHolder

if TYPE_CHECKING:
    from app.media.samples import Samples

_NO_ANSWER_S = 30.0
_LONGEST_S = 300.0
_KEY_S = 0.2  # cut off at the end: the key that ended it is heard
_FRAME_S = 0.02
_SHOWN = "OpenMSS"


class PhoneRecording:
    """One call a recording; several at once do not disturb each other."""

    def __init__(
        self,
        surroundings: Surroundings,
        bindings: Bindings,
        holder: DirectoryHolder,
        announcements: Announcements,
    ) -> None:
        self._surroundings = surroundings
        self._bindings = bindings
        self._holder = holder
        self._announcements = announcements

    async def record(self, number: str) -> bytes:
        """Call the extension; returns a WAV file. UserError where nobody answers or nothing is said."""
        from app.services.sound_files import wav_bytes

        directory = self._holder.current
        extension = directory.extension(number)
        devices = self._bindings.destinations(number) if extension is not None else []
        if extension is None or not devices:
            text = f"Extension {number} has no phone that could be called. Choose one that is registered."
            raise UserError("announcement.no_phone", text, field="number", number=number)
        language = extension.language or directory.settings.prompt_language
        try:
            talk = await call_out(
                self._surroundings,
                devices,
                shown_number=_SHOWN.lower(),
                shown_name=_SHOWN,
                no_answer_s=_NO_ANSWER_S,
                codecs=directory.settings.codecs,
                language=language,
            )
        except HungUp:
            talk = RingResult(480)
        if isinstance(talk, RingResult):
            text = f"Extension {number} did not answer. Try again, or choose another phone."
            raise UserError("announcement.no_answer", text, field="number", number=number)
        try:
            frames = await self._listen(talk, language)
        finally:
            talk.hang_up()
            await talk.call.release()
        if not frames:
            text = f"Nothing was said at extension {number}. Speak after the tone, and press # at the end."
            raise UserError("announcement.nothing_said", text, field="number", number=number)
        import numpy as np

        return wav_bytes(np.concatenate(frames))

    async def _listen(self, talk: Conversation, language: str) -> list[Samples]:
        """What is said, without the key at its end; hanging up ends it as well."""
        frames: list[Samples] = []
        try:
            await talk.play(*await self._announcements.clips(language, "studio-record", "beep"))
            talk.forget_keys()
            heard = await talk.listen(lambda _, frame: frames.append(frame), most_s=_LONGEST_S)
        except HungUp:
            return frames
        return frames[: -round(_KEY_S / _FRAME_S)] if heard.key else frames
