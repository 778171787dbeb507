from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.calls.call import Call
from app.calls.placing import Attempt, has_no_common_codec
from app.sdp.codec import Codec
from app.sdp.description import parse
from app.services.actions import Action, RingExtension
from app.services.directory import LocalMedia, Settings
from app.sip import events
from tests.support.office import Office, in_virtual_time
from tests.support.phone import EVENTS, G729, OPUS, PCMA, PCMU, answering, describe


def attempt(*codecs: Codec) -> Attempt:
    sent = parse(describe("10.0.0.1", 4000, codecs=codecs))
    leg = SimpleNamespace(origin=SimpleNamespace(sent=sent))
    return Attempt(leg, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "told", "expected"),
    [
        ((PCMU, EVENTS), (PCMU,), False),
        ((PCMU, EVENTS), (PCMA, EVENTS), True),
        ((PCMU, PCMA), (OPUS, PCMA), False),
        ((EVENTS,), (PCMU,), False),  # nothing was asked for that could be missing
    ],
)
def test_an_answer_without_a_codec_of_the_offer(
    asked: tuple[Codec, ...], told: tuple[Codec, ...], expected: bool
) -> None:
    answer = parse(describe("10.0.0.2", 5000, codecs=told))
    assert has_no_common_codec(attempt(*asked), answer) is expected


def test_an_answer_that_switches_the_sound_off() -> None:
    assert has_no_common_codec(attempt(PCMU), parse(describe("10.0.0.2", 0)))


def recorded(office: Office) -> None:
    """Somebody wants to hear the calls to 500, which are for 101."""

    async def feature(call: Call) -> Action:
        call.wants_sound = True
        return RingExtension("101")

    office.serve("500", feature)


@in_virtual_time
async def test_phones_with_codecs_of_their_own_talk_all_the_same_where_somebody_wants_to_hear() -> None:
    async with Office() as office:
        recorded(office)
        await office.phone("101", behavior=answering, codecs=(G729, EVENTS))
        call = (await office.phone("100", codecs=(G729, EVENTS))).call("500")
        await call.until(events.Accepted)
        assert office.announced[-1].call.media == "direct"
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


@pytest.mark.parametrize("offer", [True, False])
@in_virtual_time
async def test_where_somebody_wants_to_hear_no_relay_is_opened(offer: bool) -> None:
    async with Office(settings=Settings(local_media=LocalMedia.RELAY)) as office:
        recorded(office)
        callee = await office.phone("101", behavior=answering)
        call = (await office.phone("100")).call("500", offer=offer)
        await call.until(events.Accepted)
        await callee.all_calls[0].until(events.Confirmed)
        assert not office.relay.open_calls
        one, other = office.voice.open_ports
        assert one.joined is other
        assert one.target is not None or not offer
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_what_the_caller_speaks_stands_first_in_our_offer() -> None:
    async with Office() as office:
        recorded(office)
        callee = await office.phone("101", behavior=answering, codecs=(OPUS, PCMA, PCMU))
        call = (await office.phone("100", codecs=(PCMA, EVENTS))).call("500")
        await call.until(events.Accepted)
        offered = parse(callee.all_calls[0].request.body)  # type: ignore[union-attr]
        assert offered.media[0].formats[0] == "8"
        assert office.announced[-1].call.codec in ("PCMA", "PCMA/opus")
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()
