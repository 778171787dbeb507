"""A scripted SIP phone on OpenMSS's own stack: on real sockets with real sound, or on a simulated wire."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from app.net.resolver import Resolver, Target
from app.net.sip_endpoint import Bound, Listen, SipEndpoint
from app.net.sockets import DatagramSockets
from app.sdp.codec import STATIC, Codec, codecs_of
from app.sdp.description import Media
from app.sdp.description import parse as parse_sdp
from app.sdp.direction import Direction, with_direction
from app.sdp.negotiation import audio_target
from app.sip import events
from app.sip.digest import DigestClient
from app.sip.flow import Address, Flow, Transport
from app.sip.flow import Direction as Way
from app.sip.grammar import quote
from app.sip.invite import InviteSession
from app.sip.message import Request, Response
from app.sip.outgoing import OutgoingInvite, OutgoingRequest
from app.sip.settings import StackSettings
from app.sip.stack import SipStack
from tests.support.rtp_ear import RtpEar

T = TypeVar("T")
PATIENCE = 15.0  # seconds a phone waits for anything; a test that waits longer has failed


class Recorder:
    """Keeps every message a phone sent or received."""

    def __init__(self) -> None:
        self.messages: list[tuple[Way, bytes]] = []

    def record(self, time_unix: float, direction: Way, flow: Flow, data: bytes) -> None:
        self.messages.append((direction, data))

    def first_lines(self, way: Way) -> list[str]:
        return [data.partition(b"\r\n")[0].decode() for direction, data in self.messages if direction is way]


PCMU = STATIC[0]
PCMA = STATIC[8]
G722 = STATIC[9]
G729 = STATIC[18]
OPUS = Codec(111, "opus", 48_000, 2)
EVENTS = Codec(101, "telephone-event", 8000)


def describe(
    host: str,
    port: int,
    *,
    version: int = 1,
    way: str = "sendrecv",
    video: bool = False,
    codecs: Sequence[Codec] = (PCMU, EVENTS),
) -> bytes:
    """A session description: mu-law and telephone-event, or what else is asked for, and H.264 video."""
    kind = "IP6" if ":" in host else "IP4"
    lines = [
        "v=0",
        f"o=phone 42 {version} IN {kind} {host}",
        "s=-",
        f"c=IN {kind} {host}",
        "t=0 0",
        f"m=audio {port} RTP/AVP {' '.join(str(codec.payload_type) for codec in codecs)}",
        *(f"a={line.value}" for codec in codecs for line in codec.lines()),
        f"a={way}",
    ]
    if video:
        lines += [f"m=video {port + 2} RTP/AVP 97", "a=rtpmap:97 H264/90000"]
    return "".join(line + "\r\n" for line in lines).encode()


def _in_common(mine: Media, theirs: Media) -> Media:
    """Our line with the codecs the offer has too, under its payload types; all of ours where it has none."""
    ours = codecs_of(mine)
    kept = [codec for codec in codecs_of(theirs) if any(codec.is_same(each) for each in ours)]
    if not any(codec.is_voice for codec in kept):
        return mine
    lines = tuple(line for line in mine.lines if not line.value.startswith(("rtpmap:", "fmtp:")))
    mapped = tuple(line for codec in kept for line in codec.lines())
    formats = tuple(str(codec.payload_type) for codec in kept)
    return replace(mine, formats=formats, lines=mapped + lines)


class PhoneCall:
    """One call as the phone sees it. `heard` are the stack's events, in order."""

    def __init__(self, phone: Phone, session: InviteSession | None, *, is_caller: bool) -> None:
        self.phone = phone
        self.session: Any = session
        self.is_caller = is_caller
        self.heard: list[Any] = []
        self.request: Request | None = None
        self.remote_sdp: bytes | None = None
        self.status = 0
        self.ended: events.Ended | None = None
        self.offers_answered = 0
        self.refuse_offers = 0  # the status to refuse a change of the session with; 0 = accept it
        self.has_video = False
        self._way = "sendrecv"
        self._version = 0
        self._news = asyncio.Event()
        self.ear: RtpEar | None = None
        if phone.hertz:
            self.ear = RtpEar(phone.hertz, phone.host, codec=phone.codecs[0].name.lower())

    # What it says

    def sdp(self, way: str | None = None) -> bytes:
        """The next description of ours."""
        self._version += 1
        self._way = way or self._way
        port = self.ear.port if self.ear is not None else 40000 + self.phone.address.port % 1000
        host = self.phone.media_host
        codecs = self.phone.codecs
        return describe(host, port, version=self._version, way=self._way, video=self.has_video, codecs=codecs)

    def _answer_to(self, sdp: bytes) -> bytes:
        """Answer an offer: its media lines in order, video only where we have it, directions mirrored."""
        offer = parse_sdp(sdp)
        ours = parse_sdp(self.sdp())
        target = audio_target(offer)
        allowed = Direction(self._way).limited_by(target.direction if target else Direction.SENDRECV)
        media = []
        for line in offer.media:
            mine = next((each for each in ours.media if each.kind == line.kind), None)
            if mine is None or line.is_rejected:
                media.append(line.rejected())
            else:
                media.append(with_direction(_in_common(mine, line), allowed))
        return type(ours)(lines=ours.lines, media=tuple(media)).encode()

    def ring(self, status: int = 180, *, early: bool = False) -> None:
        """Say that it rings, with sound if `early`."""
        sdp = self._answer_to(self.remote_sdp) if early and self.remote_sdp is not None else None
        self.phone.run(self.session.progress, status, sdp)

    def answer(self) -> None:
        """Take the call, with an answer or, to an INVITE without offer, with an offer."""
        sdp = self.sdp() if self.remote_sdp is None else self._answer_to(self.remote_sdp)
        self.phone.run(self.session.accept, sdp)

    def reject(self, status: int = 486) -> None:
        """Refuse the call."""
        self.phone.run(self.session.reject, status)

    def hang_up(self) -> None:
        """End the call: BYE, or CANCEL while it rings."""
        self.phone.run(self.session.end)
        self.close_ear()

    def change(self, way: str) -> None:
        """Offer the session anew in another direction: sendonly = hold, sendrecv = resume."""
        self.phone.run(self.session.offer, self.sdp(way))

    def send(self, method: str, content_type: str = "", body: bytes = b"", headers: Any = ()) -> None:
        """Send INFO, MESSAGE and so on in the dialog; the outcome is a ResponseReceived of the phone."""
        self.phone.run(self.session.request, method, headers, content_type, body)

    # What it hears

    def take(self, event: Any) -> None:
        self.heard.append(event)
        if isinstance(event, events.Accepted):
            self.status = 200
            if event.sdp is not None:
                self.hear_sdp(event.sdp)
                if event.is_offer:
                    self.phone.run(self.session.answer, self._answer_to(event.sdp))
        elif isinstance(event, events.Progressed | events.Rejected):
            self.status = event.status
            if isinstance(event, events.Progressed) and event.sdp is not None:
                self.hear_sdp(event.sdp)
        elif isinstance(event, events.Confirmed | events.AnswerReceived):
            if event.sdp is not None:
                self.hear_sdp(event.sdp)
        elif isinstance(event, events.OfferReceived):
            self._offered(event)
        elif isinstance(event, events.RequestInDialog):
            response = event.request.reply(200)
            self.phone.run(self.phone.endpoint.stack.respond, event.transaction, response)
        elif isinstance(event, events.Ended):
            self.ended = event
            self.close_ear()
        self._news.set()

    def _offered(self, event: events.OfferReceived) -> None:
        if self.refuse_offers:
            self.phone.run(self.session.refuse_offer, self.refuse_offers)
            return
        self.offers_answered += 1
        if event.sdp is None:
            self.phone.run(self.session.answer, self.sdp())
            return
        self.hear_sdp(event.sdp)
        self.phone.run(self.session.answer, self._answer_to(event.sdp))

    def hear_sdp(self, sdp: bytes) -> None:
        """Send the sound to where the peer says."""
        self.remote_sdp = sdp
        target = audio_target(parse_sdp(sdp))
        if self.ear is not None and target is not None and target.direction.receives:
            self.ear.target = (target.host, target.port)
            voice = next((each for each in target.codecs if each.name.lower() == self.ear.codec.name), None)
            if voice is not None:
                self.ear.payload_type = voice.payload_type

    def close_ear(self) -> None:
        if self.ear is not None:
            self.ear.close()

    @property
    def remote_target(self) -> tuple[str, int]:
        """Where the peer's description says it listens."""
        assert self.remote_sdp is not None
        target = audio_target(parse_sdp(self.remote_sdp))
        assert target is not None
        return target.host, target.port

    @property
    def remote_direction(self) -> str:
        """What the peer's description says of its direction."""
        assert self.remote_sdp is not None
        target = audio_target(parse_sdp(self.remote_sdp))
        assert target is not None
        return target.direction.value

    async def until(self, kind: type[T], number: int = 1) -> T:
        """Wait for the n-th event of a kind."""
        await self.until_true(
            lambda: sum(isinstance(each, kind) for each in self.heard) >= number, kind.__name__
        )
        return [each for each in self.heard if isinstance(each, kind)][number - 1]

    async def until_true(self, question: Callable[[], bool], what: str = "the condition") -> None:
        """Wait until it holds; asked again after every event."""
        try:
            async with asyncio.timeout(self.phone.patience):
                while not question():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            names = [type(each).__name__ for each in self.heard]
            raise AssertionError(f"{self.phone.number}: {what} did not come; heard {names}") from None

    async def until_ended(self) -> events.Ended:
        return await self.until(events.Ended)


class Phone:
    """One device. `hertz` > 0: its calls carry a real tone and hear what comes.

    `behavior(call)` decides on an incoming call at once; without it the call waits in `calls`.
    `media_host` and `contact` lie about the phone's address, as phones behind a NAT do.
    """

    def __init__(
        self,
        number: str,
        password: str,
        server: Address,
        *,
        transport: Transport = Transport.UDP,
        host: str = "127.0.0.1",
        port: int = 0,
        hertz: float = 0,
        sockets: DatagramSockets | None = None,
        behavior: Callable[[PhoneCall], None] | None = None,
        media_host: str | None = None,
        contact: str | None = None,
        codecs: Sequence[Codec] = (PCMU, EVENTS),
        rel100: bool = True,
        settings: StackSettings | None = None,
    ) -> None:
        self.number = number
        self.server = server
        self.transport = transport
        self.host = host
        self.media_host = media_host or host
        self.hertz = hertz
        self.behavior = behavior
        self.contact = contact
        self.codecs = tuple(codecs)
        self.rel100 = rel100
        self.patience = PATIENCE
        self.recorder = Recorder()
        self.calls: asyncio.Queue[PhoneCall] = asyncio.Queue()
        self.all_calls: list[PhoneCall] = []
        self.responses: list[events.ResponseReceived] = []
        self.requests: list[Request] = []
        self.address = Address(host, port)
        self._port = port
        self._credentials = DigestClient(number, password)
        self._by_session: dict[InviteSession, PhoneCall] = {}
        self._waiting: dict[Any, asyncio.Future[events.ResponseReceived]] = {}
        self._register_call_id = ""
        self._register_cseq = 0
        self.endpoint = SipEndpoint(
            SipStack(settings or StackSettings(user_agent=f"Scripted phone {number}")),
            Resolver(),
            self.recorder,
            self._on_event,
            sockets=sockets,
            wall_clock=time.time,
        )
        self.bound: tuple[Bound, ...] = ()

    async def start(self) -> Phone:
        """Open the socket: UDP, or TCP to be called on beside the connection a stream phone makes."""
        listen = Transport.UDP if self.transport is Transport.UDP else Transport.TCP
        self.bound = await self.endpoint.start([Listen(transport=listen, host=self.host, port=self._port)])
        self.address = self.bound[0].address
        return self

    async def stop(self) -> None:
        """Leave without goodbye."""
        for call in self.all_calls:
            call.close_ear()
        await self.endpoint.stop()

    def break_connections(self) -> None:
        """Lose every stream connection, as a phone that changes its network does."""
        for connection in list(self.endpoint._streams._by_number.values()):
            connection.abort()

    async def __aenter__(self) -> Phone:
        return await self.start()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    def run(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return self.endpoint.run(command, *args, **kwargs)

    @property
    def flow(self) -> Flow:
        """The way to the server."""
        flow = self.endpoint.flow_to(Target(self.transport, self.server, self.server.host))
        assert flow is not None
        return flow

    async def register(self, expires: int = 600, *, contact: str | None = None) -> Response:
        """Register, answering the challenge; returns the final answer."""
        self._register_cseq += 2
        contact = contact or self.contact
        headers: tuple[tuple[str, str], ...] = ()
        if contact is not None:
            headers = (("Contact", f"{contact};expires={expires}" if contact != "*" else "*"),)
            if contact == "*":
                headers += (("Expires", "0"),)
        request = OutgoingRequest(
            method="REGISTER",
            uri=f"sip:{self.server}",
            from_=f"<sip:{self.number}@{self.server}>",
            to=f"<sip:{self.number}@{self.server}>",
            headers=headers,
            contact_user=None if headers else self.number,
            contact_params=f";expires={expires}",
            flows=(self.flow,),
            credentials=self._credentials,
            call_id=self._register_call_id,
            cseq=self._register_cseq,
        )
        response = await self.ask(request)
        assert response is not None, "no answer to REGISTER"
        self._register_call_id = self._register_call_id or response.call_id
        return response

    async def ask(self, request: OutgoingRequest) -> Response | None:
        """Send a request outside any dialog; None = nobody answered."""
        outcome: asyncio.Future[events.ResponseReceived] = asyncio.get_running_loop().create_future()

        def send(*, now: float) -> None:
            self._waiting[self.endpoint.stack.send_request(request, now)] = outcome

        self.run(send)
        return (await outcome).response

    async def request(
        self, method: str, to: str, body: bytes = b"", content_type: str = ""
    ) -> Response | None:
        """Send OPTIONS, MESSAGE and so on to a number."""
        return await self.ask(
            OutgoingRequest(
                method=method,
                uri=f"sip:{to}@{self.server}",
                from_=f"<sip:{self.number}@{self.server}>",
                to=f"<sip:{to}@{self.server}>",
                body=body,
                content_type=content_type,
                contact_user=self.number,
                flows=(self.flow,),
                credentials=self._credentials,
            )
        )

    def call(
        self, to: str, *, offer: bool = True, video: bool = False, headers: Any = (), display: str = ""
    ) -> PhoneCall:
        """Call a number; without `offer` the called side makes it."""
        call = PhoneCall(self, None, is_caller=True)
        call.has_video = video
        self.all_calls.append(call)
        name = f"{quote(display)} " if display else ""
        invite = OutgoingInvite(
            uri=f"sip:{to}@{self.server}",
            from_=f"{name}<sip:{self.number}@{self.server}>",
            to=f"<sip:{to}@{self.server}>",
            contact_user=self.number,
            sdp=call.sdp() if offer else None,
            flows=(self.flow,),
            headers=headers,
            credentials=self._credentials,
            rel100=self.rel100,
            pin_flow=self.transport is not Transport.UDP,
        )

        def start(*, now: float) -> None:
            call.session = self.endpoint.stack.invite(invite, now)
            self._by_session[call.session] = call

        self.run(start)
        return call

    async def incoming(self) -> PhoneCall:
        """Wait for the next incoming call that no `behavior` took."""
        async with asyncio.timeout(self.patience):
            return await self.calls.get()

    def _on_event(self, event: Any) -> None:
        if isinstance(event, events.InviteReceived):
            self._called(event)
        elif isinstance(event, events.ResponseReceived):
            self.responses.append(event)
            waiting = self._waiting.pop(event.request, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(event)
        elif isinstance(event, events.RequestReceived):
            self.requests.append(event.request)
            self.run(self.endpoint.stack.respond, event.transaction, event.request.reply(200))
        else:
            call = self._by_session.get(event.session)
            if call is not None:
                call.take(event)

    def _called(self, event: events.InviteReceived) -> None:
        call = PhoneCall(self, event.session, is_caller=False)
        event.session.pin_flow = self.transport is not Transport.UDP
        call.request = event.request
        self.all_calls.append(call)
        self._by_session[event.session] = call
        if event.sdp is not None:
            call.hear_sdp(event.sdp)
        if self.behavior is not None:
            self.behavior(call)
        else:
            self.calls.put_nowait(call)


def answering(call: PhoneCall) -> None:
    """A behavior: ring, then answer."""
    call.ring()
    call.answer()


def choosy(call: PhoneCall) -> None:
    """A behavior: answer if the offer has a codec of this phone's, else refuse it."""
    target = audio_target(parse_sdp(call.remote_sdp)) if call.remote_sdp is not None else None
    offered = target.codecs if target is not None else ()
    voices = [codec for codec in call.phone.codecs if codec.is_voice]
    if target is not None and not any(one.is_same(other) for one in offered for other in voices):
        call.reject(488)
        return
    answering(call)


def ringing(call: PhoneCall) -> None:
    """A behavior: ring, and let it."""
    call.ring()


def refusing(status: int) -> Callable[[PhoneCall], None]:
    """A behavior: refuse."""
    return lambda call: call.reject(status)
