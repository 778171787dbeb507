"""The administrator's address: confirmed by a code that was mailed to it, before notices go there."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.db.tables import mail_address
from app.db.tables.mail_address import MailAddressRow
from app.errors import UserError
from app.services.letters import Letter
from app.services.mail import Database, Mail

CODE_LIFE_S = 30 * 60.0
MOST_WRONG_CODES = 5
_PAUSE_S = 60.0  # between two codes: nobody floods a stranger's mailbox through us

_TEXT = """\
The code is {code}

Someone, hopefully you, entered this address as the administrator's in OpenMSS, the office telephone system.
Enter the code there within 30 minutes to confirm that notices may be sent here.
If it was not you, do nothing: no further mail will come.
"""


@dataclass(frozen=True, slots=True)
class AddressState:
    """How the configured address stands."""

    address: str
    is_confirmed: bool
    is_code_out: bool


class MailAddresses:
    """Confirms addresses. `address()` is the one that is configured now, "" = none."""

    def __init__(
        self, database: Database, mail: Mail, address: Callable[[], str], *, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._mail = mail
        self._address = address
        self._clock = clock

    async def state(self) -> AddressState:
        """How the configured address stands."""
        address = self._address()
        row = await self._database.run(mail_address.get, address)
        is_out = bool(row.code_digest) and self._clock() < row.code_expires_at
        return AddressState(address, bool(address) and row.confirmed_at is not None, is_out)

    async def send_code(self) -> None:
        """Mail a new code to the configured address; older ones count no more. OpenMssError."""
        address = self._address()
        if not address:
            text = "There is no address to confirm. Enter “Administrator's e-mail” in Data – System first."
            raise UserError("mail.no_admin", text, field="admin_email")
        row = await self._database.run(mail_address.get, address)
        now = self._clock()
        if row.code_digest and now < row.code_expires_at - CODE_LIFE_S + _PAUSE_S:
            text = "A code was mailed less than a minute ago. Look into the mailbox, its spam folder too."
            raise UserError("mail.code_just_sent", text)
        code = f"{secrets.randbelow(1_000_000):06d}"
        sent = dataclasses.replace(
            row, code_digest=_digest(address, code), code_expires_at=now + CODE_LIFE_S, wrong_codes=0
        )
        await self._database.run(mail_address.put, sent)
        subject = f"OpenMSS: {code} confirms this address"
        await self._mail.post(
            Letter(kind="code", recipient=address, subject=subject, text=_TEXT.format(code=code))
        )

    async def confirm(self, code: str) -> None:
        """Take the code that arrived. UserError where it is wrong, too old, or was guessed at too often."""
        address = self._address()
        row = await self._database.run(mail_address.get, address)
        if not address or not row.code_digest or self._clock() >= row.code_expires_at:
            raise UserError("mail.no_code", "No code is waited for, or it is too old. Have a new one mailed.")
        if row.wrong_codes >= MOST_WRONG_CODES:
            raise UserError("mail.code_used_up", "Too many wrong codes. Have a new one mailed.")
        if not hmac.compare_digest(row.code_digest, _digest(address, code.strip())):
            await self._note(row, wrong_codes=row.wrong_codes + 1)
            left = MOST_WRONG_CODES - row.wrong_codes - 1
            text = f"{code.strip()} is not the code that was mailed. It may be entered {left} times more."
            raise UserError("mail.wrong_code", text, value=code.strip(), left=left)
        await self._note(row, confirmed_at=self._clock(), code_digest="", wrong_codes=0)

    async def _note(self, row: MailAddressRow, **changed: object) -> None:
        await self._database.run(mail_address.put, dataclasses.replace(row, **changed))  # type: ignore[arg-type]


def _digest(address: str, code: str) -> str:
    return hashlib.sha256(f"{address.lower()} {code}".encode()).hexdigest()
