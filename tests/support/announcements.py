"""Announcements without threads, for the office in virtual time, and folders of their own for tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.events import EventBus
from app.paths import program_folder
from app.services.announcement_places import AnnouncementPlaces
from app.services.announcements import Announcements
from app.services.directory import DirectoryHolder

T = TypeVar("T")

DEFAULTS = program_folder() / "mss_ann"
_NOWHERE = Path("nowhere")


async def at_once(work: Callable[[], T]) -> T:
    """Do it here and now instead of on a thread: virtual time does not wait for threads."""
    return work()


def office_announcements(
    holder: DirectoryHolder, events: EventBus, places: AnnouncementPlaces | None = None
) -> Announcements:
    """The delivered announcements, loaded when they are first heard; no own ones unless places are given."""
    return Announcements(
        places or AnnouncementPlaces(DEFAULTS, _NOWHERE / "cust_ann", _NOWHERE / "data"),
        holder=holder,
        events=events,
        on_thread=at_once,
    )
