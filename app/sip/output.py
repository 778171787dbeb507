"""What a stack asks of the network: send these bytes, find the way to that URI."""

from __future__ import annotations

from typing import NamedTuple

from app.sip.flow import Flow, Transport
from app.sip.uri import SipUri


class Send(NamedTuple):
    """Put `data` on `flow`; `flow.connection` 0 on a stream = reuse a connection to that peer, or connect."""

    data: bytes
    flow: Flow


class Resolve(NamedTuple):
    """Find the flows to `uri` (RFC 3263) in order of preference, and answer with `SipStack.resolved(token,
    …)`. `outlet` names the socket and the DNS to use, as the shell knows them; "" = its own choice.
    """

    token: int
    uri: SipUri
    transport: Transport | None
    outlet: str = ""


Output = Send | Resolve
