"""Each kind has its place in the directory."""

from __future__ import annotations

from typing import Any

import pytest

from app.db.store import KINDS
from app.services.directory import Directory
from app.services.sections import SECTIONS


def decrypt(token: str) -> str:
    return token


def row_of(kind: str, **values: Any) -> dict[str, Any]:
    """A row with each field's default."""
    row: dict[str, Any] = {field.name: field.default for field in KINDS[kind].spec.fields}
    row |= {"ha1_md5": "", "ha1_sha256": "", "ha1_sha512_256": ""} if kind == "extension" else {}
    row |= {"address": "192.0.2.1"} if kind == "ip_rule" else {}
    return row | values


def records(directory: Directory, kind: str) -> Any:
    table = SECTIONS[kind].get(directory)
    return table.records  # type: ignore[attr-defined]


def test_every_kind_but_settings_has_a_section() -> None:
    assert set(SECTIONS) == set(KINDS) - {"setting"}


@pytest.mark.parametrize("kind", list(SECTIONS))
def test_records_come_change_and_go_and_the_directory_before_stays(kind: str) -> None:
    section, key = SECTIONS[kind], KINDS[kind].spec.key
    first = section.saved(Directory(), [row_of(kind, **{key: "1"}), row_of(kind, **{key: "2"})], decrypt)
    assert list(records(first, kind)) == ["1", "2"]
    second = section.saved(first, [row_of(kind, **{key: "2"}), row_of(kind, **{key: "3"})], decrypt)
    assert set(records(second, kind)) == {"1", "2", "3"}
    third = section.deleted(second, "1")
    assert set(records(third, kind)) == {"2", "3"}
    assert set(records(first, kind)) == {"1", "2"}
    assert records(first, kind)["1"] is records(second, kind)["1"]


def test_nothing_saved_is_the_same_directory() -> None:
    directory = Directory()
    for section in SECTIONS.values():
        assert section.saved(directory, [], decrypt) is directory


def test_a_section_leaves_the_others_alone() -> None:
    before = SECTIONS["line"].saved(Directory(), [row_of("line", name="a", user="1", domain="d")], decrypt)
    after = SECTIONS["called_rule"].saved(before, [row_of("called_rule", id="1")], decrypt)
    assert after.lines is before.lines
    assert after.extensions is before.extensions
    assert after.routing.transitions is before.routing.transitions


def test_outside_numbers_follow_the_extensions() -> None:
    section = SECTIONS["extension"]
    found = section.saved(Directory(), [row_of("extension", number="101", own_number="025")], decrypt)
    assert found.own_numbers == {"025": "101"}
    assert section.deleted(found, "101").own_numbers == {}
