"""The subscribing side of events: SUBSCRIBE, its refreshes, and the NOTIFYs that come (RFC 6665 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip.answers import answer
from app.sip.client_request import ClientRequest
from app.sip.dialog import Dialog
from app.sip.draft import Draft, header_lines
from app.sip.errors import MessageError
from app.sip.events import NotifyReceived, SubscriptionEnded
from app.sip.flow import Flow
from app.sip.invite_caller import hop_of
from app.sip.machine import Machine, Table
from app.sip.outgoing import AnyUri, Headers
from app.sip.timers import Timer
from app.sip.tokens import new_call_id, new_tag
from app.sip.values import NameAddr, SubscriptionState

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.digest import DigestClient
    from app.sip.message import Request, Response
    from app.sip.server_transactions import ServerTransaction
    from app.sip.stack import SipStack

_REFRESH_AT = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingSubscribe:
    """What to subscribe to. `event` is the Event value ("message-summary"), `accept` the body types
    understood.
    """

    uri: AnyUri
    from_: NameAddr | str
    to: NameAddr | str
    event: str
    accept: str = ""
    expires: int = 3600
    contact_user: str = ""
    headers: Headers = ()
    flows: tuple[Flow, ...] = ()
    route: tuple[str, ...] = ()
    credentials: DigestClient | None = None
    pin_flow: bool = False


class SubState(StrEnum):
    """From the first SUBSCRIBE to the last NOTIFY."""

    SUBSCRIBING = "SUBSCRIBING"  # neither 2xx nor NOTIFY yet
    ACTIVE = "ACTIVE"
    ENDING = "ENDING"  # unsubscribed: the last NOTIFY is to come
    ENDED = "ENDED"


class SubIn(StrEnum):
    """What can happen."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    NOTIFY = "NOTIFY"
    NOTIFY_TERMINATED = "NOTIFY_TERMINATED"
    UNSUBSCRIBE = "UNSUBSCRIBE"
    TIMER_REFRESH = "TIMER_REFRESH"
    TIMER_N = "TIMER_N"  # 64 * T1 for the NOTIFY that must come (RFC 6665 4.1.2.4)


class Subscriber(Machine):
    """One subscription of ours. Tells NotifyReceived, and last SubscriptionEnded."""

    __slots__ = (
        "_call_id",
        "_tag",
        "core",
        "dialog",
        "expires",
        "has_notify",
        "order",
        "request",
        "timer",
        "timer_n",
    )

    def __init__(self, stack: SipStack, order: OutgoingSubscribe, now: float) -> None:
        core = stack.core
        self.core: Core = core
        self.order = order
        self.state = SubState.SUBSCRIBING
        self.dialog: Dialog | None = None
        self.expires = order.expires
        self.has_notify = False
        self.timer: Timer | None = None
        self.timer_n: Timer | None = None
        self._call_id = new_call_id()
        self._tag = new_tag()
        core.usages.add(self)
        core.half_dialogs[self._call_id, self._tag] = self
        uri = str(order.uri)
        draft = Draft(
            "SUBSCRIBE",
            uri,
            from_=f"{order.from_};tag={self._tag}",
            to=str(order.to),
            call_id=self._call_id,
            cseq=1,
            max_forwards=core.settings.max_forwards,
            route_lines="".join([f"Route: {route}\r\n" for route in order.route]),
            lines=self._lines(order.expires),
            contact_user=order.contact_user,
        )
        self.request = ClientRequest(core, draft, self, credentials=order.credentials)
        self.request.send(order.flows, hop_of(uri, order.route), now)

    def __str__(self) -> str:
        return f"subscription {self._call_id}"

    def _lines(self, expires: int) -> str:
        order, core = self.order, self.core
        accept = f"Accept: {order.accept}\r\n" if order.accept else ""
        return (
            f"Event: {order.event}\r\nExpires: {expires}\r\n{accept}"
            f"{header_lines(order.headers)}{core.allow_line}{core.agent_line}"
        )

    def unsubscribe(self, now: float) -> None:
        """End it; the last NOTIFY may still bring a state."""
        self.step(SubIn.UNSUBSCRIBE, now)

    # What the machinery says

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer is an input like any other."""
        self.step(kind, now)

    def on_provisional(self, request: ClientRequest, response: Response, now: float) -> None:
        """Nothing to do."""

    def on_final(self, request: ClientRequest, response: Response | None, status: int, now: float) -> None:
        """The outcome of a SUBSCRIBE."""
        if request is not self.request:
            return
        if response is not None and status < 300:
            if self.dialog is None:
                flow = request.transaction.flow if request.transaction is not None else None
                if flow is not None:
                    self._adopt(Dialog.of_response(request.draft, self._tag, response, flow, self))
            self.step(SubIn.ACCEPTED, now, response)
        elif (
            self.state is SubState.ACTIVE
            and self.dialog is not None
            and status not in (404, 405, 408, 481, 489, 501)
        ):
            self._renew_at(
                now, self.expires * (1 - _REFRESH_AT)
            )  # RFC 6665 4.1.2.2: it lives until it expires
        else:
            self.step(SubIn.REFUSED, now, status)

    def on_first_request(self, transaction: ServerTransaction, request: Request, now: float) -> None:
        """A NOTIFY that overtook the answer to SUBSCRIBE makes the dialog (RFC 6665 4.4.1)."""
        if request.method != "NOTIFY" or self.dialog is not None:
            answer(transaction, 481, now)
            return
        dialog = Dialog.of_request(request, self._tag, transaction.source, self.order.contact_user, self)
        dialog.local = self.request.draft.from_
        dialog.local_cseq = self.request.draft.cseq
        dialog.routes = tuple(reversed(dialog.routes))
        self._adopt(dialog)
        self.on_request(dialog, transaction, request, now)

    def on_request(
        self, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
    ) -> None:
        """A NOTIFY; it is answered at once."""
        if request.method != "NOTIFY":
            answer(transaction, 405, now, lines="Allow: NOTIFY\r\n")
            return
        event, state = request.event, request.subscription_state
        if event is None or event.package != self.order.event.partition(";")[0].strip().lower():
            answer(transaction, 489, now)
            return
        if state is None:
            answer(transaction, 400, now)
            return
        dialog.refresh_target(request)
        answer(transaction, 200, now, lines=self.core.agent_line)
        self.core.events.append(NotifyReceived(self, request, state.state))
        self.step(SubIn.NOTIFY_TERMINATED if state.state == "terminated" else SubIn.NOTIFY, now, state)

    def on_ack(self, dialog: Dialog, request: Request, now: float) -> None:
        """No INVITE, no ACK."""

    def _adopt(self, dialog: Dialog) -> None:
        self.core.half_dialogs.pop((self._call_id, self._tag), None)
        dialog.is_pinned = dialog.is_pinned or self.order.pin_flow
        self.dialog = dialog
        self.core.dialogs[dialog.key] = dialog

    # Actions

    def take_answer(self, now: float, response: Response) -> None:
        """Refresh before it expires; the answer may only shorten (RFC 6665 4.1.2.1)."""
        try:
            granted = response.expires
        except MessageError:
            granted = None
        self._live_for(now, self.expires if granted is None else granted)

    def await_notify(self, now: float, _subject: object) -> None:
        """Wait for the first NOTIFY, without which there is no subscription."""
        if not self.has_notify:
            self.core.timers.cancel(self.timer_n)
            self.timer_n = self.core.timers.start(now + 64 * self.core.settings.t1, self, SubIn.TIMER_N)

    def take_notify(self, now: float, state: SubscriptionState) -> None:
        """A NOTIFY says how long the subscription still lives."""
        self.has_notify = True
        self.core.timers.cancel(self.timer_n)
        try:
            left = state.expires
        except MessageError:
            left = None
        if left is not None:
            self._live_for(now, left)

    def _live_for(self, now: float, seconds: int) -> None:
        self.expires = max(seconds, 1)
        self._renew_at(now, self.expires * _REFRESH_AT)

    def _renew_at(self, now: float, delay: float) -> None:
        self.core.timers.cancel(self.timer)
        self.timer = self.core.timers.start(now + max(delay, 1.0), self, SubIn.TIMER_REFRESH)

    def send_refresh(self, now: float, _subject: object) -> None:
        """Subscribe again inside the dialog."""
        self._send(self.order.expires, now)

    def send_unsubscribe(self, now: float, _subject: object) -> None:
        """Ask for lifetime 0, and wait for the NOTIFY that ends it."""
        self.core.timers.cancel(self.timer)
        self.core.timers.cancel(self.timer_n)
        self.timer_n = self.core.timers.start(now + 64 * self.core.settings.t1, self, SubIn.TIMER_N)
        self._send(0, now)

    def _send(self, expires: int, now: float) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        draft = dialog.draft(self.core, "SUBSCRIBE", lines=self._lines(expires), with_contact=True)
        self.request = ClientRequest(
            self.core, draft, self, dialog=dialog, credentials=self.order.credentials
        )
        self.request.send_in(dialog, now)

    def end_refused(self, now: float, status: int) -> None:
        """The notifier does not want."""
        self._end(status, "")

    def end_terminated(self, now: float, state: SubscriptionState) -> None:
        """The notifier has ended it."""
        self._end(0, state.reason)

    def end_silent(self, now: float, _subject: object) -> None:
        """The NOTIFY that must come did not."""
        self._end(408, "timeout")

    def end_abandoned(self, now: float, _subject: object) -> None:
        """Given up before it began: should it begin after all, its NOTIFY is answered 481, which ends it."""
        self.request.abandon()
        self._end(0, "")

    def end_unsubscribed(self, now: float, _subject: object) -> None:
        """As asked."""
        self._end(0, "")

    def _end(self, status: int, reason: str) -> None:
        core = self.core
        core.timers.cancel(self.timer)
        core.timers.cancel(self.timer_n)
        core.half_dialogs.pop((self._call_id, self._tag), None)
        if self.dialog is not None:
            core.dialogs.pop(self.dialog.key, None)
        core.usages.discard(self)
        core.events.append(SubscriptionEnded(self, status, reason))


_S = Subscriber
SUBSCRIBER: Table[SubState, SubIn] = {  # RFC 6665 4.1.2
    (SubState.SUBSCRIBING, SubIn.ACCEPTED): (SubState.ACTIVE, (_S.take_answer, _S.await_notify)),
    (SubState.SUBSCRIBING, SubIn.NOTIFY): (SubState.ACTIVE, (_S.take_notify,)),
    (SubState.SUBSCRIBING, SubIn.NOTIFY_TERMINATED): (SubState.ENDED, (_S.end_terminated,)),
    (SubState.SUBSCRIBING, SubIn.REFUSED): (SubState.ENDED, (_S.end_refused,)),
    (SubState.SUBSCRIBING, SubIn.UNSUBSCRIBE): (SubState.ENDED, (_S.end_abandoned,)),
    (SubState.ACTIVE, SubIn.ACCEPTED): (SubState.ACTIVE, (_S.take_answer,)),
    (SubState.ACTIVE, SubIn.NOTIFY): (SubState.ACTIVE, (_S.take_notify,)),
    (SubState.ACTIVE, SubIn.NOTIFY_TERMINATED): (SubState.ENDED, (_S.end_terminated,)),
    (SubState.ACTIVE, SubIn.REFUSED): (SubState.ENDED, (_S.end_refused,)),
    (SubState.ACTIVE, SubIn.TIMER_REFRESH): (SubState.ACTIVE, (_S.send_refresh,)),
    (SubState.ACTIVE, SubIn.TIMER_N): (SubState.ENDED, (_S.end_silent,)),
    (SubState.ACTIVE, SubIn.UNSUBSCRIBE): (SubState.ENDING, (_S.send_unsubscribe,)),
    (SubState.ENDING, SubIn.NOTIFY_TERMINATED): (SubState.ENDED, (_S.end_unsubscribed,)),
    (SubState.ENDING, SubIn.REFUSED): (SubState.ENDED, (_S.end_unsubscribed,)),
    (SubState.ENDING, SubIn.TIMER_N): (SubState.ENDED, (_S.end_unsubscribed,)),
}
_S.TABLE = SUBSCRIBER
