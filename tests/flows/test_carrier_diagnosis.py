"""What the doctor says of each oddity of a carrier, from the messages that really went; in virtual time."""

from __future__ import annotations

import asyncio
import dataclasses
from enum import Enum
from typing import Any

import pytest

from app.diagnosis.case import Case
from app.diagnosis.doctor import diagnose
from app.diagnosis.findings import Finding, Severity
from app.services.outside import CallerIdForm, Line, Rel100
from app.variables import Variables
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import answering, refusing
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks, DidPlace, Prack, UserPhone
from tests.support.office import in_virtual_time
from tests.support.outside_office import ACCOUNT, OutsideOffice, line_to, outcome
from tests.support.phone import answering as phone_answers

DIALLED = "910086"
PLUS = Account(user="+8687654321", password="line-secret", domain="carrier.example")


def plain(line: Line) -> dict[str, Any]:
    """A line's record as a case file has it."""
    values = dataclasses.asdict(line)
    return {
        name: value.value
        if isinstance(value, Enum)
        else ", ".join(map(str, value))
        if isinstance(value, tuple)
        else value
        for name, value in values.items()
    }


def findings(carrier: Carrier, line: Line, **more: Any) -> list[Finding]:
    """What is found in all that went between us and the carrier."""
    case = carrier.log.case(plain(line), **more)
    found = diagnose(Case.from_json(case))
    for finding in found:
        assert all(0 <= index < len(case["messages"]) for index in finding.evidence)
    return list(found)


@pytest.mark.parametrize(
    ("quirks", "changes", "cause", "field"),
    [
        (CarrierQuirks(refuses_same_call_id=True), {}, "cseq_call_id", "register_call_id"),
        (CarrierQuirks(digest_user_with_domain=True), {}, "auth_user_form", "auth_user_with_domain"),
        (CarrierQuirks(repeats_nonce=True), {"password": "wrong"}, "password_refused", "password"),
        (CarrierQuirks(), {"password": "wrong"}, "password_refused", "password"),
        (CarrierQuirks(), {"password": ""}, "password_missing", "password"),
        (CarrierQuirks(), {"realm": "other.example"}, "realm_differs", "realm"),
        (CarrierQuirks(algorithms=("AKAv1-MD5",)), {}, "aka_login", None),
        (CarrierQuirks(refuses_first=403), {}, "from_not_known", "from_user"),
        (CarrierQuirks(refuses_register=404), {}, "user_not_known", "user"),
        (CarrierQuirks(refuses_register=405), {}, "registration_not_wanted", "register"),
        (CarrierQuirks(min_expires_grows=True), {}, "expires_refused_again", None),
        (CarrierQuirks(unavailable=9, retry_after=60), {}, "carrier_trouble", None),
        (CarrierQuirks(is_silent=True), {}, "no_reply", "proxy"),
        (CarrierQuirks(tcp_only=True), {}, "no_reply", "proxy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.logs("carrier: failed")
@in_virtual_time
async def test_a_registration_that_fails(
    quirks: CarrierQuirks, changes: dict[str, Any], cause: str, field: str | None
) -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=quirks)
        line = line_to(carrier, **changes)
        office.set_lines(line)
        await asyncio.sleep(40)
        found = findings(carrier, line)
        assert found, carrier.log.first_lines()
        assert (found[0].cause, found[0].field) == (cause, field), [(f.id, f.cause, f.field) for f in found]
        assert found[0].evidence


@pytest.mark.parametrize(
    ("quirks", "changes", "cause", "field"),
    [
        (CarrierQuirks(omits_contact=True), {}, "not_bound", None),
        (CarrierQuirks(contact_rewritten="192.0.2.7:1024"), {}, "contact_rewritten", None),
        (CarrierQuirks(other_contacts=("sip:87654321@192.0.2.1:5060",)), {}, "second_device", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@in_virtual_time
async def test_a_registration_that_stands_on_weak_feet(
    quirks: CarrierQuirks, changes: dict[str, Any], cause: str, field: str | None
) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(quirks, **changes)
        found = findings(carrier, line_to(carrier, **changes))
        assert cause in [finding.cause for finding in found], [(f.id, f.cause, f.field) for f in found]


@pytest.mark.parametrize(
    ("quirks", "changes", "cause", "field"),
    [
        (CarrierQuirks(user_phone=UserPhone.REFUSED), {}, "user_phone_refused", "user_phone"),
        (
            CarrierQuirks(user_phone=UserPhone.REFUSED, user_phone_status=400),
            {},
            "user_phone_refused",
            "user_phone",
        ),
        (
            CarrierQuirks(user_phone=UserPhone.DEMANDED),
            {"user_phone": False},
            "user_phone_missing",
            "user_phone",
        ),
        (CarrierQuirks(prack=Prack.REQUIRED), {"rel100": Rel100.OFF}, "option_required", "rel100"),
        (CarrierQuirks(refuses_extension="100rel"), {}, "option_refused", "rel100"),
        (CarrierQuirks(codecs=(9,)), {}, "no_common_codec", "codecs"),
        (CarrierQuirks(demands_srtp=True), {}, "encryption_differs", None),
        (CarrierQuirks(refuses_credentials_of_invites=True), {}, "invite_login_refused", None),
        (CarrierQuirks(number_pattern=r"\+\d+"), {}, "number_form", "number_form"),
        (
            CarrierQuirks(caller_ids=frozenset({"02112345"})),
            {"from_user": "5551234"},
            "caller_not_ours",
            "from_user",
        ),
        (CarrierQuirks(refuses_video=484), {"video": True}, "video_refused", "video"),
        (CarrierQuirks(refuses_video=488), {"video": True}, "video_refused", "video"),
        (CarrierQuirks(loses_acks=True), {}, "ack_not_delivered", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@in_virtual_time
async def test_a_call_out_that_fails(
    quirks: CarrierQuirks, changes: dict[str, Any], cause: str, field: str | None
) -> None:
    async with OutsideOffice(variables=Variables(relay_lines=0)) as office:  # so that video may pass
        account = PLUS if quirks.number_pattern else ACCOUNT
        carrier = await office.with_line(quirks, behavior=answering, account=account, **changes)
        phone = await office.phone("101")
        call = phone.call("913800138000", video=quirks.refuses_video > 0)
        await outcome(call)
        await asyncio.sleep(40)
        found = findings(carrier, line_to(carrier, **changes))
        assert found, carrier.log.first_lines()
        assert found[0].cause == cause, [(f.id, f.cause, f.field) for f in found]
        if field is not None:
            assert found[0].field == field


@pytest.mark.parametrize("status", [403, 484])
@in_virtual_time
async def test_china_mobile_wants_user_phone_though_the_number_has_no_plus(status: int) -> None:
    async with OutsideOffice() as office:
        quirks = CarrierQuirks(user_phone=UserPhone.DEMANDED, user_phone_status=status)
        account = Account(user="+861087654321", password="line-secret", domain="ims.bj.chinamobile.com")
        carrier = await office.with_line(quirks, behavior=answering, account=account, user_phone=False)
        phone = await office.phone("101")
        assert await outcome(phone.call("913800138000")) >= 400
        found = findings(carrier, line_to(carrier, user_phone=False))
        assert found[0].cause == "user_phone_missing", [(f.id, f.cause) for f in found]
        assert (found[0].field, found[0].value) == ("user_phone", True)


@pytest.mark.parametrize(
    ("quirks", "cause", "field"),
    [
        (CarrierQuirks(did_in=DidPlace.TO), "did_elsewhere", "did_source"),
        (CarrierQuirks(did_in=DidPlace.CALLED_PARTY_ID), "did_elsewhere", "did_source"),
        (CarrierQuirks(calls_from_elsewhere=True), "caller_address_unknown", "match_addresses"),
        (CarrierQuirks(sends_no_acks=True), "ack_not_received", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@in_virtual_time
async def test_a_call_in_that_goes_wrong(quirks: CarrierQuirks, cause: str, field: str | None) -> None:
    async with OutsideOffice() as office:
        await office.phone("100", behavior=phone_answers)
        carrier = await office.with_line(quirks, did_source="request_uri")
        call = carrier.call(IncomingInvite(number="5551234"))
        await call.until(lambda: call.ended or call.is_answered, "an outcome")
        await asyncio.sleep(60)
        found = findings(carrier, line_to(carrier, did_source="request_uri"))
        causes = [(finding.cause, finding.field) for finding in found]
        assert any(each[0] == cause and field in (None, each[1]) for each in causes), causes


@pytest.mark.parametrize(
    ("quirks", "changes", "behavior"),
    [
        (CarrierQuirks(), {}, answering),
        (CarrierQuirks(nonce_uses=1, says_stale=False), {}, answering),
        (CarrierQuirks(nonce_uses=1), {}, answering),
        (CarrierQuirks(algorithms=("SHA-256",)), {}, answering),
        (CarrierQuirks(min_expires=7200), {}, answering),
        (CarrierQuirks(service_route=("<sip:orig@10.0.9.1;lr>",)), {}, answering),
        (CarrierQuirks(prack=Prack.ANSWERED_405), {}, answering),
        (CarrierQuirks(prack=Prack.REQUIRED), {}, answering),
        (CarrierQuirks(session_expires=600), {}, answering),
        (CarrierQuirks(early_media=True), {}, answering),
        (
            CarrierQuirks(caller_ids=frozenset({"87654321"}), caller_id_in="pai"),
            {"caller_id_form": CallerIdForm.PAI},
            answering,
        ),
        (CarrierQuirks(), {}, refusing(486)),
        (CarrierQuirks(), {}, refusing(404)),
        (CarrierQuirks(), {}, refusing(480)),
        (CarrierQuirks(), {}, refusing(302, ("Contact", "<sip:10010@carrier.example>"))),
        (CarrierQuirks(), {}, refusing(603)),
    ],
)
@in_virtual_time
async def test_a_healthy_trace_blames_no_setting(
    quirks: CarrierQuirks, changes: dict[str, Any], behavior: Any
) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(quirks, behavior=behavior, **changes)
        phone = await office.phone("101")
        call = phone.call(DIALLED)
        await outcome(call)
        await asyncio.sleep(5)
        if not call.ended:
            call.hang_up()
            await carrier.calls[-1].until_ended()
        await asyncio.sleep(carrier.quirks.min_expires)  # through a refresh or two
        found = findings(carrier, line_to(carrier, **changes))
        assert not [f for f in found if f.severity is not Severity.INFO], [(f.id, f.cause) for f in found]
