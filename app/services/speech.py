"""Turns numbers, dates and times into the ids of the announcements that say them, language by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from app.services import speech_english, speech_mandarin
from app.services.spoken_parts import Counted, Digits, Duration, Moment, Number, Part, Recorded

MOST = 999_999_999

_KEYS = {"*": "key-star", "#": "key-hash", "+": "key-plus"} | {digit: f"n-{digit}" for digit in "0123456789"}


class Grammar(Protocol):
    """How a language puts parts together; each gives ids of announcements."""

    def number(self, value: int) -> list[str]:
        """A cardinal, 0 … MOST."""

    def counted(self, value: int, one: str, many: str) -> list[str]:
        """A number of things."""

    def moment(self, moment: Moment) -> list[str]:
        """A day and a time."""

    def duration(self, seconds: int) -> list[str]:
        """A length of time."""


GRAMMARS: Mapping[str, Grammar] = {"en": speech_english.English(), "zh": speech_mandarin.Mandarin()}


def said(language: str, part: Part) -> list[str | Recorded]:
    """The announcements and recordings that say a part. ValueError for a number beyond MOST."""
    grammar = GRAMMARS[language]
    match part:
        case str() | Recorded():
            return [part]
        case Digits(text):
            return [_KEYS[key] for key in text if key in _KEYS]
        case Number(value):
            minus = ["n-minus"] if value < 0 else []
            return [*minus, *grammar.number(_within(abs(value)))]
        case Counted(value, one, many):
            return [*grammar.counted(_within(value), one, many)]
        case Moment():
            return [*grammar.moment(part)]
        case Duration(seconds):
            return [*grammar.duration(max(0, round(seconds)))]


def _within(value: int) -> int:
    if not 0 <= value <= MOST:
        raise ValueError(f"{value} is beyond what can be said")
    return value
