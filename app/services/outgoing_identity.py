"""What will stand in the INVITE of a call that leaves: Request-URI, From, To, identity headers, Route."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.services.actions import OutKind, OutRoute
from app.services.directory import Directory
from app.services.line_account import routes_of
from app.services.outside import CallerIdForm, Line, Trunk
from app.sip.grammar import Params
from app.sip.name_addr import NameAddr
from app.sip.uri import SipUri, TelUri

# RFC 3323 4.1.1.3: the From of a caller that is not to be shown.
_ANONYMOUS = NameAddr("Anonymous", SipUri("sip", "anonymous", None, "anonymous.invalid"))
_HEADER = {
    CallerIdForm.PAI: "P-Asserted-Identity",
    CallerIdForm.PPI: "P-Preferred-Identity",
    CallerIdForm.RPID: "Remote-Party-ID",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Texts as they go on the wire; `from_` and `to` without tag, `route` the values of Route in order.

    `headers` are the identity headers, P-Asserted-Identity among them.
    """

    request_uri: str
    from_: str
    to: str
    p_asserted_identity: str = ""
    route: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


def sent(
    directory: Directory, route: OutRoute, *, own_host: str = "", service_route: tuple[str, ...] = ()
) -> Sent | None:
    """Say what a call by this route will carry; None where its line or trunk is no more.

    `own_host` is our address as a trunk sees it, and stands in From; where it is not known yet, the public
    address or the first address we listen on, else the trunk's own. `service_route` is what the line's
    registrar gave (RFC 3608). MessageError where the record gives no address.
    """
    if route.kind is OutKind.LINE:
        line = directory.lines.get(route.name)
        return None if line is None else _over_line(line, route, service_route)
    trunk = directory.trunks.get(route.name)
    if trunk is None:
        return None
    settings = directory.settings
    host = own_host or settings.public_address or next(iter(settings.bind_address), "") or trunk.address
    return _over_trunk(trunk, route, host)


def _over_line(line: Line, route: OutRoute, service_route: tuple[str, ...]) -> Sent:
    """From carries the line's identity, or the caller's number where the carrier reads it there."""
    domain, from_domain = _bracketed(line.domain), _bracketed(line.identity_domain)
    params: dict[str, str | None] = {"user": "phone"} if line.user_phone else {}
    params |= _params(line.request_uri_params)
    user_phone: Params = {"user": "phone"} if line.user_phone else {}
    called = SipUri("sip", route.number, None, domain, None if line.proxy else line.port, params)
    own = NameAddr(line.display_name, SipUri("sip", line.identity_user, None, from_domain))
    shown = own
    if route.caller_number:
        shown = NameAddr(
            route.caller_name or line.display_name, SipUri("sip", route.caller_number, None, from_domain)
        )
    return _message(
        line.caller_id_form,
        own=own,
        shown=shown,
        has_own=True,
        privacy=route.privacy,
        request_uri=str(called),
        to=str(NameAddr("", SipUri("sip", route.number, None, domain, None, user_phone))),
        route=routes_of(line, service_route),
    )


def _over_trunk(trunk: Trunk, route: OutRoute, host: str) -> Sent:
    """A trunk has no identity of its own: the caller is who calls."""
    params = _params(trunk.request_uri_params)
    address = _bracketed(trunk.address)
    if trunk.tel_uri:
        request_uri = str(TelUri(route.number, params))
        to = str(NameAddr("", TelUri(route.number)))
    else:
        port = trunk.port if trunk.port != 5060 else None
        request_uri = str(SipUri("sip", route.number, None, address, port, params))
        to = str(NameAddr("", SipUri("sip", route.number, None, address)))
    shown = NameAddr(route.caller_name, SipUri("sip", route.caller_number, None, _bracketed(host)))
    return _message(
        trunk.caller_id_form,
        own=shown,
        shown=shown,
        has_own=False,
        privacy=route.privacy,
        request_uri=request_uri,
        to=to,
        route=(),
    )


def _message(
    form: CallerIdForm,
    *,
    own: NameAddr,
    shown: NameAddr,
    has_own: bool,
    privacy: bool,
    request_uri: str,
    to: str,
    route: tuple[str, ...],
) -> Sent:
    from_ = own if has_own and form is not CallerIdForm.FROM else shown
    headers: list[tuple[str, str]] = []
    if form is not CallerIdForm.FROM:
        headers.append((_HEADER[form], _identity(form, shown, privacy=privacy)))
    elif privacy:
        # Who calls is said to the carrier alone, who has to know (RFC 3325 9.1).
        headers.append((_HEADER[CallerIdForm.PAI], str(shown)))
    if privacy:
        # A registered line is recognised by its From: there only the name and the headers are hidden.
        from_ = replace(_ANONYMOUS, uri=from_.uri) if has_own else _ANONYMOUS
        headers.append(("Privacy", "id"))
    asserted = next((value for name, value in headers if name == _HEADER[CallerIdForm.PAI]), "")
    return Sent(
        request_uri=request_uri,
        from_=str(from_),
        to=to,
        p_asserted_identity=asserted,
        route=route,
        headers=tuple(headers),
    )


def _identity(form: CallerIdForm, shown: NameAddr, *, privacy: bool) -> str:
    if form is not CallerIdForm.RPID:
        return str(shown)
    hidden = "full" if privacy else "off"
    return f"{shown};party=calling;screen=yes;privacy={hidden}"


def _params(text: str) -> dict[str, str | None]:
    """Read `user=phone;x` as parameters."""
    found: dict[str, str | None] = {}
    for part in text.split(";"):
        name, sign, value = part.strip().partition("=")
        if name:
            found[name] = value if sign else None
    return found


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
