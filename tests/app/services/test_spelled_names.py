"""Names are found by the letters on the keys of a telephone."""

from __future__ import annotations

import pytest

from app.services.directory import Extension
from app.services.spelled_names import SpelledNames, keyed


def names(**described: str) -> SpelledNames:
    found = SpelledNames()
    found.prepare(
        {name[1:]: Extension(number=name[1:], description=text) for name, text in described.items()}
    )
    return found


HOUSE = names(
    _101="Zhang Wei", _102="张伟", _103="Müller, Jürgen", _104="单小军", _105="", _1001="Front desk"
)


@pytest.mark.parametrize(
    ("letters", "keys", "numbers"),
    [
        ("zhang", "94264", ("101", "102")),
        ("wei", "934", ("101", "102")),
        ("weizhang", "93494264", ("101", "102")),
        ("mull", "6855", ("103",)),
        ("jurgen", "587436", ("103",)),
        ("shan", "7426", ("104",)),
        ("dan", "326", ("104",)),
        ("desk", "3375", ("1001",)),
        ("x", "99999", ()),
    ],
)
def test_names_begin_with_any_of_their_words(letters: str, keys: str, numbers: tuple[str, ...]) -> None:
    assert HOUSE.find(keys) == numbers, letters


def test_shorter_numbers_are_read_first() -> None:
    assert names(_1001="Ann", _99="Amy").find("2") == ("99", "1001")


def test_a_disabled_extension_is_not_found() -> None:
    found = SpelledNames()
    found.prepare({"101": Extension(number="101", description="Ann", enabled=False)})
    assert found.find("266") == ()


def test_names_are_spelled_anew_for_other_extensions_only() -> None:
    found = SpelledNames()
    first = {"101": Extension(number="101", description="Ann")}
    found.prepare(first)
    first["102"] = Extension(number="102", description="Bob")
    found.prepare(first)
    assert found.find("262") == ()
    found.prepare(dict(first))
    assert found.find("262") == ("102",)


@pytest.mark.parametrize(
    "name", ["", "42", "—", "日本語でも", "😀", "a" * 80, "重重重重重重重重重重重重重重"]
)
def test_no_name_is_too_strange(name: str) -> None:
    assert all(keys.isdigit() for keys in keyed(name))
