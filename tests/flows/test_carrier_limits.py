"""Note S5: how many calls a trunk or a line carries at once, each direction for itself, under bursts too."""

from __future__ import annotations

import asyncio

import pytest

from app.calls.call import Call
from app.calls.media import MediaPath
from app.sip import events
from tests.support.carrier import Carrier
from tests.support.carrier_called import answering
from tests.support.carrier_caller import CallingCall
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import SERVER, extension, in_virtual_time
from tests.support.outside_office import OutsideOffice, answered, outcome, to_trunk, trunk_to
from tests.support.phone import Phone
from tests.support.phone import answering as phone_answers

PEER = CarrierQuirks(challenges=False)
MANY = 6


async def with_trunk(office: OutsideOffice, **limits: int | None) -> Carrier:
    """A carrier that knows us by address, and a trunk to it for numbers with 8."""
    carrier = await office.carrier(quirks=PEER)
    office.set_trunks(trunk_to(carrier, **limits))
    office.route(to_trunk("8"))
    return carrier


def call_in(carrier: Carrier, number: str = "100") -> CallingCall:
    """A call of the peer to an extension."""
    return carrier.call(IncomingInvite(number=number), to=SERVER)


@in_virtual_time
async def test_the_third_call_out_is_refused_and_the_two_go_on() -> None:
    async with OutsideOffice() as office:
        carrier = await with_trunk(office, max_outgoing=2)
        phone = await office.phone("101")
        calls = [phone.call(f"8{number}") for number in (1, 2)]
        far = await answered(carrier, calls)
        third = phone.call("83")
        assert await outcome(third) in (486, 503)
        assert office.trunk("trunk").calls_out == 2
        assert len(carrier.log.requests("INVITE")) == 2
        for call, other in zip(calls, far, strict=True):
            assert not call.ended
            call.change("sendonly")  # they go on: the session can still be changed
            await call.until(events.AnswerReceived)
            assert not other.ended
        calls[0].hang_up()
        await far[0].until_ended()
        fourth = phone.call("84")
        await answered(carrier, [fourth])
        for call in (calls[1], fourth):
            call.hang_up()
        await office.quiet()
        assert office.trunk("trunk").calls_out == 0
        assert not carrier.running


@in_virtual_time
async def test_the_third_call_in_is_refused_and_the_two_go_on() -> None:
    async with OutsideOffice() as office:
        carrier = await with_trunk(office, max_incoming=2)
        await office.phone("100", behavior=phone_answers)
        calls = [call_in(carrier) for _ in range(2)]
        for call in calls:
            await call.until_answered()
        third = call_in(carrier)
        assert await third.until_ended() == "refused"
        assert third.status in (486, 503)
        assert office.trunk("trunk").calls_in == 2
        assert not any(call.ended for call in calls)
        calls[0].hang_up()
        await office.quiet()
        fourth = call_in(carrier)
        await fourth.until_answered()
        for call in (calls[1], fourth):
            call.hang_up()
        await office.quiet()
        assert office.trunk("trunk").calls_in == 0


@in_virtual_time
async def test_a_place_is_free_before_the_ports_of_its_sound_are_closed() -> None:
    async with OutsideOffice() as office:
        carrier = await with_trunk(office, max_incoming=1)
        await office.phone("100", behavior=phone_answers)
        await office.phone("101", behavior=phone_answers)
        closing = asyncio.Event()
        close_paths = Call.close_paths

        async def close_late(call: Call, keep: MediaPath | None = None) -> None:
            if keep is None:
                await closing.wait()
            await close_paths(call, keep)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Call, "close_paths", close_late)
            first = call_in(carrier)
            await first.until_answered()
            first.hang_up()
            await asyncio.sleep(1)  # virtual: BYE arrives and is answered
            second = call_in(carrier, "101")
            await second.until_answered()
            closing.set()
        second.hang_up()
        await office.quiet()
        assert office.trunk("trunk").calls_in == 0


@pytest.mark.parametrize("max_incoming", [None, 0, 2])
@pytest.mark.parametrize("max_outgoing", [None, 0, 2])
@in_virtual_time
async def test_every_combination_in_bursts(max_incoming: int | None, max_outgoing: int | None) -> None:
    async with OutsideOffice(extension("100"), extension("101")) as office:
        carrier = await with_trunk(office, max_incoming=max_incoming, max_outgoing=max_outgoing)
        carrier.behavior = answering
        phone: Phone = await office.phone("101")
        await office.phone("100", behavior=phone_answers)
        out = [phone.call(f"8{number}") for number in range(MANY)]
        incoming = [call_in(carrier) for _ in range(MANY)]  # in the same moment
        statuses = [await outcome(call) for call in out]
        for call in incoming:
            await call.until(lambda call=call: call.is_answered or call.ended, "an outcome")
        expected_out = MANY if max_outgoing is None else max_outgoing
        expected_in = MANY if max_incoming is None else max_incoming
        assert statuses.count(200) == expected_out
        assert sum(call.is_answered for call in incoming) == expected_in
        view = office.trunk("trunk")
        assert (view.calls_out, view.calls_in) == (expected_out, expected_in)
        for call in [*out, *incoming]:
            if not call.ended:
                call.hang_up()
        await office.quiet()
        view = office.trunk("trunk")
        assert (view.calls_out, view.calls_in) == (0, 0)


@in_virtual_time
async def test_zero_forbids_a_direction_before_anything_is_sent() -> None:
    async with OutsideOffice() as office:
        carrier = await with_trunk(office, max_outgoing=0)
        phone = await office.phone("101")
        assert await outcome(phone.call("81")) >= 400
        assert not carrier.log.requests("INVITE")
        await office.phone("100", behavior=phone_answers)
        call = call_in(carrier)
        await call.until_answered()
        call.hang_up()


@in_virtual_time
async def test_a_full_trunk_hands_over_to_the_next() -> None:
    async with OutsideOffice() as office:
        first = await office.carrier(quirks=PEER, behavior=answering)
        second = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(
            trunk_to(first, "first", max_outgoing=1, next_trunk="second"), trunk_to(second, "second")
        )
        office.route(to_trunk("8", "first"))
        phone = await office.phone("101")
        calls = [phone.call("81"), phone.call("82")]
        assert [await outcome(call) for call in calls] == [200, 200]
        assert (len(first.running), len(second.running)) == (1, 1)
        for call in calls:
            call.hang_up()


@pytest.mark.parametrize("limit", [0, 1, 2])
@in_virtual_time
async def test_a_line_counts_both_directions_together(limit: int) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(behavior=answering, max_calls=limit)
        phone = await office.phone("101")
        await office.phone("100", behavior=phone_answers)
        statuses = [await outcome(phone.call("910000"))]
        incoming = carrier.call()
        await incoming.until(lambda: incoming.is_answered or incoming.ended, "an outcome")
        assert [statuses[0] == 200, incoming.is_answered] == [limit > 0, limit > 1]
        if not incoming.is_answered:
            assert incoming.status == (403 if limit == 0 else 486)
        for call in (*phone.all_calls, incoming):
            if not call.ended:
                call.hang_up()
        await office.quiet()
        view = office.line("carrier")
        assert (view.calls_in, view.calls_out) == (0, 0)
