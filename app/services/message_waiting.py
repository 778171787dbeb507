"""Lights and puts out the lamp of phones that have messages: simple-message-summary (RFC 3842).

Phones that subscribe are told in their subscription; every other registered device by a NOTIFY of its own,
when it registers and when something changes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from app.calls.legs import Endpoint
from app.calls.nat import is_translated
from app.services.bindings import Binding, Bindings
from app.services.directory import DirectoryHolder, Extension
from app.services.mailboxes import EMPTY, Counts
from app.services.registrar import Reply
from app.sip.client_request import ClientRequest
from app.sip.errors import MessageError
from app.sip.events import RequestReceived, ResponseReceived, SubscriptionEnded, SubscriptionRefreshed
from app.sip.flow import Transport
from app.sip.message import Request
from app.sip.outgoing import OutgoingRequest
from app.sip.server_transactions import ServerTransaction
from app.sip.stack import SipStack
from app.sip.subscription import Notifier
from app.sip.uri import SipUri, escape_user

logger = logging.getLogger(__name__)

PACKAGE = "message-summary"
CONTENT_TYPE = "application/simple-message-summary"

_USUAL_S, _LEAST_S, _MOST_S = 3600, 60, 7200
_MOST_SUBSCRIPTIONS = 10  # of one extension
# A phone hears of its messages after it was told that it is registered: before, many throw the NOTIFY away.
_AFTER_REGISTER_S = 0.2
# Answers of a phone that does not take what it has not subscribed to.
_UNWANTED = frozenset({405, 415, 481, 489, 501})


class Timer(Protocol):
    """What `loop.call_later` returns."""

    def cancel(self) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class _Device:
    """One registration of one device: a phone that restarts registers with another Call-ID, its lamp out."""

    number: str
    contact: str
    address: str
    call_id: str

    @classmethod
    def of(cls, binding: Binding) -> _Device:
        return cls(binding.number, str(binding.uri), str(binding.flow.remote), binding.call_id)


class MessageWaiting:
    """Tells phones how many messages wait. Synchronous; `counts(mailbox)` answers at once."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        holder: DirectoryHolder,
        bindings: Bindings,
        counts: Callable[[str], Counts],
        call_later: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._endpoint = endpoint
        self._holder = holder
        self._bindings = bindings
        self._counts = counts
        self._call_later = call_later
        self._subscribers: dict[Notifier, tuple[str, str]] = {}  # -> number, address it came from
        self._told: dict[_Device, Counts] = {}
        self._refusing: set[_Device] = set()
        self._asked: dict[ClientRequest, _Device] = {}
        self._registered: dict[str, None] = {}
        self._timer: Timer | None = None

    @property
    def usages(self) -> frozenset[object]:
        """The subscriptions that live."""
        return frozenset(self._subscribers)

    def subscribe(self, event: RequestReceived, extension: Extension) -> Reply | None:
        """Take a SUBSCRIBE of an extension that is known to be it; a Reply refuses it."""
        request = event.request
        asked = request.uri.user if isinstance(request.uri, SipUri) else ""
        if asked != extension.number and self._holder.current.extension(asked) is not None:
            return Reply(403)  # the mailbox of somebody else
        if not request.contacts:
            return Reply(400, (), "Missing Contact")
        expires = _expires(request)
        if 0 < expires < _LEAST_S:
            return Reply(423, (("Min-Expires", str(_LEAST_S)),))
        mine = [each for each, (number, _) in self._subscribers.items() if number == extension.number]
        for old in mine[: max(len(mine) - _MOST_SUBSCRIPTIONS + 1, 0)]:
            self._end(old, "deactivated")
        notifier = self._endpoint.run(
            _subscription,
            self._endpoint.stack,
            event.transaction,
            min(expires, _MOST_S),
            extension.number,
            _is_pinned(event),
        )
        self._subscribers[notifier] = (extension.number, str(event.flow.remote))
        body = self._body(extension.number, event.flow.shown.host)
        if expires == 0:  # a question, to be answered once (RFC 6665 4.4.3)
            self._endpoint.run(notifier.terminate, "timeout", body=body, content_type=CONTENT_TYPE)
        else:
            self._endpoint.run(notifier.notify, body, CONTENT_TYPE)
        return None

    def take(self, event: object) -> bool:
        """Take what the stack tells of subscriptions and of our own NOTIFYs; False where it is not ours."""
        match event:
            case SubscriptionRefreshed(notifier=notifier) if notifier in self._subscribers:
                self._inform(notifier)
            case SubscriptionEnded(usage=Notifier() as notifier) if notifier in self._subscribers:
                del self._subscribers[notifier]
            case ResponseReceived(request=request) if request in self._asked:
                device = self._asked.pop(request)
                if event.status in _UNWANTED:
                    self._refusing.add(device)
            case _:
                return False
        return True

    def changed(self, mailbox: str) -> None:
        """The number of messages changed, or whether there is a mailbox at all."""
        for notifier, (number, _) in list(self._subscribers.items()):
            if number == mailbox:
                self._inform(notifier)
        self._tell_devices(mailbox)

    def registered(self, number: str) -> None:
        """Devices of an extension registered, or left."""
        present = {_Device.of(binding) for binding in self._bindings.of(number)}
        for gone in [device for device in self._told if device.number == number and device not in present]:
            del self._told[gone]
            self._refusing.discard(gone)
        if not present:
            return
        self._registered[number] = None
        if self._timer is None:
            self._timer = self._call_later(_AFTER_REGISTER_S, self._tell_registered)

    def drop(self, numbers: Iterable[str]) -> None:
        """Extensions are gone, or have another password: whoever had subscribed is nobody now."""
        gone = frozenset(numbers)
        for notifier, (number, _) in list(self._subscribers.items()):
            if number in gone:
                self._end(notifier, "noresource")

    def stop(self) -> None:
        """End the subscriptions; the phones subscribe anew when we are back."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for notifier in list(self._subscribers):
            self._end(notifier, "deactivated")

    def _tell_registered(self) -> None:
        self._timer = None
        numbers, self._registered = self._registered, {}
        for number in numbers:
            self._tell_devices(number)

    def _tell_devices(self, number: str) -> None:
        """Tell each device what it does not know yet; who has no mailbox need not know that it is empty."""
        now = self._now(number)
        extension = self._holder.current.extension(number)
        is_on = extension is not None and extension.mailbox.is_on
        subscribed = {address for known, address in self._subscribers.values() if known == number}
        for binding in self._bindings.of(number):
            device = _Device.of(binding)
            known = self._told.get(device, None if is_on else EMPTY)
            if known != now and device not in self._refusing and device.address not in subscribed:
                self._told[device] = now
                self._send(device, binding)

    def _send(self, device: _Device, binding: Binding) -> None:
        destination = binding.destination()
        flow = destination.flow or binding.flow
        local = flow.shown
        request = OutgoingRequest(
            method="NOTIFY",
            uri=destination.uri,
            from_=f"<sip:{escape_user(device.number)}@{local}>",
            to=f"<sip:{escape_user(device.number)}@{local}>",
            headers=(("Event", PACKAGE), ("Subscription-State", "terminated;reason=noresource")),
            body=self._body(device.number, local.host),
            content_type=CONTENT_TYPE,
            contact_user=device.number,
            flows=(flow,),
            route=destination.route,
        )
        self._asked[self._endpoint.run(self._endpoint.stack.send_request, request)] = device

    def _inform(self, notifier: Notifier) -> None:
        number, _ = self._subscribers[notifier]
        body = self._body(number, notifier.dialog.flow.shown.host)
        self._endpoint.run(notifier.notify, body, CONTENT_TYPE)

    def _end(self, notifier: Notifier, reason: str) -> None:
        self._endpoint.run(notifier.terminate, reason)

    def _now(self, number: str) -> Counts:
        extension = self._holder.current.extension(number)
        return self._counts(number) if extension is not None and extension.mailbox.is_on else EMPTY

    def _body(self, number: str, host: str) -> bytes:
        """The summary (RFC 3842 5.2)."""
        counts = self._now(number)
        host = f"[{host}]" if ":" in host else host
        lines = (
            f"Messages-Waiting: {'yes' if counts.new else 'no'}",
            f"Message-Account: sip:{escape_user(number)}@{host}",
            f"Voice-Message: {counts.new}/{counts.saved} (0/0)",
        )
        return "".join(f"{line}\r\n" for line in lines).encode()


def _subscription(
    stack: SipStack, transaction: ServerTransaction, expires: int, user: str, is_pinned: bool, *, now: float
) -> Notifier:
    return Notifier(stack, transaction, expires, now, contact_user=user, pin_flow=is_pinned)


def _expires(request: Request) -> int:
    try:
        wanted = request.expires
    except MessageError:
        wanted = None
    return _USUAL_S if wanted is None else wanted


def _is_pinned(event: RequestReceived) -> bool:
    """Whether the phone is reached over the way its request came only."""
    contact = event.request.contacts[0].uri
    behind_nat = isinstance(contact, SipUri) and is_translated(contact.host_address, event.flow.remote.host)
    return behind_nat or event.flow.transport is not Transport.UDP
