"""Days of the week: as they are stored (`mon-fri, sun`), and in the user's language."""

from __future__ import annotations

import re

from ui import texts
from ui.marks import mark

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS = (
    mark("words", "Mon"),
    mark("words", "Tue"),
    mark("words", "Wed"),
    mark("words", "Thu"),
    mark("words", "Fri"),
    mark("words", "Sat"),
    mark("words", "Sun"),
)
_SHORTEST = 3  # days in a row that are written as a stretch


def read(text: str) -> frozenset[int]:
    """The days of a stored text, 0 = Monday; what is no day is left out."""
    days: set[int] = set()
    for part in text.lower().split(","):
        first, dash, last = (piece.strip()[:3] for piece in part.partition("-"))
        if first not in DAYS or (dash and last not in DAYS):
            continue
        low = DAYS.index(first)
        length = (DAYS.index(last) - low) % 7 if dash else 0
        days.update((low + step) % 7 for step in range(length + 1))
    return frozenset(days)


def write(days: frozenset[int]) -> str:
    """The text that is stored: `mon-fri, sun`."""
    return ", ".join(_stretches(days))


def _stretches(days: frozenset[int]) -> list[str]:
    found = []
    flags = "".join("1" if day in days else "0" for day in range(7))
    for stretch in re.finditer("1+", flags):
        first, last = stretch.start(), stretch.end() - 1
        if last - first + 1 >= _SHORTEST:
            found.append(f"{DAYS[first]}-{DAYS[last]}")
        else:
            found += [DAYS[day] for day in range(first, last + 1)]
    return found


def in_words(text: str) -> str:
    """The days as a list shows them."""
    return ", ".join(
        "–".join(texts.word(WORDS[DAYS.index(day)]) for day in part.split("-"))
        for part in _stretches(read(text))
    )
