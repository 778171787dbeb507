"""Keeps PINs so that they can be checked but not read: a slow, salted hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

_COST = 14  # 2**14 blocks of 1 KiB: some 40 ms, and 16 MiB, a try
_BLOCK = 8
_MEMORY = 64 * 1024 * 1024


def hash_pin(pin: str) -> str:
    """Make the text that is kept: how it was made, the salt and the hash."""
    salt = secrets.token_bytes(12)
    return f"scrypt${_COST}${_text(salt)}${_text(_hash(pin, salt, _COST))}"


def is_pin(pin: str, kept: str) -> bool:
    """Whether a PIN is the one that `kept` was made of. Takes its time: not for the engine's loop."""
    try:
        _, cost, salt, wanted = kept.split("$")
        found = _hash(pin, base64.b64decode(salt), int(cost))
    except ValueError:
        return False
    return hmac.compare_digest(_text(found), wanted)


def _hash(pin: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**cost, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=24)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
