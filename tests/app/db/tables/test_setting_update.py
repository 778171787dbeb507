"""Where news of versions may come from."""

from __future__ import annotations

import pytest

from app.db.tables.setting import BY_NAME
from app.db.values import parse_value
from app.errors import UserError

SOURCE = BY_NAME["update_source"]


def test_nobody_is_asked_by_itself() -> None:
    assert SOURCE.default == ""


@pytest.mark.parametrize("value", ["https://example.com/newest.json", "https://[::1]:8443/x"])
def test_an_address(value: str) -> None:
    assert parse_value(SOURCE, value) == value


@pytest.mark.parametrize(
    "value",
    [
        "http://example.com/newest.json",
        "file:///etc/passwd",
        "https://",
        "https://name:word@example.com/",
        "https://[::1/",
        "https://example.com:99999/",
        "https://example.com/a b",
        "example.com",
    ],
)
def test_no_address(value: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse_value(SOURCE, value)
    assert refusal.value.code == "setting.update_source"
