"""The INVITE a device, line or trunk is called with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.calls.diversion import headers_inside
from app.sip.grammar import quote
from app.sip.outgoing import OutgoingInvite
from app.sip.uri import escape_user

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.calls.diversion import Diversion
    from app.calls.outbound import Outbound
    from app.sip.flow import Flow
    from app.sip.uri import SipUri


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One device to ring: what its INVITE is addressed to, and the way there (None = as the URI says)."""

    number: str
    uri: SipUri | str
    flow: Flow | None
    route: tuple[str, ...] = ()
    pin_flow: bool = False
    is_behind_nat: bool = False
    outbound: Outbound | None = None  # for a line or trunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an INVITE says of the call it is for."""

    number: str
    name: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    diversions: Sequence[Diversion] = ()
    forwards_left: int = 70


def invite_for(destination: Destination, shown: Shown, flow: Flow, sdp: bytes | None) -> OutgoingInvite:
    """Write it; `flow` knows our address toward the device. None = the device makes the offer."""
    if destination.outbound is not None:
        return _outside(destination, destination.outbound, shown, sdp)
    local = flow.shown
    host = str(local) if local.port != flow.transport.default_port else _bracketed(local.host)
    caller = f"<sip:{escape_user(shown.number)}@{host}>"
    return OutgoingInvite(
        uri=destination.uri,
        from_=f"{quote(shown.name)} {caller}" if shown.name else caller,
        to=f"<sip:{escape_user(destination.number)}@{host}>",
        contact_user=shown.number,
        sdp=sdp,
        flows=() if destination.flow is None else (destination.flow,),
        route=destination.route,
        headers=(*shown.headers, *headers_inside(shown.diversions, host)),
        # A reliable 183 to an INVITE without offer would itself be an offer; the caller could not answer it.
        rel100=sdp is not None,
        pin_flow=destination.pin_flow,
        max_forwards=shown.forwards_left,
    )


def _outside(destination: Destination, outbound: Outbound, shown: Shown, sdp: bytes | None) -> OutgoingInvite:
    return OutgoingInvite(
        uri=destination.uri,
        from_=outbound.from_,
        to=outbound.to,
        contact_user=outbound.contact_user,
        sdp=sdp,
        flows=outbound.flows,
        route=destination.route,
        hop=outbound.hop,
        outlet=outbound.outlet,
        headers=outbound.headers,
        credentials=outbound.credentials,
        rel100=outbound.has_rel100 and sdp is not None,
        require_100rel=outbound.needs_rel100 and sdp is not None,
        session_expires=outbound.session_expires,
        pin_flow=destination.pin_flow,
        max_forwards=shown.forwards_left,
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
