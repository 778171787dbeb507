"""Reads mss_ann/catalogue.toml: which announcements there are, their texts, and where their sound lies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from app.errors import EnvironmentFault

LANGUAGES = ("en", "zh")
COUNTRY = "country"  # what `tone` says where the country's plan decides
_FOLDER = "16k"  # the rate that the house hears; `8k` lies beside it for other programs

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class AnnouncementKind(StrEnum):
    """What an announcement is."""

    SPEECH = "speech"
    PART = "part"  # a word of numbers, dates and times
    TONE = "tone"  # made in the program
    MUSIC = "music"
    OWN = "own"  # only in cust_ann: not in the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One announcement as delivered."""

    id: str
    kind: AnnouncementKind
    texts: Mapping[str, str]  # by language; a part may be of one language only
    tone: str = ""  # how a tone is made
    folder: Path

    def file(self, language: str) -> Path | None:
        """The default's file; None for what is made in the program."""
        match self.kind:
            case AnnouncementKind.MUSIC:
                return self.folder / "music" / _FOLDER / f"{self.id}.ogg"
            case AnnouncementKind.SPEECH | AnnouncementKind.PART:
                spoken = language if language in self.texts else next(iter(self.texts))
                return self.folder / spoken / _FOLDER / f"{self.id}.ogg"
        return None

    @property
    def languages(self) -> tuple[str, ...]:
        """Those it is spoken in; none of its own for tones and music."""
        return tuple(self.texts)


Catalogue = Mapping[str, CatalogueEntry]


def read_catalogue(folder: Path) -> Catalogue:
    """Read a folder's catalogue. EnvironmentFault where it is missing or makes no sense."""
    path = folder / "catalogue.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return MappingProxyType({name: _entry(name, table, folder) for name, table in tables.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        text = f"The announcements in {folder} cannot be used: {_words(problem)}. Callers hear none of them. "
        text += "Install OpenMSS again, or name another folder with --announcements."
        raise EnvironmentFault("announcement.catalogue", text, path=str(path)) from problem


def is_id(name: str) -> bool:
    """Whether a name can be an announcement's: small letters, digits, and hyphens between them."""
    return len(name) <= 64 and _ID.fullmatch(name) is not None


def _entry(name: str, table: Mapping[str, object], folder: Path) -> CatalogueEntry:
    if not is_id(name):
        raise ValueError(f"“{name}” is no name of an announcement")
    kind = AnnouncementKind(str(table["kind"]))
    texts = table.get("text", {})
    if not isinstance(texts, dict) or not set(texts) <= set(LANGUAGES):
        raise ValueError(f"the text of {name} is in an unknown language")
    if kind in (AnnouncementKind.SPEECH, AnnouncementKind.PART) and not texts:
        raise ValueError(f"{name} has no text")
    tone = str(table.get("tone", ""))
    if kind is AnnouncementKind.TONE and not tone:
        raise ValueError(f"{name} does not say how its tone is made")
    return CatalogueEntry(id=name, kind=kind, texts=MappingProxyType(texts), tone=tone, folder=folder)


def _words(problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return "there is no catalogue.toml in it"
    if isinstance(problem, OSError):
        return f"its catalogue.toml cannot be read ({problem.strerror})"
    return f"its catalogue.toml has a mistake ({problem})"
