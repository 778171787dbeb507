"""A line of the real engine registers at carriers of every temper, or says in words why it cannot."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.api import lines
from app.events import LineState
from tests.flows.conftest import House
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import answering
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.dns_server import dns_server
from tests.support.house import open_house
from tests.support.name_guard import names_not_asked
from tests.support.outside_records import line_values
from tests.support.programs import free_ports

IMS = Account(user="+8612345678", password="line-secret", domain="gd.ctcims.cn")
SONETEL = Account(user="abc", password="line-secret", domain="gmail.com")
PLAIN = Account(user="87654321", password="line-secret", domain="carrier.example")

SAME_CALL_ID = CarrierQuirks(refuses_same_call_id=True)


@pytest.mark.parametrize(
    ("variables", "state"),
    [
        pytest.param("", LineState.FAILED, marks=pytest.mark.logs("Invalid CSeq number")),
        pytest.param(
            "[sip]\ngVarSipRegSameDialog=1\n",
            LineState.FAILED,
            marks=pytest.mark.logs("Invalid CSeq number"),
        ),
        ("[sip]\ngVarSipRegSameDialog=0\n", LineState.REGISTERED),
    ],
)
async def test_s8_a_registrar_that_refuses_the_same_call_id(
    tmp_path: Path, variables: str, state: LineState
) -> None:
    async with (
        Carrier(PLAIN, quirks=SAME_CALL_ID) as carrier,
        open_house(tmp_path / "data", variables=variables) as house,
    ):
        await house.add("line", "carrier", **line_values(carrier))
        view = await house.line("carrier", LineState.FAILED, LineState.REGISTERED)
        assert view.state is state
        sent = carrier.log.requests("REGISTER")
        assert len(sent) == 2
        assert (sent[0].call_id == sent[1].call_id) == (state is LineState.FAILED)
        if state is LineState.FAILED:
            assert view.code == 400
            assert sent[1].cseq.number == sent[0].cseq.number + 1


async def test_s8_may_be_said_of_one_line(house: House) -> None:
    async with Carrier(PLAIN, quirks=SAME_CALL_ID) as carrier:
        await house.add("line", "carrier", **line_values(carrier, register_call_id="new"))
        await house.registered("carrier")
        for times in (2, 3):  # the refresh has to get through as well
            await house.ask(lines.register_now, "carrier")
            await carrier.until_registered(times)
        await house.delete("line", "carrier")


@pytest.mark.logs("403")
async def test_s4_without_the_domain_in_the_digest_user_the_carrier_refuses(house: House) -> None:
    with names_not_asked(IMS.domain):
        async with Carrier(IMS, quirks=CarrierQuirks(digest_user_with_domain=True)) as carrier:
            await house.add("line", "ims", **line_values(carrier))
            view = await house.line("ims", LineState.FAILED)
            assert view.code == 403
            assert "user name" in view.reason
            await house.delete("line", "ims")


async def test_s4_with_it_the_line_registers_and_calls(house: House) -> None:
    with names_not_asked(IMS.domain):
        async with Carrier(
            IMS, quirks=CarrierQuirks(digest_user_with_domain=True), behavior=answering
        ) as carrier:
            await house.add("line", "ims", **line_values(carrier, auth_user_with_domain=True))
            await house.registered("ims")
            register = carrier.log.last("REGISTER")
            assert register.uri_text == "sip:gd.ctcims.cn"
            assert register.credentials[0].username == "+8612345678@gd.ctcims.cn"
            assert register.credentials[0].uri == "sip:gd.ctcims.cn"
            assert str(register.to.uri) == str(register.from_.uri) == "sip:+8612345678@gd.ctcims.cn"
            assert [str(each.uri) for each in register.routes] == [f"sip:{carrier.address};lr"]
            phone = await house.phone("100")
            call = phone.call("910000")
            await call.until_true(lambda: call.status >= 200, "an answer")
            assert call.status == 200
            invite = carrier.log.last("INVITE")
            assert invite.uri_text.startswith("sip:10000@gd.ctcims.cn")
            assert str(invite.from_.uri) == "sip:+8612345678@gd.ctcims.cn"
            assert str(invite.to.uri).startswith("sip:10000@gd.ctcims.cn")
            assert invite.credentials[0].username == "+8612345678@gd.ctcims.cn"
            sources = {said.remote for said in carrier.log if said.heard}
            assert len(sources) == 1  # REGISTER and INVITE leave from the same port
            call.hang_up()
            await carrier.calls[0].until_ended()
            await house.delete("line", "ims")


async def test_s3_the_domain_of_the_mail_address_behind_the_proxy(house: House) -> None:
    with names_not_asked("gmail.com"):
        async with Carrier(SONETEL, behavior=answering) as carrier:
            await house.add("line", "sonetel", **line_values(carrier))
            await house.registered("sonetel")
            assert carrier.log.last("REGISTER").uri_text == "sip:gmail.com"
            phone = await house.phone("100")
            call = phone.call("9+4612345678")
            await call.until_true(lambda: call.status >= 200, "an answer")
            invite = carrier.log.last("INVITE")
            assert invite.uri_text.startswith("sip:+4612345678@gmail.com")
            assert str(invite.from_.uri) == "sip:abc@gmail.com"
            assert str(invite.to.uri).startswith("sip:+4612345678@gmail.com")
            call.hang_up()
            await carrier.calls[0].until_ended()
            await house.delete("line", "sonetel")


@pytest.mark.parametrize(
    ("quirks", "changes", "code", "reason"),
    [
        (CarrierQuirks(), {"password": "wrong"}, 401, "does not accept"),
        (CarrierQuirks(repeats_nonce=True), {"password": "wrong"}, 401, "does not accept"),
        (CarrierQuirks(wrong_password=403), {"password": "wrong"}, 403, "refuses"),
        (CarrierQuirks(), {"password": ""}, 401, "asks for a password"),
        (CarrierQuirks(), {"realm": "sip.other.example"}, 401, "sip.other.example"),
        (CarrierQuirks(refuses_first=403), {}, 403, "403 Forbidden"),
        (CarrierQuirks(refuses_register=405), {}, 405, "405"),
        (CarrierQuirks(refuses_register=404), {}, 404, "404"),
        (CarrierQuirks(algorithms=("AKAv1-MD5",)), {}, 401, "cannot be answered"),
        (CarrierQuirks(min_expires_grows=True), {}, 423, "longer"),
        (CarrierQuirks(unavailable=100, retry_after=600), {}, 503, "out of service"),
        (CarrierQuirks(), {"user": "99999999"}, 401, "does not accept"),
    ],
    ids=lambda value: str(value) if isinstance(value, int | str) else "",
)
@pytest.mark.logs("carrier: failed")
async def test_a_line_that_cannot_register_says_why(
    house: House, quirks: CarrierQuirks, changes: dict[str, str], code: int, reason: str
) -> None:
    async with Carrier(PLAIN, quirks=quirks) as carrier:
        await house.add("line", "carrier", **line_values(carrier, **changes))
        view = await house.line("carrier", LineState.FAILED)
        assert view.code == code
        assert reason in view.reason
        await house.delete("line", "carrier")


@pytest.mark.parametrize(
    ("quirks", "changes"),
    [
        (CarrierQuirks(algorithms=("SHA-256",)), {}),
        (CarrierQuirks(algorithms=("SHA-256", "MD5")), {}),
        (CarrierQuirks(realm="fritz.box"), {}),
        (CarrierQuirks(realm="fritz.box"), {"realm": "fritz.box"}),
        (CarrierQuirks(min_expires=7200), {"expires": 600}),
        (CarrierQuirks(nonce_uses=1, says_stale=False), {}),
        (CarrierQuirks(nonce_uses=1), {}),
        (CarrierQuirks(other_contacts=("sip:87654321@192.0.2.1:5060",)), {}),
        (CarrierQuirks(contact_rewritten="192.0.2.7:1024"), {}),
        (CarrierQuirks(omits_contact=True), {}),
        (CarrierQuirks(service_route=("<sip:orig@scscf.example;lr>",)), {}),
        (CarrierQuirks(associated_uris=("sip:+8687654321@carrier.example",)), {}),
        (CarrierQuirks(tcp_only=True), {"transport": "tcp"}),
        (CarrierQuirks(grants=60), {}),
    ],
    ids=lambda value: "",
)
async def test_a_line_copes_and_refreshes(
    house: House, quirks: CarrierQuirks, changes: dict[str, object]
) -> None:
    async with Carrier(PLAIN, quirks=quirks) as carrier:
        await house.add("line", "carrier", **line_values(carrier, **changes))
        await house.registered("carrier")
        for times in (2, 3):
            await house.ask(lines.register_now, "carrier")
            await carrier.until_registered(times)
        await house.delete("line", "carrier")
        await carrier.until(lambda: carrier.registrar.binding(PLAIN) is None, "the farewell")
        assert carrier.garbage == []


async def test_423_is_adopted_once(house: House) -> None:
    async with Carrier(PLAIN, quirks=CarrierQuirks(min_expires=7200)) as carrier:
        await house.add("line", "carrier", **line_values(carrier, expires=600))
        view = await house.registered("carrier")
        assert view.expires_at is not None
        assert view.expires_at - view.since == pytest.approx(7200, abs=5)
        assert carrier.log.statuses("REGISTER")[:3] == [401, 423, 200]
        await house.delete("line", "carrier")


async def test_two_srv_targets_the_first_one_dead(house: House) -> None:
    async with (
        Carrier(PLAIN, behavior=answering) as carrier,
        dns_server(
            f"_sip._udp.carrier.example. 60 IN SRV 10 10 {free_ports()} one.carrier.example.",
            f"_sip._udp.carrier.example. 60 IN SRV 20 10 {carrier.address.port} two.carrier.example.",
            "one.carrier.example. 60 IN A 127.0.0.1",
            "two.carrier.example. 60 IN A 127.0.0.1",
        ) as dns,
    ):
        await house.add("line", "carrier", **line_values(carrier, proxy="", dns_server=dns.address))
        view = await house.registered("carrier")
        assert view.server == f"{carrier.address}/udp"
        phone = await house.phone("100")
        call = phone.call("910000")
        await call.until_true(lambda: call.status >= 200, "an answer")
        assert call.status == 200
        assert dns.asked["_sip._udp.carrier.example", "SRV"] >= 1
        call.hang_up()
        await carrier.calls[0].until_ended()
        await house.delete("line", "carrier")


async def test_the_history_keeps_every_change(house: House) -> None:
    async with Carrier(PLAIN) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        await house.set("line", "carrier", enabled=False)
        await house.line("carrier", LineState.DISABLED)
        await house.set("line", "carrier", enabled=True)
        await carrier.until_registered(3)  # the second was the farewell

        async def states() -> list[str]:
            return [str(row.state) for row in await house.ask(lines.history, "carrier")]

        async with asyncio.timeout(15):
            while (await states()).count("registered") < 2:  # noqa: ASYNC110  written behind
                await asyncio.sleep(0.05)
        found = await states()
        assert {"registering", "registered", "disabled"} <= set(found)
        view = (await house.ask(lines.states))[0]
        assert view.state is LineState.REGISTERED
        assert carrier.log.statuses("REGISTER")[-1] == 200
        await house.delete("line", "carrier")
