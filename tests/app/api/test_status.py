from __future__ import annotations

import json
from pathlib import Path

from app.api import status
from app.options import Options
from app.pbx import Pbx
from app.sip.flow import Address
from tests.support.phone import Phone


async def test_the_whole_state_and_the_first_passwords(tmp_path: Path) -> None:
    options = Options(data=tmp_path / "data", bind=("127.0.0.1",), sip_port=0, tls_port=0)
    pbx = Pbx(options)
    await pbx.start()
    passwords = await status.first_passwords(pbx, only_new=True)
    assert [each.number for each in passwords] == ["100", "101", "102"]
    assert await status.first_passwords(pbx, only_new=True) == ()
    server = Address("127.0.0.1", int(pbx.addresses[0].rpartition(":")[2]))
    async with Phone("100", passwords[0].password, server) as phone:
        await phone.register()
        call = phone.call("101")
        await call.until_ended()
    found = json.loads(json.dumps((await status.status(pbx)).as_json()))
    assert found["running"] is True
    assert found["extensions"][0]["number"] == "100"
    assert found["extensions"][0]["bindings"][0]["user_agent"] == "Scripted phone 100"
    assert found["addresses"] == list(pbx.addresses)
    counters = found["counters"]
    assert (counters["registrations"], counters["calls_set_up"]) == (1, 0)
    assert counters["messages_in"] >= 4
    assert {"messages_out", "calls_failed", "retransmissions", "relayed_packets"} <= set(counters)
    await status.dismiss_first_passwords(pbx)
    assert await status.first_passwords(pbx) == ()
    await pbx.stop()
