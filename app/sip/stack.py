"""The SIP stack: bytes and the time go in; bytes, events and the next deadline come out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.sip import invite_caller
from app.sip.answers import answer
from app.sip.client_request import Announcer, ClientRequest
from app.sip.core import Core
from app.sip.draft import Draft, header_lines
from app.sip.errors import MessageError
from app.sip.flow import Flow
from app.sip.invite import InviteSession
from app.sip.message import Request, Response, parse
from app.sip.outgoing import OutgoingInvite, OutgoingRequest
from app.sip.output import Output, Resolve, Send
from app.sip.reception import Reception
from app.sip.refusal import refuse
from app.sip.settings import StackSettings
from app.sip.tokens import new_tag
from app.sip.transaction import StackCounters
from app.sip.validation import validate_response

if TYPE_CHECKING:
    from app.sip.events import StackEvent
    from app.sip.server_transactions import ServerTransaction

__all__ = [
    "OutgoingInvite",
    "OutgoingRequest",
    "Output",
    "Resolve",
    "Send",
    "SipStack",
    "StackCounters",
    "StackSettings",
]

logger = logging.getLogger(__name__)


class SipStack:
    """One SIP element without I/O, clock or thread.

    After every call drain `take_output()` and `next_event()`, and arm one timer for `deadline()`. `now` is
    any clock that does not go back, in seconds.
    """

    __slots__ = ("_announcer", "_reception", "core")

    def __init__(self, settings: StackSettings | None = None) -> None:
        self.core = Core(settings or StackSettings())
        self._announcer = Announcer(self.core)
        self._reception = Reception(self.core)

    @property
    def settings(self) -> StackSettings:
        """What it was made with."""
        return self.core.settings

    @property
    def counters(self) -> StackCounters:
        """What it has done so far."""
        return self.core.layer.counters

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left: no transaction, dialog, deadline, session, registration, subscription."""
        return self.core.is_idle

    # From the network

    def receive(self, data: bytes, flow: Flow, now: float) -> None:
        """Take one datagram, or one message cut from a stream."""
        core = self.core
        try:
            message = parse(data, core.settings.limits)
        except MessageError as error:
            self._refuse_garbage(data, error, flow)
            return
        try:
            if isinstance(message, Request):
                self._reception.receive(message, flow, now)
            elif validate_response(message) is None:
                core.layer.receive_response(message, now)
            else:
                core.layer.counters.malformed += 1
        except MessageError as error:
            # A header we had to read, in a message that looked well: nothing was changed, say what is wrong.
            self._refuse_garbage(data, error, flow)

    def _refuse_garbage(self, data: bytes, error: MessageError, flow: Flow) -> None:
        """Answer without a transaction, where enough could be read (RFC 3261 8.2.7)."""
        self.core.layer.counters.malformed += 1
        logger.debug("malformed message from %s: %s", flow.remote, error.reason)
        response = refuse(data, error, flow.remote, to_tag=new_tag())
        if response is not None:
            self.core.layer.send(response.encode(), flow)

    def resolved(self, token: int, flows: Sequence[Flow], now: float) -> None:
        """Take the answer to a Resolve; () = there is no way."""
        waiter = self.core.waiters.pop(token, None)
        if waiter is not None:
            waiter.on_resolved(flows, now)

    def flow_failed(self, flow: Flow, reason: str, now: float) -> None:
        """Take an ICMP error, a refused connection, a connection that closed."""
        logger.debug("flow to %s failed: %s", flow.remote, reason)
        self.core.layer.flow_failed(flow, now, reason)
        for registration in tuple(self.core.registrations):
            registration.on_flow_failed(flow, now)

    # Time

    def tick(self, now: float) -> None:
        """Do what is due."""
        self.core.timers.tick(now)

    def deadline(self) -> float | None:
        """When `tick` is due next; None = nothing waits."""
        return self.core.timers.deadline()

    # To the network, and upwards

    def take_output(self) -> list[Output]:
        """Take what is to be sent and looked up, in order."""
        layer = self.core.layer
        output = layer.output
        if output:
            layer.output = []
        return output

    def next_event(self) -> StackEvent | None:
        """Take the next event; None = no more."""
        events = self.core.events
        return events.popleft() if events else None

    # Orders

    def send_request(self, request: OutgoingRequest, now: float) -> ClientRequest:
        """Send a request outside any dialog, not INVITE; its outcome is a ResponseReceived."""
        core = self.core
        uri = str(request.uri)
        tag = request.from_tag or new_tag()
        draft = Draft(
            request.method,
            uri,
            from_=f"{request.from_};tag={tag}",
            to=str(request.to),
            call_id=request.call_id or core.new_call_id(),
            cseq=request.cseq or core.settings.first_cseq,
            max_forwards=core.settings.max_forwards,
            route_lines="".join([f"Route: {route}\r\n" for route in request.route]),
            lines=header_lines(request.headers) + core.agent_line,
            contact_user=request.contact_user,
            contact_params=request.contact_params,
            body=request.body,
            content_type=request.content_type,
            outlet=request.outlet,
        )
        sent = ClientRequest(
            core,
            draft,
            self._announcer,
            credentials=request.credentials,
            new_call_id_on_challenge=request.new_call_id_on_challenge,
        )
        sent.send(request.flows, request.hop or invite_caller.hop_of(uri, request.route), now)
        return sent

    def invite(self, invite: OutgoingInvite, now: float) -> InviteSession:
        """Begin a call."""
        session = InviteSession(*invite_caller.new_session(self.core, invite))
        invite_caller.start(session, invite, now)
        return session

    def respond(self, transaction: ServerTransaction, response: Response, now: float) -> None:
        """Answer a RequestReceived or RequestInDialog; a second final answer is ignored."""
        if response.status > 100 and not response.to_tag:
            transaction.to_tag = transaction.to_tag or new_tag()
            response.set("To", f"{response.get('to') or ''};tag={transaction.to_tag}")
        transaction.send(response.status, response.encode(), now)

    def answer(self, transaction: ServerTransaction, status: int, now: float, headers: str = "") -> None:
        """Answer without a body, written straight to bytes; `headers` are whole lines."""
        answer(transaction, status, now, to_tag=new_tag(), lines=headers)
