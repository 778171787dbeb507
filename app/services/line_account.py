"""What a line's record means in SIP: where its REGISTER goes, as whom, and with which credentials."""

from __future__ import annotations

from app.net.addresses import is_numeric
from app.services.outside import Line, OutsideTransport, RegisterCallId
from app.sip.digest import DigestClient
from app.sip.errors import MessageError
from app.sip.flow import Flow
from app.sip.registration import CallIdPolicy, RegistrationOrder
from app.sip.uri import SipUri, parse_uri
from app.sip.values import NameAddr
from app.variables import Variables


def hop_of(line: Line) -> SipUri:
    """Where packets go: the proxy where there is one, else the domain, by the line's transport and port.

    MessageError where neither makes an address.
    """
    uri = _host(line.proxy or line.domain)
    port = uri.port or line.port
    transport = line.transport
    params: dict[str, str | None] = {}
    if transport is not OutsideTransport.AUTO:
        params["transport"] = transport.value
    return SipUri("sip", "", None, uri.host, port, params)


def proxy_route(line: Line) -> str:
    """The loose Route that all requests of a line with a proxy carry, "" without one (RFC 3261 16.12)."""
    if not line.proxy:
        return ""
    hop = hop_of(line)
    params: dict[str, str | None] = {"lr": None}
    if line.transport not in (OutsideTransport.AUTO, OutsideTransport.UDP):
        params = {"transport": line.transport.value, "lr": None}
    return f"<{SipUri('sip', '', None, hop.host, hop.port, params)}>"


def tls_name_of(line: Line) -> str:
    """The name the carrier's TLS certificate must be made out to; "" where nothing is checked (RFC 5922 7.2).

    It is the name the packets go to; behind a numeric proxy the domain, for which the proxy answers.
    """
    if not line.tls_verify or line.transport in (OutsideTransport.UDP, OutsideTransport.TCP):
        return ""
    hop = hop_of(line).host_address
    if is_numeric(hop) and line.domain:
        return _host(line.domain).host_address
    return hop


def registrar_of(line: Line) -> SipUri:
    """The Request-URI of REGISTER: the domain, with a port only where no proxy stands before it."""
    uri = _host(line.domain or line.proxy)
    port = uri.port or (None if line.proxy else line.port)
    return SipUri("sip", "", None, uri.host, port)


def address_of_record(line: Line) -> NameAddr:
    """The identity that is registered."""
    return NameAddr("", SipUri("sip", line.user, None, _host(line.domain or line.proxy).host))


def sender_of(line: Line) -> NameAddr:
    """Who registers, as From says: the identity itself, unless the carrier wants another name there."""
    domain = line.from_domain or line.domain or line.proxy
    return NameAddr("", SipUri("sip", line.from_user or line.user, None, _host(domain).host))


def credentials_of(line: Line) -> DigestClient | None:
    """The line's answer to challenges (note S4: the user name may have to carry the domain)."""
    if not line.password:
        return None
    return DigestClient(line.digest_user, line.password, realm=line.realm)


def policy_of(line: Line, variables: Variables) -> CallIdPolicy:
    """Note S8: the variable makes all lines take a new Call-ID; a line alone may do so too."""
    is_new = line.register_call_id is RegisterCallId.NEW or not variables.reg_same_dialog
    return CallIdPolicy.NEW if is_new else CallIdPolicy.KEEP


def order_of(line: Line, variables: Variables, outlet: str) -> RegistrationOrder:
    """What the stack is asked to keep registered. MessageError where the record gives no address."""
    route = proxy_route(line)
    return RegistrationOrder(
        registrar=registrar_of(line),
        address=address_of_record(line),
        sender=sender_of(line),
        contact_user=line.user,
        credentials=credentials_of(line),
        expires=variables.reg_expires or line.expires,
        route=(route,) if route else (),
        call_id_policy=policy_of(line, variables),
        hop=hop_of(line),
        outlet=outlet,
    )


def binding_of(line: Line) -> tuple[object, ...]:
    """What identifies the binding at the carrier: where it changes, the old one must be taken away."""
    return (
        *(str(registrar_of(line)), line.user, str(hop_of(line)), line.bind_address, line.dns_server),
        line.register and line.enabled,
    )


def registration_facts(line: Line) -> tuple[object, ...]:
    """All that a registration depends on: where it changes, the line registers anew."""
    return (
        *binding_of(line),
        *(line.password, line.password_problem, line.digest_user, line.realm),
        *(line.from_user, line.from_domain, tls_name_of(line)),
        *(line.expires, line.register_call_id, line.keepalive_s),
    )


def routes_of(line: Line, service_route: tuple[str, ...]) -> tuple[str, ...]:
    """The Route set of a call: the proxy, then what the registrar gave as Service-Route (RFC 3608 5)."""
    route = proxy_route(line)
    if not route:
        return service_route
    if service_route and _same_place(service_route[0], line):
        return service_route
    return (route, *service_route)


def _same_place(route: str, line: Line) -> bool:
    try:
        uri = NameAddr.parse(route).uri
    except MessageError:
        return False
    hop = hop_of(line)
    return (
        isinstance(uri, SipUri)
        and uri.host_address == hop.host_address
        and (uri.port or 5060) == (hop.port or 5060)
    )


def _host(text: str) -> SipUri:
    """Read HOST or HOST:PORT, an IPv6 address with or without brackets."""
    text = text.strip()
    if text.count(":") > 1 and not text.startswith("["):
        text = f"[{text}]"
    if not text:
        raise MessageError("no server address is set")
    uri = parse_uri(f"sip:{text}")
    if not isinstance(uri, SipUri):
        raise MessageError(f"“{text}” is not a server address")
    return uri


def shown_flow(flow: Flow | None) -> str:
    """A flow's far end as in captures: ip:port/udp."""
    return f"{flow.remote}/{flow.transport.value.lower()}" if flow is not None else ""
