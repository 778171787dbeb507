"""Carries text messages (RFC 3428) from extension to extension; nothing is stored for a phone that is off."""

from __future__ import annotations

from dataclasses import dataclass

from app.calls.causes import best_status
from app.calls.legs import Endpoint
from app.calls.originate import Destination
from app.services.bindings import Bindings
from app.services.directory import DirectoryHolder, Extension
from app.sip.client_request import ClientRequest
from app.sip.events import RequestReceived, ResponseReceived
from app.sip.grammar import quote
from app.sip.outgoing import OutgoingRequest
from app.sip.server_transactions import ServerTransaction
from app.sip.uri import SipUri, TelUri, escape_user

_HEADERS = ("Content-Language", "Content-Encoding", "Content-Disposition", "Date")


@dataclass(slots=True)
class _Delivery:
    """A message on its way to all devices of an extension."""

    transaction: ServerTransaction
    waiting: int
    refusals: list[int]
    is_answered: bool = False


class Messages:
    """Sends a copy to each device; the first that takes it makes the sender's 200."""

    def __init__(self, endpoint: Endpoint, holder: DirectoryHolder, bindings: Bindings) -> None:
        self._endpoint = endpoint
        self._holder = holder
        self._bindings = bindings
        self._deliveries: dict[ClientRequest, _Delivery] = {}

    @property
    def is_idle(self) -> bool:
        """Whether no message is on its way."""
        return not self._deliveries

    def deliver(self, event: RequestReceived, sender: Extension) -> int | None:
        """Begin to deliver a message; returns the status to refuse it with where that cannot be."""
        request = event.request
        number = request.uri.user if isinstance(request.uri, SipUri | TelUri) else ""
        extension = self._holder.current.extension(number)
        if extension is None or not extension.enabled:
            return 404
        devices = self._bindings.destinations(number)
        if not devices:
            return 480
        if request.max_forwards == 0:
            return 483
        delivery = _Delivery(event.transaction, len(devices), [])
        from_ = request.from_  # who says to be another is shown as who it is
        is_own = bool(from_.display) and from_.user == sender.number
        display = from_.display if is_own else sender.description
        for device in devices:
            copy = self._copy(event, sender.number, display, device)
            sent = self._endpoint.run(self._endpoint.stack.send_request, copy)
            self._deliveries[sent] = delivery
        return None

    def answered(self, event: ResponseReceived) -> bool:
        """Take a device's answer; False where the request was none of these."""
        delivery = self._deliveries.pop(event.request, None)
        if delivery is None:
            return False
        delivery.waiting -= 1
        if event.status < 300:
            self._answer(delivery, 200)
        else:
            delivery.refusals.append(event.status)
            if delivery.waiting == 0:
                self._answer(delivery, best_status(delivery.refusals))
        return True

    def _answer(self, delivery: _Delivery, status: int) -> None:
        if not delivery.is_answered:
            delivery.is_answered = True
            self._endpoint.run(self._endpoint.stack.answer, delivery.transaction, status)

    @staticmethod
    def _copy(event: RequestReceived, sender: str, display: str, device: Destination) -> OutgoingRequest:
        request = event.request
        local = (device.flow or event.flow).shown
        address = f"<sip:{escape_user(sender)}@{local}>"
        return OutgoingRequest(
            method="MESSAGE",
            uri=device.uri,
            from_=f"{quote(display)} {address}" if display else address,
            to=f"<sip:{escape_user(device.number)}@{local}>",
            headers=tuple(
                (name, value) for name in _HEADERS if (value := request.get(name.lower())) is not None
            ),
            body=request.body,
            content_type=request.get("content-type") or "text/plain",
            flows=(device.flow,) if device.flow is not None else (),
            route=device.route,
        )
