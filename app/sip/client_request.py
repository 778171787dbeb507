"""One request of ours until its final answer: targets tried in order, challenges answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from app.sip.errors import MessageError
from app.sip.events import ResponseReceived
from app.sip.flow import Flow, Transport
from app.sip.name_addr import NameAddr
from app.sip.uri import SipUri

if TYPE_CHECKING:
    from app.sip.client_transactions import ClientTransaction
    from app.sip.core import Core
    from app.sip.dialog import Dialog
    from app.sip.digest import DigestClient
    from app.sip.digest_values import Challenge
    from app.sip.draft import Draft
    from app.sip.message import Response

_MOST_CHALLENGES = 6  # in one request; a server that goes on has lost its mind


class Observer(Protocol):
    """Who hears what becomes of the request."""

    def on_provisional(self, request: ClientRequest, response: Response, now: float) -> None:
        """A 1xx."""

    def on_final(self, request: ClientRequest, response: Response | None, status: int, now: float) -> None:
        """The final answer; `response` None = our own 408 or 503. A 2xx to INVITE comes as often as it
        arrives.
        """


class ClientRequest:
    """A handle on what `send_request` and `session.request` began.

    Flows are tried one after the other (RFC 3263 4.3): the next on silence, on a transport error and on 503.
    A 401 or 407 is answered where there are credentials, once for each nonce. A new nonce is tried if the
    server calls the old one stale; the second one without a word of that too, which old servers do not say.
    """

    __slots__ = (
        "_answered",
        "_challenges",
        "_failure",
        "_fallback",
        "_flows",
        "_next_flow",
        "_refusal",
        "_renewed",
        "challenges",
        "core",
        "credentials",
        "dialog",
        "draft",
        "is_done",
        "new_call_id_on_challenge",
        "observer",
        "token",
        "transaction",
    )

    def __init__(
        self,
        core: Core,
        draft: Draft,
        observer: Observer | None,
        *,
        dialog: Dialog | None = None,
        credentials: DigestClient | None = None,
        new_call_id_on_challenge: bool = False,
    ) -> None:
        self.core = core
        self.draft = draft
        self.observer = observer
        self.dialog = dialog
        self.credentials = credentials
        self.new_call_id_on_challenge = new_call_id_on_challenge
        self.transaction: ClientTransaction | None = None
        self.is_done = False
        self.token = 0  # of the question to the network, while it is open
        self._flows: Sequence[Flow] = ()
        self._next_flow = 0
        self._fallback: SipUri | None = None
        self._refusal: Response | None = None
        self._failure = 503  # what it is called if no way is left
        self._answered: dict[str, str] = {}  # realm and header -> the nonce we answered
        self._renewed: set[str] = set()  # of those: who gave a second nonce
        self._challenges = 0
        self.challenges: tuple[Challenge, ...] = ()  # that were answered last

    @property
    def method(self) -> str:
        """The request's method."""
        return self.draft.method

    @property
    def call_id(self) -> str:
        """The Call-ID it went out with last."""
        return self.draft.call_id

    def send(
        self, flows: Sequence[Flow], hop: SipUri | None, now: float, fallback: SipUri | None = None
    ) -> None:
        """Begin: over `flows` if there are any, else over those that lead to `hop`.

        `fallback` is asked for when all flows failed: the remote target, where a connection was preferred.
        """
        self._fallback = fallback
        if flows:
            self.on_resolved(flows, now)
        elif hop is not None:
            self.token = self.core.find(hop, self, self.draft.outlet)
        else:
            self._finish(None, 503, now)

    def send_in(self, dialog: Dialog, now: float) -> None:
        """Begin, as the dialog says."""
        flows = dialog.flows()
        hop = dialog.next_hop()
        prefers_connection = dialog.is_pinned and dialog.flow.transport is not Transport.UDP
        if prefers_connection and dialog.flow.proof and not dialog.outlet:
            # A call that came over a connection whose peer had proved itself: a new one must do so too.
            self.send((*flows, replace(dialog.flow, connection=0)), None, now)
            return
        self.send(flows, hop, now, hop if prefers_connection else None)

    def send_again(self, now: float) -> None:
        """Send it once more with a new number over the flow that worked: changed headers, an answer to a
        challenge.
        """
        self.is_done = False
        dialog = self.dialog
        self.draft.cseq = dialog.next_cseq() if dialog is not None else self.draft.cseq + 1
        self._next_flow = max(self._next_flow - 1, 0)
        self._try_next(now)

    def settle(self) -> None:
        """Make no further attempt: neither at another target, nor in answer to a challenge."""
        self.credentials = None
        self._next_flow = len(self._flows)
        self._fallback = None

    def abandon(self) -> None:
        """Wait no longer; nobody hears the outcome."""
        self.observer = None
        self.is_done = True
        if self.token:
            self.core.waiters.pop(self.token, None)
            self.token = 0

    # What the network and the transaction say

    def on_resolved(self, flows: Sequence[Flow], now: float) -> None:
        """The way is known."""
        self.token = 0
        if self.is_done:
            return
        silent = {flow.remote for flow in self._flows if flow.transport is Transport.UDP}
        self._flows = [
            flow for flow in flows if flow.transport is not Transport.UDP or flow.remote not in silent
        ]
        self._next_flow = 0
        self._try_next(now)

    def on_response(self, transaction: ClientTransaction, response: Response, now: float) -> None:
        """A response of the present attempt; those of former ones are of no interest."""
        if transaction is not self.transaction:
            return
        status = response.status
        if status < 200:
            if self.observer is not None:
                self.observer.on_provisional(self, response, now)
        elif status in (401, 407) and self._answer_challenge(response):
            self.send_again(now)
        elif status == 503 and self._has_next():
            self._refusal = response
            self._try_next(now)
        else:
            self._finish(response, status, now)

    def on_no_response(self, transaction: ClientTransaction, status: int, now: float) -> None:
        """The present attempt failed without an answer."""
        if transaction is not self.transaction:
            return
        self._failure = status
        if self._has_next():
            self._try_next(now)
        elif self._refusal is not None:
            self._finish(self._refusal, self._refusal.status, now)
        else:
            self._finish(None, status, now)

    def _has_next(self) -> bool:
        return not self.is_done and (self._next_flow < len(self._flows) or self._fallback is not None)

    def _try_next(self, now: float) -> None:
        if self._next_flow < len(self._flows):
            flow = self._flows[self._next_flow]
            self._next_flow += 1
            self.transaction = self.core.layer.start_client(self.draft, flow, self, now)
        elif self._fallback is not None:
            hop, self._fallback = self._fallback, None
            self.transaction = None
            self.token = self.core.find(hop, self, self.draft.outlet)
        elif self._refusal is not None:
            self._finish(self._refusal, self._refusal.status, now)
        else:
            self._finish(None, self._failure, now)

    def _finish(self, response: Response | None, status: int, now: float) -> None:
        self.is_done = True
        if self.observer is not None:
            self.observer.on_final(self, response, status, now)

    def _answer_challenge(self, response: Response) -> bool:
        """Prepare the answer to a 401 or 407; False where there is none to give."""
        if self.credentials is None or self.is_done or self._challenges >= _MOST_CHALLENGES:
            return False
        is_proxy = response.status == 407
        challenges = [one for one in response.challenges if one.is_proxy == is_proxy]
        usable = [one for one in challenges if self._is_new(one)]
        draft = self.draft
        answer = self.credentials.authorize(usable, draft.method, draft.uri, draft.body) if usable else None
        if answer is None:
            return False
        self._challenges += 1
        self.challenges = tuple(usable)
        for one in usable:
            who = _asker(one)
            if who in self._answered:
                self._renewed.add(who)
            self._answered[who] = one.nonce
        name, value = answer
        others = [
            line
            for line in draft.authorization.split("\r\n")
            if line and not line.lower().startswith(name.lower() + ":")
        ]
        draft.authorization = "".join([f"{line}\r\n" for line in (*others, f"{name}: {value}")])
        if self.new_call_id_on_challenge:
            draft.call_id = self.core.new_call_id()
        return True

    def _is_new(self, challenge: Challenge) -> bool:
        who = _asker(challenge)
        known = self._answered.get(who)
        if known is None:
            return True
        return known != challenge.nonce and (challenge.stale or who not in self._renewed)


def _asker(challenge: Challenge) -> str:
    """Who challenges, as far as it can be told apart."""
    return f"{challenge.header_name} {challenge.realm} {challenge.algorithm}"


class Announcer:
    """The observer of requests that the layer above sent: tells it by ResponseReceived."""

    __slots__ = ("core",)

    def __init__(self, core: Core) -> None:
        self.core = core

    def on_provisional(self, request: ClientRequest, response: Response, now: float) -> None:
        """Nobody asks."""

    def on_final(self, request: ClientRequest, response: Response | None, status: int, now: float) -> None:
        """The outcome."""
        self.core.events.append(ResponseReceived(request, response, status))


def uri_of_route(route: str) -> SipUri | None:
    """Read the URI of a Route value; None where it is none we can send to."""
    try:
        uri = NameAddr.parse(route).uri
    except MessageError:
        return None
    return uri if isinstance(uri, SipUri) else None
