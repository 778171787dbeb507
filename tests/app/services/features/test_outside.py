from __future__ import annotations

import asyncio
import dataclasses

import pytest

from app.calls.originate import RingResult
from app.events import CallChanged
from app.services.directory import LocalMedia, Settings
from app.services.features.outside import _told
from app.services.routing_tables import CalledRule, RouteKind
from app.sip import events
from app.sip.flow import Direction, Flow
from app.sip.message import Request, parse
from app.sip.uri import SipUri
from tests.support.carrier_called import CalledCall, answering, refusing, ringing
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import extension, in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, outcome, to_trunk, trunk_to

PEER = CarrierQuirks(challenges=False)
TO_GROUP = CalledRule(id="g", called_prefix="8", route_kind=RouteKind.LINE_GROUP, route_target="1")


@pytest.mark.parametrize(
    ("refusals", "status"),
    [((404,), 404), ((486,), 486), ((401,), 503), ((407,), 503), ((302,), 503), ((408,), 503), ((481,), 503)],
)
def test_what_the_caller_hears(refusals: tuple[int, ...], status: int) -> None:
    assert _told(RingResult(480, refusals=refusals)).status == status


@in_virtual_time
async def test_a_call_leaves_by_the_socket_that_registered_and_is_recorded_with_its_way() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(behavior=answering)
        phone = await office.phone("101")
        call = phone.call("910086")
        assert await outcome(call) == 200
        far = carrier.calls[0]
        assert isinstance(far, CalledCall)
        assert far.number == "10086"
        register, request = carrier.log.requests("REGISTER")[-1], far.invite
        assert request.via.host == register.via.host
        assert request.via.port == register.via.port
        assert request.get("route") == "<sip:10.0.9.1:5060;lr>"
        assert request.uri_text == "sip:10086@carrier.example;user=phone"
        assert request.from_.uri.host == "carrier.example"  # type: ignore[union-attr]
        assert request.get("contact") == "<sip:87654321@10.0.0.1:5060>"
        call.hang_up()
        await office.quiet()
        office.assert_nothing_but_lines_left()
        record = office.last_record
        assert (record.outcome, record.connected) == ("answered", "10086")
        assert '"ways": ["line carrier"]' in record.details


@pytest.mark.logs("first: failed")
@in_virtual_time
async def test_a_line_that_is_not_registered_is_passed_over() -> None:
    async with OutsideOffice() as office:
        bad = await office.carrier(quirks=CarrierQuirks(refuses_register=404))
        good = await office.carrier(behavior=answering)
        office.set_lines(
            line_to(bad, "first", outgoing_group="1"), line_to(good, "second", outgoing_group="1")
        )
        office.route(TO_GROUP)
        await good.until_registered()
        phone = await office.phone("101")
        call = phone.call("81")
        assert await outcome(call) == 200
        assert not bad.log.requests("INVITE")
        call.hang_up()
        await office.quiet()


@pytest.mark.logs("first: failed")
@in_virtual_time
async def test_no_line_at_all_is_said_at_once() -> None:
    async with OutsideOffice() as office:
        bad = await office.carrier(quirks=CarrierQuirks(refuses_register=404))
        office.set_lines(line_to(bad, "first"))
        await asyncio.sleep(1)
        phone = await office.phone("101")
        before = office.loop.time()
        assert await outcome(phone.call("91")) == 503
        assert office.loop.time() - before < 1
        await office.quiet()
        office.assert_nothing_but_lines_left()


@pytest.mark.logs("first: failed")
@in_virtual_time
async def test_an_emergency_call_is_tried_on_a_line_that_failed() -> None:
    async with OutsideOffice() as office:
        bad = await office.carrier(quirks=CarrierQuirks(refuses_register=404), behavior=answering)
        office.set_lines(line_to(bad, "first", max_calls=0))
        await asyncio.sleep(1)
        phone = await office.phone("101")
        call = phone.call("110")
        assert await outcome(call) == 200
        call.hang_up()
        await office.quiet()


@in_virtual_time
async def test_a_busy_person_is_not_called_again_by_another_line() -> None:
    async with OutsideOffice() as office:
        one = await office.carrier(behavior=refusing(486))
        two = await office.carrier(behavior=answering)
        office.set_lines(
            line_to(one, "first", outgoing_group="1"), line_to(two, "second", outgoing_group="1")
        )
        office.route(TO_GROUP)
        await asyncio.sleep(1)
        phone = await office.phone("101")
        assert await outcome(phone.call("81")) == 486
        assert not two.log.requests("INVITE")
        await office.quiet()
        assert office.last_record.outcome == "busy"


@in_virtual_time
async def test_who_hangs_up_while_it_rings_cancels_and_nothing_else_is_tried() -> None:
    async with OutsideOffice() as office:
        one = await office.carrier(quirks=PEER, behavior=ringing)
        two = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(one, "one", next_trunk="two"), trunk_to(two, "two"))
        office.route(to_trunk("8", "one"))
        phone = await office.phone("101")
        call = phone.call("81")
        await call.until(events.Progressed)
        assert office.trunk("one").calls_out == 1
        call.hang_up()
        await office.quiet()
        assert one.calls[0].ended == "cancelled"
        assert not two.calls
        assert office.trunk("one").calls_out == 0
        office.assert_nothing_left()
        assert office.last_record.outcome == "cancelled"


@in_virtual_time
async def test_stopping_in_the_middle_of_everything_lets_go_of_all() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(behavior=ringing)
        phone = await office.phone("101")
        call = phone.call("91")
        await call.until(events.Progressed)
        await office.exchange.stop()
        await call.until_ended()
        assert carrier.calls[0].ended == "cancelled"
        await asyncio.sleep(100)
        assert office.exchange.gateway.limits.is_idle


@in_virtual_time
async def test_a_service_route_and_an_associated_identity_are_used() -> None:
    async with OutsideOffice() as office:
        quirks = CarrierQuirks(
            service_route=("<sip:orig@10.0.9.1:5060;lr>", "<sip:scscf.example;lr>"),
            demands_service_route=True,
            associated_uris=("sip:+8610555@ims.example", "tel:+8610555"),
            caller_ids=frozenset({"+8610555"}),
        )
        carrier = await office.with_line(quirks, behavior=answering)
        phone = await office.phone("101")
        call = phone.call("91")
        assert await outcome(call) == 200
        far = carrier.calls[0]
        assert isinstance(far, CalledCall)
        assert far.invite.get_all("route") == ["<sip:orig@10.0.9.1:5060;lr>", "<sip:scscf.example;lr>"]
        assert far.caller == "+8610555"
        call.hang_up()
        await office.quiet()


@in_virtual_time
async def test_codecs_of_a_line_and_no_pictures() -> None:
    async with OutsideOffice(settings=Settings(local_media=LocalMedia.DIRECT)) as office:
        carrier = await office.with_line(
            CarrierQuirks(refuses_video=484), behavior=answering, codecs=("PCMU",)
        )
        phone = await office.phone("101")
        call = phone.call("91", video=True)
        assert await outcome(call) == 200
        far = carrier.calls[0]
        assert isinstance(far, CalledCall)
        body = far.invite.body.decode()
        assert "m=video" not in body
        assert "m=audio 40060 RTP/AVP 0 101" in body
        assert call.remote_sdp is not None
        assert b"m=video 0 " in call.remote_sdp
        call.hang_up()
        await office.quiet()


@in_virtual_time
async def test_a_caller_from_outside_who_has_an_extensions_number_is_not_that_extension() -> None:
    async with OutsideOffice(extension("100"), extension("101")) as office:
        carrier = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(carrier))
        office.route(to_trunk("8"))
        phone = await office.phone("100")
        call = phone.call("8101")
        assert await outcome(call) == 200
        await asyncio.sleep(1)
        states = office.exchange.presence.states(["100", "101"])
        assert (states["100"].value, states["101"].value) == ("talking", "off")
        call.hang_up()
        await office.quiet()


@in_virtual_time
async def test_early_sound_of_one_way_forbids_another() -> None:
    def announces_and_fails(call: CalledCall) -> None:
        call.ring(183, early=True)
        asyncio.get_running_loop().call_later(3, call.reject, 503)

    async with OutsideOffice() as office:
        one = await office.carrier(quirks=PEER, behavior=announces_and_fails)
        two = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(one, "one", next_trunk="two"), trunk_to(two, "two"))
        office.route(to_trunk("8", "one"))
        phone = await office.phone("101")
        assert await outcome(phone.call("81")) == 503
        assert not two.calls
        await office.quiet()


@in_virtual_time
async def test_the_state_of_a_call_outside_is_announced_like_any() -> None:
    async with OutsideOffice() as office:
        await office.with_line(behavior=answering)
        phone = await office.phone("101")
        call = phone.call("91")
        assert await outcome(call) == 200
        call.hang_up()
        await office.quiet()
        views = [event.call for event in office.announced if isinstance(event, CallChanged)]
        assert [view.state.value for view in views] == ["trying", "ringing", "talking", "ended"]
        assert views[-1].media == "relay"


@in_virtual_time
async def test_the_timer_option_is_left_out_where_the_line_says_so() -> None:
    async with OutsideOffice() as office:
        quirks = CarrierQuirks(refuses_extension="timer")
        await office.with_line(quirks, behavior=answering, session_timer=False)
        phone = await office.phone("101")
        call = phone.call("91")
        assert await outcome(call) == 200
        out = [parse(data) for way, data in office.recorder.messages if way is Direction.OUT]
        invites = [each for each in out if isinstance(each, Request) and each.method == "INVITE"]
        assert invites
        assert all(each.get("session-expires") is None for each in invites)
        call.hang_up()
        await office.quiet()


@pytest.mark.logs("one: unreachable")
@in_virtual_time
async def test_a_trunk_known_to_be_dead_is_tried_last() -> None:
    async with OutsideOffice() as office:
        one = await office.carrier(quirks=dataclasses.replace(PEER, is_silent=True))
        two = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(one, "one", next_trunk="two", options_ping=True), trunk_to(two, "two"))
        office.route(to_trunk("8", "one"))
        await asyncio.sleep(40)
        phone = await office.phone("101")
        call = phone.call("81")
        before = office.loop.time()
        assert await outcome(call) == 200
        assert office.loop.time() - before < 1
        assert not one.log.requests("INVITE")
        call.hang_up()
        await office.quiet()


@pytest.mark.logs("trunk: unreachable")
@in_virtual_time
async def test_who_hangs_up_while_a_name_is_looked_up_leaves_nothing_behind() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER)
        office.set_trunks(trunk_to(carrier))
        office.route(to_trunk("8"))
        phone = await office.phone("101")

        async def slow(uri: SipUri, outlet: str = "") -> tuple[Flow, ...]:
            await asyncio.sleep(5)
            return ()

        office.endpoint.flows = slow  # type: ignore[method-assign]
        call = phone.call("81")
        await asyncio.sleep(1)
        assert office.trunk("trunk").calls_out == 1
        call.hang_up()
        await office.quiet()
        assert office.trunk("trunk").calls_out == 0
        assert not carrier.calls
        assert office.last_record.outcome == "cancelled"


@pytest.mark.logs("did not end in time")
@in_virtual_time
async def test_stopping_while_a_name_is_looked_up_gives_the_place_back() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER)
        office.set_trunks(trunk_to(carrier))
        office.route(to_trunk("8"))
        phone = await office.phone("101")

        async def never(uri: SipUri, outlet: str = "") -> tuple[Flow, ...]:
            await asyncio.sleep(1000)
            return ()

        office.endpoint.flows = never  # type: ignore[method-assign]
        call = phone.call("81")
        await asyncio.sleep(1)
        await office.exchange.stop()
        await call.until_ended()
        assert office.exchange.gateway.limits.is_idle


@in_virtual_time
async def test_a_phone_with_pictures_keeps_its_media_lines_when_the_carrier_changes_the_call() -> None:
    async with OutsideOffice(settings=Settings(local_media=LocalMedia.DIRECT)) as office:
        carrier = await office.with_line(CarrierQuirks(refuses_video=484), behavior=answering)
        phone = await office.phone("101")
        call = phone.call("91", video=True)
        assert await outcome(call) == 200
        far = carrier.calls[0]
        answer = await far.change(far.offer_text("sendonly"))
        assert answer.status == 200
        assert answer.body.count(b"m=") == 1  # as many as the carrier offered
        assert call.remote_sdp is not None
        lines = [line for line in call.remote_sdp.split(b"\r\n") if line.startswith(b"m=")]
        assert len(lines) == 2  # as many as the phone knows (RFC 3264 8)
        assert lines[1].startswith(b"m=video 0 ")
        assert call.remote_direction == "sendonly"
        call.change("sendrecv")
        await call.until(events.AnswerReceived)
        await office.quiet()
        assert not call.ended
        assert not far.ended
        call.hang_up()
        assert await far.until_ended() == "bye"
        await office.quiet()
        office.assert_nothing_but_lines_left()
