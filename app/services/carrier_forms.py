"""Fills the answers into a template's forms: `{email.domain}`, `{number.plus}`, `+86{number.national}`.

| Part | Of | Gives |
|---|---|---|
| `.local`, `.domain` | `ann@example.com` | `ann`, `example.com` |
| `.plus` | `021 1234 5678` in a country with code 86 | `+862112345678` |
| `.e164` | the same | `862112345678` |
| `.zeros` | the same | `00862112345678` |
| `.national` | `+862112345678` | `2112345678` |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_ZERO_BELONGS_TO_NUMBER = frozenset({"39"})  # Italy: +39 02 …
_PLACE = re.compile(r"\{([a-z0-9_]+)(?:\.([a-z0-9_]+))?\}")


def fill(form: str, answers: Mapping[str, str], calling_code: str) -> str:
    """The form with the answers in place; a form whose answers are all empty gives an empty text."""
    places = _PLACE.findall(form)
    if places and not any(answers.get(key) for key, _ in places):
        return ""

    def answer(found: re.Match[str]) -> str:
        value = answers.get(found[1], "")
        return PARTS[found[2]](value, calling_code) if found[2] else value

    return _PLACE.sub(answer, form)


def keys_of(form: str) -> frozenset[str]:
    """The answers a form needs. ValueError names what is no place: a stray brace, an unknown part."""
    rest = _PLACE.sub("", form)
    if "{" in rest or "}" in rest:
        raise ValueError(f"“{form}” has a brace that belongs to no {{answer}}")
    for _, part in _PLACE.findall(form):
        if part and part not in PARTS:
            raise ValueError(f"“{form}” asks for the part “{part}”; there are {', '.join(PARTS)}")
    return frozenset(key for key, _ in _PLACE.findall(form))


def plain_number(text: str) -> str:
    """A telephone number without what people put between its digits: `+86 (021) 1234-5678`."""
    return re.sub(r"[\s().\-/]", "", text)


def national_part(number: str, calling_code: str) -> str:
    """A number without country code and trunk prefix; unchanged where it is of another country."""
    digits = plain_number(number)
    trunk_prefix = "" if calling_code in _ZERO_BELONGS_TO_NUMBER else "0"
    for international in ("+", "00"):
        if digits.startswith(international + calling_code):
            # people also write +49 (0) 228 …
            return digits.removeprefix(international + calling_code).removeprefix(trunk_prefix)
    if digits.startswith(("+", "00")):
        return digits
    return digits.removeprefix(trunk_prefix)


def _e164(number: str, calling_code: str) -> str:
    national = national_part(number, calling_code) if calling_code else plain_number(number)
    for international in ("+", "00"):
        if national.startswith(international):
            return national.removeprefix(international)
    return calling_code + national


PARTS: dict[str, Callable[[str, str], str]] = {
    "local": lambda text, _: text.rpartition("@")[0],
    "domain": lambda text, _: text.rpartition("@")[2].lower(),
    "plus": lambda text, code: f"+{_e164(text, code)}",
    "e164": _e164,
    "zeros": lambda text, code: f"00{_e164(text, code)}",
    "national": national_part,
}
