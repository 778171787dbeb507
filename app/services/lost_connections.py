"""Ends calls whose phone has lost its connection and does not come back.

Over UDP nothing tells that a phone has gone. A TCP or TLS connection that closes does: the phone may be
switched off, or only have changed its network. So it is given a while to connect again, and is then asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from app.calls.active import ActiveCalls
from app.calls.causes import Cause, Why
from app.calls.leg import Leg
from app.calls.legs import Endpoint
from app.services.bindings import Bindings
from app.sip.client_request import ClientRequest
from app.sip.events import ResponseReceived
from app.sip.flow import Flow

logger = logging.getLogger(__name__)

_PATIENCE_S = 20.0
_GONE = frozenset({408, 481, 503})  # RFC 3261 12.2.1.2: these end a dialog
_LOST = Cause(Why.LOST, 408, "Connection to the phone lost")


class LostConnections:
    """Watches the legs of answered calls whose connection has closed; `patience_s` is the phones' time."""

    def __init__(
        self,
        endpoint: Endpoint,
        calls: ActiveCalls,
        bindings: Bindings,
        later: Callable[[float, Callable[[], None]], asyncio.TimerHandle],
    ) -> None:
        self._endpoint = endpoint
        self._calls = calls
        self._bindings = bindings
        self._later = later
        self._waiting: dict[Leg, asyncio.TimerHandle] = {}
        self._asked: dict[ClientRequest, Leg] = {}
        self.patience_s = _PATIENCE_S

    def closed(self, flow: Flow) -> None:
        """A stream connection is gone."""
        for call in self._calls:
            if call.bridge is None:
                continue
            for leg, number in (
                (call.caller, call.caller_extension),
                (call.bridge.callee, call.connected_extension),
            ):
                if leg.is_accepted and not leg.has_ended and _is_on(leg, flow):
                    logger.info("%s: the connection to %s is lost", call, flow.remote)
                    self._watch(leg, number, flow)

    def answered(self, event: ResponseReceived) -> bool:
        """Take the answer to a question of ours; False where it is none."""
        leg = self._asked.pop(event.request, None)
        if leg is None:
            return False
        if event.status in _GONE:
            leg.hang_up(_LOST)
        return True

    def stop(self) -> None:
        """Wait for nobody any more."""
        for timer in self._waiting.values():
            timer.cancel()
        self._waiting.clear()

    def _watch(self, leg: Leg, number: str, flow: Flow) -> None:
        known = self._waiting.get(leg)
        if known is not None:
            known.cancel()
        self._waiting[leg] = self._later(self.patience_s, lambda: self._ask(leg, number, flow))

    def _ask(self, leg: Leg, number: str, flow: Flow) -> None:
        """Ask in the dialog, unless the phone has spoken there meanwhile over another connection.

        The question goes over the phone's new registration where there is one, else to its Contact.
        """
        del self._waiting[leg]
        if leg.has_ended or not _is_on(leg, flow):
            return
        again = self._registered_again(number, flow)
        if again is not None:
            leg.session.move(again)
        self._asked[self._endpoint.run(leg.session.request, "OPTIONS", (), "", b"")] = leg

    def _registered_again(self, number: str, lost: Flow) -> Flow | None:
        """The connection of the one device that is registered from where the lost one came."""
        found = {
            binding.flow.connection: binding.flow
            for binding in self._bindings.of(number)
            if binding.flow.connection and binding.flow.remote.host == lost.remote.host
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _is_on(leg: Leg, flow: Flow) -> bool:
    used = leg.session.flow
    return used is not None and used.connection == flow.connection
