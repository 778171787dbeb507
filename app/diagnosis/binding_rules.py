"""Rules R23 to R29: we are registered, but perhaps not so that calls find us."""

from __future__ import annotations

from app.diagnosis.exchanges import Exchange
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.logins import bindings_of, is_removal, lifetime_asked
from app.diagnosis.messages import Seen
from app.diagnosis.peers import in_networks, is_address, is_private, is_public, same_number, split_port
from app.diagnosis.reading import Reading
from app.sip.uri import SipUri

_USUAL_KEEPALIVE_S = 25  # most routers forget a UDP mapping after 30 s and more


def _granted(reading: Reading) -> Exchange | None:
    """The last successful REGISTER, where it asked for a binding."""
    login = reading.login
    if login is None or login.success is None or is_removal(login.success):
        return None
    return login.success


def _ours(exchange: Exchange) -> tuple[str, str, int]:
    """User, host and port of the Contact we asked for."""
    contact = exchange.request.contacts[0].uri if exchange.request.contacts else None
    if not isinstance(contact, SipUri):
        return "", "", 0
    return contact.user, split_port(contact.host)[0], contact.port or 5060


@rule("R23", "not_bound")
def answer_has_no_binding(reading: Reading) -> Finding | None:
    """200 to REGISTER without our Contact, or with a lifetime of 0"""
    granted = _granted(reading)
    if granted is None or granted.final is None:
        return None
    user, host, port = _ours(granted)
    final = granted.final
    if any(not call.is_out and _after(call.request, final) for call in reading.calls):
        return None  # it says so, but calls come all the same
    mine = [
        each
        for each in final.contacts
        if isinstance(each.uri, SipUri)
        and (each.uri.user == user or (split_port(each.uri.host)[0], each.uri.port or 5060) == (host, port))
    ]
    lifetimes = [each.expires if each.expires is not None else final.seconds("expires") for each in mine]
    if mine and any(each != 0 for each in lifetimes):
        return None
    return found(
        "not_bound",
        granted.outcome,
        contact=f"{user}@{host}:{port}",
        asked=lifetime_asked(granted.request) or "",
    )


def _after(one: Seen, other: Seen) -> bool:
    if one.time is None or other.time is None:
        return one.index > other.index
    return one.time >= other.time


@rule("R24", "contact_rewritten", "via_rewritten")
def router_rewrites(reading: Reading) -> Finding | None:
    """200 lists our Contact with another address or port than sent, or a Via comes back changed"""
    granted = _granted(reading)
    if granted is not None and granted.final is not None:
        user, host, port = _ours(granted)
        listed = [each.uri for each in granted.final.contacts if isinstance(each.uri, SipUri)]
        places = [(split_port(each.host)[0], each.port or 5060) for each in listed if each.user == user]
        is_other = bool(host and places) and (host, port) not in places
        if is_other and _is_address_pair(host, places[0][0]) and not _is_earlier(reading, places):
            return found(
                "contact_rewritten",
                granted.outcome,
                severity=Severity.WARNING,
                sent=f"{host}:{port}",
                listed=f"{places[0][0]}:{places[0][1]}",
            )
    for each in reading.ours:
        sent = each.request.via
        for answer in each.answers:
            via = answer.via
            if sent is None or via is None or not sent.branch or via.branch != sent.branch:
                continue
            if (via.host.lower(), via.port or 5060) != (sent.host.lower(), sent.port or 5060):
                return found(
                    "via_rewritten",
                    [each.request, answer],
                    severity=Severity.WARNING,
                    sent=sent.sent_by,
                    listed=via.sent_by,
                )
    return None


def _is_address_pair(one: str, other: str) -> bool:
    return is_address(one) and is_address(other)


def _is_earlier(reading: Reading, places: list[tuple[str, int]]) -> bool:
    """Whether these are bindings we made ourselves before."""
    login = reading.login
    return login is not None and any(place in login.contacts_sent for place in places)


@rule("R25", "second_device")
def others_use_the_account(reading: Reading) -> Finding | None:
    """200 to REGISTER lists Contacts that are not ours"""
    granted = _granted(reading)
    if granted is None or granted.final is None or reading.login is None:
        return None
    _, host, port = _ours(granted)
    places = bindings_of(granted.final)
    if (host, port) not in places:
        return None
    mine = reading.login.contacts_sent | {(host, port)}
    others = [place for place in places if place not in mine and place[0] not in (host, reading.public_host)]
    if not others:
        return None
    return found(
        "second_device",
        granted.outcome,
        severity=Severity.WARNING,
        others=", ".join(f"{other}:{number}" for other, number in others),
    )


def _mappings(reading: Reading) -> list[tuple[Seen, Exchange, str, int]]:
    """Answers of outside servers that show another address or port than the Via we sent."""
    found_mappings = []
    for each in reading.ours:
        via = each.request.via
        if via is None or each.request.peer.transport in ("tcp", "tls"):
            continue
        for answer in each.answers:
            if answer.mapping is None or (is_private(answer.peer.host) and not is_public(answer.mapping[0])):
                continue
            host = answer.mapping[0] or split_port(via.host)[0]
            port = answer.mapping[1] or via.port or 5060
            if (host, port) != (split_port(via.host)[0], via.port or 5060):
                found_mappings.append((answer, each, host, port))
    return found_mappings


@rule("R26", "nat_mapping_changes", "nat_mapping")
def router_translates(reading: Reading) -> Finding | None:
    """received and rport of the answers differ from our socket"""
    mappings = _mappings(reading)
    if not mappings:
        return None
    keepalive = reading.config.integer("keepalive_s") or 0
    ports = {(host, port) for _, each, host, port in mappings if each.method == "REGISTER"}
    calls_to = {each.request.peer for _, each, _, _ in mappings if each.method == "REGISTER"}
    if len(ports) > 1 and len(calls_to) == 1 and not 0 < keepalive < _USUAL_KEEPALIVE_S:
        return found(
            "nat_mapping_changes",
            [seen for answer, each, _, _ in mappings for seen in (each.request, answer)],
            field="keepalive_s",
            value=20,
            severity=Severity.WARNING,
            places=", ".join(sorted(f"{host}:{port}" for host, port in ports)),
        )
    answer, each, host, port = mappings[-1]
    public = reading.config.text("public_address").lower()
    if public == host or (public and not is_address(public)) or keepalive:
        return None
    told = {place[0] for place in bindings_of(each.request)}
    if host in told:
        return None
    via = each.request.via
    own = via.sent_by if via is not None else ""
    if host == split_port(via.host)[0] if via else False:
        return found(
            "nat_mapping",
            [each.request, answer],
            field="keepalive_s",
            value=_USUAL_KEEPALIVE_S,
            severity=Severity.WARNING,
            own=own,
            shown=f"{host}:{port}",
        )
    return found(
        "nat_mapping",
        [each.request, answer],
        field="public_address",
        value=host,
        severity=Severity.WARNING,
        own=own,
        shown=f"{host}:{port}",
    )


@rule("R28", "service_route")
def routes_for_later(reading: Reading) -> Finding | None:
    """Service-Route or P-Associated-URI in the 200 to REGISTER"""
    granted = _granted(reading)
    if granted is None or granted.final is None:
        return None
    names = [name for name in ("Service-Route", "P-Associated-URI") if granted.final.header(name)]
    if not names:
        return None
    return found("service_route", granted.outcome, severity=Severity.INFO, headers=" and ".join(names))


_OURS_TO_REFUSE = frozenset({401, 403, 404, 407, 480, 488, 503, 603})


@rule("R29", "caller_address_unknown")
def calls_come_from_elsewhere(reading: Reading) -> Finding | None:
    """Calls for our number come from an address that is not among the line's, and we refused them"""
    known = _known_sources(reading)
    listed = reading.config.text("match_addresses", "trusted_addresses")
    if not known and not listed:
        return None  # then no address can be said to be another one
    for call in reversed(reading.calls):
        source = call.request.peer.host
        if call.is_out or not source or source in known or call.is_answered or call.is_cancelled:
            continue
        if in_networks(
            source, reading.config.words("match_addresses") + reading.config.words("trusted_addresses")
        ):
            continue
        if call.status not in (_OURS_TO_REFUSE - {480, 488, 503, 603}) and not call.invite.is_silent:
            continue
        named = (call.request.uri_user, call.request.to.user)
        is_ours = any(same_number(name, own) for name in named if name for own in reading.config.numbers)
        domain = reading.config.domain
        names_carrier = (
            bool(domain)
            and not is_address(domain)
            and domain in (call.request.to.host, call.request.from_.host)
        )
        if not is_ours and not names_carrier:
            continue
        field = "trusted_addresses" if reading.config.says("trusted_addresses") else "match_addresses"
        value = f"{listed}, {source}" if listed else source
        return found("caller_address_unknown", call.invite.outcome, field=field, value=value, address=source)
    return None


def _known_sources(reading: Reading) -> set[str]:
    """Addresses that calls of the carrier may come from."""
    known = {each.request.peer.host for each in reading.ours if each.answers}
    for host in (reading.config.proxy, reading.config.domain):
        known |= {host, *reading.addresses(host)}
    return {host for host in known if is_address(host)}


@rule("X08", "reply_from_elsewhere")
def another_address_answers(reading: Reading) -> Finding | None:
    """Answers come from another address than the request went to"""
    for each in reading.ours:
        for answer in each.answers:
            asked = each.request.peer
            if asked.host and answer.peer.host and is_address(asked.host) and answer.peer.host != asked.host:
                return found(
                    "reply_from_elsewhere",
                    [each.request, answer],
                    severity=Severity.INFO,
                    asked=asked.host,
                    answered=answer.peer.host,
                )
    return None


@rule("X09", "expires_cut")
def lifetime_is_cut(reading: Reading) -> Finding | None:
    """The registrar grants less than half a minute, as carriers do to keep a router's mapping open"""
    granted = _granted(reading)
    if granted is None or granted.final is None:
        return None
    lifetimes = [each.expires for each in granted.final.contacts if each.expires]
    asked = lifetime_asked(granted.request)
    if not lifetimes or asked is None or min(lifetimes) >= 30 or asked <= 60:
        return None
    return found("expires_cut", granted.outcome, severity=Severity.INFO, asked=asked, granted=min(lifetimes))


BINDINGS = (
    answer_has_no_binding,
    router_rewrites,
    others_use_the_account,
    router_translates,
    routes_for_later,
    calls_come_from_elsewhere,
    another_address_answers,
    lifetime_is_cut,
)
"""In the order they are asked."""
