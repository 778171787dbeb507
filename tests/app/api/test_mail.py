"""Mail end to end on a real engine and a real SMTP server: S10, notices, and a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.api import mail
from app.errors import EnvironmentFault, UserError
from app.events import MailChanged, Notice, Severity
from app.pbx import Pbx
from app.services import mailed_notices
from tests.support.house import House, open_house
from tests.support.post_office import PostOffice, open_post_office

OWNER = "owner@example.net"


async def set_up(house: House, post: PostOffice) -> None:
    for name, value in {
        "mail_host": "127.0.0.1",
        "mail_port": str(post.port),
        "mail_security": "none",
        "mail_from": "office@example.com",
        "admin_email": OWNER,
    }.items():
        await house.set("setting", name, value=value)


async def arrived(post: PostOffice, letters: int) -> None:
    async with asyncio.timeout(15):
        while len(post.letters) < letters:  # noqa: ASYNC110  the server has no event
            await asyncio.sleep(0.01)


async def complain(pbx: Pbx) -> None:
    pbx.events.publish(Notice(severity=Severity.ERROR, code="disk.full", text="The disk is full."))


async def test_notices_reach_the_administrator_only_after_the_code_came_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailed_notices, "GATHER_S", 0.01)
    async with open_post_office() as post, open_house(tmp_path) as house:
        await set_up(house, post)
        await house.ask(complain)
        assert not (await house.ask(mail.address)).is_confirmed
        await house.ask(mail.send_code)
        await arrived(post, 1)
        code = str(post.letters[0]["Subject"]).split()[1]
        with pytest.raises(UserError):
            await house.ask(mail.confirm, "no code")
        await house.ask(mail.confirm, code)
        assert (await house.ask(mail.address)).is_confirmed

        async def complain_anew(pbx: Pbx) -> None:
            pbx.events.publish(
                Notice(severity=Severity.ERROR, code="disk.full", text="The disk is still full.")
            )

        await house.ask(complain_anew)
        await arrived(post, 2)
        body: Any = post.letters[1].get_body()
        assert "The disk is still full." in body.get_content()
        assert post.letters[1]["To"] == OWNER
        letters = await house.ask(mail.letters)
        assert [letter.kind for letter in letters] == ["notice", "code"]


async def test_a_letter_waits_over_a_restart_for_a_server_that_comes_back(tmp_path: Path) -> None:
    async with open_post_office() as post:
        async with open_house(tmp_path) as house:
            await set_up(house, post)
            post.refuse_content = "451 Try again later"
            number = await house.ask(mail.send_test, f" {OWNER} ")
            await house.hear(Notice, lambda notice: notice.code == "mail.later")
            (letter,) = await house.ask(mail.letters)
            assert (letter.state, letter.attempts, letter.id) == ("waiting", 1, number)
        post.refuse_content = ""
        async with open_house(tmp_path) as house:
            await house.ask(mail.try_again, number)
            await arrived(post, 1)
            await house.hear(MailChanged)
            with pytest.raises(UserError):
                await house.ask(mail.try_again, 99)
            await house.ask(mail.forget, number)
            with pytest.raises(UserError):
                await house.ask(mail.forget, number)


async def test_refusals_in_words(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        with pytest.raises(UserError) as refused:
            await house.ask(mail.send_test, "nobody")
        assert refused.value.code == "mail.address"
        with pytest.raises(EnvironmentFault) as fault:
            await house.ask(mail.send_test, OWNER)
        assert fault.value.code == "mail.not_configured"
        with pytest.raises(UserError) as refused:
            await house.ask(mail.send_code)
        assert refused.value.code == "mail.no_admin"
