"""Generated passwords."""

from __future__ import annotations

from app.db.tables.extension import is_weak
from app.services.passwords import LENGTH, new_password


def test_passwords_are_strong_typable_and_all_different() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert len(password) == LENGTH
        assert not is_weak(password)
        assert not set(password) & set("loIO01 ")
