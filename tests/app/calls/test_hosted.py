from __future__ import annotations

import asyncio

import pytest

from app.calls.call import Call
from app.calls.leg import Leg
from app.events import CallState
from app.sdp.description import parse
from app.services.actions import Action, RingExtension
from app.sip import events
from app.sip.flow import Direction as Way
from tests.support.fake_voice import FakePort
from tests.support.music import Sounds
from tests.support.office import Office, in_virtual_time
from tests.support.phone import EVENTS, OPUS, PCMA, PCMU, Phone, PhoneCall, answering, choosy

KEYS_BY_INFO = ("application/dtmf-relay", b"Signal=5\r\nDuration=200\r\n")


def through_us(office: Office, to: str = "101", *, accepts: bool = False, wants_sound: bool = True) -> None:
    """Who dials 500 is connected with another number by voice ports, accepted by us before or not."""

    async def feature(call: Call) -> Action:
        call.wants_sound = wants_sound
        if accepts:
            await call.converse()
        return RingExtension(to)

    office.serve("500", feature)


async def connected(caller: Phone, callee: Phone, to: str = "500") -> tuple[PhoneCall, PhoneCall]:
    """Call, and let the callee answer."""
    out = caller.call(to)
    incoming = await callee.incoming()
    incoming.ring()
    incoming.answer()
    await out.until(events.Accepted)
    await incoming.until(events.Confirmed)
    return out, incoming


async def finish(office: Office, call: PhoneCall, other: PhoneCall) -> None:
    call.hang_up()
    await other.until_ended()
    await office.quiet()
    office.assert_nothing_left()
    assert office.endpoint.counters.faults == 0


def ports(office: Office) -> tuple[FakePort, FakePort]:
    caller, callee = office.voice.open_ports
    assert caller.joined is callee
    return caller, callee


@pytest.mark.parametrize("accepts", [False, True])
@in_virtual_time
async def test_each_phone_talks_with_a_port_of_ours_and_the_ports_are_joined(accepts: bool) -> None:
    async with Office() as office:
        through_us(office, accepts=accepts)
        out, incoming = await connected(await office.phone("100"), await office.phone("101"))
        caller, callee = ports(office)
        assert out.remote_target == caller.address
        assert incoming.remote_target == callee.address
        (call,) = office.exchange.calls
        assert call.voices == (caller, callee)
        view = office.announced[-1].call
        assert (view.media, view.codec, view.connected, view.state) == ("voice", "PCMU", "101", "talking")
        await finish(office, out, incoming)
        assert call.voices is None
        assert office.last_record.media == "voice"
        assert '"legs"' in office.last_record.details


@in_virtual_time
async def test_an_accepted_caller_hears_ringback_and_then_the_other() -> None:
    async with Office(sounds=Sounds()) as office:
        through_us(office, accepts=True)
        caller, callee = await office.phone("100"), await office.phone("101")
        out = caller.call("500")
        incoming = await callee.incoming()
        await out.until(events.Accepted)
        incoming.ring()
        await asyncio.sleep(1)
        assert office.voice.open_ports[0].playing == ("ringback",)
        incoming.answer()
        await incoming.until(events.Confirmed)
        assert [port.playing for port in ports(office)] == [(), ()]
        await finish(office, out, incoming)


@in_virtual_time
async def test_an_accepted_caller_whose_call_nobody_takes_is_hung_up() -> None:
    async with Office(sounds=Sounds()) as office:
        through_us(office, accepts=True)
        await office.phone("101", behavior=lambda call: (call.ring(), call.reject(486)))
        out = (await office.phone("100")).call("500")
        ended = await out.until_ended()
        assert ended.cause is events.EndCause.REMOTE_BYE
        assert office.voice.all_ports[0].played[0] == "ringback"
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_early_sound_of_the_callee_is_heard() -> None:
    async with Office() as office:
        through_us(office)
        caller, callee = await office.phone("100"), await office.phone("101")
        out = caller.call("500")
        incoming = await callee.incoming()
        incoming.ring(183, early=True)
        progressed = await out.until(events.Progressed)
        assert progressed.sdp is not None
        ports(office)
        incoming.answer()
        await out.until(events.Accepted)
        assert out.remote_target == office.voice.all_ports[0].address
        await finish(office, out, incoming)


@pytest.mark.parametrize("holder", ["caller", "callee"])
@in_virtual_time
async def test_who_waits_hears_music_and_the_holding_side_nothing(holder: str) -> None:
    async with Office(sounds=Sounds()) as office:
        through_us(office)
        out, incoming = await connected(await office.phone("100"), await office.phone("101"))
        caller, callee = ports(office)
        one, waiting = (out, callee) if holder == "caller" else (incoming, caller)
        one.change("sendonly")
        await one.until(events.AnswerReceived)
        assert one.remote_direction == "recvonly"
        assert waiting.playing == ("music",)
        assert office.announced[-1].call.state is CallState.HELD
        other = incoming if one is out else out
        other.change("inactive")
        await other.until(events.AnswerReceived)
        assert [caller.playing, callee.playing] == [(), ()]
        one.change("sendrecv")
        await one.until(events.AnswerReceived, 2)
        listener = caller if holder == "caller" else callee
        assert listener.playing == ("music",)
        other.change("sendrecv")
        await other.until(events.AnswerReceived, 2)
        assert [caller.playing, callee.playing] == [(), ()]
        assert office.announced[-1].call.state is CallState.TALKING
        assert out.offers_answered == incoming.offers_answered == 0
        await finish(office, out, incoming)


@in_virtual_time
async def test_video_is_refused_and_keeps_its_place() -> None:
    async with Office() as office:
        through_us(office)
        caller, callee = await office.phone("100"), await office.phone("101", behavior=answering)
        out = caller.call("500", video=True)
        await out.until(events.Accepted)
        told = parse(out.remote_sdp or b"")
        assert [(media.kind, media.is_rejected) for media in told.media] == [
            ("audio", False),
            ("video", True),
        ]
        out.phone.run(out.session.offer, None)
        await out.until(events.OfferReceived)
        again = parse(out.remote_sdp or b"")
        assert [(media.kind, media.is_rejected) for media in again.media] == [
            ("audio", False),
            ("video", True),
        ]
        await asyncio.sleep(1)
        await finish(office, out, callee.all_calls[0])


@in_virtual_time
async def test_keys_by_info_go_on_as_the_other_takes_them_and_to_the_listener() -> None:
    async with Office() as office:
        through_us(office)
        heard: list[tuple[bool, str]] = []
        caller = await office.phone("100")
        callee = await office.phone("101", codecs=(PCMU,))
        out, incoming = await connected(caller, callee)
        (call,) = office.exchange.calls
        listener: object = lambda leg, key: heard.append((leg is call.caller, key))  # noqa: E731
        call.key_listener = listener  # type: ignore[assignment]
        at_caller, at_callee = ports(office)
        out.send("INFO", *KEYS_BY_INFO)
        await incoming.until(events.RequestInDialog)
        request = incoming.heard[-1].request
        assert (request.method, b"Signal=5" in request.body) == ("INFO", True)
        incoming.send("INFO", *KEYS_BY_INFO)
        await asyncio.sleep(1)
        assert (at_caller.digits_sent, at_callee.digits_sent) == (["5"], [])
        assert not any(isinstance(each, events.RequestInDialog) for each in out.heard)
        at_caller.press("7")
        assert heard == [(True, "5"), (False, "5"), (True, "7")]
        assert isinstance(call.caller, Leg)
        await finish(office, out, incoming)


@in_virtual_time
async def test_a_message_still_passes_to_the_other_side() -> None:
    async with Office() as office:
        through_us(office)
        out, incoming = await connected(await office.phone("100"), await office.phone("101"))
        out.send("MESSAGE", "text/plain", b"hello")
        await incoming.until(events.RequestInDialog)
        assert incoming.heard[-1].request.body == b"hello"
        await asyncio.sleep(1)
        assert caller_responses(out) == [200]
        await finish(office, out, incoming)


def caller_responses(call: PhoneCall) -> list[int]:
    return [each.status for each in call.phone.responses if each.request.method == "MESSAGE"]


@pytest.mark.parametrize("refusal", [488, 415, 606])
@in_virtual_time
async def test_phones_without_a_common_codec_are_transcoded(refusal: int) -> None:
    def fussy(call: PhoneCall) -> None:
        if len(call.phone.all_calls) == 1:
            call.reject(refusal)
        else:
            choosy(call)

    async with Office() as office:
        caller = await office.phone("100")
        callee = await office.phone("101", codecs=(OPUS,), behavior=fussy)
        out = caller.call("101")
        await out.until(events.Accepted)
        at_caller, at_callee = ports(office)
        assert (at_caller.codec.name, at_callee.codec.name) == ("pcmu", "opus")  # type: ignore[union-attr]
        assert office.announced[-1].call.codec == "PCMU/opus"
        incoming = callee.all_calls[1]
        await finish(office, out, incoming)
        assert office.last_record.codec == "PCMU/opus"


@in_virtual_time
async def test_a_phone_that_answers_without_a_common_codec_is_asked_again() -> None:
    async with Office() as office:
        caller = await office.phone("100", codecs=(PCMA,))
        callee = await office.phone("101", codecs=(OPUS, EVENTS), behavior=answering)
        out = caller.call("101")
        await out.until(events.Accepted)
        incoming = callee.all_calls[0]
        await asyncio.sleep(1)
        at_caller, at_callee = ports(office)
        assert (at_caller.codec.name, at_callee.codec.name) == ("pcma", "opus")  # type: ignore[union-attr]
        assert incoming.offers_answered == 1
        assert len(callee.all_calls) == 1
        await finish(office, out, incoming)


@in_virtual_time
async def test_a_phone_that_takes_none_of_our_codecs_either_is_refused() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        callee = await office.phone("101", behavior=lambda call: call.reject(488))
        out = caller.call("101")
        await out.until_ended()
        assert out.status == 488
        assert len(callee.all_calls) == 2
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_one_of_several_devices_needs_transcoding_and_another_answers_directly() -> None:
    from tests.support.office import extension

    known = (extension("100"), extension("101", multi_device=True, max_devices=3))
    async with Office(*known) as office:
        opus = await office.phone("101", codecs=(OPUS,), behavior=lambda c: choosy(c) if c.request else None)
        opus.behavior = lambda call: call.reject(488) if len(opus.all_calls) == 1 else call.ring()
        plain = await office.phone("101")
        out = (await office.phone("100")).call("101")
        incoming = await plain.incoming()
        await asyncio.sleep(1)
        assert len(office.voice.open_ports) == 2
        incoming.answer()
        await out.until(events.Accepted)
        assert not office.voice.open_ports
        assert office.announced[-1].call.media == "direct"
        out.change("sendonly")
        await out.until(events.AnswerReceived)
        assert incoming.remote_direction == "sendonly"
        await finish(office, out, incoming)


@in_virtual_time
async def test_offers_of_both_sides_at_once_meet_no_glare() -> None:
    async with Office(sounds=Sounds()) as office:
        through_us(office)
        out, incoming = await connected(await office.phone("100"), await office.phone("101"))
        out.change("sendonly")
        incoming.change("sendonly")
        await out.until(events.AnswerReceived)
        await incoming.until(events.AnswerReceived)
        invites = [line for line in out.phone.recorder.first_lines(Way.OUT) if line.startswith("INVITE")]
        assert len(invites) == 3  # the first was challenged
        await finish(office, out, incoming)


@pytest.mark.logs("All RTP ports")
@in_virtual_time
async def test_no_port_is_left_for_the_second_leg() -> None:
    async with Office() as office:
        office.voice.capacity = 1
        through_us(office)
        await office.phone("101", behavior=answering)
        out = (await office.phone("100")).call("500")
        await out.until_ended()
        assert out.status == 503
        await office.quiet()
        office.assert_nothing_left()
