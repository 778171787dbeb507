"""Answers requests outside any dialog: REGISTER, OPTIONS, MESSAGE, and politely no to the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.calls.legs import Endpoint
from app.services.authentication import Authenticator, Denied
from app.services.messages import Messages
from app.services.registrar import Registrar
from app.sip.errors import MessageError
from app.sip.events import RequestReceived
from app.sip.message import Response

logger = logging.getLogger(__name__)

# Methods the stack lets in, that mean nothing outside a dialog here.
_REFUSALS = {
    "SUBSCRIBE": 489,
    "PUBLISH": 489,
    "NOTIFY": 481,
    "INFO": 481,
    "UPDATE": 481,
    "PRACK": 481,
    "BYE": 481,
}


class Requests:
    """One method per SIP method. Synchronous: a REGISTER costs no task and waits for no disk."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        authenticator: Authenticator,
        registrar: Registrar,
        messages: Messages,
        loop_time: Callable[[], float],
    ) -> None:
        self._endpoint = endpoint
        self._authenticator = authenticator
        self._registrar = registrar
        self._messages = messages
        self._loop_time = loop_time
        self._is_open = True

    def close(self) -> None:
        """Answer 503 from now on."""
        self._is_open = False

    def received(self, event: RequestReceived) -> None:
        """Answer a request."""
        method = event.request.method
        try:
            if not self._is_open:
                response: Response | None = event.request.reply(503, headers=(("Retry-After", "10"),))
            elif method == "REGISTER":
                response = self._register(event)
            elif method == "OPTIONS":
                response = event.request.reply(200, headers=(("Accept", "application/sdp"),))
            elif method == "MESSAGE":
                response = self._message(event)
            else:
                response = event.request.reply(_REFUSALS.get(method, 501))
        except MessageError as error:
            response = event.request.reply(error.status or 400)
        if response is not None:
            self._endpoint.run(self._endpoint.stack.respond, event.transaction, response)

    def _register(self, event: RequestReceived) -> Response:
        request = event.request
        extension = self._authenticator.identify(request, event.flow, self._loop_time(), is_proxy=False)
        if isinstance(extension, Denied):
            return request.reply(extension.status, headers=extension.headers)
        if request.to.user != extension.number:
            logger.info("extension %s may not register as %s", extension.number, request.to.user)
            return request.reply(403)
        return self._registrar.register(request, extension, event.flow)

    def _message(self, event: RequestReceived) -> Response | None:
        request = event.request
        sender = self._authenticator.identify(request, event.flow, self._loop_time(), is_proxy=True)
        if isinstance(sender, Denied):
            return request.reply(sender.status, headers=sender.headers)
        return self._messages.deliver(event, sender)
