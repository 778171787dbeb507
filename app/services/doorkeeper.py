"""Answers strangers before anything is kept of their requests: challenges, and what OPTIONS asks."""

from __future__ import annotations

from app.services.authentication import Authenticator
from app.services.incoming import Incoming
from app.services.requests import REFUSALS, UNKNOWN_EVENT, Requests, knows_event
from app.sip.flow import Flow
from app.sip.message import Request
from app.sip.validation import Refusal


class Doorkeeper:
    """Costs no memory a request: a flood of them from any number of addresses leaves nothing behind.

    A request that passes is looked at again, in full, by whom it is for.
    """

    def __init__(self, authenticator: Authenticator, incoming: Incoming, requests: Requests) -> None:
        self._authenticator = authenticator
        self._incoming = incoming
        self._requests = requests

    def refuse(self, request: Request, flow: Flow, now: float) -> Refusal | None:
        """Say what to answer a request outside any dialog with, once; None = it may come in."""
        method = request.method
        if not self._requests.is_open:
            return None  # 503 for everybody
        if method == "OPTIONS":
            return Refusal(200, self._requests.abilities())
        if method not in ("INVITE", "REGISTER", "MESSAGE", "SUBSCRIBE"):
            return Refusal(REFUSALS.get(method, 501))
        if method == "SUBSCRIBE" and not knows_event(request):
            return Refusal(UNKNOWN_EVENT.status, UNKNOWN_EVENT.headers)
        is_proxy = method not in ("REGISTER", "SUBSCRIBE")
        denied = self._authenticator.challenge(request, flow, now, is_proxy=is_proxy)
        if denied is None:
            return None
        if method == "INVITE" and self._incoming.identify(request, flow) is not None:
            return None
        return Refusal(denied.status, denied.headers)
