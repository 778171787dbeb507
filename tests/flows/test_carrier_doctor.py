"""The doctor at the running engine: it names the field, and what it advises mends the line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.api import diagnosis, lines
from app.diagnosis import Finding
from app.events import LineState
from tests.flows.conftest import House
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import answering
from tests.support.carrier_quirks import CarrierQuirks, Prack, UserPhone
from tests.support.name_guard import names_not_asked
from tests.support.outside_records import line_values
from tests.support.phone import Phone

ACCOUNT = Account(user="+8612345678", password="line-secret", domain="gd.ctcims.cn")


async def first_finding(house: House) -> Finding:
    """What the doctor says first; its case, saved and read again, says the same."""
    found = await house.ask(diagnosis.diagnose_line, "carrier")
    assert found
    saved = json.loads(json.dumps(await house.ask(diagnosis.save_case, "carrier")))
    assert ACCOUNT.password not in json.dumps(saved)
    again = diagnosis.diagnose_case(saved)
    assert [each.cause for each in again] == [each.cause for each in found]
    for index in found[0].evidence:
        assert saved["messages"][index]["text"]
    return found[0]


async def apply(house: House, finding: Finding) -> None:
    """Do as the finding says."""
    assert finding.field is not None
    await house.set("line", "carrier", **{finding.field: finding.value})


async def status_of_call(phone: Phone, number: str) -> int:
    """Call out, and hang up if somebody answers; the status."""
    call = phone.call(number)
    await call.until_true(lambda: call.status >= 200, "a final answer")
    if call.status == 200:
        call.hang_up()
    await call.until_ended()
    return call.status


@pytest.mark.parametrize(
    ("quirks", "changes", "cause", "field", "value"),
    [
        (
            CarrierQuirks(digest_user_with_domain=True),
            {},
            "auth_user_form",
            "auth_user_with_domain",
            True,
        ),
        (CarrierQuirks(refuses_same_call_id=True), {}, "cseq_call_id", "register_call_id", "new"),
        (CarrierQuirks(), {"realm": "other.example"}, "realm_differs", "realm", ""),
        (CarrierQuirks(refuses_register=405), {}, "registration_not_wanted", "register", False),
    ],
    ids=["S4", "S8", "realm", "no registrar"],
)
@pytest.mark.logs("carrier: failed")
async def test_its_advice_mends_a_registration(
    house: House, quirks: CarrierQuirks, changes: dict[str, Any], cause: str, field: str, value: object
) -> None:
    with names_not_asked(ACCOUNT.domain):
        async with Carrier(ACCOUNT, quirks=quirks) as carrier:
            await house.add("line", "carrier", **line_values(carrier, **changes))
            await house.line("carrier", LineState.FAILED)
            finding = await first_finding(house)
            assert (finding.cause, finding.field, finding.value) == (cause, field, value)
            await apply(house, finding)
            await house.registered("carrier")
            assert not await house.ask(diagnosis.diagnose_line, "carrier")
            await house.delete("line", "carrier")


@pytest.mark.parametrize(
    ("quirks", "changes", "cause", "field"),
    [
        (CarrierQuirks(user_phone=UserPhone.REFUSED), {}, "user_phone_refused", "user_phone"),
        (
            CarrierQuirks(user_phone=UserPhone.DEMANDED),
            {"user_phone": False},
            "user_phone_missing",
            "user_phone",
        ),
        (CarrierQuirks(prack=Prack.REQUIRED), {"rel100": "off"}, "option_required", "rel100"),
        (CarrierQuirks(refuses_extension="100rel"), {}, "option_refused", "rel100"),
    ],
    ids=["no user=phone", "only user=phone", "PRACK required", "100rel refused"],
)
async def test_its_advice_mends_calls(
    house: House, quirks: CarrierQuirks, changes: dict[str, Any], cause: str, field: str
) -> None:
    async with Carrier(ACCOUNT, quirks=quirks, behavior=answering) as carrier:
        await house.add("line", "carrier", **line_values(carrier, **changes))
        await house.registered("carrier")
        phone = await house.phone("100")
        assert await status_of_call(phone, "910086") >= 400
        finding = await first_finding(house)
        assert (finding.cause, finding.field) == (cause, field)
        await apply(house, finding)
        assert await status_of_call(phone, "910086") == 200
        await house.delete("line", "carrier")


async def test_a_line_that_works_is_healthy(house: House) -> None:
    async with Carrier(ACCOUNT, behavior=answering) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        await house.ask(lines.register_now, "carrier")
        await carrier.until_registered(2)
        phone = await house.phone("100")
        assert await status_of_call(phone, "910086") == 200
        assert not await house.ask(diagnosis.diagnose_line, "carrier")
        await house.delete("line", "carrier")
