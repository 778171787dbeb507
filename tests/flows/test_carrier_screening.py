"""Note S7: callers who show no number are blocked by one record of the black list. In virtual time."""

from __future__ import annotations

import pytest

from app.services.screening import ScreeningRule, screening_table
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice
from tests.support.phone import answering as phone_answers

S7 = ScreeningRule(id="1", caller_prefix="anonymous", called_prefix="*", rate=100)

NUMBER = "13800138000"
ASSERTED = (("P-Asserted-Identity", f"<sip:{NUMBER}@carrier.example>"),)  # known to the carrier, not for us

NAMELESS = [
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    "<sip:Anonymous@10.0.9.1>",
    "<sip:anonymous@carrier.example>",
    "<sip:10.0.9.1>",
    '"Anonymous" <sip:c8oqz84zk7z@privacy.invalid>',  # with Privacy: id
]


@pytest.mark.parametrize("from_", NAMELESS)
@in_virtual_time
async def test_s7_anonymous_calls_are_blocked(from_: str) -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=phone_answers)
        carrier = await office.with_line(CarrierQuirks(anonymous=from_))
        office.configure(screening=screening_table(S7))
        for headers in ((), ASSERTED):
            call = carrier.call(IncomingInvite(withheld=True, headers=headers))
            assert await call.until_ended() == "refused"
        assert not phone.all_calls
        named = carrier.call(IncomingInvite(caller="13800138000"))
        await named.until_answered()
        named.hang_up()
        await phone.all_calls[0].until_ended()


@in_virtual_time
async def test_without_the_record_anonymous_calls_ring() -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=phone_answers)
        carrier = await office.with_line()
        call = carrier.call(IncomingInvite(withheld=True, headers=ASSERTED))
        await call.until_answered()
        request = phone.all_calls[0].request
        assert request is not None
        assert NUMBER not in request.encode().decode()
        call.hang_up()
        await phone.all_calls[0].until_ended()


@pytest.mark.parametrize(("rate", "passes"), [(0, True), (100, False)])
@in_virtual_time
async def test_the_rate_decides(rate: int, passes: bool) -> None:
    async with OutsideOffice() as office:
        await office.phone("100", behavior=phone_answers)
        carrier = await office.with_line()
        rule = ScreeningRule(id="1", caller_prefix="138", called_prefix="*", rate=rate)
        office.configure(screening=screening_table(rule))
        call = carrier.call(IncomingInvite(caller="13800138000"))
        await call.until(lambda: call.is_answered or call.ended, "an outcome")
        assert call.is_answered == passes
        if passes:
            call.hang_up()
