"""Answers requests outside any dialog: REGISTER, OPTIONS, MESSAGE, SUBSCRIBE, and no to the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.calls.legs import Endpoint
from app.services.authentication import Authenticator, Denied
from app.services.message_waiting import PACKAGE, MessageWaiting
from app.services.messages import Messages
from app.services.registrar import Registrar, Reply
from app.sip.draft import header_lines
from app.sip.errors import MessageError
from app.sip.events import RequestReceived
from app.sip.message import Request

logger = logging.getLogger(__name__)

# Methods the stack lets in, that mean nothing outside a dialog here.
REFUSALS = {
    "PUBLISH": 489,
    "NOTIFY": 481,
    "INFO": 481,
    "UPDATE": 481,
    "PRACK": 481,
    "BYE": 481,
}


UNKNOWN_EVENT = Reply(489, (("Allow-Events", PACKAGE),))


def knows_event(request: Request) -> bool:
    """Whether a SUBSCRIBE asks for something we tell."""
    return (request.get("event") or "").partition(";")[0].strip().lower() == PACKAGE


class Requests:
    """One method per SIP method. Synchronous: a REGISTER costs no task and waits for no disk."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        authenticator: Authenticator,
        registrar: Registrar,
        messages: Messages,
        message_waiting: MessageWaiting,
        loop_time: Callable[[], float],
    ) -> None:
        self._endpoint = endpoint
        self._authenticator = authenticator
        self._registrar = registrar
        self._messages = messages
        self._message_waiting = message_waiting
        self._loop_time = loop_time
        self.is_open = True

    def close(self) -> None:
        """Answer 503 from now on."""
        self.is_open = False

    def received(self, event: RequestReceived) -> None:
        """Answer a request."""
        method = event.request.method
        try:
            if not self.is_open:
                reply: Reply | None = Reply(503, (("Retry-After", "10"),))
            elif method == "REGISTER":
                reply = self._register(event)
            elif method == "OPTIONS":
                reply = Reply(200, self.abilities())
            elif method == "MESSAGE":
                reply = self._message(event)
            elif method == "SUBSCRIBE":
                reply = self._subscribe(event)
            else:
                reply = Reply(REFUSALS.get(method, 501))
        except MessageError as error:
            reply = Reply(error.status or 400)
        if reply is not None:
            self._answer(event, reply)

    def _answer(self, event: RequestReceived, reply: Reply) -> None:
        stack = self._endpoint.stack
        if reply.reason is None:
            self._endpoint.run(
                stack.answer, event.transaction, reply.status, headers=header_lines(reply.headers)
            )
        else:
            response = event.request.reply(reply.status, reply.reason, headers=reply.headers)
            self._endpoint.run(stack.respond, event.transaction, response)

    def abilities(self) -> tuple[tuple[str, str], ...]:
        """Say what an INVITE would find here (RFC 3261 11.2)."""
        settings = self._endpoint.stack.settings
        return (
            ("Allow", ", ".join(settings.allow)),
            ("Accept", "application/sdp"),
            ("Accept-Encoding", "identity"),
            ("Accept-Language", "en"),
            ("Supported", ", ".join(settings.supported)),
        )

    def _register(self, event: RequestReceived) -> Reply:
        request = event.request
        extension = self._authenticator.identify(request, event.flow, self._loop_time(), is_proxy=False)
        if isinstance(extension, Denied):
            return Reply(extension.status, extension.headers)
        if request.to.user != extension.number:
            logger.info("extension %s may not register as %s", extension.number, request.to.user)
            return Reply(403)
        return self._registrar.register(request, extension, event.flow)

    def _subscribe(self, event: RequestReceived) -> Reply | None:
        if not knows_event(event.request):
            return UNKNOWN_EVENT
        extension = self._authenticator.identify(event.request, event.flow, self._loop_time(), is_proxy=False)
        if isinstance(extension, Denied):
            return Reply(extension.status, extension.headers)
        return self._message_waiting.subscribe(event, extension)

    def _message(self, event: RequestReceived) -> Reply | None:
        request = event.request
        sender = self._authenticator.identify(request, event.flow, self._loop_time(), is_proxy=True)
        if isinstance(sender, Denied):
            return Reply(sender.status, sender.headers)
        status = self._messages.deliver(event, sender)
        return Reply(status) if status is not None else None
