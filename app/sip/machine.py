"""The generic half of every state machine: a table, and the one step that follows it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

logger = logging.getLogger(__name__)

StateT = TypeVar("StateT", bound=StrEnum)
InputT = TypeVar("InputT", bound=StrEnum)
# An action is a method of the owner: (owner, now, subject). The subject is what came in: a message, bytes, or
# None.
Action = Callable[[Any, float, Any], None]
Row = tuple[StateT, tuple[Action, ...]]
Table = Mapping[tuple[StateT, InputT], Row[StateT]]


class Machine:
    """Owner of a state whose moves are the rows of `TABLE`; an input without a row is ignored.

    States and inputs are StrEnums because their hash is computed in C: a step is one dictionary look-up.
    The new state is set before the actions run, so that an action may itself step the machine.
    """

    __slots__ = ("state",)
    TABLE: ClassVar[Table[Any, Any]] = {}
    state: Any

    def step(self, signal: StrEnum, now: float, subject: Any = None) -> bool:
        """Follow the row of the present state and `signal`; False where the table has none."""
        row = self.TABLE.get((self.state, signal))
        if row is None:
            return False
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug("%s: %s -> %s (%s)", self, self.state, row[0], signal)
        self.state = row[0]
        for action in row[1]:
            action(self, now, subject)
        return True
