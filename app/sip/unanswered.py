"""A request in a dialog that nobody answered: 200, because the call it speaks of exists."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip.answers import answer

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.server_transactions import ServerTransaction


class Silence(StrEnum):
    """The one timer."""

    TIMER_SILENCE = "TIMER_SILENCE"


class Unanswered:
    """Watches one INFO or MESSAGE. Carriers send both without expecting more than that the call is there."""

    __slots__ = ("core", "transaction")

    def __init__(self, core: Core, transaction: ServerTransaction, now: float) -> None:
        self.core = core
        self.transaction = transaction
        core.timers.start(now + core.settings.answer_for_silence, self, Silence.TIMER_SILENCE)

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """Answer, if nobody did."""
        if not self.transaction.is_answered:
            answer(self.transaction, 200, now, lines=self.core.agent_line)
