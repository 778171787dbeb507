"""Declarations are found by name and cannot be changed."""

from __future__ import annotations

import dataclasses

import pytest

from app.fields import FieldKind, FieldSpec, KindSpec

FIELD = FieldSpec(name="seats", label="Seats", help="", kind=FieldKind.INTEGER)
KIND = KindSpec(name="room", label="Room", plural="Rooms", key="number", fields=(FIELD,))


def test_a_field_is_found_by_its_name() -> None:
    assert KIND.field("seats") is FIELD
    assert KIND.field("colour") is None


def test_a_declaration_stays_what_it_is() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        FIELD.name = "chairs"  # type: ignore[misc]
