"""Decides whether a call is recorded, on whose behalf, and who is told: pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class RecordingMode(StrEnum):
    """Whether calls of an extension or a line are recorded."""

    OFF = "off"
    ON_DEMAND = "on_demand"
    ALWAYS = "always"


class RecordingNotice(StrEnum):
    """Who hears that the call is recorded."""

    NOBODY = "nobody"
    OUTSIDE = "outside"
    BOTH = "both"


_MODES = tuple(RecordingMode)
_NOTICES = tuple(RecordingNotice)


@dataclass(frozen=True, slots=True)
class RecordingWish:
    """What one extension or line says of its calls."""

    mode: RecordingMode = RecordingMode.OFF
    notice: RecordingNotice = RecordingNotice.NOBODY


NO_WISH = RecordingWish()


def together(wishes: Iterable[RecordingWish]) -> RecordingWish:
    """What holds for a call of several: whoever wants more recorded, and whoever wants more people told.

    The notice of a party whose own calls are not recorded does not count.
    """
    mode, notice = RecordingMode.OFF, RecordingNotice.NOBODY
    for wish in wishes:
        if wish.mode is RecordingMode.OFF:
            continue
        mode = max(mode, wish.mode, key=_MODES.index)
        notice = max(notice, wish.notice, key=_NOTICES.index)
    return RecordingWish(mode, notice)


def for_emergency(wish: RecordingWish) -> RecordingWish:
    """What is left of it on an emergency call: help is not kept waiting, and nobody recorded untold."""
    return wish if wish.notice is RecordingNotice.NOBODY else NO_WISH
