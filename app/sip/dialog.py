"""One dialog (RFC 3261 12): its identity, numbering, route set and where requests inside it go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.sip.draft import Draft
from app.sip.errors import MessageError
from app.sip.flow import Flow, Transport
from app.sip.offer_answer import OfferAnswer
from app.sip.uri import SipUri, parse_uri

if TYPE_CHECKING:
    from app.sip.core import Core, DialogKey
    from app.sip.message import Message, Request, Response
    from app.sip.server_transactions import ServerTransaction


class Usage(Protocol):
    """What lives in a dialog: a session or a subscription."""

    def on_request(
        self, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
    ) -> None:
        """A request inside the dialog, in order; not ACK."""

    def on_ack(self, dialog: Dialog, request: Request, now: float) -> None:
        """An ACK inside the dialog."""


class Dialog:
    """The peers' common state. `local` and `remote` are whole From and To values, tags included."""

    __slots__ = (
        "_allow",
        "_route_lines",
        "_uri",
        "call_id",
        "contact_user",
        "flow",
        "is_pinned",
        "known_flows",
        "last_rseq",
        "local",
        "local_cseq",
        "local_tag",
        "logical_host",
        "outlet",
        "remote",
        "remote_cseq",
        "remote_tag",
        "routes",
        "target",
        "turn",
        "usage",
    )

    def __init__(
        self,
        *,
        call_id: str,
        local: str,
        local_tag: str,
        remote: str,
        remote_tag: str,
        target: str,
        routes: tuple[str, ...],
        flow: Flow,
        contact_user: str,
        usage: Usage | None,
    ) -> None:
        self.call_id = call_id
        self.local = local
        self.local_tag = local_tag
        self.remote = remote
        self.remote_tag = remote_tag
        self.routes = routes
        self.flow = flow
        self.contact_user = contact_user
        self.usage = usage
        self.outlet = ""  # what requests inside the dialog leave by
        self.local_cseq = 0
        self.remote_cseq = -1
        self.is_pinned = flow.transport is not Transport.UDP
        self.known_flows: tuple[Flow, ...] = ()
        self.logical_host = ""  # a name that stands for what a proxy serves, and need not exist in any DNS
        self.last_rseq = 0  # of the peer's reliable provisionals (RFC 3262 4)
        self._allow: list[str] = []  # the peer's Allow lines
        self.turn = OfferAnswer()
        self.retarget(target)

    @classmethod
    def of_response(
        cls, draft: Draft, local_tag: str, response: Response, flow: Flow, usage: Usage | None
    ) -> Dialog:
        """Make the caller's end from a 1xx or 2xx (RFC 3261 12.1.2)."""
        dialog = cls(
            call_id=draft.call_id,
            local=draft.from_,
            local_tag=local_tag,
            remote=response.get("to") or draft.to,
            remote_tag=response.to_tag,
            target=contact_of(response) or draft.uri,
            routes=tuple(reversed(response.get_all("record-route"))),
            flow=flow,
            contact_user=draft.contact_user or "",
            usage=usage,
        )
        dialog.local_cseq = draft.cseq
        dialog.outlet = draft.outlet
        if draft.route_lines:
            dialog.logical_host = _host_of(draft.uri)
        dialog.note_abilities(response)
        return dialog

    @classmethod
    def of_request(
        cls, request: Request, local_tag: str, flow: Flow, contact_user: str, usage: Usage | None
    ) -> Dialog:
        """Make the callee's end from the request that asks for a dialog (RFC 3261 12.1.1)."""
        dialog = cls(
            call_id=request.call_id,
            local=f"{request.get('to') or ''};tag={local_tag}",
            local_tag=local_tag,
            remote=request.get("from") or "",
            remote_tag=request.from_tag,
            target=contact_of(request) or str(request.from_.uri),
            routes=tuple(request.get_all("record-route")),
            flow=flow,
            contact_user=contact_user,
            usage=usage,
        )
        dialog.remote_cseq = request.cseq.number
        dialog.note_abilities(request)
        return dialog

    @property
    def key(self) -> DialogKey:
        """How requests of the peer name this dialog."""
        return (self.call_id, self.local_tag, self.remote_tag)

    def retarget(self, target: str) -> None:
        """Take a new remote target, and write Request-URI and Route for it once (RFC 3261 12.2.1.1)."""
        self.target = target
        self.known_flows = ()
        routes = self.routes
        self._uri = target
        if routes and not _is_loose(routes[0]):
            self._uri = _bare(routes[0])
            routes = (*routes[1:], f"<{target}>")
        self._route_lines = "".join([f"Route: {route}\r\n" for route in routes])

    def set_routes(self, routes: tuple[str, ...]) -> None:
        """Take the route set of the 2xx instead of the provisional answer's (RFC 3261 13.2.2.4)."""
        if routes != self.routes:
            self.routes = routes
            self.retarget(self.target)

    def refresh_target(self, message: Message) -> None:
        """Follow the Contact of a target refresh (RFC 3261 12.2.1.2, 12.2.2)."""
        target = contact_of(message)
        if target and target != self.target:
            self.retarget(target)
        self.note_abilities(message)

    def note_abilities(self, message: Message) -> None:
        """Remember the peer's Allow."""
        lines = [value for key, _, value in message.headers if key == "allow"]
        if lines:
            self._allow = lines

    def note_inability(self) -> None:
        """The peer refuses what its Allow promised: believe none of it."""
        self._allow = []

    def allows(self, method: str) -> bool:
        """Whether the peer has said that it takes `method`."""
        return any(method == one.strip().upper() for line in self._allow for one in line.split(","))

    def accepts_number(self, number: int) -> bool:
        """Take the CSeq of a request of the peer; False where it is out of order (RFC 3261 12.2.2)."""
        if number < self.remote_cseq:
            return False
        self.remote_cseq = number
        return True

    def next_cseq(self) -> int:
        """Number the next request."""
        self.local_cseq += 1
        return self.local_cseq

    def draft(
        self,
        core: Core,
        method: str,
        *,
        lines: str = "",
        body: bytes = b"",
        content_type: str = "",
        with_contact: bool = False,
        cseq: int = 0,
    ) -> Draft:
        """Write a request inside the dialog (RFC 3261 12.2.1.1); `cseq` only for ACK."""
        return Draft(
            method,
            self._uri,
            from_=self.local,
            to=self.remote,
            call_id=self.call_id,
            cseq=cseq or self.next_cseq(),
            max_forwards=core.settings.max_forwards,
            route_lines=self._route_lines,
            lines=lines,
            contact_user=self.contact_user if with_contact else None,
            body=body,
            content_type=content_type,
            outlet=self.outlet,
        )

    def flows(self) -> tuple[Flow, ...]:
        """Say over which flows requests go; empty = the network must be asked for `next_hop`."""
        if self.is_pinned or self._is_logical():
            return (self.flow,)
        if not self.known_flows:
            hop = self.next_hop()
            if hop is not None and _is_at(hop, self.flow):
                self.known_flows = (self.flow,)
        return self.known_flows

    def _is_logical(self) -> bool:
        """Whether the peer gave us no more of an address than the name its proxy serves."""
        return bool(self.logical_host) and not self.routes and _host_of(self.target) == self.logical_host

    def next_hop(self) -> SipUri | None:
        """The URI to find: the first route, else the remote target. None = nothing we could send to."""
        if self._is_logical():
            return None
        try:
            uri = parse_uri(_bare(self.routes[0]) if self.routes else self.target)
        except MessageError:
            return None
        return uri if isinstance(uri, SipUri) else None


def contact_of(message: Message) -> str:
    """Read the URI of the first Contact, "" where there is none that we could use."""
    text = message.get("contact")
    if not text or text == "*":
        return ""
    if text[0] == "<":  # the usual shape is read without taking it apart
        return text[1 : text.find(">")]
    try:
        contacts = message.contacts
    except MessageError:
        return ""
    return str(contacts[0].uri) if contacts else ""


def _host_of(uri: str) -> str:
    """The host of a sip: URI in small letters; "" for any other."""
    try:
        parsed = parse_uri(uri)
    except MessageError:
        return ""
    return parsed.host.lower() if isinstance(parsed, SipUri) else ""


def _bare(route: str) -> str:
    start = route.find("<")
    return route[start + 1 : route.find(">", start)] if start >= 0 else route.partition(";")[0].strip()


def _is_loose(route: str) -> bool:
    return ";lr" in _bare(route).lower()


def _is_at(uri: SipUri, flow: Flow) -> bool:
    """Whether a URI with a numeric host names the far end of a flow, so that nobody need be asked."""
    wanted = uri.transport
    if (wanted and wanted != flow.transport) or (uri.is_secure and flow.transport is not Transport.TLS):
        return False
    if not wanted and not uri.is_secure and flow.transport is not Transport.UDP:
        return False
    return (
        uri.port or flow.transport.default_port
    ) == flow.remote.port and uri.host_address == flow.remote.host
