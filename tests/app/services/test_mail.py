"""The queue keeps letters over restarts, tries them again with patience, and gives up in the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.db.tables import mail as mail_table
from app.errors import EnvironmentFault
from app.events import Event, EventBus, MailChanged, Notice, Severity
from app.services.letters import Letter
from app.services.mail import PATIENCE_S, Mail
from app.services.mail_delivery import MailServer, Undelivered
from tests.support.data_folder import opened

SERVER = MailServer(host="post.example", sender="office@example.com")
LATER = Undelivered("mail.later", "The mail server says “later” (450 busy).")
NEVER = Undelivered("mail.recipient", "No such user.", is_final=True)


class Post:
    """What the queue tried, and what it was answered."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.server: MailServer | None = SERVER
        self.answers: list[Undelivered | None] = []
        self.tried: list[tuple[str, bytes]] = []
        self.events: list[Event] = []
        self.bus = EventBus()
        self.bus.subscribe(self._hear)
        self._changed = asyncio.Event()

    def _hear(self, event: Event) -> None:
        self.events.append(event)
        self._changed.set()

    async def where(self) -> MailServer | None:
        return self.server

    async def send(self, server: MailServer, recipient: str, content: bytes) -> Undelivered | None:
        self.tried.append((recipient, content))
        return self.answers.pop(0) if self.answers else None

    async def until_changed(self, times: int) -> None:
        async with asyncio.timeout(15):
            while sum(isinstance(event, MailChanged) for event in self.events) < times:
                self._changed.clear()
                await self._changed.wait()

    @property
    def notices(self) -> list[tuple[Severity, str]]:
        return [(event.severity, event.code) for event in self.events if isinstance(event, Notice)]


@asynccontextmanager
async def queue(folder: Path, post: Post) -> AsyncIterator[Mail]:
    async with opened(folder) as records:
        database = records.configuration.database
        mail = Mail(database, post.where, post.bus, clock=lambda: post.now, send=post.send)
        mail.start()
        try:
            yield mail
        finally:
            await mail.stop()


def letter(subject: str = "One") -> Letter:
    return Letter(kind="test", recipient="owner@example.net", subject=subject, text="Text\n")


async def test_a_letter_goes_at_once_and_its_content_is_forgotten(tmp_path: Path) -> None:
    post = Post()
    async with queue(tmp_path, post) as mail:
        await mail.post(letter())
        await post.until_changed(2)
        (row,) = await mail.page()
    assert (row.state, row.attempts, row.content) == ("sent", 1, None)
    assert [recipient for recipient, _ in post.tried] == ["owner@example.net"]
    assert b"Subject: One" in post.tried[0][1]


async def test_what_was_refused_for_now_waits_and_survives_a_restart(tmp_path: Path) -> None:
    post = Post()
    post.answers = [LATER]
    async with queue(tmp_path, post) as mail:
        await mail.post(letter())
        await post.until_changed(2)
        (row,) = await mail.page()
        assert (row.state, row.attempts, row.code) == ("waiting", 1, "mail.later")
        assert row.next_at == post.now + PATIENCE_S[0]
    assert post.notices == [(Severity.WARNING, "mail.later")]
    post.now += PATIENCE_S[0]
    async with queue(tmp_path, post) as mail:
        await post.until_changed(3)
        (row,) = await mail.page()
    assert (row.state, row.attempts, row.reason) == ("sent", 2, "")


async def test_a_refusal_for_good_is_not_tried_again_but_on_demand(tmp_path: Path) -> None:
    post = Post()
    post.answers = [NEVER]
    async with queue(tmp_path, post) as mail:
        number = await mail.post(letter())
        await post.until_changed(2)
        (row,) = await mail.page()
        assert (row.state, row.reason) == ("failed", "No such user.")
        assert post.notices == [(Severity.ERROR, "mail.recipient")]
        assert await mail.try_now(number)
        await post.until_changed(3)
        (row,) = await mail.page()
    assert row.state == "sent"


async def test_patience_ends(tmp_path: Path) -> None:
    post = Post()
    post.answers = [LATER] * (len(PATIENCE_S) + 1)
    async with queue(tmp_path, post) as mail:
        await mail.post(letter())
        for attempt in range(len(PATIENCE_S) + 1):
            await post.until_changed(attempt + 2)
            post.now += 5 * 3600.0
            await mail.try_now()
        (row,) = await mail.page()
    assert (row.state, row.attempts) == ("failed", len(PATIENCE_S) + 1)
    assert post.notices == [(Severity.WARNING, "mail.later"), (Severity.ERROR, "mail.later")]


async def test_one_letter_that_cannot_go_does_not_hold_up_the_next(tmp_path: Path) -> None:
    post = Post()
    post.answers = [NEVER, None]
    async with queue(tmp_path, post) as mail:
        await mail.post(letter("One"))
        await mail.post(letter("Two"))
        await post.until_changed(4)
        states = {row.subject: row.state for row in await mail.page()}
    assert states == {"One": "failed", "Two": "sent"}


async def test_without_a_server_a_letter_is_refused_in_words(tmp_path: Path) -> None:
    post = Post()
    post.server = None
    async with queue(tmp_path, post) as mail:
        with pytest.raises(EnvironmentFault) as refused:
            await mail.post(letter())
        assert refused.value.code == "mail.not_configured"
        assert await mail.page() == []


async def test_a_letter_can_be_taken_out(tmp_path: Path) -> None:
    post = Post()
    post.answers = [LATER]
    async with queue(tmp_path, post) as mail:
        number = await mail.post(letter())
        await post.until_changed(2)
        assert await mail.forget(number)
        assert not await mail.forget(number)
        assert not await mail.try_now(number)
        assert await mail.page() == []


@pytest.mark.logs("mail waits after a mistake of ours")
async def test_a_mistake_of_ours_loses_no_letter(tmp_path: Path) -> None:
    post = Post()
    tries: list[int] = []

    async def fails_once(server: MailServer, recipient: str, content: bytes) -> Undelivered | None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("a mistake")
        return await post.send(server, recipient, content)

    async with opened(tmp_path) as records:
        database = records.configuration.database
        mail = Mail(database, post.where, post.bus, clock=lambda: post.now, send=fails_once)
        mail.start()
        await mail.post(letter())
        async with asyncio.timeout(15):
            while not tries:  # noqa: ASYNC110  the queue has no event for its own mistakes
                await asyncio.sleep(0)
        await mail.try_now()
        await post.until_changed(2)
        rows = await database.run(mail_table.page)
        await mail.stop()
    assert [row.state for row in rows] == ["sent"]


async def test_a_mail_server_that_never_answers_does_not_fill_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_table, "MOST_BYTES", 500)
    post = Post()
    post.answers = [LATER] * 10
    async with queue(tmp_path, post) as mail:
        await mail.post(letter())
        with pytest.raises(EnvironmentFault, match="Too many letters wait"):
            await mail.post(letter())
        assert len(await mail.page()) == 1
