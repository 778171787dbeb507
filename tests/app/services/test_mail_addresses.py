"""S10: the administrator's address is confirmed by a mailed code before anything else goes to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.letters import Letter
from app.services.mail_addresses import CODE_LIFE_S, MOST_WRONG_CODES, MailAddresses
from tests.support.data_folder import opened


class Office:
    """The address as configured, the time, and the letters posted."""

    def __init__(self) -> None:
        self.address = "Owner@example.net"
        self.now = 1_800_000_000.0
        self.letters: list[Letter] = []
        self.addresses: MailAddresses

    async def post(self, letter: Letter) -> int:
        self.letters.append(letter)
        return len(self.letters)

    @property
    def code(self) -> str:
        return self.letters[-1].subject.split()[1]

    @property
    def wrong_code(self) -> str:
        return f"{(int(self.code) + 1) % 1_000_000:06d}"


@asynccontextmanager
async def office_at(folder: Path) -> AsyncIterator[Office]:
    async with opened(folder) as records:
        office = Office()
        office.addresses = MailAddresses(
            records.configuration.database,
            office,  # type: ignore[arg-type]
            lambda: office.address,
            clock=lambda: office.now,
        )
        yield office


async def test_the_code_that_was_mailed_confirms(tmp_path: Path) -> None:
    async with office_at(tmp_path) as office:
        assert not (await office.addresses.state()).is_confirmed
        await office.addresses.send_code()
        assert (office.letters[0].recipient, office.letters[0].kind) == ("Owner@example.net", "code")
        assert office.code in office.letters[0].text
        assert (await office.addresses.state()).is_code_out
        await office.addresses.confirm(f" {office.code} ")
        state = await office.addresses.state()
        assert (state.is_confirmed, state.is_code_out) == (True, False)
        office.address = "other@example.net"  # another address begins anew
        assert not (await office.addresses.state()).is_confirmed


async def test_guessing_is_stopped(tmp_path: Path) -> None:
    async with office_at(tmp_path) as office:
        await office.addresses.send_code()
        for _ in range(MOST_WRONG_CODES):
            with pytest.raises(UserError) as refused:
                await office.addresses.confirm(office.wrong_code)
            assert refused.value.code == "mail.wrong_code"
        with pytest.raises(UserError) as refused:
            await office.addresses.confirm(office.code)
        assert refused.value.code == "mail.code_used_up"
        office.now += 61.0
        await office.addresses.send_code()
        await office.addresses.confirm(office.code)
        assert (await office.addresses.state()).is_confirmed


async def test_a_code_grows_old_and_works_once(tmp_path: Path) -> None:
    async with office_at(tmp_path) as office:
        await office.addresses.send_code()
        office.now += CODE_LIFE_S
        with pytest.raises(UserError) as refused:
            await office.addresses.confirm(office.code)
        assert refused.value.code == "mail.no_code"
        await office.addresses.send_code()
        await office.addresses.confirm(office.code)
        with pytest.raises(UserError) as refused:
            await office.addresses.confirm(office.code)
        assert refused.value.code == "mail.no_code"


async def test_codes_do_not_flood_a_mailbox(tmp_path: Path) -> None:
    async with office_at(tmp_path) as office:
        await office.addresses.send_code()
        with pytest.raises(UserError) as refused:
            await office.addresses.send_code()
        assert refused.value.code == "mail.code_just_sent"
        assert len(office.letters) == 1


async def test_without_an_address(tmp_path: Path) -> None:
    async with office_at(tmp_path) as office:
        office.address = ""
        assert not (await office.addresses.state()).is_confirmed
        with pytest.raises(UserError) as refused:
            await office.addresses.send_code()
        assert refused.value.field == "admin_email"
