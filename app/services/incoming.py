"""Who calls from outside, and what was dialled: trunks and lines told by address, the DID as configured."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from app.calls.outbound import ALL_SOUND, SoundRules
from app.services.bindings import Bindings
from app.services.dial_plan_query import Party, PartyKind
from app.services.directory import DirectoryHolder, LocalMedia
from app.services.limits import Limits, Place, Way
from app.services.line_account import credentials_of
from app.services.line_registration import LineRegistration
from app.services.lines import Lines
from app.services.outside import DidSource, Line
from app.services.trunks import TrunkPeer, Trunks
from app.sip.digest import DigestClient
from app.sip.digest_values import Credentials
from app.sip.errors import MessageError
from app.sip.flow import Flow
from app.sip.message import Request
from app.sip.uri import SipUri, TelUri, Uri
from app.sip.values import NameAddr
from app.variables import Variables

logger = logging.getLogger(__name__)

ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Outsider:
    """A line or trunk that a request came by."""

    kind: Literal["line", "trunk"]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A call from outside that is let in. `place` is to be released when it is over."""

    party: Party
    called: str
    media_mode: str  # as the setting `local_media`
    sound: SoundRules
    place: Place
    credentials: DigestClient | None = None  # should the carrier challenge what we send in the call
    is_at_name: bool = False  # says no more of its place than the name that the line's proxy serves


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A call from outside that is not let in."""

    status: int
    reason: str = ""


class Incoming:
    """Tells outside callers from phones, and lets no more in than the limits allow."""

    def __init__(
        self,
        *,
        holder: DirectoryHolder,
        lines: Lines,
        trunks: Trunks,
        limits: Limits,
        bindings: Bindings,
        variables: Variables,
    ) -> None:
        self._holder = holder
        self._lines = lines
        self._trunks = trunks
        self._limits = limits
        self._bindings = bindings
        self._variables = variables

    def identify(self, request: Request, flow: Flow) -> Outsider | None:
        """Say whose call it is, by where it comes from; None = no line's or trunk's: a phone or a stranger.

        What an INVITE says of itself proves nothing. Where phones share an address with a carrier, those that
        are registered or show credentials of ours are phones, and so is who calls itself by the number of an
        extension from a port that is not the carrier's.
        """
        if not (self._lines or self._trunks) or self._is_phone(request, flow):
            return None
        found = self._who(request, lambda peer: peer.is_exactly_from(flow))
        if found is None and not self._claims_extension(request):
            found = self._who(request, lambda peer: peer.is_from(flow))
        return found

    def admit(self, outsider: Outsider, request: Request) -> Guest | TurnedAway:
        """Take a place for the call, and read who calls whom."""
        directory = self._holder.current
        local_media = directory.settings.local_media
        sound, credentials, is_at_name = ALL_SOUND, None, False
        if outsider.kind == "trunk":
            trunk = directory.trunks.get(outsider.name)
            if trunk is None or not trunk.enabled:
                return TurnedAway(403)
            if trunk.max_incoming == 0:
                return TurnedAway(403, "No Incoming Calls")
            place = self._limits.take("trunk", trunk.name, Way.IN, trunk.max_incoming)
            called = _user_of(request.uri)
            mode: str = LocalMedia.RELAY if trunk.relay_media else local_media
        else:
            line = directory.lines.get(outsider.name)
            if line is None or not line.enabled:
                return TurnedAway(403)
            if line.max_calls == 0:
                return TurnedAway(403, "No Incoming Calls")
            place = self._limits.take("line", line.name, Way.IN, line.max_calls, together=True)
            called = called_number(request, line)
            sound, credentials = SoundRules(line.codecs, line.video), credentials_of(line)
            mode = line_media(local_media, self._variables)
            is_at_name = bool(line.proxy) and _is_at(request, line.domain)
        if place is None:
            logger.info("%s %s: a call was turned away: all places are taken", outsider.kind, outsider.name)
            return TurnedAway(486, "All Lines Busy")
        number, display = calling_number(request)
        party = Party(PartyKind(outsider.kind), outsider.name, number, display, number == ANONYMOUS)
        return Guest(
            party=party,
            called=called,
            media_mode=mode,
            sound=sound,
            place=place,
            credentials=credentials,
            is_at_name=is_at_name,
        )

    def is_known(self, flow: Flow) -> bool:
        """Whether an address is any line's or trunk's."""
        return any(peer.is_from(flow) for peer in (*self._lines, *self._trunks))

    def _who(
        self, request: Request, comes_from: Callable[[LineRegistration | TrunkPeer], bool]
    ) -> Outsider | None:
        line = _addressed([line for line in self._lines if comes_from(line)], request)
        trunk = next((trunk for trunk in self._trunks if comes_from(trunk)), None)
        if line is not None and (trunk is None or _names(line.line, request)):
            return Outsider("line", line.name)
        return Outsider("trunk", trunk.name) if trunk is not None else None

    def _is_phone(self, request: Request, flow: Flow) -> bool:
        directory = self._holder.current
        for key in ("proxy-authorization", "authorization"):
            for text in request.get_all(key):
                try:
                    if Credentials.parse(text).realm == directory.settings.realm:
                        return True
                except MessageError:
                    continue
        user = request.from_.user
        return any(binding.flow.remote == flow.remote for binding in self._bindings.of(user))

    def _claims_extension(self, request: Request) -> bool:
        extension = self._holder.current.extension(request.from_.user)
        return extension is not None and extension.enabled


def line_media(local_media: str, variables: Variables) -> str:
    """How the sound of a line's calls travels: by default through us, since a carrier cannot reach phones."""
    if local_media == LocalMedia.DIRECT or not variables.relay_lines:
        return local_media
    return LocalMedia.RELAY


def called_number(request: Request, line: Line) -> str:
    """Read which number was dialled, where the line's record says it stands (RFC 3261, 7315, 5806)."""
    uri_user = _user_of(request.uri)
    match line.did_source:
        case DidSource.REQUEST_URI:
            return uri_user
        case DidSource.TO:
            return request.to.user or uri_user
        case DidSource.P_CALLED_PARTY_ID:
            return _first_user(request, "p-called-party-id") or uri_user
        case DidSource.PPI:
            return _first_user(request, "p-preferred-identity") or uri_user
        case DidSource.DIVERSION:
            return _first_user(request, "diversion") or uri_user
    asserted = _first_user(request, "p-called-party-id")
    if asserted:
        return asserted
    if uri_user and uri_user != line.user:
        return uri_user
    return request.to.user or uri_user


def calling_number(request: Request) -> tuple[str, str]:
    """Read who calls: P-Asserted-Identity before From (RFC 3325 9.1); withheld is "anonymous"."""
    from_ = request.from_
    shown = from_
    for address in _addresses(request, "p-asserted-identity"):
        if address.user:
            shown = address
            break
    host = from_.uri.host.lower() if isinstance(from_.uri, SipUri) else ""
    if _wants_privacy(request) or host == "anonymous.invalid" or from_.user.lower() == ANONYMOUS:
        return ANONYMOUS, ""
    number = _user_of(shown.uri)
    if not number or number.lower() == ANONYMOUS:
        return ANONYMOUS, ""
    return number, shown.display or from_.display


def _wants_privacy(request: Request) -> bool:
    """Privacy: id, user or full (RFC 3323 4.2, RFC 3325 9.3)."""
    wanted = {each.strip().lower() for each in (request.get("privacy") or "").replace(",", ";").split(";")}
    return bool(wanted & {"id", "user", "full"})


def _addressed(lines: list[LineRegistration], request: Request) -> LineRegistration | None:
    """Choose among the lines of one carrier: the one that is named, else the only one, else the first."""
    return next((line for line in lines if _names(line.line, request)), lines[0] if lines else None)


def _names(line: Line, request: Request) -> bool:
    """Whether an INVITE names a line: by our Contact in the Request-URI, or by its number elsewhere."""
    own = {line.user, line.from_user, line.auth_id} - {""}
    if _user_of(request.uri) in own or request.to.user in own:
        return True
    return _first_user(request, "p-called-party-id") in own


def _first_user(request: Request, key: str) -> str:
    return next((_user_of(address.uri) for address in _addresses(request, key)), "")


def _addresses(request: Request, key: str) -> Iterator[NameAddr]:
    for text in request.get_all(key):
        try:
            yield NameAddr.parse(text)
        except MessageError:
            continue


def _is_at(request: Request, name: str) -> bool:
    uri = request.contacts[0].uri if request.contacts else request.from_.uri
    return isinstance(uri, SipUri) and uri.host.lower() == name.lower()


def _user_of(uri: Uri) -> str:
    """The number of a sip: or tel: URI, parameters of numbers left out (RFC 3261 19.1.6)."""
    user = uri.user if isinstance(uri, SipUri | TelUri) else ""
    return user.partition(";")[0]
