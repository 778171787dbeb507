"""Chooses the language a caller hears: that of its line or extension, else the system's."""

from __future__ import annotations

from app.services.dial_plan_query import Party, PartyKind
from app.services.directory import Directory


def prompt_language(directory: Directory, caller: Party) -> str:
    """The language of prompts for a caller."""
    own = ""
    match caller.kind:
        case PartyKind.EXTENSION:
            extension = directory.extension(caller.key)
            own = extension.language if extension is not None else ""
        case PartyKind.LINE:
            line = directory.lines.get(caller.key)
            own = line.language if line is not None else ""
    return own or directory.settings.prompt_language
