"""What the layer above orders: a call, or a request outside any dialog."""

from __future__ import annotations

from dataclasses import dataclass

from app.sip.digest import DigestClient
from app.sip.flow import Flow
from app.sip.uri import OtherUri, SipUri, TelUri
from app.sip.values import NameAddr

Headers = tuple[tuple[str, str], ...]
AnyUri = SipUri | TelUri | OtherUri | str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingInvite:
    """A call to make.

    `from_` and `to` are without tag (the stack adds its own). `flows` empty = the stack emits Resolve for
    `hop`, else the first `route`, else `uri`. `pin_flow`: requests inside the dialog go back over the flow
    the peer was seen on, and not to its Contact. `session_expires` None = as in StackSettings, 0 = none.
    `outlet` names the socket and the DNS to use, as the network shell knows them.
    """

    uri: AnyUri
    from_: NameAddr | str
    to: NameAddr | str
    contact_user: str = ""
    sdp: bytes | None = None
    flows: tuple[Flow, ...] = ()
    route: tuple[str, ...] = ()
    headers: Headers = ()
    credentials: DigestClient | None = None
    rel100: bool = True  # offer 100rel (RFC 3262); the peer decides
    session_expires: int | None = None
    pin_flow: bool = False
    call_id: str = ""
    content_type: str = "application/sdp"
    max_forwards: int = 0  # of the call this one continues, less one (RFC 7332 5); 0 = as in StackSettings
    hop: SipUri | None = None  # where to send it, whatever the message says
    outlet: str = ""
    require_100rel: bool = False  # the peer must make provisional answers reliable, or refuse (420)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRequest:
    """A request outside any dialog, not INVITE.

    `contact_user` None = no Contact. `call_id`, `from_tag` and `cseq` default to fresh ones; a REGISTER that
    refreshes gives its own (RFC 3261 10.2).
    """

    method: str
    uri: AnyUri
    from_: NameAddr | str
    to: NameAddr | str
    headers: Headers = ()
    body: bytes = b""
    content_type: str = ""
    contact_user: str | None = None
    contact_params: str = ""  # ";expires=3600"
    flows: tuple[Flow, ...] = ()
    route: tuple[str, ...] = ()
    credentials: DigestClient | None = None
    call_id: str = ""
    from_tag: str = ""
    cseq: int = 0
    new_call_id_on_challenge: bool = False  # some registrars want it so; RFC 3261 10.2 does not
    hop: SipUri | None = None  # where to send it, whatever the message says
    outlet: str = ""
