"""What a line and a trunk do as time passes: no-answer time, refresh, back-off, failover. In virtual time."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools

import pytest

from app.events import LineState
from app.sip import events
from tests.support.carrier_called import answering, refusing, ringing
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, outcome, to_trunk, trunk_to

PEER = CarrierQuirks(challenges=False)


@pytest.mark.parametrize(("no_answer_s", "expected"), [(15, 15.0), (0, 20.0), (25, 25.0), (1, 1.0)])
@in_virtual_time
async def test_s9_the_no_answer_time_of_a_line(no_answer_s: int, expected: float) -> None:
    async with OutsideOffice() as office:  # whose own timer is 20 s
        carrier = await office.with_line(behavior=ringing, no_answer_s=no_answer_s)
        phone = await office.phone("101")
        call = phone.call("910000")
        assert await outcome(call) == 480
        (cancelled,) = carrier.log.times("CANCEL")
        invited = carrier.log.times("INVITE")[0]
        assert cancelled - invited == pytest.approx(expected, abs=0.1)
        assert carrier.calls[0].ended == "cancelled"


@in_virtual_time
async def test_an_answered_call_is_not_touched_by_the_no_answer_time() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(no_answer_s=15)
        phone = await office.phone("101")
        call = phone.call("910000")
        far = await carrier.incoming()
        far.ring()
        await asyncio.sleep(14)
        far.answer()
        await call.until(events.Accepted)
        await asyncio.sleep(60)
        assert not far.ended
        call.hang_up()
        assert await far.until_ended() == "bye"


@in_virtual_time
async def test_a_registration_is_refreshed_at_nine_tenths() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(grants=1000))
        await asyncio.sleep(5000)
        accepted = [said.at for said in carrier.log if not said.heard and said.first_line == "SIP/2.0 200 OK"]
        gaps = [later - earlier for earlier, later in itertools.pairwise(accepted)]
        assert len(gaps) >= 5
        assert all(gap == pytest.approx(900, abs=1) for gap in gaps)
        assert office.states("carrier") == [LineState.REGISTERING, LineState.REGISTERED]


@pytest.mark.logs("carrier: failed")
@in_virtual_time
async def test_a_silent_carrier_is_asked_for_ever_and_believed_when_it_comes_back() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=CarrierQuirks(is_silent=True))
        office.set_lines(line_to(carrier))
        await asyncio.sleep(24 * 3600)
        assert office.line("carrier").state is LineState.FAILED
        assert office.line("carrier").code == 408
        assert "does not answer" in office.line("carrier").reason
        tries = {request.cseq.number for request in carrier.log.requests("REGISTER")}
        assert len(tries) > 40  # at least every 31 minutes
        assert len(tries) < 200  # and no storm
        carrier.quirks = CarrierQuirks()
        await asyncio.sleep(1900)
        assert office.line("carrier").state is LineState.REGISTERED


@pytest.mark.logs("carrier: failed")
@in_virtual_time
async def test_503_with_retry_after_is_obeyed() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=CarrierQuirks(unavailable=1, retry_after=300))
        office.set_lines(line_to(carrier))
        await carrier.until_registered()
        await asyncio.sleep(1)
        first, second = carrier.log.times("REGISTER")[:2]
        assert 300 <= second - first < 330
        assert office.line("carrier").state is LineState.REGISTERED


@in_virtual_time
async def test_a_carrier_that_lost_its_memory_learns_us_again() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(grants=120))
        carrier.registrar.forget()
        await asyncio.sleep(120)
        assert carrier.registrar.binding(carrier.accounts[0]) is not None
        assert office.states("carrier") == [LineState.REGISTERING, LineState.REGISTERED]


@in_virtual_time
async def test_a_deleted_or_disabled_line_takes_its_binding_away() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        office.set_lines(line_to(carrier, enabled=False))
        await asyncio.sleep(5)
        assert carrier.registrar.binding(carrier.accounts[0]) is None
        assert office.line("carrier").state is LineState.DISABLED
        office.set_lines(line_to(carrier))
        await carrier.until_registered(3)
        office.set_lines()
        await asyncio.sleep(5)
        assert carrier.registrar.binding(carrier.accounts[0]) is None


@pytest.mark.parametrize(
    ("first", "reaches_second"),
    [
        (refusing(486), True),
        (refusing(503), True),
        (refusing(500), True),
        pytest.param(None, True, marks=pytest.mark.logs("one: unreachable")),  # silence
        (refusing(404), False),
        (refusing(603), False),
    ],
    ids=["busy", "503", "500", "silence", "not found", "declined"],
)
@in_virtual_time
async def test_a_trunk_that_fails_hands_over_to_the_next(first: object, reaches_second: bool) -> None:
    async with OutsideOffice() as office:
        quirks = PEER if first is not None else dataclasses.replace(PEER, is_silent=True)
        one = await office.carrier(quirks=quirks, behavior=first)
        two = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(one, "one", next_trunk="two"), trunk_to(two, "two"))
        office.route(to_trunk("8", "one"))
        phone = await office.phone("101")
        call = phone.call("81")
        status = await outcome(call)
        assert (status == 200) == reaches_second
        assert bool(two.calls) == reaches_second
        if status == 200:
            call.hang_up()
            await two.calls[0].until_ended()


@in_virtual_time
async def test_failover_does_not_ring_twice_once_the_called_party_answered() -> None:
    async with OutsideOffice() as office:
        one = await office.carrier(quirks=PEER, behavior=answering)
        two = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(one, "one", next_trunk="two"), trunk_to(two, "two"))
        office.route(to_trunk("8", "one"))
        phone = await office.phone("101")
        call = phone.call("81")
        assert await outcome(call) == 200
        one.calls[0].hang_up()
        await call.until_ended()
        assert not two.calls
