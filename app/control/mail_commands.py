"""The commands about outgoing mail."""

from __future__ import annotations

from app.api import mail
from app.control.record_commands import Command

MAIL_COMMANDS: dict[str, Command] = {
    "mail": mail.letters,
    "mail.again": mail.try_again,
    "mail.forget": mail.forget,
    "mail.test": mail.send_test,
    "mail.address": mail.address,
    "mail.send_code": mail.send_code,
    "mail.confirm": mail.confirm,
}
