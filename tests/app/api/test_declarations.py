"""Fields say what they take, and docs/settings.md is what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.api import declarations, records
from app.fields import FieldKind, FieldSpec
from tests.support import settings_document

DOCUMENT = Path(__file__).parents[3] / "docs" / "settings.md"


def by_name(kind: str) -> dict[str, FieldSpec]:
    fields = records.settings() if kind == "setting" else records.kind(kind).fields
    return {field.name: field for field in fields}


@pytest.mark.parametrize(
    ("kind", "name", "values", "default"),
    [
        ("setting", "local_media", "auto, direct, relay", "auto"),
        ("setting", "no_answer_s", "1-3600 s", "60"),
        ("setting", "sip_port", "1-65535", "5060"),
        ("extension", "enabled", "yes or no", "yes"),
        ("extension", "number", "digits", "(required)"),
        ("extension", "allowed_address", "IP addresses or networks", ""),
    ],
)
def test_a_field_says_what_it_takes(kind: str, name: str, values: str, default: str) -> None:
    field = by_name(kind)[name]
    assert declarations.values_of(field) == values
    assert declarations.default_of(field) == default


def test_a_reference_names_its_kind() -> None:
    field = FieldSpec(name="x", label="X", help="", kind=FieldKind.REFERENCE, refers_to="extension")
    assert declarations.values_of(field) == "a record of extension"


def test_every_declaration_is_json_and_has_a_label_and_help() -> None:
    for kind in ("extension", "setting"):
        for field in by_name(kind).values():
            assert json.loads(json.dumps(declarations.describe(field)))["name"] == field.name
            assert field.label[0].isupper()
            assert field.help.endswith(".")


def test_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == settings_document.text(), (
        "make it anew: python -m tests.support.settings_document"
    )
