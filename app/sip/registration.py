"""The life of one registration at somebody else's registrar (RFC 3261 10.2, RFC 3327, RFC 3608)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip.client_request import ClientRequest
from app.sip.draft import Draft, contact_uri, header_lines
from app.sip.errors import MessageError
from app.sip.events import Registered, RegistrationFailed, Unregistered
from app.sip.flow import Flow, Transport
from app.sip.invite_caller import hop_of
from app.sip.machine import Machine, Table
from app.sip.outgoing import AnyUri, Headers
from app.sip.status import reason_phrase
from app.sip.timers import Timer
from app.sip.tokens import new_tag
from app.sip.uri import SipUri, parse_uri
from app.sip.values import Contact, NameAddr

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.digest import DigestClient
    from app.sip.digest_values import Challenge
    from app.sip.message import Response
    from app.sip.stack import SipStack

_REFUSALS = frozenset({401, 403, 407})  # of credentials, where some were given
_SHORTEST_LIFE = 10  # s; a registrar that grants less is asked no more often than this
_SOON = 2.0  # s after the connection of a registration closed


class CallIdPolicy(StrEnum):
    """Which Call-ID the REGISTER that answers a 401 has."""

    KEEP = "keep"  # RFC 3261 10.2
    NEW = "new"  # for registrars that call the RFC's way an "Invalid CSeq number"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationOrder:
    """What to register where.

    `registrar` is the Request-URI (`sip:example.net`), `address` the address-of-record in To, and in From too
    unless `sender` stands there (RFC 3261 10.2).
    `flows`, `hop` or `route` lead to a proxy where the domain itself does not resolve. `outlet` names the
    socket and the DNS to use, as the network shell knows them.
    """

    registrar: AnyUri
    address: NameAddr | str
    contact_user: str
    credentials: DigestClient | None = None
    expires: int = 3600
    flows: tuple[Flow, ...] = ()
    route: tuple[str, ...] = ()
    headers: Headers = ()
    call_id_policy: CallIdPolicy = CallIdPolicy.KEEP
    hop: SipUri | None = None
    outlet: str = ""
    sender: NameAddr | str = ""


class RegState(StrEnum):
    """From the first REGISTER to the last."""

    REGISTERING = "REGISTERING"
    REGISTERED = "REGISTERED"
    WAITING = "WAITING"  # after a failure
    STOPPING = "STOPPING"  # unregister() came while a REGISTER is out
    UNREGISTERING = "UNREGISTERING"
    ENDED = "ENDED"


class RegIn(StrEnum):
    """What can happen."""

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    UNREGISTER = "UNREGISTER"
    FLOW_LOST = "FLOW_LOST"
    RENEW = "RENEW"  # at once: the user asked, or our address is another now
    TIMER_REFRESH = "TIMER_REFRESH"  # at 90 % of the lifetime
    TIMER_RETRY = "TIMER_RETRY"


class RegistrationClient(Machine):
    """One line. It begins to register at once, refreshes, and tries again after failures for ever.

    Tells Registered, RegistrationFailed, and after `unregister` Unregistered.
    """

    __slots__ = (
        "_adopted_least",
        "_call_id",
        "_challenges",
        "_cseq",
        "_sticky",
        "_tag",
        "associated_uris",
        "contact",
        "core",
        "expires",
        "failures",
        "flow",
        "order",
        "request",
        "service_route",
        "timer",
    )

    def __init__(self, stack: SipStack, order: RegistrationOrder, now: float) -> None:
        self.core: Core = stack.core
        self.order = order
        self.state = RegState.REGISTERING
        self.expires = order.expires
        self.flow: Flow | None = None  # that the registrar answered on
        self.contact = ""  # the URI we are registered with
        self.service_route: tuple[str, ...] = ()  # Route of requests to this provider (RFC 3608 5)
        self.associated_uris: tuple[str, ...] = ()  # P-Associated-URI (RFC 7315 4.1)
        self.failures = 0
        self.request: ClientRequest | None = None
        self.timer: Timer | None = None
        self._adopted_least = False
        self._sticky: tuple[Flow, ...] = ()  # the flow that worked: the next REGISTER takes it first
        self._call_id = self.core.new_call_id()
        self._tag = new_tag()
        self._cseq = self.core.settings.first_cseq - 1
        self._challenges: tuple[Challenge, ...] = ()
        self.core.usages.add(self)
        self.core.registrations.add(self)
        self.send_register(now, None)

    def __str__(self) -> str:
        return f"registration {self.order.address}"

    @property
    def is_registered(self) -> bool:
        """Whether the registrar knows us, as far as we know; a refresh under way does not change that."""
        return self.state is RegState.REGISTERED

    def unregister(self, now: float) -> None:
        """Take the binding away, and end."""
        self.step(RegIn.UNREGISTER, now)

    def renew(self, now: float, *, is_elsewhere: bool = False) -> None:
        """Register now instead of when it would be due.

        `is_elsewhere`: our own address has changed, so the way that worked does no longer.
        """
        if is_elsewhere:
            self._sticky = ()
            self.flow = None
        self.step(RegIn.RENEW, now)

    def drop(self) -> None:
        """End without a word to anybody: another client takes the binding over."""
        self.core.timers.cancel(self.timer)
        if self.request is not None:
            self.request.abandon()
        self.state = RegState.ENDED
        self.core.usages.discard(self)
        self.core.registrations.discard(self)

    # What the machinery says

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer is an input like any other."""
        self.step(kind, now)

    def on_flow_failed(self, flow: Flow, now: float) -> None:
        """The connection the registrar would call us on is gone: register again (RFC 5626 4.2)."""
        known = self.flow
        if known is None or flow.transport is Transport.UDP:
            return
        if (flow.remote, flow.proof) == (known.remote, known.proof):
            self.step(RegIn.FLOW_LOST, now)

    def on_provisional(self, request: ClientRequest, response: Response, now: float) -> None:
        """Nothing to do."""

    def on_final(self, request: ClientRequest, response: Response | None, status: int, now: float) -> None:
        """The outcome of a REGISTER."""
        if request is not self.request:
            return
        self._cseq = request.draft.cseq
        self._call_id = request.draft.call_id
        self._challenges = request.challenges
        if request.transaction is not None:
            self.flow = request.transaction.flow
        if response is not None and status < 300 and not self._is_turned_away(response):
            self.step(RegIn.SUCCESS, now, response)
        elif not self._adopt_least(response, now):
            self.step(RegIn.FAILURE, now, (response, status))

    def _is_turned_away(self, response: Response) -> bool:
        """Whether a 200 says that we are not registered after all: our lifetime is nought."""
        return self.state is RegState.REGISTERING and self.expires > 0 and self._granted(response) <= 0

    def _adopt_least(self, response: Response | None, now: float) -> bool:
        """After 423 ask for as long as the registrar wants, once (RFC 3261 10.2.8)."""
        if (
            response is None
            or response.status != 423
            or self._adopted_least
            or self.state is not RegState.REGISTERING
        ):
            return False
        try:
            least = response.min_expires or 0
        except MessageError:
            return False
        if least <= self.expires:
            return False
        self._adopted_least = True
        self.expires = least
        self.send_register(now, None)
        return True

    # Actions

    def send_register(self, now: float, _subject: object) -> None:
        """Send REGISTER for the wanted lifetime."""
        self._send(self.expires, now)

    def send_unregister(self, now: float, _subject: object) -> None:
        """Send REGISTER with lifetime 0."""
        self.core.timers.cancel(self.timer)
        self._send(0, now)

    def _send(self, expires: int, now: float) -> None:
        order, core = self.order, self.core
        uri = str(order.registrar)
        address = str(order.address)
        draft = Draft(
            "REGISTER",
            uri,
            from_=f"{order.sender or address};tag={self._tag}",
            to=address,
            call_id=self._call_id,
            cseq=self._cseq + 1,
            outlet=order.outlet,
            max_forwards=core.settings.max_forwards,
            route_lines="".join([f"Route: {route}\r\n" for route in order.route]),
            lines=(
                f"Expires: {expires}\r\n{header_lines(order.headers)}{core.allow_line}"
                f"Supported: path\r\n{core.agent_line}"
            ),
            contact_user=order.contact_user,
            contact_params=f";expires={expires}",
        )
        if order.credentials is not None and self._challenges:
            # The nonce of last time, counted up, spares a round trip (RFC 3261 22.2).
            known = order.credentials.authorize(self._challenges, "REGISTER", uri)
            draft.authorization = header_lines((known,)) if known is not None else ""
        self.request = ClientRequest(
            core,
            draft,
            self,
            credentials=order.credentials,
            new_call_id_on_challenge=order.call_id_policy is CallIdPolicy.NEW,
        )
        self.request.challenges = self._challenges
        hop = order.hop or hop_of(uri, order.route)
        if order.flows or not self._sticky:
            self.request.send(order.flows, hop, now)
        else:  # RFC 3263 4.2: stay with the server that knows us; the others when it is silent
            self.request.send(self._sticky, hop, now, hop)

    def take_answer(self, now: float, response: Response) -> None:
        """Read what was granted, and refresh in time."""
        self.failures = 0
        self._adopted_least = False
        if self.flow is not None:
            self._sticky = (self.flow,)
        granted = max(self._granted(response), _SHORTEST_LIFE)
        try:
            self.service_route = tuple([str(route) for route in response.service_routes])
        except MessageError:
            self.service_route = ()
        self.associated_uris = tuple(response.get_all("p-associated-uri"))
        due = now + granted * self.core.settings.register_refresh_at
        self.timer = self.core.timers.start(due, self, RegIn.TIMER_REFRESH)
        self.core.events.append(Registered(self, granted, response))

    def _granted(self, response: Response) -> int:
        """Find our binding among those of the answer (RFC 3261 10.2.4); its lifetime, else the one we asked
        for.
        """
        try:
            contacts, default = response.contacts, response.expires
        except MessageError:
            contacts, default = (), None
        if default is None:
            default = self.expires
        ours = self._ours(contacts)
        if ours is None:
            return default
        return default if ours.expires is None else ours.expires

    def _ours(self, contacts: tuple[Contact, ...]) -> Contact | None:
        if self.flow is not None:
            self.contact = contact_uri(self.flow, self.order.contact_user)
            sent = parse_uri(self.contact)
            for contact in contacts:
                if contact.uri == sent:
                    return contact
        # A registrar behind a NAT may show the address it sees; the user is still ours.
        for contact in contacts:
            if isinstance(contact.uri, SipUri) and contact.uri.user == self.order.contact_user:
                return contact
        return None

    def wait(self, now: float, outcome: tuple[Response | None, int]) -> None:
        """Try again later: doubling, spread, never giving up (RFC 5626 4.5).

        Where credentials were refused it is later: registrars lock out who insists.
        """
        response, status = outcome
        settings = self.core.settings
        first = settings.register_retry_first
        if status in _REFUSALS and self._challenges:
            first = settings.register_refused_wait
        longest = min(first * 2 ** min(self.failures, 16), max(settings.register_retry_longest, first))
        self.failures += 1
        self._sticky = ()
        delay = longest * self.core.random.uniform(0.5, 1.0)
        asked = self._retry_after(response)
        if asked is not None:
            delay = max(delay, min(float(asked), 4 * settings.register_retry_longest))
        self.timer = self.core.timers.start(now + delay, self, RegIn.TIMER_RETRY)
        reason = response.reason if response is not None else reason_phrase(status)
        self.core.events.append(RegistrationFailed(self, status, reason, delay, response))

    @staticmethod
    def _retry_after(response: Response | None) -> int | None:
        try:
            found = response.retry_after if response is not None else None
        except MessageError:
            return None
        return None if found is None else found.seconds

    def hurry(self, now: float, _subject: object) -> None:
        """Register again soon; not at once, since all lines of a provider lose their connection together."""
        self.core.timers.cancel(self.timer)
        delay = self.core.random.uniform(0.0, _SOON)
        self.timer = self.core.timers.start(now + delay, self, RegIn.TIMER_REFRESH)

    def send_anew(self, now: float, _subject: object) -> None:
        """Register without waiting for what was due, or is under way."""
        self.core.timers.cancel(self.timer)
        if self.request is not None:
            self._cseq = self.request.draft.cseq
            self.request.abandon()
        self.failures = 0
        self.send_register(now, None)

    def end(self, _now: float, _subject: object) -> None:
        """Let go, and tell."""
        self.core.timers.cancel(self.timer)
        self.core.usages.discard(self)
        self.core.registrations.discard(self)
        self.core.events.append(Unregistered(self))


_R = RegistrationClient
REGISTRATION: Table[RegState, RegIn] = {  # RFC 3261 10.2
    (RegState.REGISTERING, RegIn.SUCCESS): (RegState.REGISTERED, (_R.take_answer,)),
    (RegState.REGISTERING, RegIn.FAILURE): (RegState.WAITING, (_R.wait,)),
    (RegState.REGISTERING, RegIn.RENEW): (RegState.REGISTERING, (_R.send_anew,)),
    (RegState.REGISTERING, RegIn.UNREGISTER): (RegState.STOPPING, ()),
    (RegState.REGISTERED, RegIn.TIMER_REFRESH): (RegState.REGISTERING, (_R.send_register,)),
    (RegState.REGISTERED, RegIn.FLOW_LOST): (RegState.REGISTERED, (_R.hurry,)),
    (RegState.REGISTERED, RegIn.RENEW): (RegState.REGISTERING, (_R.send_anew,)),
    (RegState.REGISTERED, RegIn.UNREGISTER): (RegState.UNREGISTERING, (_R.send_unregister,)),
    (RegState.WAITING, RegIn.TIMER_RETRY): (RegState.REGISTERING, (_R.send_register,)),
    (RegState.WAITING, RegIn.RENEW): (RegState.REGISTERING, (_R.send_anew,)),
    (RegState.WAITING, RegIn.UNREGISTER): (RegState.ENDED, (_R.end,)),
    (RegState.STOPPING, RegIn.SUCCESS): (RegState.UNREGISTERING, (_R.send_unregister,)),
    (RegState.STOPPING, RegIn.FAILURE): (RegState.ENDED, (_R.end,)),
    (RegState.UNREGISTERING, RegIn.SUCCESS): (RegState.ENDED, (_R.end,)),
    (RegState.UNREGISTERING, RegIn.FAILURE): (RegState.ENDED, (_R.end,)),
}
_R.TABLE = REGISTRATION
