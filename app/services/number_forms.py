"""Writes telephone numbers in the forms carriers ask for: E.164 with and without plus, 00, national."""

from __future__ import annotations

import re

from app.services.outside import NumberForm

_INTERNATIONAL = "00"
_SHORTEST = 9  # digits of a number that can be told from a local one without knowing the area
# The digit that stands before national numbers at home, where it is not 0 (ITU-T Operational Bulletin).
_TRUNK_PREFIX = {
    "1": "",
    "7": "8",
    "30": "",
    "34": "",
    "36": "06",
    "39": "",
    "45": "",
    "47": "",
    "48": "",
    "65": "",
    "351": "",
    "352": "",
    "370": "0",
    "371": "",
    "372": "",
    "420": "",
    "852": "",
    "853": "",
}
# Numbers that are written without it at home though their country has one.
_WITHOUT_PREFIX = {"86": re.compile(r"1[3-9][0-9]{9}")}  # mobile numbers in China
# Countries whose numbers have no area code: a number of this many digits is whole.
_WHOLE = {"45": 8, "47": 8, "65": 8, "371": 8, "372": 8, "852": 8, "853": 8}


def to_international(number: str, country: str) -> str:
    """The digits of a number with its country code, or "" where they cannot be told.

    Short numbers (services, emergency) and local numbers without an area code have none.
    """
    if number.startswith("+"):
        return number[1:] if number[1:].isdigit() else ""
    if not (number.isascii() and number.isdigit()):
        return ""
    if number.startswith(_INTERNATIONAL):
        return number[len(_INTERNATIONAL) :]
    if not country:
        return ""
    prefix = _TRUNK_PREFIX.get(country, "0")
    if country == "1" and len(number) == 11 and number.startswith("1"):
        return number  # in North America the country code is what is dialled before a number
    if prefix and number.startswith(prefix) and len(number) - len(prefix) >= _SHORTEST - 1:
        return country + number[len(prefix) :]
    if len(number) >= _SHORTEST or len(number) == _WHOLE.get(country):
        return country + number
    return ""


def written(number: str, form: NumberForm, country: str) -> str:
    """Write a number in a carrier's form; one whose country cannot be told stays as it is."""
    if form is NumberForm.AS_DIALLED:
        return number
    digits = to_international(number, country)
    if not digits:
        return number
    match form:
        case NumberForm.E164:
            return digits
        case NumberForm.PLUS_E164:
            return f"+{digits}"
        case NumberForm.NATIONAL if country and digits.startswith(country):
            home = digits[len(country) :]
            bare = _WITHOUT_PREFIX.get(country)
            is_bare = bare is not None and bare.fullmatch(home) is not None
            return home if is_bare else _TRUNK_PREFIX.get(country, "0") + home
        case _:
            return _INTERNATIONAL + digits


def spellings(number: str, country: str) -> tuple[str, ...]:
    """The number as it is, then in each other form: for finding it in a table that knows one of them."""
    found = dict.fromkeys([number])
    meant = [number]
    if country and number.startswith(country) and len(number) >= len(country) + _SHORTEST - 1:
        meant.append(f"+{number}")  # carriers write our numbers in E.164 without the plus
    for one in meant:
        for form in (NumberForm.PLUS_E164, NumberForm.E164, NumberForm.DOUBLE_ZERO, NumberForm.NATIONAL):
            found[written(one, form, country)] = None
    return tuple(found)
