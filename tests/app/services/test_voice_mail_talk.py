"""What is said of messages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.db.tables.voice_message import VoiceMessage
from app.services.mailboxes import Counts
from app.services.spoken_parts import Counted, Digits, Duration, Moment, Part
from app.services.voice_mail_talk import caller_said, counts_said, details, envelope

MESSAGE = VoiceMessage(id=1, mailbox="101", caller="100", at=3600.0, seconds=61.0, file="a.wav")
NEW = Counted(2, "vm-new-message", "vm-new-messages")
SAVED = Counted(1, "vm-saved-message", "vm-saved-messages")


def local(unix: float) -> datetime:
    return datetime.fromtimestamp(unix, tz=UTC)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(), ("vm-no-messages",)),
        (Counts(2, 0), ("vm-you-have", NEW)),
        (Counts(0, 1), ("vm-you-have", SAVED)),
        (Counts(2, 1), ("vm-you-have", NEW, "vm-and", SAVED)),
    ],
)
def test_how_many_there_are(counts: Counts, said: tuple[Part, ...]) -> None:
    assert counts_said(counts) == said


@pytest.mark.parametrize("caller", ["", "anonymous", "anna.b"])
def test_who_has_no_number_is_unknown(caller: str) -> None:
    message = VoiceMessage(mailbox="101", caller=caller, at=0.0, seconds=1.0, file="a.wav")
    assert caller_said(message) == ("vm-from-unknown",)


def test_envelope_and_details() -> None:
    said: tuple[Part, ...] = ("vm-from", Digits("100"))
    assert caller_said(MESSAGE) == said
    assert envelope(MESSAGE, local, 7200.0) == (*said, Moment(local(3600.0), local(7200.0)))
    assert details(MESSAGE, local) == (*said, Moment(local(3600.0)), "vm-long", Duration(61.0))
