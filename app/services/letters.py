"""Writes the letters that the PBX sends: plain text, perhaps with sound attached (RFC 5322, 2045)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter. `kind` is its media type: audio/wav."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be sent. `kind`: voice_mail | code | notice | test; `about`: a mailbox, a notice's code."""

    kind: str
    recipient: str
    subject: str
    text: str
    about: str = ""
    attachments: tuple[Attachment, ...] = field(default=())


def encode(letter: Letter, sender: str, now: float) -> bytes:
    """The whole message. It says that no person wrote it, so that no absence note answers (RFC 3834 5)."""
    # Here, for a PBX that sends no mail needs none of it: a mebibyte.
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime, formataddr, make_msgid

    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr(("OpenMSS", sender))
    message["To"] = letter.recipient
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(datetime.fromtimestamp(now, tz=UTC))
    message["Message-ID"] = make_msgid(domain=sender.partition("@")[2] or "openmss.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text.encode("utf-8", "replace").decode("utf-8"))
    for each in letter.attachments:
        main, _, sub = each.kind.partition("/")
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name)
    return message.as_bytes()


def _one_line(text: str) -> str:
    """Without breaks, and nothing that a mail program would not show."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())[:_LONGEST_SUBJECT]
