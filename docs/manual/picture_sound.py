"""A spoken take for the manual's pictures of the recorder, and letters for those of the mail."""

from __future__ import annotations

import asyncio
import dataclasses
import tempfile
import time
from pathlib import Path
from typing import Any

from app.api import announcements
from app.db.tables import mail as mail_table
from app.db.tables.mail import MailRow
from ui.dialogs.mail import MailDialog
from ui.dialogs.recorder import RecorderDialog
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sound.devices import SoundDevice, SoundDevices
from ui.sound.voices import Voice

NAME = "menu-greeting"
DEVICES = SoundDevices(
    (SoundDevice(0, "Headset", is_default=True), SoundDevice(1, "Webcam")),
    (SoundDevice(0, "Headset", is_default=True),),
)
LETTER = MailRow(kind="voice_mail", recipient="", subject="", made_at=0.0, next_at=0.0, attempts=1)
LETTERS = (  # recipient, subject, state, hours ago, code, reason
    ("li.wei@example.com", "Voice message from 13912345678, 0:42 minutes", "sent", 26, "", ""),
    ("owner@example.com", "OpenMSS: The external line telecom is off line.", "sent", 9, "", ""),
    (
        *("wang.fnag@example.com", "Voice message from Workshop 102, 0:17 minutes", "failed", 2),
        "mail.recipient",
        "The mail server refuses the address wang.fnag@example.com: 550 No such user. Correct the address.",
    ),
)


def show_the_packages_folder() -> None:
    """Let the page of announcements name the folder of the installed program, not that of the sources."""

    async def folder(pbx: Any) -> announcements.WritableFolder:
        return announcements.WritableFolder(Path("/opt/sipserver/mss_ann/cust_ann"), "")

    announcements.writable_folder = folder


async def write_letters(window: MainWindow) -> None:
    """Enter letters that were sent, and one that was not."""
    await window.bridge.ask(_enter)


async def _enter(pbx: Any) -> None:
    for recipient, subject, state, hours, code, reason in LETTERS:
        at = time.time() - 3600 * hours
        row = dataclasses.replace(
            LETTER,
            recipient=recipient,
            subject=subject,
            state=state,
            made_at=at,
            next_at=at,
            code=code,
            reason=reason,
        )
        await pbx.configuration.database.run(mail_table.add, row)


def open_mail(window: MainWindow) -> MailDialog:
    """The dialog, with the letter that failed chosen."""
    dialog = MailDialog(window.bridge, window)
    dialog.show()
    return dialog


async def open_recorder(window: MainWindow) -> RecorderDialog:
    """The recorder with the greeting, a part of it chosen."""
    entries = await window.bridge.ask(announcements.entries)
    view = next(each for each in entries if (each.id, each.language) == (NAME, "en"))
    dialog = RecorderDialog(
        window.bridge,
        view,
        Preferences(Path(tempfile.mkdtemp())),
        window,
        list_sound_devices=lambda: DEVICES,
        find_system_voice=lambda: Voice("voice", lambda *_: []),
    )
    dialog.show()
    async with asyncio.timeout(10):
        while dialog.take is None:  # noqa: ASYNC110  the dialog loads by itself
            await asyncio.sleep(0.05)
    dialog.waveform.choose(0.4, 1.6)
    dialog.meter.show_level(0.35)
    return dialog
