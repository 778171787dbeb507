"""Where an extension's calls may go on to."""

from __future__ import annotations

import pytest

from app.db.tables.extension import KIND
from app.db.tables.extension_forwarding import FORWARDS


def errors_of(**values: object) -> list[tuple[str, str | None]]:
    errors, _ = KIND.check("100", {"password": "tR7-oak-93", **values}, None)
    return [(error.code, error.field) for error in errors]


@pytest.mark.parametrize("name", FORWARDS)
@pytest.mark.parametrize("value", ["102", "extension:102", "voicemail:100", "menu:default", "+8613800138000"])
def test_destinations(name: str, value: str) -> None:
    assert errors_of(**{name: value}) == []


@pytest.mark.parametrize("value", ["abc", "queue:1", "extension:"])
def test_what_is_none(value: str) -> None:
    assert errors_of(forward_busy=value) == [("routing.destination", "forward_busy")]


@pytest.mark.parametrize("value", ["100", "extension:100"])
def test_not_to_itself(value: str) -> None:
    assert errors_of(forward_always=value) == [("extension.forward_itself", "forward_always")]


def test_what_is_named_is_known() -> None:
    record = {"number": "100", "forward_busy": "extension:102", "forward_always": "menu:default"}
    named = {(each.field, each.kind, each.key) for each in KIND.references(record)}
    assert named == {("forward_busy", "extension", "102"), ("forward_always", "menu", "default")}
