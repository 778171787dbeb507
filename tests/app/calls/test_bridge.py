from __future__ import annotations

import asyncio

import pytest

from app.events import CallState
from app.sdp.description import parse
from app.services.directory import LocalMedia, Settings
from app.sip import events
from app.sip.flow import Direction as Way
from tests.support.office import Office, in_virtual_time
from tests.support.phone import Phone, PhoneCall, answering


async def talking(office: Office, **options: object) -> tuple[PhoneCall, PhoneCall]:
    caller, callee = await office.phone("100"), await office.phone("101", behavior=answering)
    call = caller.call("101", **options)  # type: ignore[arg-type]
    await call.until(events.Accepted)
    other = callee.all_calls[0]
    await other.until(events.Confirmed)
    return call, other


async def finish(office: Office, call: PhoneCall, other: PhoneCall) -> None:
    call.hang_up()
    await other.until_ended()
    await office.quiet()
    office.assert_nothing_left()
    assert office.endpoint.counters.faults == 0


def state(office: Office) -> CallState:
    return next(iter(office.exchange.calls)).state


@pytest.mark.parametrize("mode", [LocalMedia.DIRECT, LocalMedia.RELAY])
@in_virtual_time
async def test_hold_and_resume_from_either_side(mode: LocalMedia) -> None:
    async with Office(settings=Settings(local_media=mode)) as office:
        call, other = await talking(office)
        for one, peer in ((call, other), (other, call)):
            one.change("sendonly")
            await one.until_true(lambda one=one: one.remote_direction == "recvonly")
            assert peer.remote_direction == "sendonly"
            assert state(office) is CallState.HELD
            one.change("sendrecv")
            await one.until_true(lambda one=one: one.remote_direction == "sendrecv")
            assert state(office) is CallState.TALKING
        states = [event.call.state.value for event in office.announced if hasattr(event, "call")]
        assert states == ["trying", "ringing", "talking", "held", "talking", "held", "talking"]
        await finish(office, call, other)


@in_virtual_time
async def test_our_origin_lines_keep_their_session_and_count_changes() -> None:
    async with Office() as office:
        call, other = await talking(office)
        first = parse(other.remote_sdp or b"").origin
        call.change("sendonly")
        await call.until(events.AnswerReceived)
        second = parse(other.remote_sdp or b"").origin
        assert first.session_id == second.session_id
        assert int(second.version) == int(first.version) + 1
        assert second.host == "10.0.0.1"
        await finish(office, call, other)


@pytest.mark.parametrize(("status", "told"), [(488, 488), (606, 606)])
@in_virtual_time
async def test_a_refused_change_leaves_the_call_as_it_was(status: int, told: int) -> None:
    async with Office(settings=Settings(local_media=LocalMedia.RELAY)) as office:
        call, other = await talking(office)
        other.refuse_offers = status
        call.change("inactive")
        failed = await call.until(events.OfferFailed)
        assert failed.status == told
        assert state(office) is CallState.TALKING
        (targets,) = office.relay.open_calls.values()
        assert targets[0].direction.value == "sendrecv"
        await finish(office, call, other)


@in_virtual_time
async def test_both_change_at_once() -> None:
    async with Office() as office:
        call, other = await talking(office)
        call.change("sendonly")
        other.change("sendonly")
        await office.quiet()
        assert call.ended is None
        assert other.ended is None
        assert state(office) is CallState.HELD
        await finish(office, call, other)


@pytest.mark.parametrize("mode", [LocalMedia.DIRECT, LocalMedia.RELAY])
@in_virtual_time
async def test_the_offer_may_come_from_the_called_phone(mode: LocalMedia) -> None:
    async with Office(settings=Settings(local_media=mode)) as office:
        call, other = await talking(office, offer=False)
        assert call.remote_sdp is not None
        assert other.remote_sdp is not None
        call.change("sendonly")
        await call.until(events.AnswerReceived)
        assert other.remote_direction == "sendonly"
        await finish(office, call, other)


@in_virtual_time
async def test_a_change_without_offer_is_given_one_and_its_answer_passes_on() -> None:
    async with Office() as office:
        call, other = await talking(office)
        call.phone.run(call.session.offer, None)
        await call.until(events.OfferReceived)
        await asyncio.sleep(5)
        assert state(office) is CallState.TALKING
        invites = [line for line in other.phone.recorder.first_lines(Way.IN) if line.startswith("INVITE")]
        assert len(invites) == 2
        assert call.remote_direction == "sendrecv"
        await finish(office, call, other)


@in_virtual_time
async def test_an_answer_that_is_no_sdp_ends_the_call() -> None:
    async with Office() as office:
        caller, callee = await office.phone("100"), await office.phone("101")
        call = caller.call("101")
        incoming = await callee.incoming()
        incoming.phone.run(incoming.session.accept, b"this is no session description")
        await call.until_ended()
        assert call.status == 488
        await incoming.until_ended()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_a_change_that_is_no_sdp_is_refused() -> None:
    async with Office() as office:
        call, other = await talking(office)
        call.phone.run(call.session.offer, b"v=1 nonsense")
        assert (await call.until(events.OfferFailed)).status == 488
        await finish(office, call, other)


@in_virtual_time
async def test_video_passes_directly_and_is_switched_off_in_the_relay() -> None:
    for mode, port in ((LocalMedia.DIRECT, False), (LocalMedia.RELAY, True)):
        async with Office(settings=Settings(local_media=mode)) as office:
            call, other = await talking(office, video=True)
            offered = parse(other.remote_sdp or b"")
            assert [media.kind for media in offered.media] == ["audio", "video"]
            assert offered.media[1].is_rejected is port
            assert len(parse(call.remote_sdp or b"").media) == 2
            await finish(office, call, other)


@in_virtual_time
async def test_a_reliable_answer_before_the_200_is_passed_on() -> None:
    async with Office() as office:
        caller: Phone = await office.phone("100")
        callee = await office.phone("101")
        call = caller.call("101", headers=(("Require", "100rel"),))
        incoming = await callee.incoming()
        incoming.ring(183, early=True)
        await call.until(events.Progressed)
        await asyncio.sleep(2)
        call.change("sendonly")  # by UPDATE, which the called phone cannot be given before it has answered
        assert (await call.until(events.OfferFailed)).status == 488
        incoming.answer()
        await call.until(events.Accepted)
        assert (call.remote_direction, state(office)) == ("sendrecv", CallState.TALKING)
        await finish(office, call, incoming)


@in_virtual_time
async def test_the_end_of_one_leg_is_the_end_of_the_other_with_its_reason() -> None:
    async with Office() as office:
        call, other = await talking(office)
        other.phone.run(other.session.end, headers=(("Reason", "Q.850;cause=31"),))
        ended = await call.until_ended()
        assert ended.request is not None
        assert ended.request.get("reason") == "Q.850;cause=31"
        await office.quiet()
        office.assert_nothing_left()
