"""Messages for the manual's picture of voice mail."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from app.api import records
from app.db.tables.voice_message import MessageState
from ui.main_window import MainWindow

MAILBOXES = ("100", "101", "103")
LEFT = (  # mailbox, caller, name, seconds, hours ago, heard
    ("101", "104", "Meeting room", 9, 50, True),
    ("101", "13912345678", "", 41, 26, True),
    ("101", "100", "Reception", 17, 3, False),
    ("101", "02589991234", "", 63, 1, False),
    ("103", "105", "Warehouse", 12, 5, False),
)


async def leave_messages(window: MainWindow) -> None:
    """Give some people a mailbox, and lay messages into it."""
    for number in MAILBOXES:
        await window.bridge.ask(records.set_record, "extension", number, {"voicemail": True})
    await window.bridge.ask(_leave)


async def _leave(pbx: Any) -> None:
    for mailbox, caller, name, seconds, hours, heard in LEFT:
        recording = await pbx.mailboxes.record(mailbox)
        for _ in range(seconds * 50):
            recording.take(0, np.zeros(320, np.int16))
        await recording.finish()
        at = time.time() - 3600 * hours
        message = await pbx.mailboxes.keep(mailbox, recording, caller=caller, caller_name=name, at=at)
        if heard:
            await pbx.mailboxes.mark(message, MessageState.SAVED)
