"""Turns a password into the hashes digest authentication needs, so that the password itself is not kept."""

from __future__ import annotations

import hashlib


def ha1_columns(user: str, realm: str, password: str) -> dict[str, object]:
    """H(user:realm:password) for each algorithm, by column name (RFC 7616 3.4.2, RFC 8760; UTF-8)."""
    text = f"{user}:{realm}:{password}".encode()
    return {
        "ha1_md5": hashlib.md5(text, usedforsecurity=False).hexdigest(),
        "ha1_sha256": hashlib.sha256(text).hexdigest(),
        "ha1_sha512_256": hashlib.new("sha512_256", text).hexdigest(),
    }
