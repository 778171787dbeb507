"""Makes passwords that cannot be guessed and can be typed on a phone's keypad."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghijkmnpqrstuvwxyz"  # no l, o: read as 1, 0
_DIGITS = "23456789"
LENGTH = 16  # 79 bits: a recorded digest answer cannot be searched through


def new_password() -> str:
    """Make a password of lower-case letters and digits, both of them in it."""
    while True:
        password = "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(LENGTH))
        if any(char in _DIGITS for char in password) and any(char in _LETTERS for char in password):
            return password
