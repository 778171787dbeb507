from __future__ import annotations

import asyncio

import pytest

from app.calls.call import Call
from app.calls.media import MediaPath
from app.calls.voice import VoicePath
from app.events import CallState
from app.sdp.description import parse
from app.services.directory import LocalMedia, Settings
from app.sip import events
from tests.support.fake_voice import FakePort
from tests.support.music import Sounds
from tests.support.office import Office, in_virtual_time
from tests.support.phone import G729, PhoneCall, answering

MODES = pytest.mark.parametrize("mode", [LocalMedia.DIRECT, LocalMedia.RELAY])


def office_with_music(mode: LocalMedia = LocalMedia.DIRECT) -> Office:
    return Office(settings=Settings(local_media=mode), sounds=Sounds())


async def talking(office: Office, **options: object) -> tuple[PhoneCall, PhoneCall]:
    caller = await office.phone("100", **options)  # type: ignore[arg-type]
    callee = await office.phone("101", behavior=answering, **options)  # type: ignore[arg-type]
    call = caller.call("101")
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


def only(office: Office) -> Call:
    (call,) = office.exchange.calls
    return call


def ports(office: Office) -> tuple[FakePort, FakePort]:
    caller, callee = office.voice.open_ports
    assert caller.joined is callee
    return caller, callee


def media(office: Office) -> tuple[str, CallState]:
    view = only(office).view()
    return view.media, view.state


@MODES
@pytest.mark.parametrize("holder", ["caller", "callee"])
@in_virtual_time
async def test_who_is_put_on_hold_hears_music_and_then_both_talk_as_before(
    mode: LocalMedia, holder: str
) -> None:
    async with office_with_music(mode) as office:
        out, incoming = await talking(office)
        places = (out.remote_target, incoming.remote_target)
        one, other = (out, incoming) if holder == "caller" else (incoming, out)
        one.change("sendonly")
        await one.until(events.AnswerReceived)
        assert media(office) == ("voice", CallState.HELD)
        caller, callee = ports(office)
        assert (out.remote_target, incoming.remote_target) == (caller.address, callee.address)
        assert one.remote_direction == "recvonly"
        assert other.remote_direction == "sendrecv"
        waiting = callee if holder == "caller" else caller
        assert waiting.playing == ("music",)
        one.change("sendrecv")
        await one.until(events.AnswerReceived, 2)
        assert (out.remote_target, incoming.remote_target) == places
        assert media(office) == (mode.value, CallState.TALKING)
        assert not office.voice.open_ports
        assert other.offers_answered == 2
        one.change("sendonly")  # and once more
        await one.until(events.AnswerReceived, 3)
        assert media(office) == ("voice", CallState.HELD)
        await finish(office, out, incoming)


@pytest.mark.parametrize("holder", ["caller", "callee"])
@in_virtual_time
async def test_a_hold_right_after_the_answer_has_its_music(
    monkeypatch: pytest.MonkeyPatch, holder: str
) -> None:
    close_paths = Call.close_paths

    async def slowly(call: Call, keep: MediaPath | VoicePath | None = None) -> None:
        await asyncio.sleep(1)
        await close_paths(call, keep)

    monkeypatch.setattr(Call, "close_paths", slowly)
    async with office_with_music() as office:
        call, other = await talking(office)
        who, waiting = (call, other) if holder == "caller" else (other, call)
        who.change("sendonly")
        await who.until(events.AnswerReceived)
        assert media(office) == ("voice", CallState.HELD)
        assert ports(office)[holder == "caller"].playing == ("music",)
        assert waiting.remote_direction == "sendrecv"
        await finish(office, call, other)


@in_virtual_time
async def test_both_hold_and_the_one_who_resumes_first_hears_music() -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        incoming.change("sendonly")
        await incoming.until(events.AnswerReceived)
        caller, callee = ports(office)
        assert [caller.playing, callee.playing] == [(), ()]
        out.change("sendrecv")
        await out.until(events.AnswerReceived, 2)
        assert caller.playing == ("music",)
        assert media(office) == ("voice", CallState.HELD)
        incoming.change("sendrecv")
        await incoming.until(events.AnswerReceived, 2)
        assert media(office) == ("direct", CallState.TALKING)
        assert not office.voice.open_ports
        await finish(office, out, incoming)


@in_virtual_time
async def test_both_hold_at_once() -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        out.change("sendonly")
        incoming.change("sendonly")
        await office.quiet()
        assert media(office) == ("voice", CallState.HELD)
        assert [port.playing for port in ports(office)] == [(), ()]
        await finish(office, out, incoming)


@in_virtual_time
async def test_a_phone_that_does_not_follow_is_held_as_without_music() -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        incoming.refuse_offers = 488
        out.change("sendonly")
        failed = await out.until(events.OfferFailed)
        assert failed.status == 488
        assert media(office) == ("direct", CallState.TALKING)
        assert not office.voice.open_ports
        incoming.refuse_offers = 0
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        assert media(office) == ("voice", CallState.HELD)
        await finish(office, out, incoming)


@in_virtual_time
async def test_phones_with_codecs_of_their_own_hold_as_without_music() -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office, codecs=(G729,))
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        assert incoming.remote_direction == "sendonly"
        assert media(office) == ("direct", CallState.HELD)
        await finish(office, out, incoming)


@pytest.mark.logs("no music on hold")
@in_virtual_time
async def test_without_a_free_port_there_is_no_music() -> None:
    async with office_with_music() as office:
        office.voice.capacity = 1
        out, incoming = await talking(office)
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        assert incoming.remote_direction == "sendonly"
        assert not office.voice.open_ports
        await finish(office, out, incoming)


@in_virtual_time
async def test_video_goes_while_one_holds_and_comes_back() -> None:
    async with office_with_music() as office:
        caller, callee = await office.phone("100"), await office.phone("101")
        out = caller.call("101", video=True)
        incoming = await callee.incoming()
        incoming.has_video = True
        incoming.answer()
        await out.until(events.Accepted)
        await incoming.until(events.Confirmed)
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        for call in (out, incoming):
            assert [each.is_rejected for each in parse(call.remote_sdp or b"").media] == [False, True]
        out.change("sendrecv")
        await out.until(events.AnswerReceived, 2)
        for call in (out, incoming):
            assert [each.is_rejected for each in parse(call.remote_sdp or b"").media] == [False, False]
        await finish(office, out, incoming)


@pytest.mark.parametrize("who", ["holder", "waiting"])
@in_virtual_time
async def test_hanging_up_on_hold_leaves_nothing(who: str) -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        one, other = (out, incoming) if who == "holder" else (incoming, out)
        await finish(office, one, other)


@pytest.mark.parametrize("after", [0.0, 0.006, 0.011, 0.016, 0.021, 0.026])
@pytest.mark.parametrize("who", ["holder", "waiting"])
@in_virtual_time
async def test_hanging_up_while_the_music_begins_leaves_nothing(after: float, who: str) -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        out.change("sendonly")
        await asyncio.sleep(after)
        one, other = (out, incoming) if who == "holder" else (incoming, out)
        await finish(office, one, other)


@MODES
@in_virtual_time
async def test_a_call_is_brought_onto_ports_and_stays_there(mode: LocalMedia) -> None:
    async with office_with_music(mode) as office:
        out, incoming = await talking(office)
        assert await only(office).host()
        caller, callee = ports(office)
        assert (out.remote_target, incoming.remote_target) == (caller.address, callee.address)
        assert only(office).voices == (caller, callee)
        assert media(office) == ("voice", CallState.TALKING)
        assert not office.relay.open_calls
        assert await only(office).host()
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        assert callee.playing == ("music",)
        out.change("sendrecv")
        await out.until(events.AnswerReceived, 2)
        assert media(office) == ("voice", CallState.TALKING)
        await finish(office, out, incoming)
        assert office.last_record.media == "voice"


@MODES
@pytest.mark.parametrize("refuses", ["caller", "callee"])
@in_virtual_time
async def test_where_one_phone_refuses_all_is_as_it_was(mode: LocalMedia, refuses: str) -> None:
    async with office_with_music(mode) as office:
        out, incoming = await talking(office)
        places = (out.remote_target, incoming.remote_target)
        (out if refuses == "caller" else incoming).refuse_offers = 488
        assert not await only(office).host()
        await asyncio.sleep(5)
        assert (out.remote_target, incoming.remote_target) == places
        assert media(office) == (mode.value, CallState.TALKING)
        assert not office.voice.open_ports
        out.refuse_offers = incoming.refuse_offers = 0
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        assert media(office) == ("voice", CallState.HELD)
        await finish(office, out, incoming)


@in_virtual_time
async def test_recording_a_held_call_keeps_it_on_its_ports() -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        assert await only(office).host()
        out.change("sendrecv")
        await out.until(events.AnswerReceived, 2)
        assert media(office) == ("voice", CallState.TALKING)
        assert [port.playing for port in ports(office)] == [(), ()]
        await finish(office, out, incoming)


@pytest.mark.parametrize("after", [0.0, 0.006, 0.011, 0.016, 0.021])
@in_virtual_time
async def test_a_phone_holds_while_the_call_is_brought_onto_ports(after: float) -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        work = asyncio.ensure_future(only(office).host())
        await asyncio.sleep(after)
        out.change("sendonly")
        incoming.change("sendonly")
        await office.quiet()
        assert work.done()
        assert media(office)[1] is CallState.HELD
        await finish(office, out, incoming)


@in_virtual_time
async def test_a_call_that_ends_meanwhile_is_not_hosted() -> None:
    async with office_with_music() as office:
        out, incoming = await talking(office)
        call = only(office)
        work = asyncio.ensure_future(call.host())
        await asyncio.sleep(0.006)
        await finish(office, out, incoming)
        assert await work is False
        assert not await call.host()
