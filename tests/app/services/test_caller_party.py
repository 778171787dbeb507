"""Who calls, as the dial plan knows it."""

from __future__ import annotations

from app.services.caller_party import party_of
from tests.support.office import Office, in_virtual_time
from tests.support.phone import ringing


@in_virtual_time
async def test_the_caller_is_known_as_the_dial_plan_knows_it() -> None:
    async with Office() as office:
        await office.phone("102", behavior=ringing)
        call = (await office.phone("101")).call("102")
        await call.until_true(lambda: call.status == 180)
        (talking,) = office.exchange.calls
        assert (party_of(talking).kind, party_of(talking).key) == ("extension", "101")
        talking.caller_extension = ""
        talking.ways[:0] = ["line telecom"]
        talking.shown_number = "anonymous"
        found = party_of(talking)
        assert (found.kind, found.key, found.is_withheld) == ("line", "telecom", True)
        call.hang_up()
        await call.until_ended()
        await office.quiet()
        office.assert_nothing_left()
