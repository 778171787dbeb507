"""The mail settings: addresses checked, the password kept sealed, refusing providers named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api import records
from app.db.sqlite import raw
from app.db.tables.setting_mail import domain_of, provider_caution
from app.errors import UserError
from tests.support.data_folder import opened


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("owner@Example.com", "example.com"),
        ("first.last+tag@mail.example.co.uk", "mail.example.co.uk"),
        ("owner", ""),
        ("owner@host", ""),
        ("a b@example.com", ""),
        ("a@b@example.com", ""),
        ("a@example..com", ""),
        ("a@example.com\r\nBcc: x@example.com", ""),
    ],
)
def test_the_domain_of_an_address(address: str, domain: str) -> None:
    assert domain_of(address) == domain


def test_a_provider_that_turns_mail_away_is_named() -> None:
    caution = provider_caution("12345@QQ.com", "value")
    assert caution is not None
    assert (caution.code, caution.field) == ("mail.refusing_provider", "value")
    assert provider_caution("12345@example.com", "value") is None


async def test_saving_such_an_address_warns(tmp_path: Path) -> None:
    async with opened(tmp_path) as pbx:
        saved = await records.set_record(pbx, "setting", "admin_email", {"value": "12345@qq.com"})
        assert [caution.code for caution in saved.cautions] == ["mail.refusing_provider"]
        with pytest.raises(UserError) as refused:
            await records.set_record(pbx, "setting", "admin_email", {"value": "12345"})
        assert refused.value.code == "mail.address"


async def test_the_password_is_sealed_and_not_shown(tmp_path: Path) -> None:
    async with opened(tmp_path) as pbx:
        await records.set_record(pbx, "setting", "mail_password", {"value": "let-me-in"})
        assert await pbx.configuration.secret_setting("mail_password") == "let-me-in"
        assert (await records.get_record(pbx, "setting", "mail_password"))["value"] == ""
        assert "let-me-in" not in (await records.export_csv(pbx, "setting")).text

        def stored(db: object) -> str:
            query = "SELECT value FROM setting WHERE key = 'mail_password'"
            return str(raw(db).execute(query).fetchone()[0])  # type: ignore[arg-type]

        assert "let-me-in" not in await pbx.configuration.database.run(stored)
        text = (await records.export_csv(pbx, "setting")).text
        result = await records.import_csv(pbx, "setting", text, False)
        assert result.errors == ()
        assert await pbx.configuration.secret_setting("mail_password") == "let-me-in"  # kept by a round trip
        await records.delete_record(pbx, "setting", "mail_password")
        assert await pbx.configuration.secret_setting("mail_password") == ""
