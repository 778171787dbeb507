"""The queue of outgoing mail: letters wait in the database, are tried again, and tell why they failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from app.db.tables import mail as mail_table
from app.db.tables.mail import MailRow
from app.errors import EnvironmentFault
from app.events import EventBus, MailChanged, Notice, Severity
from app.services.letters import Letter, encode
from app.services.mail_delivery import MailServer, Undelivered, deliver

logger = logging.getLogger(__name__)

T = TypeVar("T")

# How long a letter waits after its 1st, 2nd, … attempt; after the last it is given up: some two days.
PATIENCE_S = (60.0, 300.0, 900.0, 3600.0, *(4 * 3600.0,) * 12)
_AFTER_FAULT_S = 30.0  # the database did not do what it should

Deliver = Callable[[MailServer, str, bytes], Awaitable[Undelivered | None]]


class Database(Protocol):
    """The part of `db.Database` that the queue uses."""

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """Run a function with the connection on the database's thread."""
        ...


class Mail:
    """Sends letters one after the other. `server()` gives the mail server as configured, None = no mail.

    Lives on the engine's loop. Nothing is lost by a restart: a letter that was on its way when the program
    ended goes again, and may then arrive twice.
    """

    def __init__(
        self,
        database: Database,
        server: Callable[[], Awaitable[MailServer | None]],
        events: EventBus,
        *,
        clock: Callable[[], float],
        send: Deliver = deliver,
    ) -> None:
        self._database = database
        self._server = server
        self._events = events
        self._clock = clock
        self._send = send
        self.outcome: Callable[[MailRow, bool], None] = lambda _row, _is_sent: None  # sent, or given up
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with what an earlier run left."""
        self._task = asyncio.get_running_loop().create_task(self._work(), name="mail")

    async def stop(self) -> None:
        """Stop sending; what waits stays."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def post(self, letter: Letter) -> int:
        """Put a letter into the queue; it is kept when this returns. EnvironmentFault: no server, no room."""
        server = await self._server()
        if server is None:
            text = "No mail server is configured. Enter it in Data – System, group Mail."
            raise EnvironmentFault("mail.not_configured", text, field="mail_host")
        now = self._clock()
        content = await asyncio.to_thread(encode, letter, server.from_address or letter.recipient, now)
        if not await self._database.run(mail_table.has_room, len(content)):
            text = "Too many letters wait for the mail server: no more are kept. See to what keeps them."
            raise EnvironmentFault("mail.queue_full", text)
        row = MailRow(
            kind=letter.kind,
            about=letter.about,
            recipient=letter.recipient,
            subject=letter.subject,
            content=content,
            made_at=now,
            next_at=now,
        )
        number = await self._database.run(mail_table.add, row)
        self._events.publish(MailChanged())
        self._wake.set()
        return number

    async def try_now(self, letter: int | None = None) -> bool:
        """Try one letter at once, or all that wait: a setting was changed. False where there is none."""
        found = await self._database.run(mail_table.hurry, self._clock(), letter)
        self._wake.set()
        return bool(found)

    async def page(self, limit: int = 200, before_id: int | None = None) -> list[MailRow]:
        """The newest letters without their content, newest first."""

        def read(db: object) -> list[MailRow]:
            return mail_table.page(db, limit=limit, before_id=before_id)  # type: ignore[arg-type]

        return await self._database.run(read)

    async def forget(self, letter: int) -> bool:
        """Take a letter out of the queue, sent or not; False where there is none."""
        is_gone = await self._database.run(mail_table.delete, letter)
        self._events.publish(MailChanged())
        return is_gone

    async def _work(self) -> None:
        while True:
            try:
                wait = await self._send_due()
            except EnvironmentFault as fault:
                logger.warning("mail waits: %s", fault)
                wait = _AFTER_FAULT_S
            except Exception:
                logger.exception("mail waits after a mistake of ours")
                wait = _AFTER_FAULT_S
            try:
                async with asyncio.timeout(wait):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    async def _send_due(self) -> float | None:
        """Send what is due; returns in how many seconds the next is, None = when one comes."""
        server = await self._server()
        if server is None:
            return None
        while (row := await self._database.run(mail_table.due, self._clock())) is not None:
            problem = await self._send(server, row.recipient, row.content or b"")
            if problem is None:
                await self._database.run(mail_table.note_sent, row.id)
                self.outcome(row, True)
            else:
                await self._note_problem(row, problem)
            self._events.publish(MailChanged())
        next_at = await self._database.run(mail_table.next_due)
        return None if next_at is None else max(next_at - self._clock(), 0.0)

    async def _note_problem(self, row: MailRow, problem: Undelivered) -> None:
        is_over = problem.is_final or row.attempts >= len(PATIENCE_S)
        next_at = None if is_over else self._clock() + PATIENCE_S[row.attempts]
        await self._database.run(mail_table.note_failure, row.id, problem.code, problem.text, next_at)
        logger.info(
            "mail to %s: %s (%s)", row.recipient, problem.text, "given up" if is_over else "again later"
        )
        if is_over:
            self.outcome(row, False)
        if row.attempts == 0 or is_over:
            severity = Severity.ERROR if is_over else Severity.WARNING
            self._events.publish(Notice(severity=severity, code=problem.code, text=problem.text))
