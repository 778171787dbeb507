"""The commands on mail are part of those a server knows."""

from __future__ import annotations

from app.control.commands import COMMANDS
from app.control.mail_commands import MAIL_COMMANDS


def test_a_server_knows_them() -> None:
    assert set(MAIL_COMMANDS) <= set(COMMANDS)
    assert {"mail", "mail.test", "mail.confirm"} <= set(MAIL_COMMANDS)
