"""A state table that remembers which of its rows were followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Exercised(dict[Any, Any]):
    """Takes the place of a machine's TABLE during a test."""

    def __init__(self, table: Mapping[Any, Any]) -> None:
        super().__init__(table)
        self.followed: set[Any] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self:
            self.followed.add(key)
        return super().get(key, default)

    @property
    def missed(self) -> list[str]:
        """The rows nobody followed, as text."""
        return sorted(f"{state} {signal}" for state, signal in self if (state, signal) not in self.followed)
