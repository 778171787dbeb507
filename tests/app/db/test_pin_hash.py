"""PINs are checked, and cannot be read."""

from __future__ import annotations

import pytest

from app.db.pin_hash import hash_pin, is_pin


def test_only_the_right_pin_opens() -> None:
    kept = hash_pin("4711")
    assert is_pin("4711", kept)
    assert not is_pin("4712", kept)
    assert not is_pin("", kept)
    assert "4711" not in kept
    assert hash_pin("4711") != kept  # salted


@pytest.mark.parametrize("kept", ["", "4711", "scrypt$x$y$z", "scrypt$14$####$"])
def test_what_is_no_hash_opens_to_nobody(kept: str) -> None:
    assert not is_pin("4711", kept)
