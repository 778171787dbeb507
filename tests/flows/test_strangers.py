"""What people try who want to call at somebody else's cost, or to be somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.outside import CallerIdForm
from app.services.routing_tables import CalledRule, RouteKind
from app.sip import events
from app.sip.flow import Address
from app.sip.message import Request, Response, parse
from app.sip.outgoing import OutgoingRequest
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import SERVER, Office, in_virtual_time
from tests.support.outside_office import OutsideOffice, outcome, to_trunk, trunk_to
from tests.support.phone import PhoneCall
from tests.support.wire import WireSockets

PREMIUM = "0900123456"


def answering(call: PhoneCall) -> None:
    call.ring()
    call.answer()


class Stranger:
    """A datagram socket that nobody has configured, and whatever it likes to write."""

    def __init__(self) -> None:
        self.heard: list[Response | Request] = []

    async def enter(self, office: Office, host: str = "203.0.113.66") -> None:
        self.host = host
        self.socket = await WireSockets(office.wire, host).open(host, 5060, self)

    def datagram_received(self, data: bytes, remote: Any) -> None:
        self.heard.append(parse(data))

    def peer_unreachable(self, remote: Any, reason: str) -> None:
        raise AssertionError(reason)

    def send(
        self, method: str, uri: str, *, ends: tuple[str, str], call_id: str = "c", cseq: int = 1
    ) -> None:
        text = (
            f"{method} {uri} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {self.host};branch=z9hG4bK{method}{call_id}{cseq}\r\n"
            f"From: {ends[0]}\r\nTo: {ends[1]}\r\nCall-ID: {call_id}\r\nCSeq: {cseq} {method}\r\n"
            f"Max-Forwards: 70\r\nContact: <sip:x@{self.host}>\r\nContent-Length: 0\r\n\r\n"
        )
        self.socket.send(text.encode(), SERVER)

    @property
    def statuses(self) -> list[int]:
        return [each.status for each in self.heard if isinstance(each, Response)]


@pytest.mark.parametrize("uri", ["sip:87654321@10.0.0.1", "sip:100@10.0.0.1", f"sip:{PREMIUM}@10.0.0.1"])
@pytest.mark.parametrize("claims", ["<sip:100@10.0.0.1>", "<sip:138@carrier.example>", "<sip:x@10.0.9.1>"])
@in_virtual_time
async def test_to_know_a_lines_user_or_an_extension_opens_nothing(uri: str, claims: str) -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=answering)
        carrier = await office.with_line()
        office.set_trunks(trunk_to(await office.carrier(quirks=CarrierQuirks(challenges=False))))
        office.route(to_trunk("0"))
        stranger = Stranger()
        await stranger.enter(office)
        stranger.send("INVITE", uri, ends=(f"{claims};tag=1", f"<{uri}>"))
        await office.quiet()
        assert stranger.statuses == [407]
        assert not phone.all_calls
        assert not carrier.calls


@in_virtual_time
async def test_strangers_cannot_touch_a_call_without_its_tags() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=answering)
        call = caller.call("101")
        await call.until(events.Accepted)
        session = call.session
        stranger = Stranger()
        await stranger.enter(office)
        ours = f"<sip:100@10.0.0.1>;tag={session.local_tag}"
        for theirs in ("<sip:101@10.0.0.1>", "<sip:101@10.0.0.1>;tag=guess"):
            for number, method in enumerate(("BYE", "INVITE", "UPDATE", "CANCEL", "INFO", "REFER")):
                stranger.send(
                    method, "sip:101@10.0.0.1", ends=(ours, theirs), call_id=session.call_id, cseq=50 + number
                )
        await office.quiet()
        assert set(stranger.statuses) <= {407, 481, 482, 501}
        assert call.ended is None
        assert len(office.exchange.calls) == 1
        call.hang_up()
        await call.until_ended()


@in_virtual_time
async def test_who_authenticates_is_who_calls_whatever_the_invite_says() -> None:
    async with Office() as office:
        thief = await office.phone("102")
        victim_of_the_lie = await office.phone("101", behavior=answering)
        thief.number = "100"  # what stands in From; the credentials stay those of 102
        claims = (
            ("P-Asserted-Identity", "<sip:100@10.0.0.1>"),
            ("Remote-Party-ID", "<sip:100@10.0.0.1>;party=calling"),
            ("Diversion", "<sip:100@10.0.0.1>"),
        )
        call = thief.call("101", headers=claims, display="The boss")
        await call.until(events.Accepted)
        request = victim_of_the_lie.all_calls[0].request
        assert request is not None
        assert request.from_.user == "102"
        assert request.from_.display != "The boss"
        for name in ("p-asserted-identity", "remote-party-id", "diversion"):
            assert "100@" not in (request.get(name) or "")
        call.hang_up()
        await call.until_ended()
        await office.quiet()
        assert (office.last_record.caller, office.last_record.called) == ("102", "101")


@in_virtual_time
async def test_nobody_registers_for_another() -> None:
    async with Office() as office:
        phone = await office.phone("100")
        request = OutgoingRequest(
            method="REGISTER",
            uri=f"sip:{SERVER}",
            from_=f"<sip:101@{SERVER}>",
            to=f"<sip:101@{SERVER}>",
            contact_user="101",
            contact_params=";expires=600",
            flows=(phone.flow,),
            credentials=phone._credentials,
        )
        sent = phone.run(phone.endpoint.stack.send_request, request)
        await office.quiet()
        assert [each.status for each in phone.responses if each.request is sent] == [403]
        assert not office.exchange.bindings.of("101")


@pytest.mark.parametrize("number", [PREMIUM, f"9{PREMIUM}", "110", "9110", "0;x", "+86110"])
@in_virtual_time
async def test_calls_from_outside_do_not_leave_again(number: str) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(incoming_to="", shared=True)
        other = await office.carrier(quirks=CarrierQuirks(challenges=False))
        office.set_trunks(trunk_to(other))
        office.route(to_trunk("0"), CalledRule(id="2", called_prefix="1", route_kind=RouteKind.LINE))
        for source, address in ((carrier, None), (other, SERVER)):
            call = source.call(IncomingInvite(number=number), to=address)
            assert await call.until_ended() == "refused"
            assert call.status in (403, 404, 484)
        assert len(other.calls) == 1
        assert len(carrier.calls) == 1


@pytest.mark.parametrize("tel_uri", [False, True])
@pytest.mark.parametrize(
    "user", ["0123%0d%0aX-Evil:%20yes", "0123%3e%3bx", "0123%40evil.example", "0123%00", "0-0x123"]
)
@in_virtual_time
async def test_what_is_dialled_cannot_write_headers(user: str, tel_uri: bool) -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100")
        peer = await office.carrier(quirks=CarrierQuirks(challenges=False))
        office.set_trunks(trunk_to(peer, tel_uri=tel_uri))
        office.route(to_trunk("0"))
        assert await outcome(phone.call(user)) == 484
        assert not peer.calls


@in_virtual_time
async def test_parameters_of_a_number_are_not_passed_on() -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100")
        peer = await office.carrier(quirks=CarrierQuirks(challenges=False))
        office.set_trunks(trunk_to(peer))
        office.route(to_trunk("0"))
        call = phone.call("0123;cic=+15550001")
        far = await peer.incoming()
        assert "cic" not in far.invite.uri_text
        far.reject(486)
        assert await outcome(call) == 486


@in_virtual_time
async def test_a_caller_outside_cannot_make_a_phone_answer_by_itself() -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=answering)
        colleague = await office.phone("101")
        carrier = await office.with_line()
        auto = (("Alert-Info", "<http://x>;info=alert-autoanswer;delay=0"),)
        call = carrier.call(IncomingInvite(headers=auto))
        await call.until_answered()
        call.hang_up()
        inside = colleague.call("100", headers=auto)
        await inside.until(events.Accepted)
        inside.hang_up()
        await office.quiet()
        requests = [each.request for each in phone.all_calls]
        assert [request is not None and request.get("alert-info") is not None for request in requests] == [
            False,
            True,
        ]


@in_virtual_time
async def test_a_nonce_for_another_address_is_worth_nothing_and_bans_nobody() -> None:
    async with Office() as office:
        guesser = await office.phone("100", password="guess", registered=False)
        assert (await guesser.register()).status == 403
        forged = [data for way, data in guesser.recorder.messages if b"\r\nAuthorization: Digest" in data][-1]
        stranger = Stranger()
        await stranger.enter(office, "192.0.2.77")  # in whose name somebody sends
        for number in range(30):
            again = forged.replace(b"branch=z9hG4bK", b"branch=z9hG4bK%d" % number)
            again = again.replace(guesser.host.encode(), stranger.host.encode())
            again = again.replace(b"Call-ID: ", b"Call-ID: %d" % number)
            stranger.socket.send(again, Address(SERVER.host, SERVER.port))
        await office.quiet()
        assert stranger.statuses == [401] * 30
        assert office.exchange.authenticator.refusals == 1
        assert office.exchange.defence.bans() == ()


@pytest.mark.parametrize("caller", ["1%0d%0aX-Evil:%20yes", "1%3e%3bx%22", "1%00%1b%5b2J"])
@in_virtual_time
async def test_who_calls_cannot_write_headers(caller: str) -> None:
    async with OutsideOffice() as office:
        phone = await office.phone("100", behavior=answering)
        source = await office.carrier(quirks=CarrierQuirks(challenges=False))
        target = await office.carrier(quirks=CarrierQuirks(challenges=False))
        office.set_trunks(
            trunk_to(source, "source", transit=True),
            trunk_to(target, "target", caller_id_form=CallerIdForm.PAI),
        )
        office.route(to_trunk("0", "target"))
        name = 'a\\"b\\\\'
        inside = source.call(IncomingInvite(number="100", caller=caller, name=name), to=SERVER)
        await inside.until_answered()
        outside = source.call(IncomingInvite(number="0123", caller=caller, name=name), to=SERVER)
        far = await target.incoming()
        heard = phone.all_calls[0].request
        assert heard is not None
        for request in (heard, far.invite):
            assert request.get("x-evil") is None
            assert request.from_.display in ('a"b\\', "")
            assert "\x1b" not in request.encode().decode()
            assert len(request.contacts) == 1
        far.reject(486)
        await outside.until_ended()
        inside.hang_up()
        await phone.all_calls[0].until_ended()
