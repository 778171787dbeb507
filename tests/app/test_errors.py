"""Errors carry a code, a sentence and what the sentence is about."""

from __future__ import annotations

import pytest

from app.errors import Bug, EnvironmentFault, OpenMssError, UserError


def test_a_refusal_names_its_field() -> None:
    refusal = UserError("value.range", "Out of range.", field="seats", low=1)
    assert (refusal.code, str(refusal), refusal.field, refusal.details) == (
        "value.range",
        "Out of range.",
        "seats",
        {"low": 1},
    )
    assert UserError("x", "X.").field is None


def test_a_fault_has_the_same_shape() -> None:
    fault = EnvironmentFault("disk.full", "The disk is full.", path="/a")
    assert (fault.code, fault.text, fault.details) == ("disk.full", "The disk is full.", {"path": "/a"})


@pytest.mark.parametrize("kind", [UserError, EnvironmentFault])
def test_what_reaches_a_person_can_be_caught_as_one(kind: type[OpenMssError]) -> None:
    assert issubclass(kind, OpenMssError)
    assert not issubclass(Bug, OpenMssError)
