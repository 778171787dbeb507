from __future__ import annotations

import asyncio

import pytest

from app.calls.call_out import call_out
from app.calls.conversation import Conversation, HungUp
from app.calls.invites import Destination
from app.calls.originate import RingResult
from app.services.devices import Devices
from app.sip import events
from tests.support.music import tone_clip
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import EVENTS, G729, answering, refusing, ringing


def devices(office: Office, number: str) -> tuple[Destination, ...]:
    found = office.holder.current.extension(number)
    assert found is not None

    class Nobody:
        caller_extension = ""
        caller_flow = None
        sip_call_ids: tuple[str, ...] = ()

    bindings = Devices(office.exchange.bindings)
    return tuple(bindings.of(found, Nobody()))  # type: ignore[arg-type]


async def ring(office: Office, number: str = "101", no_answer_s: float = 20) -> Conversation | RingResult:
    return await call_out(
        office.exchange.switchboard._surroundings,
        devices(office, number),
        shown_number="openmss",
        shown_name="OpenMSS",
        no_answer_s=no_answer_s,
        language="en",
    )


async def rest(office: Office) -> None:
    await office.quiet()
    office.assert_nothing_left()
    assert not office.records


@in_virtual_time
async def test_the_phone_that_answers_can_be_talked_with() -> None:
    async with Office() as office:
        phone = await office.phone("101", behavior=answering)
        talk = await ring(office)
        assert isinstance(talk, Conversation)
        assert talk.language == "en"
        request = phone.all_calls[0].request
        assert request is not None
        assert (request.from_.display, request.from_.user) == ("OpenMSS", "openmss")
        work = asyncio.ensure_future(talk.play(tone_clip(440, 3, "beep")))
        await asyncio.sleep(1)
        assert office.port.played == ["beep"]
        office.port.press("5")
        assert await work == "5"
        phone.all_calls[0].change("sendonly")
        await phone.all_calls[0].until(events.AnswerReceived)
        assert phone.all_calls[0].remote_direction == "recvonly"
        talk.hang_up()
        await phone.all_calls[0].until_ended()
        with pytest.raises(HungUp):
            await talk.key(1)
        await rest(office)


@in_virtual_time
async def test_its_caller_can_be_connected_with_another_phone() -> None:
    async with Office() as office:
        first = await office.phone("101", behavior=answering)
        second = await office.phone("102", behavior=answering)
        talk = await ring(office)
        assert isinstance(talk, Conversation)
        result = await talk.call.ring(devices(office, "102"), 20)
        assert result.is_answered
        one, other = office.voice.open_ports
        assert one.joined is other
        first.all_calls[0].hang_up()
        await second.all_calls[0].until_ended()
        await talk.call.until_end()
        await talk.call.release()
        await rest(office)


@in_virtual_time
async def test_the_first_of_several_devices_wins() -> None:
    known = (extension("100"), extension("101", multi_device=True, max_devices=3))
    async with Office(*known) as office:
        slow = await office.phone("101", behavior=ringing)
        quick = await office.phone("101")
        work = asyncio.ensure_future(ring(office))
        incoming = await quick.incoming()
        incoming.ring(183, early=True)
        incoming.answer()
        talk = await work
        assert isinstance(talk, Conversation)
        await slow.all_calls[0].until_ended()
        cancel = next(data for _, data in slow.recorder.messages if data.startswith(b"CANCEL"))
        assert b"Call completed elsewhere" in cancel
        assert office.voice.ports == 1
        incoming.hang_up()
        with pytest.raises(HungUp):
            await talk.wait(10)
        await rest(office)


@pytest.mark.parametrize(
    ("behavior", "expected"),
    [(refusing(486), RingResult(486, refusals=(486,))), (ringing, RingResult(480, timed_out=True))],
)
@in_virtual_time
async def test_nobody_takes_the_call(behavior: object, expected: RingResult) -> None:
    async with Office() as office:
        await office.phone("101", behavior=behavior)
        assert await ring(office) == expected
        await rest(office)


@in_virtual_time
async def test_a_phone_without_a_codec_of_ours_is_hung_up() -> None:
    async with Office() as office:
        phone = await office.phone("101", behavior=answering, codecs=(G729, EVENTS))
        assert await ring(office) == RingResult(488, refusals=(488,))
        await phone.all_calls[0].until_ended()
        await rest(office)


@pytest.mark.parametrize("after", [0.0, 0.011, 1.0])
@in_virtual_time
async def test_giving_up_leaves_nothing(after: float) -> None:
    async with Office() as office:
        phone = await office.phone("101", behavior=ringing)
        work = asyncio.ensure_future(ring(office))
        await asyncio.sleep(after)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await office.quiet()
        assert all(call.ended is not None for call in phone.all_calls)
        await rest(office)
