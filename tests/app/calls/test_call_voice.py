from __future__ import annotations

import asyncio

from app.calls.call import Call
from app.events import CallChanged, CallState
from app.services.actions import Action, RingExtension
from app.sip import events
from tests.support.music import Sounds, tone_clip
from tests.support.office import Office, in_virtual_time
from tests.support.phone import PhoneCall, answering, refusing


async def talking(office: Office) -> tuple[PhoneCall, PhoneCall]:
    callee = await office.phone("101", behavior=answering)
    call = (await office.phone("100")).call("101")
    await call.until(events.Accepted)
    await callee.all_calls[0].until(events.Confirmed)
    return call, callee.all_calls[0]


async def rest(office: Office) -> None:
    await office.quiet()
    office.assert_nothing_left()


@in_virtual_time
async def test_a_call_that_still_rings_is_not_hosted() -> None:
    async with Office() as office:
        await office.phone("101", behavior=lambda call: call.ring())
        call = (await office.phone("100")).call("101")
        await call.until(events.Progressed)
        (live,) = office.exchange.calls
        assert not await live.host()
        assert live.voices is None
        call.hang_up()
        await rest(office)


@in_virtual_time
async def test_a_caller_who_talks_with_us_alone_is_not_hosted_either() -> None:
    async with Office() as office:

        async def feature(call: Call) -> None:
            await (await call.converse()).wait(10)

        office.serve("500", feature)
        call = (await office.phone("100")).call("500")
        await call.until(events.Accepted)
        (live,) = office.exchange.calls
        assert not await live.host()
        assert live.could_converse()
        call.hang_up()
        await rest(office)


@in_virtual_time
async def test_one_asks_for_the_sound_while_another_is_put_on_hold() -> None:
    async with Office(sounds=Sounds()) as office:
        call, other = await talking(office)
        (live,) = office.exchange.calls
        call.change("sendonly")
        await asyncio.sleep(0.0051)  # the offer is there, the ports are not
        assert await live.host()
        await office.quiet()
        view = live.view()
        assert (view.media, view.state) == ("voice", CallState.HELD)
        assert office.voice.open_ports[1].playing == ("music",)
        call.change("sendrecv")
        await office.quiet()
        assert live.view().state is CallState.TALKING
        call.hang_up()
        await other.until_ended()
        await rest(office)


@in_virtual_time
async def test_ringing_stops_when_nobody_takes_the_call_and_the_next_feature_talks() -> None:
    async with Office(sounds=Sounds()) as office:
        phone = await office.phone("101", behavior=lambda call: call.ring())
        seen: list[tuple[str, ...]] = []

        async def attendant(call: Call) -> Action | None:
            talk = await call.converse()
            seen.append(office.port.playing)
            await talk.play(tone_clip(440, 1, "menu"))
            return RingExtension("101")

        office.serve("500", attendant)
        call = (await office.phone("100")).call("500")
        await call.until(events.Accepted)
        await asyncio.sleep(2)
        assert office.voice.open_ports[0].playing == ("ringback",)
        phone.all_calls[0].reject(486)
        await asyncio.sleep(0.1)
        assert "ringback" not in office.voice.all_ports[0].playing
        await call.until_ended()
        await rest(office)
        assert seen == [()]


@in_virtual_time
async def test_the_language_holds_for_the_whole_call() -> None:
    async with Office() as office:
        await office.phone("101", behavior=refusing(486))
        spoken: list[str] = []

        async def menu(call: Call) -> Action:
            talk = await call.converse()
            spoken.append(talk.language)
            talk.language = "zh"
            return RingExtension("600")

        async def other(call: Call) -> None:
            spoken.append((await call.converse()).language)

        office.serve("500", menu)
        office.serve("600", other)
        call = (await office.phone("100")).call("500")
        await call.until_ended()
        assert spoken == ["en", "zh"]
        await rest(office)


@in_virtual_time
async def test_the_window_is_told_what_is_spoken_and_with_whom() -> None:
    async with Office() as office:

        async def feature(call: Call) -> None:
            talk = await call.converse()
            call.note_connected("menu")
            await talk.wait(1)
            call.note_connected("voicemail:100")
            call.note_connected("voicemail:100")
            await talk.wait(1)

        office.serve("500", feature)
        call = (await office.phone("100")).call("500")
        await call.until_ended()
        await rest(office)
        views = [event.call for event in office.announced if isinstance(event, CallChanged)]
        talking_views = [(view.codec, view.connected) for view in views if view.state is CallState.TALKING]
        assert talking_views == [("", ""), ("PCMU", ""), ("PCMU", "menu"), ("PCMU", "voicemail:100")]
