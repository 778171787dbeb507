"""Turns a way out into the leg that is called: identity, flow, credentials, rules of sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.calls.diversion import Diversion
from app.calls.originate import Destination
from app.calls.outbound import ALL_SOUND, Outbound, SoundRules
from app.services.actions import OutRoute
from app.services.directory import Directory, LocalMedia
from app.services.gateway import Gateway
from app.services.incoming import line_media
from app.services.line_account import credentials_of, hop_of
from app.services.line_registration import LineRegistration
from app.services.outgoing_identity import Sent, sent
from app.services.outside import Line, OutsideTransport, Rel100
from app.services.trunks import TrunkPeer
from app.sip.client_request import uri_of_route
from app.sip.errors import MessageError
from app.sip.flow import Flow, Transport
from app.sip.uri import SipUri
from app.sip.values import NameAddr


class NoWay(Exception):  # noqa: N818  an answer, told to whoever asked for the leg
    """A way out that leads nowhere at the moment; the text says why."""


def said_by_line(directory: Directory, line: LineRegistration, route: OutRoute) -> Sent:
    """The texts of a call by a line, with what its registrar told us. Raises NoWay."""
    record = _as_known_there(line.line, line.associated_uris)
    return _said(directory.replaced(lines={record.name: record}), route, service_route=line.service_route)


def said_by_trunk(directory: Directory, flow: Flow, route: OutRoute) -> Sent:
    """The texts of a call by a trunk over a flow to it. Raises NoWay."""
    return _said(directory, route, own_host=flow.shown.host)


async def line_leg(
    gateway: Gateway,
    directory: Directory,
    line: LineRegistration,
    route: OutRoute,
    *,
    media_mode: str,
    is_last: bool,
    diversions: Sequence[Diversion] = (),
) -> Destination:
    """Make the leg of a call by a line: from the socket that registered, with the line's credentials.

    `media_mode` is the call's so far; `is_last`: no other way could be tried after it; `diversions`: who sent
    the call on. Raises NoWay.
    """
    record = _as_known_there(line.line, line.associated_uris)
    said = said_by_line(directory, line, route)
    flows = await _flows_of(gateway, line)
    _keep_transport(gateway, record.transport, flows)
    mode = line_media(directory.settings.local_media, gateway.variables)
    return Destination(
        number=route.number,
        uri=said.request_uri,
        flow=flows[0],
        route=said.route,
        outbound=Outbound(
            from_=said.from_,
            to=said.to,
            contact_user=record.user,
            headers=(*said.headers, *_diverted(said, diversions)),
            credentials=credentials_of(record),
            has_rel100=record.rel100 is not Rel100.OFF,
            needs_rel100=record.rel100 is Rel100.REQUIRED,
            session_expires=None if record.session_timer else 0,
            flows=flows,
            hop=hop_of(record),
            outlet=line.outlet,
            media_mode=LocalMedia.RELAY if media_mode == LocalMedia.RELAY else mode,
            sound=SoundRules(record.codecs, record.video),
            patience_s=0.0 if is_last else gateway.variables.silence_s,
        ),
    )


async def trunk_leg(
    gateway: Gateway,
    directory: Directory,
    trunk: TrunkPeer,
    route: OutRoute,
    *,
    is_last: bool,
    diversions: Sequence[Diversion] = (),
) -> Destination:
    """Make the leg of a call by a trunk. Raises NoWay."""
    record = trunk.trunk
    flows = await gateway.network.flows(trunk.hop, trunk.outlet)
    if not flows:
        trunk.missed(f"The name {record.address} does not resolve.")
        raise NoWay(f"the name {record.address} does not resolve")
    _keep_transport(gateway, record.transport, flows)
    said = said_by_trunk(directory, flows[0], route)
    return Destination(
        number=route.number,
        uri=said.request_uri,
        flow=flows[0],
        route=said.route,
        outbound=Outbound(
            from_=said.from_,
            to=said.to,
            contact_user=route.caller_number or record.name,
            headers=(*said.headers, *_diverted(said, diversions)),
            flows=flows,
            hop=trunk.hop,
            outlet=trunk.outlet,
            media_mode=LocalMedia.RELAY if record.relay_media else "",
            sound=ALL_SOUND,
            patience_s=0.0 if is_last else gateway.variables.silence_s,
        ),
    )


def _diverted(said: Sent, diversions: Sequence[Diversion]) -> tuple[tuple[str, str], ...]:
    """Who sent the call on to the outside last, by the number that is known there (RFC 5806)."""
    if not diversions:
        return ()
    return (diversions[-1].header(str(NameAddr.parse(said.from_).uri)),)


async def _flows_of(gateway: Gateway, line: LineRegistration) -> tuple[Flow, ...]:
    """The flow of the registration; without one, as the record leads."""
    record, flow = line.line, line.flow
    try:
        hop = hop_of(record)
    except MessageError as problem:
        raise NoWay(f"its record gives no address: {problem.reason}") from problem
    first = uri_of_route(line.service_route[0]) if line.service_route and not record.proxy else None
    if first is not None and (flow is None or first.host_address != flow.remote.host):
        found = await gateway.network.flows(first, line.outlet)
        if found:
            return found
    if flow is None:
        found = await gateway.network.flows(hop, line.outlet)
        if not found:
            raise NoWay(f"the name {record.proxy or record.domain} does not resolve")
        return found
    known = [flow]
    if flow.transport is not Transport.UDP:
        known.append(replace(flow, connection=0))  # a connection that has closed meanwhile is opened anew
    others = await gateway.network.flows(hop, line.outlet)
    return (*known, *[other for other in others if other.remote != flow.remote])


def _keep_transport(gateway: Gateway, transport: OutsideTransport, flows: Sequence[Flow]) -> None:
    """Where UDP is chosen, a long INVITE leaves by the same socket as the short REGISTER did."""
    if transport is OutsideTransport.UDP:
        for flow in flows:
            gateway.network.keep_to_datagrams(flow.remote)


def _as_known_there(line: Line, associated: Sequence[str]) -> Line:
    """Call as the identity the carrier lists first, where it does not list ours (RFC 7315 4.1)."""
    if line.from_user or not associated:
        return line
    found: list[SipUri] = []
    for text in associated:
        try:
            uri = NameAddr.parse(text).uri
        except MessageError:
            continue
        if isinstance(uri, SipUri):
            found.append(uri)
    if not found or any(uri.user == line.user for uri in found):
        return line
    return replace(line, from_user=found[0].user, from_domain=found[0].host)


def _said(
    directory: Directory, route: OutRoute, *, own_host: str = "", service_route: tuple[str, ...] = ()
) -> Sent:
    try:
        found = sent(directory, route, own_host=own_host, service_route=service_route)
    except MessageError as problem:
        raise NoWay(f"its record gives no address: {problem.reason}") from problem
    if found is None:
        raise NoWay("its record is gone")
    return found
