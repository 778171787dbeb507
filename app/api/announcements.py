"""Announcements: which there are, what is heard of them, and putting one's own in their place."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.errors import UserError
from app.services import announcement_saving as saving
from app.services.announcement_catalogue import LANGUAGES
from app.services.announcement_saving import WritableFolder
from app.services.announcements import Announcements, AnnouncementView
from app.services.sound_files import wav_bytes

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = [
    "LANGUAGES",
    "AnnouncementView",
    "WritableFolder",
    "check_name",
    "entries",
    "import_file",
    "record_by_phone",
    "restore",
    "save",
    "sound",
    "writable_folder",
]


class HasAnnouncements(Protocol):
    """What a question needs of a PBX."""

    announcements: Announcements


async def entries(pbx: HasAnnouncements) -> list[AnnouncementView]:
    """Every announcement in every language, with what is heard of it now."""
    return pbx.announcements.entries()


async def sound(pbx: HasAnnouncements, announcement: str, language: str = "") -> bytes:
    """What is heard now, as a WAV file of 16 kHz. UserError where there is no announcement or no sound."""
    if not pbx.announcements.is_known(announcement):
        raise UserError("announcement.unknown", f"There is no announcement “{announcement}”.", field="id")
    clips = await pbx.announcements.clips(language or LANGUAGES[0], announcement)
    if not clips:
        text = f"The announcement “{announcement}” has no sound: its file is missing or broken."
        raise UserError("announcement.no_sound", text, field="id")
    return await asyncio.to_thread(wav_bytes, clips[0].samples)


def check_name(announcement: str) -> None:
    """Raise UserError for what cannot be an announcement's name."""
    saving.check(announcement, "")


async def record_by_phone(pbx: Pbx, number: str) -> bytes:
    """Call an extension, and give what is spoken there after the tone as a WAV file. UserError."""
    return await pbx.exchange.phone_recording.record(number.strip())


async def writable_folder(pbx: HasAnnouncements) -> WritableFolder:
    """Where own announcements go, and why that is not the program's cust_ann. EnvironmentFault: nowhere."""
    return await asyncio.to_thread(saving.writable_folder, pbx.announcements.places)


async def save(pbx: HasAnnouncements, announcement: str, language: str, content: bytes) -> str:
    """Put one's own sound, a file's bytes of any form, in place; language "" = every one.

    Heard from the next call on when this returns. The path of the file made. UserError, EnvironmentFault.
    """
    saving.check(announcement, language)
    samples = await asyncio.to_thread(saving.read_bytes, content)
    work = partial(saving.save, pbx.announcements.places, announcement, language, samples)
    return await _done(pbx, work)


async def import_file(pbx: HasAnnouncements, announcement: str, language: str, path: str) -> str:
    """The same with a file on this machine, which stays as it is."""
    saving.check(announcement, language)
    samples = await asyncio.to_thread(saving.read_file, Path(path))
    work = partial(saving.save, pbx.announcements.places, announcement, language, samples)
    return await _done(pbx, work)


async def restore(pbx: HasAnnouncements, announcement: str, language: str) -> None:
    """Remove one's own files, so that the default is heard again. EnvironmentFault where one stays."""
    places = pbx.announcements.places
    try:
        await asyncio.to_thread(saving.remove, places, announcement, language)
    finally:
        await pbx.announcements.refresh()


async def _done(pbx: HasAnnouncements, work: partial[Path]) -> str:
    path = await asyncio.to_thread(work)
    await pbx.announcements.refresh()
    return str(path)
