"""The commands on records reach the API by their names."""

from __future__ import annotations

from pathlib import Path

from app.control.record_commands import RECORD_COMMANDS, dismiss_first_passwords, first_passwords
from tests.support.data_folder import opened


async def test_records_are_reached_by_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as pbx:
        values = {"password": "tR7-oak-93"}
        await RECORD_COMMANDS["records.add"](pbx, kind="extension", key="200", values=values)
        await RECORD_COMMANDS["records.set"](pbx, kind="extension", key="200", values={"enabled": "no"})
        assert await RECORD_COMMANDS["records.get"](pbx, kind="setting", key="sip_port") == {
            "key": "sip_port",
            "value": 5060,
        }
        await RECORD_COMMANDS["records.import"](pbx, kind="extension", content="number\n200\n", dry_run=True)
        await RECORD_COMMANDS["records.export"](pbx, kind="extension", with_secrets=True)
        await RECORD_COMMANDS["records.delete"](pbx, kind="extension", key="200")
        found = await RECORD_COMMANDS["records.list"](pbx, kind="extension")
        assert isinstance(found, list)
        assert len(found) == 3


async def test_first_passwords_are_shown_and_put_away(tmp_path: Path) -> None:
    async with opened(tmp_path) as pbx:
        assert [each.number for each in await first_passwords(pbx)] == ["100", "101", "102"]
        await dismiss_first_passwords(pbx)
        assert await first_passwords(pbx) == ()
