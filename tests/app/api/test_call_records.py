from __future__ import annotations

from pathlib import Path

from app.api import call_records
from app.api.call_records import RecordFilter
from app.db.tables import call_record
from app.db.tables.call_record import CallRecordRow
from app.options import Options
from app.pbx import Pbx

DETAILS = (
    '{"sip_call_ids": ["a", "b"], "legs": [{"packets_in": 7, "lost": 1, "sdp_address": "10.0.0.1:4000"},'
    ' {"source_address": null}]}'
)


def row(number: int, **fields: object) -> CallRecordRow:
    values: dict[str, object] = {
        "started_at": 100.0 + number,
        "answered_at": None,
        "ended_at": 110.0 + number,
        "caller": "100",
        "called": "101",
        "outcome": "busy",
        "status": 486,
        "sip_call_id": "a",
    }
    return CallRecordRow(**(values | fields))  # type: ignore[arg-type]


async def test_pages_newest_first(tmp_path: Path) -> None:
    options = Options(data=tmp_path / "data", bind=("127.0.0.1",), sip_port=0, tls_port=0)
    pbx = Pbx(options)
    await pbx.start()
    rows = [row(0), row(1, caller="102", answered_at=103.0, outcome="answered", details=DETAILS), row(2)]
    await pbx.configuration.database.run(call_record.write, rows)
    found = await call_records.page(pbx)
    assert [each.id for each in found] == [3, 2, 1]
    assert [each.id for each in await call_records.page(pbx, RecordFilter(number="100"))] == [3, 1]
    assert [each.id for each in await call_records.page(pbx, RecordFilter(outcomes=("answered",)))] == [2]
    assert [each.id for each in await call_records.page(pbx, None, 1, 3)] == [2]
    answered, busy = found[1], found[0]
    assert answered.duration_s == 8
    assert answered.sip_call_ids == ("a", "b")
    assert (answered.legs[0].packets_in, answered.legs[0].lost) == (7, 1)
    assert answered.legs[0].sdp_address == "10.0.0.1:4000"
    assert answered.legs[1].source_address == ""
    assert (busy.duration_s, busy.sip_call_ids, busy.legs) == (0, ("a",), ())
    await pbx.stop()
