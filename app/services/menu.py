"""A menu of the automatic attendant as the call path sees it: what it says, what its keys do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class OnFailure(StrEnum):
    """What follows when the extension a caller chose cannot be reached."""

    MENU = "menu"
    VOICE_MAIL = "voicemail"
    OPERATOR = "operator"
    HANG_UP = "hangup"


class KeyWord(StrEnum):
    """What a key may do beside leading to a destination."""

    REPEAT = "repeat"
    BACK = "back"
    OPERATOR = "operator"
    NAME = "name"
    HANG_UP = "hangup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """One menu. `keys` has only those that do something: a KeyWord's value, or a destination."""

    name: str
    description: str = ""
    number: str = ""  # what is dialled inside to hear it
    language: str = ""  # of its prompts; empty: the caller's
    time_condition: str = ""
    else_destination: str = ""  # while the condition does not hold; empty: the call ends
    direct_dial: bool = True
    operator: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    prompt: str = "menu-greeting"
    closed_prompt: str = "menu-closed"
    invalid_prompt: str = "menu-invalid"
    timeout_prompt: str = "menu-timeout"
    goodbye_prompt: str = "menu-goodbye"
    tries: int = 3
    first_key_s: int = 6
    next_key_s: int = 3
    on_failure: OnFailure = OnFailure.MENU

    def key(self, pressed: str) -> str:
        """What a key does; empty: nothing. Key 0 is the operator while it has nothing else to do."""
        found = self.keys.get(pressed, "")
        if not found and pressed == "0" and self.operator:
            return KeyWord.OPERATOR
        return found
