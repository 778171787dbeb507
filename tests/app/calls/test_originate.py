from __future__ import annotations

import asyncio

import pytest

from app.services.directory import LocalMedia, Settings
from app.sip import events
from tests.support.carrier_invites import IncomingInvite
from tests.support.office import Office, PaperRelay, extension, in_virtual_time
from tests.support.outside_office import OutsideOffice
from tests.support.phone import Phone, answering, refusing, ringing

KNOWN = (extension("100"), extension("101", multi_device=True, max_devices=5), extension("102"))


async def devices(office: Office, *behaviors: object) -> list[Phone]:
    """Register one device of 101 for each behavior."""
    return [await office.phone("101", behavior=behavior) for behavior in behaviors]


@in_virtual_time
async def test_the_first_answer_wins_and_the_rest_are_told_so() -> None:
    async with Office(*KNOWN) as office:
        slow, quick, third = await devices(office, ringing, None, ringing)
        call = (await office.phone("100")).call("101")
        incoming = await quick.incoming()
        await asyncio.sleep(2)
        incoming.answer()
        await call.until(events.Accepted)
        for phone in (slow, third):
            assert (await phone.all_calls[0].until_ended()).cause is events.EndCause.CANCELLED
            cancel = next(data for way, data in phone.recorder.messages if data.startswith(b"CANCEL"))
            assert b'Reason: SIP;cause=200;text="Call completed elsewhere"' in cancel
        assert office.announced[-1].call.connected == "101"
        await office.rest(call)


@in_virtual_time
async def test_two_answers_at_the_same_moment_make_one_call() -> None:
    async with Office(*KNOWN) as office:
        one, two = await devices(office, answering, answering)
        call = (await office.phone("100")).call("101")
        await call.until(events.Accepted)
        await asyncio.sleep(5)
        assert [phone.all_calls[0].ended is None for phone in (one, two)].count(True) == 1
        await office.rest(call)
        assert len(office.records) == 1


@pytest.mark.parametrize(
    ("statuses", "told", "outcome"),
    [
        ((486, 486), 486, "busy"),
        ((486, 503), 486, "busy"),
        ((404, 408), 480, "no_answer"),
        ((488, 415), 415, "refused"),
    ],
)
@in_virtual_time
async def test_the_best_refusal_goes_back(statuses: tuple[int, ...], told: int, outcome: str) -> None:
    async with Office(*KNOWN) as office:
        await devices(office, *(refusing(status) for status in statuses))
        call = (await office.phone("100")).call("101")
        await call.until_ended()
        assert call.status == told
        await office.rest()
        assert (office.last_record.status, office.last_record.outcome) == (told, outcome)


@in_virtual_time
async def test_a_6xx_speaks_for_all_devices() -> None:
    async with Office(*KNOWN) as office:
        still_ringing, _ = await devices(office, ringing, refusing(603))
        call = (await office.phone("100")).call("101")
        await call.until_ended()
        assert call.status == 603
        await still_ringing.all_calls[0].until_ended()
        await office.rest()


@in_virtual_time
async def test_nobody_answers_in_time() -> None:
    async with Office(*KNOWN) as office:
        phones = await devices(office, ringing, ringing)
        started = office.loop.time()
        call = (await office.phone("100")).call("101")
        await call.until_ended()
        assert call.status == 480
        assert 19.9 < office.loop.time() - started < 20.5
        for phone in phones:
            await phone.all_calls[0].until_ended()
        await office.rest()
        assert office.last_record.outcome == "no_answer"


@in_virtual_time
async def test_busy_on_one_device_and_nobody_at_the_other_is_busy() -> None:
    async with Office(*KNOWN) as office:
        await devices(office, ringing, refusing(486))
        call = (await office.phone("100")).call("101")
        await call.until_ended()
        assert call.status == 486
        await office.rest()


@in_virtual_time
async def test_a_device_that_is_gone_is_given_up_after_timer_b() -> None:
    async with Office(*KNOWN, settings=Settings(no_answer_s=60)) as office:
        (gone,) = await devices(office, ringing)
        await gone.stop()
        call = (await office.phone("100")).call("101")
        await call.until_ended()
        assert call.status == 480
        await office.rest()


@in_virtual_time
async def test_the_caller_gives_up_while_devices_ring() -> None:
    async with Office(*KNOWN) as office:
        phones = await devices(office, ringing, ringing)
        call = (await office.phone("100")).call("101")
        await call.until(events.Progressed)
        call.hang_up()
        for phone in phones:
            assert (await phone.all_calls[0].until_ended()).cause is events.EndCause.CANCELLED
        await office.rest()
        assert office.last_record.outcome == "cancelled"


@in_virtual_time
async def test_the_caller_gives_up_at_once() -> None:
    async with Office(*KNOWN) as office:
        await devices(office, ringing)
        caller = await office.phone("100")
        call = caller.call("101")
        call.hang_up()
        await office.rest()
        assert call.ended is not None
        assert all(row.outcome == "cancelled" for row in office.records)


@in_virtual_time
async def test_several_devices_ring_without_early_sound_and_one_alone_with_it() -> None:
    async with Office(*KNOWN) as office:
        phones = await devices(office, None, None)
        caller = await office.phone("100", rel100=False)
        call = caller.call("101")
        (await phones[0].incoming()).ring(183, early=True)
        progressed = await call.until(events.Progressed)
        assert (progressed.status, progressed.sdp) == (180, None)
        call.hang_up()
        await phones[1].register(0)
        await asyncio.sleep(1)
        call = caller.call("101")
        (await phones[0].incoming()).ring(183, early=True)
        progressed = await call.until(events.Progressed)
        assert progressed.status == 183
        assert progressed.sdp is not None
        await office.rest(call)


@in_virtual_time
async def test_relayed_devices_share_one_pair_of_ports_until_one_answers() -> None:
    async with Office(*KNOWN, settings=Settings(local_media=LocalMedia.RELAY)) as office:
        _, quick = await devices(office, ringing, None)
        call = (await office.phone("100")).call("101")
        incoming = await quick.incoming()
        assert len(office.relay.open_calls) == 1
        incoming.answer()
        await call.until(events.Accepted)
        (targets,) = office.relay.open_calls.values()
        assert [target.host for target in targets] == [call.phone.host, quick.host]
        await office.rest(call)
        assert '"packets_in": 5' in office.last_record.details


@pytest.mark.logs("All RTP ports")
@in_virtual_time
async def test_no_ports_for_the_relay() -> None:
    settings = Settings(local_media=LocalMedia.RELAY)
    async with Office(*KNOWN, settings=settings, relay=PaperRelay(capacity=0)) as office:
        await devices(office, ringing)
        call = (await office.phone("100")).call("101")
        await call.until_ended()
        assert call.status == 503
        await office.rest()


@in_virtual_time
async def test_the_called_phone_sees_who_calls() -> None:
    async with Office(*KNOWN) as office:
        (callee,) = await devices(office, ringing)
        caller = await office.phone("100")
        call = caller.call("101", display='A "quoted" name', headers=(("Subject", "Lunch"),))
        await call.until(events.Progressed)
        request = callee.all_calls[0].request
        assert request is not None
        assert (request.from_.display, request.from_.user) == ('A "quoted" name', "100")
        assert str(request.to.uri) == "sip:101@10.0.0.1"
        assert request.get("subject") == "Lunch"
        assert request.contacts[0].uri.host == "10.0.0.1"  # type: ignore[union-attr]
        await office.rest(call)


@in_virtual_time
async def test_a_caller_from_abroad_is_shown_as_it_would_be_dialled() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(incoming_to="101")
        callee = await office.phone("101", behavior=ringing)
        call = carrier.call(IncomingInvite(caller="+8613800138000"))
        await office.quiet()
        request = callee.all_calls[0].request
        assert request is not None
        assert "<sip:+8613800138000@" in (request.get("from") or "")
        assert "<sip:+8613800138000@" in (request.get("contact") or "")
        call.hang_up()
        await office.quiet()


@in_virtual_time
async def test_what_one_device_says_on_the_way_passes_once() -> None:
    async with Office(*KNOWN) as office:
        (callee,) = await devices(office, None)
        caller = await office.phone("100", rel100=False)
        call = caller.call("101")
        incoming = await callee.incoming()
        for status in (182, 183, 180, 180):
            incoming.ring(status)
            await asyncio.sleep(1)
        told = [each.status for each in call.heard if isinstance(each, events.Progressed)]
        assert told == [182, 183, 180]
        await office.rest(call)
