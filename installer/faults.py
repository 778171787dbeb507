"""What keeps a package from being made."""

from __future__ import annotations


class BuildError(Exception):
    """A package cannot be made; the text says why."""
