"""A mailbox by phone: its messages one after the other, kept, deleted, answered; its greeting and its PIN."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from app.calls.call import Call
from app.db.tables.voice_message import MessageState, VoiceMessage
from app.errors import EnvironmentFault, OpenMssError
from app.services.actions import Action, DialOut, Refuse
from app.services.dial_plan import decide
from app.services.dial_plan_query import Party, Query
from app.services.directory import DirectoryHolder, Extension
from app.services.extension_rules import ChangeExtension
from app.services.mailbox_pins import MailboxPins
from app.services.mailboxes import Mailboxes
from app.services.spoken_parts import Part, Recorded
from app.services.time_conditions import zone_of
from app.services.voice_mail_talk import Talk, counts_said, details, envelope, is_number

_LONGEST_GREETING_S = 120.0
_SHORTEST_GREETING_S = 1.0
_LONGEST_PIN = 10
_KEYS = "1234567890*#"


class Sessions:
    """What all sessions share; `run` is one of them."""

    def __init__(
        self,
        holder: DirectoryHolder,
        mailboxes: Mailboxes,
        pins: MailboxPins,
        change: ChangeExtension,
        clock: Callable[[], float],
    ) -> None:
        self.holder = holder
        self.mailboxes = mailboxes
        self.pins = pins
        self.change = change
        self.clock = clock

    async def run(self, call: Call, talk: Talk, extension: Extension) -> Action | None:
        """Let the owner hear and do; what comes next is a call back, or nothing."""
        session = Session(self, call, talk, extension)
        try:
            return await session.run()
        finally:
            await self.mailboxes.delete(session.deleted)

    def local(self, unix: float) -> datetime:
        """A moment in the house's own time."""
        zone = zone_of(self.holder.current.settings.time_zone)
        return datetime.fromtimestamp(unix, tz=UTC).astimezone(zone)


class Session:
    """One owner at the phone. What is deleted goes when the session ends, and can be restored until then."""

    def __init__(self, shared: Sessions, call: Call, talk: Talk, extension: Extension) -> None:
        self._shared = shared
        self._call = call
        self._talk = talk
        self._extension = extension
        self._messages: list[VoiceMessage] = []
        self._deleted: dict[int, VoiceMessage] = {}
        self._place = 0

    @property
    def deleted(self) -> list[VoiceMessage]:
        """The messages that are to go."""
        return list(self._deleted.values())

    async def run(self) -> Action | None:
        """Say how many messages there are, then go through them, the new ones first."""
        number = self._extension.number
        found = await self._shared.mailboxes.messages(number)
        self._messages = sorted(found, key=lambda each: (each.state is not MessageState.NEW, each.id))
        said = counts_said(self._shared.mailboxes.counts(number))
        if not self._messages:
            key = await self._talk.ask(*said, "vm-options-empty", keys="0#", times=2)
            if key == "0":
                await self._options()
            await self._talk.tell("vm-goodbye")
            return None
        key = await self._talk.say(*said)
        return await self._walk(key)

    async def _walk(self, key: str) -> Action | None:
        """Message after message, until # or silence ends it, or somebody is called back."""
        key = key if key and key in "0#" else await self._play()
        while True:
            key = key if key and key in _KEYS else await self._talk.ask("vm-message-menu", keys=_KEYS)
            match key:
                case "" | "#":
                    await self._talk.tell("vm-goodbye")
                    return None
                case "1":
                    key = await self._play()
                case "2":
                    await self._heard()
                    key = await self._talk.say("vm-saved") or await self._go(1)
                case "3":
                    key = await self._delete_or_restore()
                case "4":
                    key = await self._go(-1)
                case "6":
                    key = await self._go(1)
                case "5":
                    action = self._call_back()
                    if action is not None:
                        await self._heard()
                        return action
                    key = await self._talk.say("vm-cannot-call-back")
                case "7":
                    key = await self._talk.say(*details(self._message, self._shared.local))
                case "0":
                    await self._options()
                    key = ""
                case _:  # star: from the beginning
                    self._place = 0
                    key = await self._play()

    @property
    def _message(self) -> VoiceMessage:
        return self._messages[self._place]

    async def _go(self, step: int) -> str:
        """Go to the next message, or the one before."""
        place = self._place + step
        if not 0 <= place < len(self._messages):
            return await self._talk.say("vm-no-more")
        self._place = place
        return await self._play()

    async def _play(self) -> str:
        """Say whose message it is, and play it. It counts as heard when it ended, by itself or by a key."""
        message = self._message
        kind: Part = "vm-first-new" if message.state is MessageState.NEW else "vm-next-saved"
        local, now = self._shared.local, self._shared.clock()
        key = await self._talk.say(kind, *envelope(message, local, now))
        if key and key != "1":
            return key
        key = await self._talk.say(Recorded(self._shared.mailboxes.path(message)))
        await self._heard()
        return key

    async def _heard(self) -> None:
        message = self._message
        self._messages[self._place] = await self._shared.mailboxes.mark(message, MessageState.SAVED)

    async def _delete_or_restore(self) -> str:
        message = self._message
        if message.id in self._deleted:
            del self._deleted[message.id]
            return await self._talk.say("vm-undeleted")
        await self._heard()
        self._deleted[message.id] = self._message
        key = await self._talk.say("vm-deleted")
        if key:
            return key
        return await self._go(1)

    def _call_back(self) -> Action | None:
        """Call who left the message, as the phone that is used now may call."""
        number, caller = self._message.caller, self._call.caller_extension
        if not caller or not is_number(number):
            return None  # from outside nobody calls at our cost
        directory = self._shared.holder.current
        prefix = directory.settings.out_group_prefix
        for dialled in (number, prefix + number):
            query = Query(Party.extension(caller, self._call.caller_name), dialled, self._moment())
            action = decide(directory, query).action
            if isinstance(action, DialOut) and action.is_emergency:
                return None  # a caller can call itself what it likes: that is no cry for help
            if not isinstance(action, Refuse):
                self._call.called = dialled
                return action
        return None

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._shared.clock(), tz=UTC)

    # The options

    async def _options(self) -> None:
        """Greeting and PIN; star leads back."""
        while True:
            match await self._talk.ask("vm-options", keys="123*", times=2):
                case "1":
                    await self._record_greeting()
                case "2":
                    await self._shared.mailboxes.remove_greeting(self._extension.number)
                    await self._talk.tell("vm-greeting-standard")
                case "3":
                    await self._change_pin()
                case _:
                    return

    async def _record_greeting(self) -> None:
        mailboxes, number = self._shared.mailboxes, self._extension.number
        try:
            while True:
                recording = await mailboxes.record(number)
                try:
                    await self._talk.tell("vm-record-greeting")
                    await self._talk.record(recording, longest_s=_LONGEST_GREETING_S, until="#")
                    if not recording.has_voice or recording.seconds < _SHORTEST_GREETING_S:
                        await self._talk.tell("vm-nothing-said")
                        return
                    if await self._talk.is_content(recording.path, by_silence=False):
                        await mailboxes.keep_greeting(number, recording)
                        await self._talk.tell("vm-greeting-kept")
                        return
                finally:
                    if not recording.is_over:
                        await recording.discard()
        except EnvironmentFault as fault:
            mailboxes.report(fault)
            await self._talk.tell("vm-cannot-keep")

    async def _change_pin(self) -> None:
        pin = await self._talk.number("vm-new-pin", most=_LONGEST_PIN)
        if not self._shared.pins.is_good(pin):
            await self._talk.tell("vm-pin-refused")
            return
        if await self._talk.number("vm-new-pin-again", most=_LONGEST_PIN) != pin:
            await self._talk.tell("vm-pins-differ")
            return
        try:
            await self._shared.change(self._extension.number, {"voicemail_pin": pin})
        except OpenMssError:
            await self._talk.tell("vm-pin-refused")
            return
        await self._talk.tell("vm-pin-changed")
