"""Outgoing mail: what waits and why, a test letter, and confirming the administrator's address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.db.tables.setting_mail import domain_of
from app.errors import UserError
from app.services.letters import Letter
from app.services.mail_addresses import AddressState

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = [
    "AddressState",
    "LetterView",
    "address",
    "confirm",
    "forget",
    "letters",
    "send_code",
    "send_test",
    "try_again",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """One letter. Times are Unix seconds. `state`: waiting | sent | failed."""

    id: int
    kind: str  # voice_mail | code | notice | test
    about: str
    recipient: str
    subject: str
    state: str
    made_at: float
    next_at: float | None  # when it is tried again
    attempts: int
    code: str
    reason: str


async def letters(pbx: Pbx, limit: int = 200, before_id: int | None = None) -> list[LetterView]:
    """The newest letters, newest first; `before_id` continues a page."""
    return [
        LetterView(
            id=row.id,
            kind=row.kind,
            about=row.about,
            recipient=row.recipient,
            subject=row.subject,
            state=row.state,
            made_at=row.made_at,
            next_at=row.next_at if row.state == "waiting" else None,
            attempts=row.attempts,
            code=row.code,
            reason=row.reason,
        )
        for row in await pbx.mail.page(limit, before_id)
    ]


async def try_again(pbx: Pbx, letter: int) -> None:
    """Try a letter at once, one that was given up too. UserError where it is gone or was sent."""
    if not await pbx.mail.try_now(letter):
        text = f"Letter {letter} is not there, or was sent already. The list shows those there are."
        raise UserError("mail.no_letter", text, letter=letter)


async def forget(pbx: Pbx, letter: int) -> None:
    """Take a letter out of the list; one that waits is not sent. UserError where it is gone."""
    if not await pbx.mail.forget(letter):
        text = f"Letter {letter} is not there. The list shows those there are."
        raise UserError("mail.no_letter", text, letter=letter)


async def send_test(pbx: Pbx, recipient: str) -> int:
    """Put a test letter into the queue; returns its id. UserError, EnvironmentFault."""
    recipient = recipient.strip()
    if not domain_of(recipient):
        text = f"“{recipient}” is no e-mail address. Write it as name@example.com."
        raise UserError("mail.address", text, field="recipient", label="Recipient", value=recipient)
    text = "This is a test of the mail settings of OpenMSS, the office telephone system. They work.\n"
    return await pbx.mail.post(
        Letter(kind="test", recipient=recipient, subject="OpenMSS: a test of the mail settings", text=text)
    )


async def address(pbx: Pbx) -> AddressState:
    """How the administrator's address stands."""
    return await pbx.mail_addresses.state()


async def send_code(pbx: Pbx) -> None:
    """Mail a code to the administrator's address. UserError, EnvironmentFault."""
    await pbx.mail_addresses.send_code()


async def confirm(pbx: Pbx, code: str) -> None:
    """Confirm the administrator's address with the code that arrived. UserError."""
    await pbx.mail_addresses.confirm(code)
