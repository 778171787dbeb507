"""Finds extensions by the letters of a name, keyed as they stand on a telephone (ITU-T E.161)."""

from __future__ import annotations

import asyncio
import bisect
import functools
import itertools
import os
import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from functools import partial

from app.services.directory import Extension

_KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_WORD = re.compile(r"[a-z]+|[㐀-鿿]")
_MOST_READINGS = 12  # of one name: characters with several readings multiply
_MOST_KEYS = 24
_BEYOND = "~"  # sorts after every digit


class SpelledNames:
    """The names of the extensions in one snapshot of the directory; made anew when another is asked about."""

    def __init__(
        self, on_thread: Callable[[Callable[[], None]], Awaitable[None]] = asyncio.to_thread
    ) -> None:
        self._on_thread = on_thread
        self._extensions: Mapping[str, Extension] | None = None
        self._spelled: list[tuple[str, str]] = []  # keys, number; sorted

    def prepare(self, extensions: Mapping[str, Extension]) -> None:
        """Spell the names, unless that is done. Chinese names take a moment."""
        if extensions is self._extensions:
            return
        spelled = sorted(
            {
                (keys, each.number)
                for each in extensions.values()
                if each.enabled
                for keys in keyed(each.description)
            }
        )
        self._spelled, self._extensions = spelled, extensions

    async def prepare_aside(self, extensions: Mapping[str, Extension]) -> None:
        """The same, on a thread."""
        if extensions is not self._extensions:
            await self._on_thread(partial(self.prepare, extensions))

    def find(self, keys: str) -> tuple[str, ...]:
        """The numbers whose names begin so, each once, in order."""
        low = bisect.bisect_left(self._spelled, (keys, ""))
        high = bisect.bisect_left(self._spelled, (keys + _BEYOND, ""))
        found = dict.fromkeys(number for _, number in self._spelled[low:high])
        return tuple(sorted(found, key=lambda number: (len(number), number)))


def keyed(name: str) -> frozenset[str]:
    """How a name may be keyed: from each of its words on, and with the last word first."""
    found: set[str] = set()
    for words in itertools.islice(_readings(name), _MOST_READINGS):
        orders = [words[place:] for place in range(len(words))]
        orders.append((*words[-1:], *words[:-1]))
        found.update("".join(order).translate(_KEYS)[:_MOST_KEYS] for order in orders)
    return frozenset(found - {""})


def _readings(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name in Latin letters; a Chinese character is a word, once for each way to read it."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))
    return itertools.product(*(_latin(word) for word in words))


def _latin(word: str) -> Iterable[str]:
    return (word,) if word.isascii() else _pinyin(word)


@functools.cache
def _pinyin(character: str) -> tuple[str, ...]:
    """Every reading: in a surname it is often not the usual one."""
    # Imported when the first Chinese name is spelled; its phrases would take 30 MB and help no names.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or ([],)
    latin = (reading.replace("ü", "v") for reading in readings)
    return tuple(dict.fromkeys(reading for reading in latin if reading.isascii()))
