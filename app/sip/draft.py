"""A request of ours as ready-made text: only Via and Contact, which depend on the flow, are filled in when
it is sent.
"""

from __future__ import annotations

from app.sip.flow import Flow, Transport
from app.sip.message import Response
from app.sip.uri import escape_user

_LINE_BREAKS = str.maketrans("\r\n", "  ")


def via_start(flow: Flow) -> str:
    """Write a Via value up to its branch (RFC 3261 18.1.1, rport of RFC 3581)."""
    return f"SIP/2.0/{flow.transport} {flow.shown};rport;branch="


def contact_uri(flow: Flow, user: str, scheme: str = "sip") -> str:
    """Write our address on a flow as a URI that a peer can send to; `user` is plain text."""
    at = f"{escape_user(user)}@" if user else ""
    if flow.transport is Transport.UDP or scheme == "sips":
        return f"{scheme}:{at}{flow.shown}"
    return f"{scheme}:{at}{flow.shown};transport={flow.transport.lower()}"


def header_lines(headers: tuple[tuple[str, str], ...]) -> str:
    """Write (name, value) pairs, each with its line end."""
    return "".join([f"{name}: {one_line(value)}\r\n" for name, value in headers])


def one_line(value: str) -> str:
    """Make line breaks spaces: no value can smuggle in a header."""
    if "\r" in value or "\n" in value:
        return value.translate(_LINE_BREAKS)
    return value


def body_lines(content_type: str, body: bytes) -> str:
    """Write Content-Type, where there is a body, Content-Length and the empty line."""
    if body:
        return f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return "Content-Length: 0\r\n\r\n"


class Draft:
    """One request, before it is given a flow and a branch.

    `from_`, `to` are whole header values with tags; `route_lines` and `lines` whole header lines with line
    ends. `contact_user` None = no Contact. `outlet` names what it must leave by, "" = anything.
    """

    __slots__ = (
        "authorization",
        "body",
        "call_id",
        "contact_params",
        "contact_user",
        "content_type",
        "cseq",
        "from_",
        "lines",
        "max_forwards",
        "method",
        "outlet",
        "route_lines",
        "scheme",
        "to",
        "uri",
    )

    def __init__(
        self,
        method: str,
        uri: str,
        *,
        from_: str,
        to: str,
        call_id: str,
        cseq: int,
        max_forwards: int,
        route_lines: str = "",
        lines: str = "",
        contact_user: str | None = None,
        contact_params: str = "",
        body: bytes = b"",
        content_type: str = "",
        outlet: str = "",
    ) -> None:
        self.method = method
        self.uri = one_line(uri)
        self.from_ = one_line(from_)
        self.to = one_line(to)
        self.call_id = call_id
        self.cseq = cseq
        self.max_forwards = max_forwards
        self.route_lines = route_lines
        self.lines = lines
        self.contact_user = contact_user
        self.contact_params = contact_params
        self.body = body
        self.content_type = content_type
        self.outlet = outlet
        self.authorization = ""  # header lines that answer a challenge
        self.scheme = "sips" if uri.startswith("sips:") else "sip"

    def contact_line(self, flow: Flow) -> str:
        """Write the Contact header as seen over `flow`, "" where the request has none."""
        if self.contact_user is None:
            return ""
        return f"Contact: <{contact_uri(flow, self.contact_user, self.scheme)}>{self.contact_params}\r\n"

    def encode(self, via: str, flow: Flow) -> bytes:
        """Write the request as it goes over `flow`."""
        text = (
            f"{self.method} {self.uri} SIP/2.0\r\nVia: {via}\r\n{self.route_lines}"
            f"Max-Forwards: {self.max_forwards}\r\nFrom: {self.from_}\r\nTo: {self.to}\r\n"
            f"Call-ID: {self.call_id}\r\nCSeq: {self.cseq} {self.method}\r\n"
            f"{self.contact_line(flow)}{self.authorization}{self.lines}"
            f"{body_lines(self.content_type, self.body)}"
        )
        return text.encode("utf-8", "surrogateescape") + self.body

    def _hop_by_hop(self, method: str, via: str, to: str) -> bytes:
        return (
            f"{method} {self.uri} SIP/2.0\r\nVia: {via}\r\n{self.route_lines}"
            f"Max-Forwards: {self.max_forwards}\r\nFrom: {self.from_}\r\nTo: {to}\r\n"
            f"Call-ID: {self.call_id}\r\nCSeq: {self.cseq} {method}\r\n"
        ).encode("utf-8", "surrogateescape")

    def encode_ack(self, via: str, response: Response) -> bytes:
        """Write the ACK to a failure: To is the response's (RFC 3261 17.1.1.3)."""
        return self._hop_by_hop("ACK", via, response.get("to") or self.to) + b"Content-Length: 0\r\n\r\n"

    def encode_cancel(self, via: str, headers: tuple[tuple[str, str], ...] = ()) -> bytes:
        """Write the CANCEL: all but the method is the INVITE's (RFC 3261 9.1)."""
        extra = header_lines(headers).encode("utf-8", "surrogateescape")
        return self._hop_by_hop("CANCEL", via, self.to) + extra + b"Content-Length: 0\r\n\r\n"
