"""What the usages of a stack share: time, transactions, dialogs, events to tell, ways to find."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Protocol

from app.sip.flow import Flow, Transport
from app.sip.output import Resolve
from app.sip.timers import Timers
from app.sip.tokens import new_call_id
from app.sip.transaction_layer import TransactionLayer
from app.sip.uri import SipUri

if TYPE_CHECKING:
    from app.sip.dialog import Dialog
    from app.sip.events import StackEvent
    from app.sip.message import Request
    from app.sip.registration import RegistrationClient
    from app.sip.server_transactions import ServerTransaction
    from app.sip.settings import StackSettings
    from app.sip.validation import Refusal

DialogKey = tuple[str, str, str]  # Call-ID, our tag, the peer's tag


class Waiter(Protocol):
    """Who asked for the way to a URI."""

    def on_resolved(self, flows: Sequence[Flow], now: float) -> None:
        """The answer; empty = there is no way."""


class HalfUsage(Protocol):
    """Whoever has asked for a dialog and may hear of it before the answer: a subscriber (RFC 6665 4.4.1)."""

    def on_first_request(self, transaction: ServerTransaction, request: Request, now: float) -> None:
        """A request with our tag, in a dialog we do not know yet."""


class Doorkeeper(Protocol):
    """Who may refuse a request outside any dialog before anything is kept of it."""

    def refuse(self, request: Request, flow: Flow, now: float) -> Refusal | None:
        """What to answer, once and without a transaction; None = it may come in."""


class Core:
    """The state behind SipStack, for the modules of this package."""

    __slots__ = (
        "_serial",
        "agent_line",
        "allow_line",
        "capability_lines",
        "change_lines",
        "dialogs",
        "doorkeeper",
        "events",
        "half_dialogs",
        "layer",
        "random",
        "registrations",
        "settings",
        "timers",
        "usages",
        "waiters",
    )

    def __init__(self, settings: StackSettings) -> None:
        self.settings = settings
        self.timers = Timers()
        self.layer = TransactionLayer(settings, self.timers)
        self.events: deque[StackEvent] = deque()
        self.dialogs: dict[DialogKey, Dialog] = {}
        self.doorkeeper: Doorkeeper | None = None
        self.half_dialogs: dict[
            tuple[str, str], HalfUsage
        ] = {}  # Call-ID and our tag, before the peer's is known
        self.registrations: set[RegistrationClient] = set()  # they want to hear of connections that close
        self.usages: set[object] = set()  # sessions, registrations, subscriptions that live
        self.waiters: dict[int, Waiter] = {}
        self.random = Random(settings.seed)
        self._serial = 0
        self.agent_line = f"User-Agent: {settings.user_agent}\r\n" if settings.user_agent else ""
        self.allow_line = f"Allow: {', '.join(settings.allow)}\r\n"
        self.capability_lines = (
            f"{self.allow_line}Supported: {', '.join(settings.supported)}\r\n{self.agent_line}"
        )
        # Inside a call nothing is announced that only its beginning has: provisional answers (RFC 3262).
        lasting = [tag for tag in settings.supported if tag != "100rel"]
        self.change_lines = f"{self.allow_line}Supported: {', '.join(lasting)}\r\n{self.agent_line}"

    def new_call_id(self) -> str:
        """Make a Call-ID, in the form the settings want."""
        host = self.settings.call_id_host
        return f"{new_call_id()}@{host}" if host else new_call_id()

    def find(self, uri: SipUri, waiter: Waiter, outlet: str = "") -> int:
        """Ask the network for the flows to `uri` out of `outlet`; the answer goes to `waiter`."""
        self._serial += 1
        wanted = uri.transport
        transport = Transport(wanted) if wanted in Transport.__members__ else None
        if uri.is_secure:
            transport = Transport.TLS
        self.waiters[self._serial] = waiter
        self.layer.output.append(Resolve(self._serial, uri, transport, outlet))
        return self._serial

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left: no transaction, dialog, deadline, usage, question to the network."""
        layer = self.layer
        return not (
            layer.clients
            or layer.servers
            or layer.merged
            or self.dialogs
            or self.half_dialogs
            or self.usages
            or self.waiters
            or len(self.timers)
        )
