"""What voice mail says to whom it talks with, put together from announcements."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.calls.conversation import ANY_KEY, Conversation, SoundSink
from app.db.tables.voice_message import VoiceMessage
from app.services.announcements import Announcements
from app.services.mailboxes import Counts
from app.services.spoken_parts import Counted, Digits, Duration, Moment, Part, Recorded
from app.services.voice_mail_files import MessageRecording

BEEP = "beep"
_KEEP, _LISTEN, _AGAIN = "1", "2", "3"
SILENCE_S = 6.0  # nothing was said for so long: the message is over
_KEPT_SILENCE_S = 0.5
_KEY_S = 0.1  # of the tone of the key that ended it


class Talk:
    """A conversation that can speak. Every method that waits raises HungUp when the phone is gone."""

    def __init__(self, conversation: Conversation, announcements: Announcements) -> None:
        self.conversation = conversation
        self._announcements = announcements

    async def say(self, *parts: Part, until: str = ANY_KEY) -> str:
        """Say it; returns the key that cut it short, "" when it was heard to its end."""
        clips = await self._announcements.clips(self.conversation.language, *parts)
        return await self.conversation.play(*clips, until=until)

    async def tell(self, *parts: Part) -> None:
        """Say it to its end, whatever is pressed meanwhile."""
        await self.say(*parts, until="")
        self.conversation.forget_keys()

    async def ask(self, *parts: Part, keys: str, times: int = 3, wait_s: float = 5.0) -> str:
        """Say it again until one of the keys is pressed; "" when none was."""
        for _ in range(times):
            key = await self.say(*parts) or await self.conversation.key(wait_s)
            if key and key in keys:
                return key
        return ""

    async def number(self, *parts: Part, most: int) -> str:
        """Ask for digits that end with the hash key."""
        first = await self.say(*parts)
        return "" if first == "#" else await self.conversation.keys(most, first=first)

    async def is_content(self, path: Path, *, by_silence: bool) -> bool:
        """Let the speaker hear a recording, until it shall be kept, or (False) made again.

        `by_silence`: what it means that no key comes.
        """
        while True:
            key = await self.ask("vm-review", keys=_KEEP + _LISTEN + _AGAIN, times=2)
            if key != _LISTEN:
                return key == _KEEP or (not key and by_silence)
            await self.say(Recorded(path))

    async def record(self, recording: MessageRecording, *, longest_s: float, until: str) -> str:
        """Sound the tone and record until a key, silence, or the time; returns the key.

        Where the phone hangs up the recording holds what was said.
        """
        await self.tell(BEEP)
        heard = await self.conversation.listen(
            _as_sink(recording), most_s=longest_s, silence_s=SILENCE_S, until=until
        )
        cut = {"key": _KEY_S, "silence": SILENCE_S - _KEPT_SILENCE_S}.get(heard.why, 0.0)
        await recording.finish(cut_s=cut)
        return heard.key


def _as_sink(recording: MessageRecording) -> SoundSink:
    return recording.take


def counts_said(counts: Counts) -> tuple[Part, ...]:
    """How many messages there are."""
    new = Counted(counts.new, "vm-new-message", "vm-new-messages")
    saved = Counted(counts.saved, "vm-saved-message", "vm-saved-messages")
    if not counts.total:
        return ("vm-no-messages",)
    if not counts.saved:
        return ("vm-you-have", new)
    return ("vm-you-have", new, "vm-and", saved) if counts.new else ("vm-you-have", saved)


def is_number(caller: str) -> bool:
    """Whether what a caller calls itself is a telephone number: it may say of itself what it likes."""
    return re.fullmatch(r"\+?[0-9]{1,20}", caller) is not None


def caller_said(message: VoiceMessage) -> tuple[Part, ...]:
    """Who left a message."""
    number = message.caller.strip()
    if not is_number(number):
        return ("vm-from-unknown",)
    return ("vm-from", Digits(number))


def envelope(message: VoiceMessage, local: Callable[[float], datetime], now: float) -> tuple[Part, ...]:
    """Who left it, and when."""
    return (*caller_said(message), Moment(local(message.at), local(now)))


def details(message: VoiceMessage, local: Callable[[float], datetime]) -> tuple[Part, ...]:
    """All there is to know: who, when with the year, how long."""
    return (*caller_said(message), Moment(local(message.at)), "vm-long", Duration(message.seconds))
