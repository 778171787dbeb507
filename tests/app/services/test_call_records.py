from __future__ import annotations

import json

from app.events import CallRecorded
from app.services.directory import LocalMedia, Settings
from app.sip import events
from tests.support.office import START, Office, in_virtual_time
from tests.support.phone import answering


@in_virtual_time
async def test_one_row_a_call() -> None:
    async with Office(settings=Settings(local_media=LocalMedia.RELAY)) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=answering)
        call = caller.call("101", display="Reception")
        await call.until(events.Accepted)
        call.hang_up()
        caller.call("888")
        await office.quiet()
        answered, refused = office.records
        assert (answered.caller, answered.caller_name, answered.called) == ("100", "Reception", "101")
        assert (answered.connected, answered.outcome, answered.status) == ("101", "answered", 200)
        assert (answered.media, answered.codec) == ("relay", "PCMU")
        assert answered.caller_address == "10.0.1.1:5060"
        assert START <= answered.started_at <= (answered.answered_at or 0) <= answered.ended_at
        details = json.loads(answered.details)
        assert details["sip_call_ids"][0] == answered.sip_call_id == call.session.call_id
        assert len(details["sip_call_ids"]) == 2
        assert [leg["packets_in"] for leg in details["legs"]] == [0, 5]
        assert (refused.outcome, refused.status, refused.answered_at) == ("not_found", 404, None)
        assert refused.details == ""


@in_virtual_time
async def test_rows_in_the_database_are_announced() -> None:
    async with Office() as office:
        office.exchange.records.written([4, 5])
        assert office.announced == [CallRecorded(4), CallRecorded(5)]
