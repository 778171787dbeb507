"""The questions about lines, put to a running server with a carrier on loopback."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.api import lines, records, status, trunks
from app.errors import UserError
from app.options import Options
from app.paths import DataPaths
from app.pbx import Pbx
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.outside_records import line_values, trunk_values

ACCOUNT = Account(user="87654321", password="line-secret", domain="carrier.example")


async def test_a_line_from_its_record_to_its_history(tmp_path: Path) -> None:
    options = Options(data=tmp_path, bind=("127.0.0.1",), sip_port=0, tls_port=0, rtp_ports=(31200, 31299))
    pbx = Pbx(options)
    async with Carrier(ACCOUNT) as carrier:
        await pbx.start()
        try:
            await records.add_record(pbx, "line", "carrier", line_values(carrier))
            await records.add_record(pbx, "trunk", "peer", trunk_values(carrier))
            await carrier.until_registered()
            async with asyncio.timeout(15):
                while (await lines.state(pbx, "carrier")).code != 200:  # noqa: ASYNC110  other messages
                    await asyncio.sleep(0.01)
            assert [view.name for view in await lines.states(pbx)] == ["carrier"]
            await lines.register_now(pbx, "carrier")
            await carrier.until_registered(2)
            whole = (await status.status(pbx)).as_json()
            assert {"name", "state", "reason", "since"} <= set(whole["lines"][0])
            assert {"name", "state", "calls_in", "calls_out"} <= set(whole["trunks"][0])
            assert [view.name for view in await trunks.states(pbx)] == ["peer"]
            await records.set_record(pbx, "line", "carrier", {"enabled": False})
            with pytest.raises(UserError, match="switched off"):
                await lines.register_now(pbx, "carrier")
            await records.delete_record(pbx, "line", "carrier")
            found = [row.state for row in await lines.history(pbx, "carrier")]
            assert found[0] == "disabled"
            assert found[-2:] == ["registered", "registering"]
            for question in (lines.state, lines.register_now):
                with pytest.raises(UserError, match="no line carrier"):
                    await question(pbx, "carrier")
        finally:
            await pbx.stop()
    assert DataPaths(tmp_path).database.exists()
