"""Sound to and from carriers, heard as tones; note S1: what a trunk relays, and what goes direct."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.api import calls, diagnosis
from app.diagnosis.media_rules import LONG_ENOUGH_S
from app.events import CallRecorded, LineState
from app.net.tls import own_files, server_context
from app.sip import events
from app.sip.flow import Transport
from tests.flows.conftest import House
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_call import CarrierCall, offered_kinds
from tests.support.carrier_called import CalledCall
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.outside_records import line_values, trunk_values
from tests.support.phone import Phone, PhoneCall
from tests.support.phone import answering as phone_answers
from tests.support.rtp_ear import RtpEar
from tests.support.tones import Samples, seconds_of

ACCOUNT = Account(user="87654321", password="line-secret", domain="carrier.example")
PEER = CarrierQuirks(challenges=False)
LOW, HIGH, FAR = 440.0, 660.0, 880.0
PORTS = range(31000, 31200)  # of the server's RTP


async def hears(ear: RtpEar | None, hertz: float, seconds: float = 0.3) -> None:
    """Wait until the tone is heard, from now on."""

    def enough(samples: Samples) -> bool:
        return seconds_of(samples, hertz) >= seconds

    assert ear is not None
    ear.forget()
    await asyncio.to_thread(ear.listen, enough)


async def talk(phone: PhoneCall, far: CarrierCall) -> None:
    """The phone hears the far end, and the far end the phone."""
    await asyncio.gather(hears(phone.ear, FAR), hears(far.ear, phone.phone.hertz))


async def connect(
    phone: Phone, carrier: Carrier, number: str, **options: object
) -> tuple[PhoneCall, CalledCall]:
    """Let a phone call out; the far end answers."""
    call = phone.call(number, **options)  # type: ignore[arg-type]
    far = await carrier.incoming()
    far.ring()
    far.answer()
    await call.until(events.Accepted)
    await far.until_answered()
    return call, far


async def test_a_line_carries_sound_out_and_in(house: House) -> None:
    async with Carrier(ACCOUNT, hertz=FAR) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call, far = await connect(phone, carrier, "910086")
        await talk(call, far)
        call.hang_up()
        assert await far.until_ended() == "bye"
        phone.behavior = phone_answers
        back = carrier.call(IncomingInvite(caller="13800138000"))
        await back.until_answered()
        await talk(phone.all_calls[-1], back)
        back.hang_up()
        await phone.all_calls[-1].until_ended()
        await house.delete("line", "carrier")


@pytest.mark.parametrize("house", ["::1"], indirect=True)
async def test_a_line_over_ipv6(house: House) -> None:
    async with Carrier(ACCOUNT, hertz=FAR, host="::1", elsewhere="::1") as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call, far = await connect(phone, carrier, "910086")
        await talk(call, far)
        far.hang_up()
        await call.until_ended()
        phone.behavior = phone_answers
        back = carrier.call()
        await back.until_answered()
        await talk(phone.all_calls[-1], back)
        back.hang_up()
        await phone.all_calls[-1].until_ended()
        await house.delete("line", "carrier")


async def test_a_line_over_tls(house: House, tmp_path: Path) -> None:
    context = server_context(own_files(tmp_path / "carrier"))
    async with Carrier(ACCOUNT, hertz=FAR, tls=context) as carrier:
        assert carrier.tls is not None
        values = line_values(carrier, transport="tls", tls_verify=False, proxy=str(carrier.tls.address))
        await house.add("line", "carrier", **values)
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call, far = await connect(phone, carrier, "910086")
        await talk(call, far)
        call.hang_up()
        await far.until_ended()
        phone.behavior = phone_answers
        back = carrier.call()  # over the connection that the line made
        await back.until_answered()
        await talk(phone.all_calls[-1], back)
        back.hang_up()
        await phone.all_calls[-1].until_ended()
        assert {said.transport for said in carrier.log} == {Transport.TLS}
        await house.delete("line", "carrier")


@pytest.mark.logs("carrier: failed")
async def test_tls_at_a_port_without_it_is_told(house: House) -> None:
    async with Carrier(ACCOUNT) as carrier:
        await house.add("line", "carrier", **line_values(carrier, transport="tls"))
        await house.line("carrier", LineState.FAILED)
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert found[0].id == "R06", [(each.id, each.cause) for each in found]
        await house.delete("line", "carrier")


async def test_a_carriers_announcement_is_heard_before_the_answer(house: House) -> None:
    async with Carrier(ACCOUNT, hertz=FAR, quirks=CarrierQuirks(early_media=True)) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call = phone.call("910086")
        far = await carrier.incoming()
        far.ring(183)
        await call.until(events.Progressed)
        await hears(call.ear, FAR)
        far.answer()
        await call.until(events.Accepted)
        await talk(call, far)
        call.hang_up()
        await far.until_ended()
        await house.delete("line", "carrier")


async def test_sound_from_another_address_than_the_description_says(house: House) -> None:
    quirks = CarrierQuirks(media_host="127.0.0.9")
    async with Carrier(ACCOUNT, hertz=FAR, quirks=quirks) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call, far = await connect(phone, carrier, "910086")
        await talk(call, far)
        call.hang_up()
        await far.until_ended()
        await house.hear(CallRecorded)
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert [(each.id, each.cause, each.severity) for each in found] == [
            ("M04", "media_from_elsewhere", diagnosis.Severity.WARNING)
        ]
        await house.delete("line", "carrier")


async def test_a_carrier_that_sends_no_sound_is_noticed(house: House) -> None:
    async with Carrier(ACCOUNT) as carrier:  # which says nothing, and only listens
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call, far = await connect(phone, carrier, "910086")
        await asyncio.sleep(LONG_ENOUGH_S + 0.2)  # the doctor's own patience
        call.hang_up()
        await far.until_ended()
        await house.hear(CallRecorded)
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert (found[0].id, found[0].cause) == ("M02", "media_blocked")
        await house.delete("line", "carrier")


@pytest.mark.parametrize("relay", [True, False])
async def test_s1_a_trunk_relays_sound_both_ways_and_no_video(house: House, relay: bool) -> None:
    async with Carrier(ACCOUNT, hertz=FAR, quirks=PEER) as carrier:
        await house.add("trunk", "office", **trunk_values(carrier, relay_media=relay))
        await house.add("called_rule", "1", called_prefix="8", route_kind="trunk", route_target="office")
        one = await house.phone("100", hertz=LOW)
        two = await house.phone("101", hertz=HIGH)
        three = await house.phone("102", hertz=LOW)
        call, far = await connect(one, carrier, "812345", video=True)
        local = two.call("102")  # a call between extensions at the same moment
        other = await three.incoming()
        other.answer()
        await local.until(events.Accepted)
        await other.until(events.Confirmed)
        await asyncio.gather(talk(call, far), hears(local.ear, three.hertz), hears(other.ear, two.hertz))
        through = far.remote_media.port("audio") in PORTS and call.remote_target[1] in PORTS
        assert through == relay
        assert call.ear is not None
        assert other.ear is not None
        if relay:
            assert far.ear is not None
            assert far.ear.target is not None
            assert far.ear.target[1] in PORTS
            assert call.ear.target is not None
            assert call.ear.target[1] in PORTS
            assert "video" not in offered_kinds(far.invite)
            assert call.remote_sdp is not None
            assert b"m=video 0 " in call.remote_sdp  # refused to the phone; the audio call goes on
        else:
            assert far.remote_media.port("audio") == call.ear.port
        assert local.remote_target[1] == other.ear.port  # direct, not through the server
        views = {view.caller: view.media for view in await house.ask(calls.live_calls)}
        assert views["101"] == "direct"
        assert views["100"] == ("relay" if relay else "direct")
        call.hang_up()
        local.hang_up()
        await far.until_ended()
        await other.until_ended()


async def test_s1_calls_from_a_relaying_trunk(house: House) -> None:
    async with Carrier(ACCOUNT, hertz=FAR, quirks=PEER) as carrier:
        await house.add("trunk", "office", **trunk_values(carrier, relay_media=True))
        await asyncio.sleep(0)
        phone = await house.phone("100", hertz=LOW, behavior=phone_answers)
        await house.hear(events_of_trunks(), lambda event: "127.0.0.1" in event.trunk.addresses)
        call = carrier.call(IncomingInvite(number="100"), to=house.server(phone.transport))
        await call.until_answered()
        (incoming,) = phone.all_calls
        await talk(incoming, call)
        assert call.remote_media.port("audio") in PORTS
        call.hang_up()
        await incoming.until_ended()


def events_of_trunks() -> type:
    """The event that tells of a trunk."""
    from app.events import TrunkChanged

    return TrunkChanged
