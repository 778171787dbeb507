"""Mails faults and warnings to the administrator, gathered, once the address is confirmed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

from app.errors import OpenMssError
from app.events import Event, EventBus, Notice, Severity
from app.services.letters import Letter
from app.services.mail import Mail
from app.services.mail_addresses import MailAddresses

logger = logging.getLogger(__name__)

GATHER_S = 60.0  # what happens together is told together
QUIET_S = 6 * 3600.0  # the same is told again after that long
_MOST = 100  # notices of one letter: strangers can cause them, each with another address
_MOST_TOLD = 10_000


class MailedNotices:
    """Listens to the events and posts letters. Notices about mail itself are not mailed."""

    def __init__(
        self,
        mail: Mail,
        addresses: MailAddresses,
        events: EventBus,
        *,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        clock: Callable[[], float],
    ) -> None:
        self._mail = mail
        self._addresses = addresses
        self._spawn = spawn
        self._clock = clock
        self._told: dict[tuple[str, str], float] = {}
        self._waiting: list[tuple[float, Notice]] = []
        self._left_out = 0
        self._timer: asyncio.TimerHandle | None = None
        self._unsubscribe = events.subscribe(self._hear)

    def stop(self) -> None:
        """Listen no more; what was gathered is not sent."""
        self._unsubscribe()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Notice) or event.severity is Severity.INFO or event.code.startswith("mail."):
            return
        now = self._clock()
        key = event.code, event.text
        if now < self._told.get(key, -QUIET_S) + QUIET_S:
            return
        if len(self._waiting) >= _MOST:
            self._left_out += 1
            return
        if len(self._told) >= _MOST_TOLD:
            self._told.clear()
        self._told[key] = now
        self._waiting.append((now, event))
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER_S, self._gathered)

    def _gathered(self) -> None:
        self._timer = None
        waiting, self._waiting = self._waiting, []
        left_out, self._left_out = self._left_out, 0
        self._told = {each: at for each, at in self._told.items() if self._clock() < at + QUIET_S}
        self._spawn(self._post(waiting, left_out), "mail of notices")

    async def _post(self, notices: list[tuple[float, Notice]], left_out: int) -> None:
        try:
            state = await self._addresses.state()
            if not state.is_confirmed:
                return
            first = notices[0][1].text
            subject = f"OpenMSS: {first}" if len(notices) == 1 else f"OpenMSS: {len(notices)} notices"
            lines = [f"{_moment(at)}  {notice.severity}  {notice.text}" for at, notice in notices]
            if left_out:
                lines.append(f"{left_out} more: see the log.")
            await self._mail.post(
                Letter(
                    kind="notice",
                    recipient=state.address,
                    subject=subject[:120],
                    text="\n\n".join(lines) + "\n",
                    about=notices[0][1].code,
                )
            )
        except OpenMssError as problem:
            logger.info("no notice is mailed: %s", problem)


def _moment(unix: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(unix))
