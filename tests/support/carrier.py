"""A simulated carrier: a registrar and the telephone network behind it, with the quirks of real ones.

It stands on loopback sockets, or on the simulated wire in virtual time; what it writes is of its own hand.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from app.net.sockets import DatagramSockets
from app.sip.flow import Address, Transport
from app.sip.message import Request, Response, parse
from tests.support.carrier_accounts import Account, Gate
from tests.support.carrier_call import CarrierCall
from tests.support.carrier_called import CalledCall
from tests.support.carrier_caller import CallingCall
from tests.support.carrier_doors import DatagramDoor, Door, StreamDoor
from tests.support.carrier_invites import Caller, IncomingInvite
from tests.support.carrier_log import CarrierLog, Said
from tests.support.carrier_messages import compacted, new_word, write_reply, write_request
from tests.support.carrier_policy import refusal
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.carrier_registrar import Binding, CarrierRegistrar, Heard
from tests.support.carrier_repeats import Repeater

Headers = Iterable[tuple[str, str]]
PATIENCE = 15.0


class Carrier:
    """Use it as an asynchronous context. Calls that come are for `behavior`, or wait in `incoming()`.

    `quirks` may be changed while it runs. `hertz` > 0: its calls carry a real tone and hear what comes.
    With a `tls` context it has a port for TLS as well.
    """

    def __init__(
        self,
        *accounts: Account,
        quirks: CarrierQuirks | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        elsewhere: str = "127.0.0.2",
        sockets: DatagramSockets | None = None,
        hertz: float = 0,
        behavior: Callable[[CalledCall], Any] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.accounts = accounts or (Account(user="87654321", password="carrier-secret"),)
        self.host = host
        self.hertz = hertz
        self.behavior = behavior
        self.patience = PATIENCE if sockets is None else 7200.0
        self.log = CarrierLog()
        self.garbage: list[bytes] = []
        self.calls: list[CarrierCall] = []
        self._elsewhere_host = elsewhere
        self._tls_context = tls
        self._port = port
        self._sockets = sockets
        self._gate = Gate(self.accounts, quirks or CarrierQuirks())
        self.registrar = CarrierRegistrar(lambda: self.quirks, self._gate, self.reply, self._tell)
        self._waiting: deque[CalledCall] = deque()
        self._news = asyncio.Event()
        self._answered: dict[tuple[str, str], bytes] = {}
        self._unacknowledged: dict[tuple[str, int], tuple[Repeater, Callable[[Heard], None] | None]] = {}
        self._clients: dict[tuple[str, str], tuple[Repeater, Callable[[Response], None]]] = {}

    @property
    def quirks(self) -> CarrierQuirks:
        """What it does now."""
        return self._gate.quirks

    @quirks.setter
    def quirks(self, quirks: CarrierQuirks) -> None:
        self._gate.quirks = quirks

    # Its life

    async def start(self) -> Carrier:
        """Open the sockets: UDP, TCP on the same port where they are real, and one to call from elsewhere."""
        self.udp = await DatagramDoor(self.receive).open(self.host, self._port, self._sockets)
        self.address = self.udp.address
        self.elsewhere = await DatagramDoor(self.receive).open(self._elsewhere_host, 0, self._sockets)
        self.tcp: StreamDoor | None = None
        if self._sockets is None:
            self.tcp = await StreamDoor(self.receive).open(self.host, self.address.port)
        self.tls: StreamDoor | None = None
        if self._tls_context is not None:
            self.tls = await StreamDoor(self.receive, self._tls_context).open(self.host, 0)
        return self

    async def stop(self) -> None:
        """Vanish, in the middle of whatever there is."""
        for repeater, _ in (*self._unacknowledged.values(), *self._clients.values()):
            repeater.stop()
        for call in self.calls:
            call.over("hung up")
        for door in (self.udp, self.elsewhere, self.tcp, self.tls):
            if door is not None:
                await door.close()

    async def __aenter__(self) -> Carrier:
        return await self.start()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    # What tests wait for

    def _tell(self) -> None:
        self._news.set()

    async def until(self, question: Callable[[], object], what: str) -> None:
        """Wait until it holds; asked again after every message."""
        try:
            async with asyncio.timeout(self.patience):
                while not question():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            log = "\n".join(self.log.first_lines())
            raise AssertionError(f"{what} did not come; the carrier's log:\n{log}") from None

    async def until_registered(self, times: int = 1) -> Binding:
        """Wait until REGISTER was answered with 200 so often; the first account's binding."""
        await self.until(lambda: self.registrar.accepted >= times, f"registration {times}")
        binding = self.registrar.binding(self.accounts[0])
        assert binding is not None
        return binding

    async def incoming(self) -> CalledCall:
        """Wait for the next call of the PBX that no behavior took."""
        await self.until(lambda: self._waiting, "a call")
        return self._waiting.popleft()

    @property
    def running(self) -> list[CarrierCall]:
        """The calls that have not ended."""
        return [call for call in self.calls if not call.ended]

    # Calls to the PBX

    def call(self, invite: IncomingInvite | None = None, *, to: Address | None = None) -> CallingCall:
        """Call the first account where it is registered; or, as a trunk does, the PBX at an address."""
        invite = invite or IncomingInvite()
        account = invite.account or self.accounts[0]
        binding = self.registrar.binding(account)
        door: Door = self.udp
        contact = ""
        if to is None:
            assert binding is not None, f"{account.address} is not registered"
            door, to, contact = binding.door, binding.remote, binding.contact
        if self.quirks.calls_from_elsewhere:
            door = self.elsewhere
        parts = Caller(invite, account, self.quirks).parts(contact, to)
        call = CallingCall(self, door, to, uri=parts.uri, from_=parts.from_, to=parts.to)
        self.calls.append(call)
        call.start(offer=invite.offer, headers=parts.headers)
        return call

    def contact(self, door: Door) -> str:
        """Our Contact."""
        end = "" if door.transport is Transport.UDP else f";transport={door.transport.value.lower()}"
        return f"<sip:gateway@{self.quirks.contact_host or door.address}{end}>"

    def routed(self, door: Door) -> list[tuple[str, str]]:
        """The headers that lead requests of a dialog to us: Contact, and a proxy's Record-Route."""
        headers = [("Contact", self.contact(door))]
        if self.quirks.record_route:
            end = "" if door.transport is Transport.UDP else f";transport={door.transport.value.lower()}"
            headers.insert(0, ("Record-Route", f"<sip:{door.address};lr{end}>"))
        return headers

    def call_ended(self, call: CarrierCall) -> None:
        """A call has come to its end."""
        self._tell()

    # Messages in

    def receive(self, data: bytes, door: Door, remote: Address) -> None:
        """One message of the PBX."""
        try:
            message = parse(data)
        except Exception:  # the tests look into `garbage`; a carrier does not fall over
            self.garbage.append(data)
            return
        self._log(data, door, remote, message, heard=True)
        if self.quirks.is_silent or (self.quirks.tcp_only and door.transport is Transport.UDP):
            self._tell()
            return
        if isinstance(message, Response):
            self._take_response(message)
        elif message.method not in self.quirks.silent_to:
            self._take_request(Heard(request=message, door=door, remote=remote))
        self._tell()

    def _take_response(self, response: Response) -> None:
        known = self._clients.get((response.via.branch, response.cseq.method))
        if known is None:
            return
        repeater, took = known
        if response.status >= 200 or response.cseq.method == "INVITE":
            repeater.stop()
        else:
            repeater.calm()
        took(response)

    def _take_request(self, heard: Heard) -> None:
        request = heard.request
        if request.method == "ACK":
            self._take_ack(heard)
            return
        answer = self._answered.get((request.via.branch, request.method))
        if answer is not None:
            self._send(answer, heard.door, heard.remote)
            return
        call = next((call for call in self.calls if call.call_id == request.call_id and not call.ended), None)
        if request.method == "CANCEL":
            self.reply(heard, 200 if call is not None else 481)
            if isinstance(call, CalledCall):
                call.cancelled()
        elif request.to_tag:
            if call is None:
                self.final(heard, 481)
            else:
                call.take(heard)
        elif request.method == "REGISTER":
            self.registrar.take(heard)
        elif request.method == "INVITE":
            self._called(heard)
        elif request.method == "OPTIONS":
            self.reply(heard, 200, headers=(("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS"),))
        else:
            self.reply(heard, 501)

    def _take_ack(self, heard: Heard) -> None:
        request = heard.request
        key = (request.call_id, request.cseq.number)
        waiting = self._unacknowledged.get(key)
        if waiting is None:
            return
        repeater, acknowledged = waiting
        if acknowledged is not None and self.quirks.loses_acks:
            return
        del self._unacknowledged[key]
        repeater.stop()
        if acknowledged is not None:
            acknowledged(heard)

    def _called(self, heard: Heard) -> None:
        self.reply(heard, 100)
        account: Account | None = None
        if self.quirks.challenges and self.quirks.challenges_invites:
            proxy = self.quirks.invites_challenged_with == 407
            verdict = self._gate.check(heard.request, proxy=proxy)
            if verdict.account is not None and self.quirks.refuses_credentials_of_invites:
                again = self._gate.challenge(proxy=proxy, again=True)
                self.final(heard, self.quirks.invites_challenged_with, headers=again)
                return
            if verdict.account is None:
                self.final(heard, verdict.status, headers=verdict.headers)
                return
            account = verdict.account
        found = refusal(heard.request, self.quirks, calls=len(self.running))
        if found is not None:
            self.final(heard, found.status, reason=found.reason, headers=found.headers)
            return
        call = CalledCall(self, heard, account)
        self.calls.append(call)
        if self.behavior is not None:
            self.behavior(call)
        else:
            self._waiting.append(call)

    # Messages out

    def reply(
        self,
        heard: Heard,
        status: int,
        *,
        tag: str = "",
        reason: str = "",
        headers: Headers = (),
        body: str = "",
    ) -> None:
        """Answer a request; a repeat of it will get the same."""
        data = write_reply(
            heard.request,
            status,
            heard.remote,
            tag=tag or new_word(),
            reason=reason,
            headers=headers,
            body=body,
        )
        self._answered[heard.request.via.branch, heard.request.method] = data
        self._send(data, heard.door, heard.remote)

    def final(
        self,
        heard: Heard,
        status: int,
        *,
        tag: str = "",
        reason: str = "",
        headers: Headers = (),
        body: str = "",
        acknowledged: Callable[[Heard], None] | None = None,
        gave_up: Callable[[], None] | None = None,
    ) -> None:
        """Answer a request for good; to an INVITE again and again until the ACK."""
        request = heard.request
        say = partial(
            self.reply, heard, status, tag=tag or new_word(), reason=reason, headers=headers, body=body
        )
        if request.method != "INVITE":
            say()
            return
        key = (request.call_id, request.cseq.number)

        def give_up() -> None:
            self._unacknowledged.pop(key, None)
            if gave_up is not None:
                gave_up()

        repeats = heard.door.transport is Transport.UDP or status < 300
        self._unacknowledged[key] = (Repeater(say, give_up, once=not repeats), acknowledged)

    def ask(
        self,
        method: str,
        uri: str,
        *,
        door: Door,
        remote: Address,
        took: Callable[[Response], None],
        silent: Callable[[], None] | None = None,
        branch: str = "",
        **parts: Any,
    ) -> str:
        """Send a request, again and again until a response; returns its branch."""
        branch = branch or new_word()
        send = partial(self.say, method, uri, door=door, remote=remote, branch=branch, **parts)
        repeater = Repeater(
            send,
            silent or (lambda: None),
            longest=float("inf") if method == "INVITE" else 4.0,
            once=door.transport is not Transport.UDP,
        )
        self._clients["z9hG4bK" + branch, method] = (repeater, took)
        return branch

    def say(self, method: str, uri: str, *, door: Door, remote: Address, **parts: Any) -> None:
        """Send a request once."""
        via = f"{door.transport.value} {door.address}"
        self._send(write_request(method, uri, via=via, **parts), door, remote)

    def _send(self, data: bytes, door: Door, remote: Address) -> None:
        if self.quirks.compact_headers:
            data = compacted(data)
        message = parse(data)
        self._log(data, door, remote, message, heard=False)
        door.send(data, remote)

    def _log(
        self, data: bytes, door: Door, remote: Address, message: Request | Response, *, heard: bool
    ) -> None:
        self.log.add(
            Said(
                at=asyncio.get_running_loop().time(),
                heard=heard,
                transport=door.transport,
                local=door.address,
                remote=remote,
                data=data,
                message=message,
            )
        )
