"""Calls over a line to carriers with demands of their own. In virtual time."""

from __future__ import annotations

import asyncio
from ipaddress import ip_network
from types import MappingProxyType
from typing import Any

import pytest

from app.services.directory import Settings
from app.services.outside import CallerIdForm, DidSource, NumberForm, Rel100
from app.services.routing_tables import DidRoute, did_routes
from app.sip import events
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import answering, refusing
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks, DidPlace, Prack, UserPhone
from tests.support.office import SERVER, extension, in_virtual_time
from tests.support.outside_office import ACCOUNT, OutsideOffice, line_to, outcome
from tests.support.phone import answering as phone_answers
from tests.support.phone import refusing as phone_refuses
from tests.support.phone import ringing as phone_rings

DIALLED = "910086"  # with the out-group prefix


@pytest.mark.parametrize(
    ("quirks", "changes"),
    [
        (CarrierQuirks(user_phone=UserPhone.REFUSED), {"user_phone": False}),
        (CarrierQuirks(user_phone=UserPhone.DEMANDED), {"user_phone": True}),
        (CarrierQuirks(user_phone=UserPhone.DEMANDED, user_phone_status=484), {}),
        (CarrierQuirks(nonce_uses=1, says_stale=False), {}),
        (CarrierQuirks(algorithms=("SHA-256",)), {}),
        (CarrierQuirks(challenges_invites=False), {}),
        (CarrierQuirks(invites_challenged_with=401), {}),
        (CarrierQuirks(qop=""), {}),
        (CarrierQuirks(qop="auth-int,auth"), {}),
        (CarrierQuirks(qop="auth-int"), {}),
        (CarrierQuirks(compact_headers=True), {}),
        (CarrierQuirks(compact_headers=True, prack=Prack.REQUIRED, session_expires=90), {}),
        (CarrierQuirks(record_route=True, contact_host="192.0.2.55:5070"), {}),
        (CarrierQuirks(record_route=True, contact_host="gw.carrier.example", prack=Prack.REQUIRED), {}),
        (CarrierQuirks(caller_ids=frozenset({"87654321"})), {}),
        (
            CarrierQuirks(caller_ids=frozenset({"02112345"})),
            {"from_user": "02112345"},
        ),
        (
            CarrierQuirks(caller_ids=frozenset({"87654321"}), caller_id_in="pai"),
            {"caller_id_form": CallerIdForm.PAI},
        ),
        (
            CarrierQuirks(caller_ids=frozenset({"87654321"}), caller_id_in="ppi"),
            {"caller_id_form": CallerIdForm.PPI},
        ),
        (
            CarrierQuirks(caller_ids=frozenset({"87654321"}), caller_id_in="rpid"),
            {"caller_id_form": CallerIdForm.RPID},
        ),
        (CarrierQuirks(refuses_extension="100rel"), {"rel100": Rel100.OFF}),
        (CarrierQuirks(prack=Prack.REQUIRED), {"rel100": Rel100.SUPPORTED}),
        (CarrierQuirks(prack=Prack.REQUIRED), {"rel100": Rel100.REQUIRED}),
        (CarrierQuirks(prack=Prack.ANSWERED_405), {}),
        (CarrierQuirks(session_expires=600), {}),
        (CarrierQuirks(session_expires=3600, min_se=3600), {}),
        (CarrierQuirks(service_route=("<sip:orig@scscf.example;lr>",), demands_service_route=True), {}),
        (
            CarrierQuirks(
                associated_uris=("sip:+8687654321@carrier.example",), caller_ids=frozenset({"+8687654321"})
            ),
            {},
        ),
        (CarrierQuirks(codecs=(9,)), {}),  # transcoded
        (CarrierQuirks(early_media=True), {}),
        (CarrierQuirks(early_media=True, prack=Prack.REQUIRED), {}),
        (
            CarrierQuirks(service_route=("<sip:orig@10.0.9.1:5060;lr>",), demands_service_route=True),
            {},
        ),
    ],
    ids=lambda value: "",
)
@in_virtual_time
async def test_a_line_set_right_calls_out(quirks: CarrierQuirks, changes: dict[str, Any]) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(quirks, behavior=answering, **changes)
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        assert await outcome(call) == 200
        await asyncio.sleep(40)
        assert not call.ended  # and stays up
        assert carrier.garbage == []
        call.hang_up()
        assert await carrier.calls[0].until_ended() == "bye"
        await office.quiet()
        office.assert_nothing_but_lines_left()


@pytest.mark.parametrize(
    ("quirks", "changes", "status"),
    [
        (CarrierQuirks(user_phone=UserPhone.REFUSED), {"user_phone": True}, 416),
        (CarrierQuirks(user_phone=UserPhone.REFUSED, user_phone_status=400), {"user_phone": True}, 400),
        (CarrierQuirks(user_phone=UserPhone.DEMANDED), {"user_phone": False}, 403),
        (CarrierQuirks(user_phone=UserPhone.DEMANDED, user_phone_status=484), {"user_phone": False}, 484),
        (CarrierQuirks(caller_ids=frozenset({"02112345"})), {}, 403),
        (CarrierQuirks(prack=Prack.REQUIRED), {"rel100": Rel100.OFF}, 421),
        (CarrierQuirks(refuses_extension="timer"), {"session_timer": True}, 420),
        (CarrierQuirks(refuses_credentials_of_invites=True), {}, 407),
        (CarrierQuirks(codecs=(18,)), {}, 488),  # none that we could transcode
        (CarrierQuirks(demands_srtp=True), {}, 488),
        (CarrierQuirks(channels=0, channels_status=503), {}, 503),
        (CarrierQuirks(channels=0), {}, 486),
        (CarrierQuirks(number_pattern=r"\+\d+"), {}, 404),
    ],
    ids=lambda value: "",
)
@in_virtual_time
async def test_a_refused_call_fails_for_the_caller_and_leaves_nothing(
    quirks: CarrierQuirks, changes: dict[str, Any], status: int
) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(quirks, behavior=answering, **changes)
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        assert await outcome(call) >= 400
        assert carrier.log.statuses("INVITE")[-1] == status
        await office.quiet()
        assert office.last_record.status >= 400
        office.assert_nothing_but_lines_left()


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        (NumberForm.PLUS_E164, r"\+8613800138000"),
        (NumberForm.E164, "8613800138000"),
        (NumberForm.DOUBLE_ZERO, "008613800138000"),
        (NumberForm.NATIONAL, "13800138000"),
    ],
)
@in_virtual_time
async def test_numbers_are_written_as_the_carrier_wants_them(form: NumberForm, pattern: str) -> None:
    settings = Settings(no_answer_s=20, default_country_code="86")
    async with OutsideOffice(settings=settings) as office:
        await office.with_line(CarrierQuirks(number_pattern=pattern), behavior=answering, number_form=form)
        phone = await office.phone("101")
        call = phone.call("913800138000")
        assert await outcome(call) == 200
        call.hang_up()


@in_virtual_time
async def test_busy_is_told_as_busy() -> None:
    async with OutsideOffice() as office:
        await office.with_line(behavior=refusing(486))
        phone = await office.phone("101")
        assert await outcome(phone.call(DIALLED)) == 486


@in_virtual_time
async def test_prack_and_its_405() -> None:
    for prack, status in ((Prack.REQUIRED, 200), (Prack.ANSWERED_405, 405)):
        async with OutsideOffice() as office:
            carrier = await office.with_line(CarrierQuirks(prack=prack))
            phone = await office.phone("101")
            call = phone.call(DIALLED)
            far = await carrier.incoming()
            far.ring()
            await call.until(events.Progressed)
            await far.until(lambda far=far: far.pracks, "PRACK")
            assert far.pracks == [status]
            far.answer()
            await far.until_answered()
            assert await outcome(call) == 200
            call.hang_up()
            await far.until_ended()


@pytest.mark.parametrize("place", list(DidPlace))
@in_virtual_time
async def test_the_dialled_number_is_found_where_the_carrier_puts_it(place: DidPlace) -> None:
    async with OutsideOffice(extension("100"), extension("101")) as office:
        await office.phone("100", behavior=phone_refuses(486))
        wanted = await office.phone("101", behavior=phone_answers)
        carrier = await office.with_line(
            CarrierQuirks(did_in=place), did_source=DidSource(place.value), incoming_to="100"
        )
        routing = office.holder.current.routing
        routes = did_routes(DidRoute(number="5551234", destination="101"))
        office.configure(routing=routing.replaced(did_routes=routes))
        call = carrier.call(IncomingInvite(number="5551234"))
        await call.until_answered()
        assert len(wanted.all_calls) == 1
        call.hang_up()
        await wanted.all_calls[0].until_ended()
        other = carrier.call(IncomingInvite(number="5559999"))  # no route: where the line leads
        assert await other.until_ended() == "refused"
        assert other.status == 486


@pytest.mark.parametrize("prack", [Prack.NONE, Prack.REQUIRED, Prack.ANSWERED_405])
@in_virtual_time
async def test_calls_come_in(prack: Prack) -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=phone_rings)
        carrier = await office.with_line(CarrierQuirks(prack=prack))
        call = carrier.call(IncomingInvite(caller="13800138000", name="Zhang"))
        await call.until_ringing()
        (incoming,) = phone.all_calls
        assert incoming.request is not None
        assert incoming.request.from_.user == "13800138000"
        assert incoming.request.from_.display == "Zhang"
        if prack is Prack.REQUIRED:
            await call.until(lambda: carrier.log.statuses("PRACK", heard=True) == [200], "PRACK's answer")
        incoming.answer()
        await call.until_answered()
        call.hang_up()
        await incoming.until_ended()
        assert office.line("carrier").calls_in == 0


@in_virtual_time
async def test_calls_from_another_address_need_it_in_the_record() -> None:
    async with OutsideOffice() as office:
        await office.phone("100", behavior=phone_answers)
        carrier = await office.with_line(CarrierQuirks(calls_from_elsewhere=True))
        stranger = carrier.call()
        await stranger.until(lambda: stranger.ended or stranger.is_answered, "an outcome")
        assert not stranger.is_answered
        office.set_lines(line_to(carrier, match_addresses=(ip_network("10.0.8.0/24"),)))
        call = carrier.call()
        await call.until_answered()
        call.hang_up()


@in_virtual_time
async def test_unknown_addresses_get_no_service_and_no_information() -> None:
    async with OutsideOffice() as office:
        await office.phone("100", behavior=phone_answers)
        stranger = await office.carrier(quirks=CarrierQuirks(challenges=False))
        replies = []
        for number in ("100", "101", "999", "10086", "910086"):
            call = stranger.call(IncomingInvite(number=number), to=SERVER)
            await call.until(lambda call=call: call.ended or call.is_answered, "an outcome")
            assert not call.is_answered
            assert 180 not in call.progress
            replies.append((call.ended, call.status))
        assert len(set(replies)) == 1, replies  # nothing tells a number that exists from one that does not


@in_virtual_time
async def test_a_lost_ack_does_not_leave_the_call_behind() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(loses_acks=True), behavior=answering)
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        assert await outcome(call) == 200
        await call.until_ended()
        assert carrier.calls[0].ended == "no ack"
        await office.quiet()
        office.assert_nothing_but_lines_left()


@in_virtual_time
async def test_an_ack_that_never_comes_ends_the_incoming_call() -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=phone_answers)
        carrier = await office.with_line(CarrierQuirks(sends_no_acks=True))
        call = carrier.call()
        await call.until(lambda: call.is_answered, "the answer")
        assert await call.until_ended() == "bye"
        assert carrier.log.statuses("INVITE", heard=True).count(200) > 5
        await phone.all_calls[0].until_ended()
        await office.quiet()
        office.assert_nothing_but_lines_left()


@in_virtual_time
async def test_a_session_that_the_carrier_times_is_refreshed() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(session_expires=120), behavior=answering)
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        assert await outcome(call) == 200
        await asyncio.sleep(1000)
        (far,) = carrier.calls
        assert not far.ended
        assert far.refreshes >= 8
        call.hang_up()
        assert await far.until_ended() == "bye"


@in_virtual_time
async def test_fax_is_refused_or_taken_and_the_call_goes_on() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        far = await carrier.incoming()
        far.answer()
        await far.until_answered()
        response = await far.change_to_fax()
        assert (response.status, b"m=image 0 " in response.body) == (200, True)
        await asyncio.sleep(60)
        assert not far.ended
        assert not call.ended
        call.hang_up()
        assert await far.until_ended() == "bye"


@in_virtual_time
async def test_the_far_end_holds_and_sends_what_it_likes_in_the_call() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(behavior=answering)
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        assert await outcome(call) == 200
        (far,) = carrier.calls
        await far.until_answered()
        for way, theirs in (("sendonly", "recvonly"), ("inactive", "inactive"), ("sendrecv", "sendrecv")):
            response = await far.change(far.offer_text(way))
            assert response.status == 200
            assert far.remote_media.direction() == theirs
            assert call.remote_direction == way
        offerless = await far.change("")
        assert offerless.status == 200
        for method in ("INFO", "MESSAGE", "UPDATE", "OPTIONS"):
            far.request(method)
            await far.until(lambda method=method: carrier.log.statuses(method, heard=True), method)
            assert carrier.log.statuses(method, heard=True) == [200]
        call.hang_up()
        assert await far.until_ended() == "bye"


@in_virtual_time
async def test_early_media_reaches_the_caller_as_183_with_sdp() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(early_media=True))
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        far = await carrier.incoming()
        far.ring(183)
        progressed = await call.until(events.Progressed)
        assert (progressed.status, progressed.sdp is not None) == (183, True)
        far.answer()
        assert await outcome(call) == 200
        call.hang_up()
        await far.until_ended()


@in_virtual_time
async def test_video_is_not_offered_where_the_carrier_refuses_it() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(refuses_video=484), behavior=answering)
        phone = await office.phone("101")
        call = phone.call(DIALLED, video=True)
        assert await outcome(call) == 200
        assert call.remote_sdp is not None
        assert b"m=video 0 " in call.remote_sdp
        call.hang_up()
        await carrier.calls[0].until_ended()


@in_virtual_time
async def test_calls_come_in_without_an_offer_and_with_tel_uris() -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=phone_answers)
        carrier = await office.with_line(CarrierQuirks(invites_with_tel=True))
        for offer in (True, False):
            call = carrier.call(IncomingInvite(caller="+8613800138000", offer=offer))
            await call.until_answered()
            assert call.remote_media.port("audio")
            incoming = phone.all_calls[-1]
            assert incoming.request is not None
            assert incoming.request.from_.user == "+8613800138000"
            call.hang_up()
            await incoming.until_ended()


@in_virtual_time
async def test_requests_in_a_dialog_go_by_the_carriers_proxy() -> None:
    quirks = CarrierQuirks(record_route=True, contact_host="gw.carrier.example")
    async with OutsideOffice() as office:
        carrier = await office.with_line(quirks, behavior=answering)
        phone = await office.phone("101", behavior=phone_answers)
        call = phone.call(DIALLED)
        assert await outcome(call) == 200
        await carrier.calls[0].until_answered()
        call.change("sendonly")
        await call.until(events.AnswerReceived)
        call.hang_up()
        assert await carrier.calls[0].until_ended() == "bye"
        called = await office.phone("100", behavior=phone_answers)
        back = carrier.call()
        await back.until_answered()
        called.all_calls[0].hang_up()
        assert await back.until_ended() == "bye"
        for method in ("ACK", "BYE"):
            inside = [each for each in carrier.log.requests(method) if "10086" not in each.uri_text]
            assert len(inside) >= 2
            for request in inside:  # but for the ACK to the 407
                assert request.uri_text == "sip:gateway@gw.carrier.example"
                assert [str(route.uri) for route in request.routes] == ["sip:10.0.9.1:5060;lr"]


@in_virtual_time
async def test_a_call_that_rings_in_several_places() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(early_media=True))
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        far = await carrier.incoming()
        for tag in ("one", "two", "three"):
            far.ring(183, tag=tag)
        await call.until(events.Progressed)
        far.answer()
        assert await outcome(call) == 200
        await far.until_answered()
        await asyncio.sleep(40)
        assert not far.ended
        call.hang_up()
        assert await far.until_ended() == "bye"
        await office.quiet()
        office.assert_nothing_but_lines_left()


@in_virtual_time
async def test_two_accounts_at_one_carrier_are_told_apart() -> None:
    other = Account(user="66668888", password="another", domain="carrier.example")
    async with OutsideOffice(extension("100"), extension("101")) as office:
        carrier = await office.carrier(ACCOUNT, other)
        second = {"user": other.user, "password": other.password, "incoming_to": "101"}
        office.set_lines(line_to(carrier, "one"), line_to(carrier, "two", **second))
        await carrier.until_registered(2)
        phones = {number: await office.phone(number, behavior=phone_answers) for number in ("100", "101")}
        for account, number in ((ACCOUNT, "100"), (other, "101")):
            call = carrier.call(IncomingInvite(account=account, number=account.user))
            await call.until_answered()
            assert len(phones[number].all_calls) == 1
            call.hang_up()
            await phones[number].all_calls[0].until_ended()


@in_virtual_time
async def test_a_line_deleted_in_a_call_leaves_the_call_alone() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(behavior=answering)
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        assert await outcome(call) == 200
        office.set_lines()
        await asyncio.sleep(60)
        (far,) = carrier.calls
        assert not far.ended
        call.hang_up()
        assert await far.until_ended() == "bye"
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_two_lines_of_two_carriers_do_not_mix() -> None:
    async with OutsideOffice(extension("100"), extension("101")) as office:
        one, two = await office.carrier(), await office.carrier()
        office.configure(
            lines=MappingProxyType(
                {
                    "one": line_to(one, "one", incoming_to="100"),
                    "two": line_to(two, "two", incoming_to="101"),
                }
            )
        )
        await one.until_registered()
        await two.until_registered()
        first = await office.phone("100", behavior=phone_answers)
        second = await office.phone("101", behavior=phone_answers)
        for carrier, phone in ((one, first), (two, second)):
            call = carrier.call()
            await call.until_answered()
            assert len(phone.all_calls) == 1
            call.hang_up()
            await phone.all_calls[0].until_ended()
