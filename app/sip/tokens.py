"""Fresh branches, tags and Call-IDs: unguessable, and cheap enough to make on every message."""

from __future__ import annotations

import os

MAGIC_COOKIE = "z9hG4bK"
"""What a branch of an RFC 3261 element begins with (8.1.1.7)."""


class _Entropy:
    """A buffer of the operating system's random bytes: one system call for many tokens."""

    __slots__ = ("_hexadecimal", "_position")

    def __init__(self) -> None:
        self._hexadecimal = ""
        self._position = 0

    def take(self, digits: int) -> str:
        """Return that many fresh hexadecimal digits."""
        end = self._position + digits
        if end > len(self._hexadecimal):
            self._hexadecimal = os.urandom(2048).hex()
            self._position, end = 0, digits
        taken = self._hexadecimal[self._position : end]
        self._position = end
        return taken


_entropy = _Entropy()
# A forked child must not repeat its parent's tokens.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: _entropy.__init__())  # type: ignore[misc]


def new_branch() -> str:
    """Make a Via branch: 96 random bits behind the magic cookie."""
    return MAGIC_COOKIE + _entropy.take(24)


def new_tag() -> str:
    """Make a From or To tag: 64 random bits (RFC 3261 19.3 asks for 32)."""
    return _entropy.take(16)


def new_call_id() -> str:
    """Make a Call-ID of 128 random bits, without a host that would tell where we live (RFC 3261 8.1.1.4)."""
    return _entropy.take(32)
