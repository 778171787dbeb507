"""Voice mail's questions, answered from a list of messages."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from app.api import voice_mail
from app.api.voice_mail import MailboxView, MailState, VoiceMessageView
from app.events import MailboxChanged

if TYPE_CHECKING:
    from tests.support.fake_engine import FakeEngine

NOW = 1_800_000_000.0


def message_view(message_id: int, mailbox: str = "101", **fields: Any) -> VoiceMessageView:
    """A message of the fake's past, the higher its id the newer."""
    values: dict[str, Any] = {
        "caller": "100",
        "caller_name": "Front desk",
        "at": NOW + 600 * message_id,
        "seconds": 12.0,
        "is_new": True,
        "mailed": MailState.NONE,
        "path": "",
    }
    return VoiceMessageView(id=message_id, mailbox=mailbox, **(values | fields))


class FakeMailboxes:
    """The messages, and which mailboxes have a greeting; `names` are all mailboxes with their extension's."""

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine
        self.names: dict[str, str] = {}
        self.messages: dict[int, VoiceMessageView] = {}
        self.greetings: dict[str, str] = {}
        self.copied: list[tuple[int, str]] = []

    def answers(self) -> dict[Any, Callable[..., Any]]:
        """What it answers, by question."""
        return {
            voice_mail.mailboxes: self._mailboxes,
            voice_mail.messages: self._messages,
            voice_mail.mark: self._mark,
            voice_mail.delete: self._delete,
            voice_mail.copy: lambda number, target: self.copied.append((number, target)),
            voice_mail.greeting: lambda mailbox: self.greetings.get(mailbox, ""),
            voice_mail.set_greeting: self._set_greeting,
            voice_mail.remove_greeting: lambda mailbox: self._set_greeting(mailbox, ""),
        }

    def put(self, *messages: VoiceMessageView) -> None:
        """Let messages be there, and tell."""
        self.messages.update({each.id: each for each in messages})
        for mailbox in {each.mailbox for each in messages}:
            self._tell(mailbox)

    def _mailboxes(self) -> list[MailboxView]:
        return [
            MailboxView(
                number=number,
                description=name,
                is_on=True,
                new=sum(each.is_new for each in self._messages(number)),
                saved=sum(not each.is_new for each in self._messages(number)),
                most=100,
                has_pin=True,
                has_greeting=bool(self.greetings.get(number)),
            )
            for number, name in sorted(self.names.items())
        ]

    def _messages(self, mailbox: str) -> list[VoiceMessageView]:
        return [each for _, each in sorted(self.messages.items(), reverse=True) if each.mailbox == mailbox]

    def _mark(self, ids: Iterable[int], is_new: bool) -> None:
        self.put(*(dataclasses.replace(self.messages[each], is_new=is_new) for each in ids))

    def _delete(self, ids: Iterable[int]) -> None:
        for mailbox in {self.messages.pop(each).mailbox for each in ids}:
            self._tell(mailbox)

    def _set_greeting(self, mailbox: str, path: str) -> None:
        self.greetings[mailbox] = path
        self._tell(mailbox)

    def _tell(self, mailbox: str) -> None:
        found = self._messages(mailbox)
        new = sum(each.is_new for each in found)
        self._engine.publish(MailboxChanged(mailbox=mailbox, new=new, saved=len(found) - new))
