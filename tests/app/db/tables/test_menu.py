"""Menus: keys and what they may hold, and what a menu names."""

from __future__ import annotations

from typing import Any

import pytest

from app.db.kind import Reference
from app.db.tables.menu import KEYS, KIND


def test_every_key_of_a_telephone_has_its_field() -> None:
    assert sorted(KEYS) == sorted("0123456789*#")
    assert all(KIND.spec.field(name) is not None for name in KEYS.values())


def test_a_menu_names_what_its_keys_lead_to() -> None:
    given = {
        "time_condition": "office",
        "else_destination": "voicemail:100",
        "operator": "100",
        "key_1": "menu:sales",
        "key_2": "extension:102",
        "key_3": "9123456",
        "key_star": "back",
        "key_hash": "repeat",
        "key_9": "name",
    }
    errors, values = KIND.check("main", given, None)
    assert not errors
    assert KIND.references(values) == [
        Reference("time_condition", "time_condition", "office"),
        Reference("else_destination", "extension", "100"),
        Reference("operator", "extension", "100", False),
        Reference("key_1", "menu", "sales"),
        Reference("key_2", "extension", "102"),
        Reference("key_3", "extension", "9123456", False),
    ]
    assert {"extension", "menu", "time_condition"} <= KIND.refers_to


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": "8x"}, "number"),
        ({"number": "*80"}, "number"),
        ({"key_1": "planet:mars"}, "key_1"),
        ({"key_1": "menu:"}, "key_1"),
        ({"key_1": "sales"}, "key_1"),
        ({"operator": "repeat"}, "operator"),
        ({"else_destination": "100"}, "time_condition"),
        ({"key_0": "operator"}, "operator"),
        ({"on_failure": "operator"}, "operator"),
        ({"prompt": "../secret"}, "prompt"),
        ({"prompt": "a/b"}, "prompt"),
        ({"tries": "0"}, "tries"),
        ({"language": "fr"}, "language"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, Any], field: str) -> None:
    errors, _ = KIND.check("main", values, None)
    assert [error.field for error in errors] == [field]


def test_prompts_may_be_named_in_any_script_or_left_out() -> None:
    errors, values = KIND.check("main", {"prompt": "欢迎词 2026", "goodbye_prompt": ""}, None)
    assert not errors
    assert (values["prompt"], values["goodbye_prompt"]) == ("欢迎词 2026", "")


def test_the_sentence_of_a_wrong_key_tells_the_words_too() -> None:
    errors, _ = KIND.check("main", {"key_1": "planet:mars"}, None)
    assert "menu:…" in errors[0].text
    assert "hangup" in errors[0].text
