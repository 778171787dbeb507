"""The simulated carrier against the kit's own phone and against hand-written messages."""

from __future__ import annotations

import asyncio

import pytest

from app.sip import events
from app.sip.digest import DigestClient
from app.sip.flow import Address, Transport
from app.sip.message import Response
from app.sip.outgoing import OutgoingRequest
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import answering, refusing, ringing
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks, DidPlace, Prack, UserPhone
from tests.support.office import in_virtual_time
from tests.support.phone import Phone, PhoneCall
from tests.support.phone import answering as phone_answers
from tests.support.tones import Samples, seconds_of
from tests.support.wire import LoopScheduler, Wire, WireSockets

ACCOUNT = Account(user="87654321", password="secret", domain="carrier.example")
CARRIER = Address("10.0.9.1", 5060)


class Street:
    """A carrier and a phone that plays the PBX, on one wire."""

    def __init__(self, quirks: CarrierQuirks | None = None, *, user: str = "87654321") -> None:
        self.wire = Wire(LoopScheduler(asyncio.get_running_loop()))
        self.carrier = Carrier(
            ACCOUNT,
            quirks=quirks,
            host=CARRIER.host,
            port=CARRIER.port,
            elsewhere="10.0.9.2",
            sockets=WireSockets(self.wire, CARRIER.host),
        )
        self.phone = Phone(
            "87654321",
            "secret",
            CARRIER,
            host="10.0.0.1",
            port=5060,
            sockets=WireSockets(self.wire, "10.0.0.1"),
        )
        self.credentials = DigestClient(user, "secret")
        self.cseq = 0
        self.phone.patience = 300

    async def __aenter__(self) -> Street:
        await self.carrier.start()
        await self.phone.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.phone.stop()
        await self.carrier.stop()
        assert self.carrier.garbage == []

    async def register(self, *, call_id: str = "", fresh: bool = False, expires: int = 600) -> Response:
        """Register at the carrier's domain, through its address."""
        self.cseq += 2
        response = await self.phone.ask(
            OutgoingRequest(
                method="REGISTER",
                uri="sip:carrier.example",
                from_="<sip:87654321@carrier.example>",
                to="<sip:87654321@carrier.example>",
                contact_user="87654321",
                contact_params=f";expires={expires}",
                flows=(self.phone.flow,),
                credentials=self.credentials,
                call_id=call_id,
                cseq=self.cseq,
                new_call_id_on_challenge=fresh,
            )
        )
        assert response is not None
        return response

    async def outcome(self, number: str = "10086", **options: object) -> int:
        """Call, and wait for an answer of any kind; its status."""
        call = self.phone.call(number, **options)  # type: ignore[arg-type]
        await call.until_true(lambda: call.status >= 200, "a final answer")
        if call.status == 200:
            call.hang_up()
            await call.until_ended()
        return call.status


async def test_registers_and_talks_on_loopback() -> None:
    async with Carrier(ACCOUNT, hertz=600) as carrier:
        phone = Phone("87654321", "secret", carrier.address, hertz=440)
        async with phone:
            assert (await phone.register()).status == 200
            out = phone.call("10086")
            far = await carrier.incoming()
            assert (far.number, far.caller) == ("10086", "87654321")
            far.ring()
            far.answer()
            await far.until_answered()
            await hear_each_other(out, far.ear, 600, 440)
            out.hang_up()
            assert await far.until_ended() == "bye"
            phone.behavior = phone_answers
            back = carrier.call(IncomingInvite(caller="13900000000"))
            await back.until_answered()
            await hear_each_other(phone.all_calls[-1], back.ear, 600, 440)
            back.hang_up()
            await phone.all_calls[-1].until_ended()


async def hear_each_other(call: PhoneCall, ear: object, low: float, high: float) -> None:
    """The phone hears the carrier's tone, the carrier the phone's."""

    def listens(samples: Samples, hertz: float) -> bool:
        return seconds_of(samples, hertz) > 0.2

    assert call.ear is not None
    await asyncio.to_thread(call.ear.listen, lambda samples: listens(samples, low))
    await asyncio.to_thread(ear.listen, lambda samples: listens(samples, high))  # type: ignore[attr-defined]


async def test_speaks_tcp_and_can_refuse_udp() -> None:
    async with Carrier(ACCOUNT, quirks=CarrierQuirks(tcp_only=True)) as carrier:
        phone = Phone("87654321", "secret", carrier.address, transport=Transport.TCP)
        async with phone:
            assert (await phone.register()).status == 200
            assert carrier.tcp is not None
            assert len(carrier.tcp.peers) == 1
            phone.behavior = phone_answers
            call = carrier.call()
            await call.until_answered()
            call.hang_up()
            await phone.all_calls[0].until_ended()


@in_virtual_time
async def test_refuses_a_repeated_call_id() -> None:
    async with Street(CarrierQuirks(refuses_same_call_id=True)) as street:
        refused = await street.register(call_id="same")
        assert refused.status == 400
        assert refused.get("p-registrar-error") == "Invalid CSeq number"
        assert (await street.register(call_id="other", fresh=True)).status == 200
        assert street.carrier.log.statuses("REGISTER") == [401, 400, 401, 200]


@pytest.mark.parametrize(("user", "status"), [("87654321", 403), ("87654321@carrier.example", 200)])
@in_virtual_time
async def test_wants_the_domain_in_the_digest_user(user: str, status: int) -> None:
    async with Street(CarrierQuirks(digest_user_with_domain=True), user=user) as street:
        assert (await street.register()).status == status


@pytest.mark.parametrize(
    ("quirks", "statuses"),
    [
        (CarrierQuirks(), [401, 200]),
        (CarrierQuirks(refuses_first=403), [403]),
        (CarrierQuirks(refuses_register=405), [405]),
        (CarrierQuirks(refuses_extension="100rel"), [401, 200]),
        (CarrierQuirks(unavailable=1, retry_after=7), [503]),
        (CarrierQuirks(min_expires=1800), [401, 423]),
        (CarrierQuirks(algorithms=("SHA-256",)), [401, 200]),
        (CarrierQuirks(algorithms=("AKAv1-MD5",)), [401]),
        (CarrierQuirks(realm="fritz.box"), [401, 200]),
    ],
)
@in_virtual_time
async def test_registrar(quirks: CarrierQuirks, statuses: list[int]) -> None:
    async with Street(quirks) as street:
        answer = await street.register()
        assert street.carrier.log.statuses("REGISTER") == statuses
        if answer.status == 423:
            assert answer.min_expires == 1800
        if answer.status == 503:
            assert answer.retry_after is not None
            assert answer.retry_after.seconds == 7


@in_virtual_time
async def test_stale_nonces() -> None:
    async with Street(CarrierQuirks(nonce_uses=1, says_stale=False)) as street:
        assert (await street.register()).status == 200
        first = street.carrier.log.last("REGISTER").get("authorization") or ""
        assert (await street.register()).status == 200
        second = street.carrier.log.last("REGISTER").get("authorization") or ""
        assert first != second


@in_virtual_time
async def test_a_wrong_password() -> None:
    async with Street() as street:
        street.credentials = DigestClient("87654321", "wrong")
        assert (await street.register()).status == 401
        street.carrier.quirks = CarrierQuirks(wrong_password=403)
        assert (await street.register()).status == 403
        street.carrier.quirks = CarrierQuirks(repeats_nonce=True)
        refused = await street.register()
        nonces = {each.nonce for each in refused.challenges}
        assert nonces == {each.nonce for each in street.carrier.log.last("REGISTER").credentials}


@in_virtual_time
async def test_what_the_200_says() -> None:
    quirks = CarrierQuirks(
        grants=120,
        contact_rewritten="192.0.2.7:1024",
        other_contacts=("sip:87654321@192.0.2.8:5060",),
        service_route=("<sip:orig@scscf.example;lr>",),
        associated_uris=("sip:+862112345678@carrier.example",),
    )
    async with Street(quirks) as street:
        answer = await street.register()
        assert [str(each.uri) for each in answer.contacts] == [
            "sip:87654321@192.0.2.8:5060",
            "sip:87654321@192.0.2.7:1024",
        ]
        assert answer.contacts[1].expires == 120
        assert answer.get("service-route") == "<sip:orig@scscf.example;lr>"
        assert answer.get("p-associated-uri") == "<sip:+862112345678@carrier.example>"
        street.carrier.quirks = CarrierQuirks(omits_contact=True)
        assert (await street.register()).contacts == ()


@pytest.mark.parametrize(
    ("quirks", "number", "status"),
    [
        (CarrierQuirks(), "10086", 200),
        (CarrierQuirks(caller_ids=frozenset({"10000"})), "10086", 403),
        (CarrierQuirks(caller_ids=frozenset({"87654321"})), "10086", 200),
        (CarrierQuirks(number_pattern=r"\+\d+", number_status=484), "10086", 484),
        (CarrierQuirks(number_pattern=r"\+\d+"), "+8610086", 200),
        (CarrierQuirks(user_phone=UserPhone.DEMANDED), "10086", 403),
        (CarrierQuirks(user_phone=UserPhone.REFUSED), "10086", 200),
        (CarrierQuirks(channels=0, channels_status=503), "10086", 503),
        (CarrierQuirks(codecs=(8,)), "10086", 488),
        (CarrierQuirks(demands_srtp=True), "10086", 488),
        (CarrierQuirks(session_expires=600), "10086", 200),
        (CarrierQuirks(refuses_extension="100rel"), "10086", 420),
        (CarrierQuirks(prack=Prack.REQUIRED), "10086", 200),
        (CarrierQuirks(prack=Prack.ANSWERED_405), "10086", 200),
        (CarrierQuirks(challenges_invites=False), "10086", 200),
        (CarrierQuirks(refuses_credentials_of_invites=True), "10086", 407),
        (CarrierQuirks(early_media=True), "10086", 200),
        (CarrierQuirks(qop=""), "10086", 200),
        (CarrierQuirks(qop="auth-int"), "10086", 200),
        (CarrierQuirks(invites_challenged_with=401), "10086", 200),
        (CarrierQuirks(compact_headers=True), "10086", 200),
        (CarrierQuirks(record_route=True, contact_host="gw.carrier.example"), "10086", 200),
    ],
)
@in_virtual_time
async def test_calls_of_the_pbx(quirks: CarrierQuirks, number: str, status: int) -> None:
    async with Street(quirks) as street:
        street.carrier.behavior = answering
        assert await street.outcome(number) == status
        await street.carrier.until(lambda: not street.carrier.running, "the end of the call")


@in_virtual_time
async def test_video_and_100rel() -> None:
    async with Street(CarrierQuirks(refuses_video=484)) as street:
        assert await street.outcome(video=True) == 484
        street.phone.rel100 = False
        street.carrier.quirks = CarrierQuirks(prack=Prack.REQUIRED)
        assert await street.outcome() == 421
        street.carrier.quirks = CarrierQuirks()
        street.carrier.behavior = refusing(486)
        assert await street.outcome() == 486


@in_virtual_time
async def test_prack_is_answered() -> None:
    for prack, status in ((Prack.REQUIRED, 200), (Prack.ANSWERED_405, 405)):
        async with Street(CarrierQuirks(prack=prack)) as street:
            call = street.phone.call("10086")
            far = await street.carrier.incoming()
            far.ring()
            await call.until(events.Progressed)
            await far.until(lambda far=far: far.pracks, "PRACK")
            assert far.pracks == [status]
            call.hang_up()
            assert await far.until_ended() == "cancelled"


@in_virtual_time
async def test_a_lost_ack_ends_the_call_after_32_seconds() -> None:
    async with Street(CarrierQuirks(loses_acks=True)) as street:
        street.phone.call("10086")
        far = await street.carrier.incoming()
        far.answer()
        answered = asyncio.get_running_loop().time()
        assert await far.until_ended() == "no ack"
        assert far.ended_at - answered == pytest.approx(32)
        assert len(street.carrier.log.requests("ACK")) > 5


@in_virtual_time
async def test_a_session_that_is_not_refreshed_is_ended() -> None:
    async with Street(CarrierQuirks(session_expires=90)) as street:
        call = street.phone.call("10086")
        far = await street.carrier.incoming()
        far.answer()
        await far.until_answered()
        await asyncio.sleep(300)
        assert far.refreshes >= 3  # the phone's stack refreshes
        assert not far.ended
        call.hang_up()
        await far.until_ended()


@pytest.mark.parametrize("place", list(DidPlace))
@in_virtual_time
async def test_where_the_dialled_number_stands(place: DidPlace) -> None:
    async with Street(CarrierQuirks(did_in=place)) as street:
        await street.register()
        street.phone.behavior = phone_answers
        call = street.carrier.call(IncomingInvite(number="5551234"))
        await call.until_answered()
        request = street.phone.all_calls[0].request
        assert request is not None
        places = {
            DidPlace.REQUEST_URI: request.uri_text,
            DidPlace.TO: str(request.to),
            DidPlace.CALLED_PARTY_ID: request.get("p-called-party-id") or "",
            DidPlace.PREFERRED_IDENTITY: request.get("p-preferred-identity") or "",
            DidPlace.DIVERSION: request.get("diversion") or "",
        }
        assert [each for each, text in places.items() if "5551234" in text] == [place]
        call.hang_up()
        await street.phone.all_calls[0].until_ended()


@in_virtual_time
async def test_withheld_callers_and_calls_from_elsewhere() -> None:
    async with Street(CarrierQuirks(calls_from_elsewhere=True)) as street:
        await street.register()
        call = street.carrier.call(IncomingInvite(withheld=True))
        incoming = await street.phone.incoming()
        assert incoming.request is not None
        assert "anonymous@anonymous.invalid" in (incoming.request.get("from") or "")
        assert incoming.request.get("privacy") == "id"
        assert incoming.request.via.host == "10.0.9.2"
        incoming.reject(603)
        assert await call.until_ended() == "refused"
        assert call.status == 603


@in_virtual_time
async def test_calls_that_the_carrier_gives_up() -> None:
    async with Street() as street:
        await street.register()
        call = street.carrier.call()
        incoming = await street.phone.incoming()
        incoming.ring()
        await call.until_ringing()
        call.hang_up()
        assert await call.until_ended() == "cancelled"
        assert (await incoming.until_ended()).cause is events.EndCause.CANCELLED


@in_virtual_time
async def test_the_carrier_acknowledges_reliable_ringing() -> None:
    async with Street(CarrierQuirks(prack=Prack.REQUIRED)) as street:
        await street.register()
        call = street.carrier.call()
        incoming = await street.phone.incoming()
        incoming.ring()
        await call.until_ringing()
        await call.until(
            lambda: street.carrier.log.statuses("PRACK", heard=True) == [200], "its PRACK's answer"
        )
        incoming.answer()
        await call.until_answered()
        call.hang_up()
        await incoming.until_ended()


@in_virtual_time
async def test_fax() -> None:
    async with Street() as street:
        street.phone.call("10086")
        far = await street.carrier.incoming()
        far.answer()
        await far.until_answered()
        response = await far.change_to_fax()
        assert (response.status, "m=image 0" in response.body.decode()) == (200, True)
        far.hang_up()


@in_virtual_time
async def test_silence_and_a_restart() -> None:
    async with Street() as street:
        await street.register()
        street.carrier.registrar.forget()
        assert street.carrier.registrar.binding(ACCOUNT) is None
        assert (await street.register()).status == 200
        street.carrier.behavior = ringing
        street.carrier.quirks = CarrierQuirks(is_silent=True)
        call = street.phone.call("10086")
        await call.until_ended()
        assert call.status == 408
        assert len(street.carrier.log.requests("INVITE")) == 7


@in_virtual_time
async def test_the_log_as_a_case() -> None:
    async with Street() as street:
        await street.register()
        case = street.carrier.log.case({"user": "87654321"})
        assert [(each["dir"], each["text"][:12]) for each in case["messages"]][:2] == [
            ("out", "REGISTER sip"),
            ("in", "SIP/2.0 401 "),
        ]
        assert case["messages"][0]["peer"] == "10.0.9.1:5060/udp"
