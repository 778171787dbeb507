"""SIP, SIPS, tel and other URIs: parse, write, and compare as RFC 3261 19.1.4 and RFC 3966 5 ask."""

from __future__ import annotations

import ipaddress
import string
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, Self

from app.sip.errors import MessageError
from app.sip.grammar import NO_PARAMS, TOKEN_CHARACTERS, UNRESERVED, Params, escape, unescape

_HOST_CHARACTERS: Final = frozenset(string.ascii_letters + string.digits + "-._")
_SCHEME_CHARACTERS: Final = frozenset(string.ascii_letters + string.digits + "+-.")
_USER_ALLOWED: Final = "&=+$,;?/"
_PASSWORD_ALLOWED: Final = "&=+$,"
_PARAM_ALLOWED: Final = "[]/:&+$"
_HEADER_ALLOWED: Final = "[]/?:+$"
_MUST_AGREE: Final = ("transport", "user", "ttl", "method", "maddr")
_FORBIDDEN: Final = frozenset(' \t\r\n<>"')
_TEL_SEPARATORS: Final = str.maketrans("", "", "-.()")
_TEL_DIGITS: Final = frozenset(string.hexdigits + "*#")


def escape_user(user: str) -> str:
    """Write the user part of a SIP URI: a plus of a telephone number stays one (RFC 3261 25.1)."""
    return escape(user, _USER_ALLOWED)


@dataclass(frozen=True, slots=True, eq=False)
class SipUri:
    """A sip: or sips: URI. `user`, `password` and parameter values are unescaped; `host` is as received.

    An IPv6 host keeps its brackets. A URI that was parsed is written exactly as it was received; one made by
    `dataclasses.replace` is written anew. `==` follows RFC 3261 19.1.4, which is not transitive.
    """

    scheme: Literal["sip", "sips"]
    user: str
    password: str | None
    host: str
    port: int | None = None
    params: Params = field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = ()
    _text: str = field(default="", init=False, repr=False)

    @classmethod
    def of(cls, user: str, host: str, port: int | None = None, **params: str | None) -> Self:
        """Make a sip: URI of its usual parts; a numeric IPv6 host may come without brackets."""
        if ":" in host and host[0] != "[":
            host = f"[{host}]"
        return cls("sip", user, None, host, port, params)

    @property
    def is_secure(self) -> bool:
        """Whether TLS is demanded on the way (RFC 3261 19.1)."""
        return self.scheme == "sips"

    @property
    def is_loose_router(self) -> bool:
        """Whether the lr parameter is there (RFC 3261 16.12)."""
        return "lr" in self.params

    @property
    def transport(self) -> str:
        """The transport parameter in capitals, "" where absent."""
        return (self.params.get("transport") or "").upper()

    @property
    def host_address(self) -> str:
        """The host without the brackets of IPv6, in lower case: what a socket or resolver wants."""
        return self.host.strip("[]").lower()

    def __str__(self) -> str:
        return self._text or self._written()

    def _written(self) -> str:
        text = f"{self.scheme}:"
        if self.user or self.password is not None:
            text += escape_user(self.user)
            if self.password is not None:
                text += ":" + escape(self.password, _PASSWORD_ALLOWED)
            text += "@"
        text += self.host
        if self.port is not None:
            text += f":{self.port}"
        for name, value in self.params.items():
            text += ";" + escape(name, _PARAM_ALLOWED)
            if value is not None:
                text += "=" + escape(value, _PARAM_ALLOWED)
        if self.headers:
            text += "?" + "&".join(
                f"{escape(name, _HEADER_ALLOWED)}={escape(value, _HEADER_ALLOWED)}"
                for name, value in self.headers
            )
        return text

    def __hash__(self) -> int:
        host = "" if self.host[0] == "[" else self.host.lower()  # one IPv6 address has many spellings
        return hash((self.scheme, self.user, host, self.port))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SipUri):
            return NotImplemented
        if (
            self.scheme != other.scheme
            or self.user != other.user
            or self.password != other.password
            or self.port != other.port
            or not same_host(self.host, other.host)
        ):
            return False
        mine, theirs = self.params, other.params
        for name in _MUST_AGREE:
            if (name in mine) != (name in theirs):
                return False
        for name, value in mine.items():
            if name in theirs and (theirs[name] or "").lower() != (value or "").lower():
                return False
        if self.user and ("%" in str(self) or "%" in str(other)) and _escaped(self) != _escaped(other):
            return False
        return _comparable_headers(self.headers) == _comparable_headers(other.headers)


def _escaped(uri: SipUri) -> str:
    """Return user and password, unreserved characters unescaped: %61 is "a", %3B is not ";" (19.1.4)."""
    userinfo = str(uri).partition(":")[2].partition("@")[0]
    first, *escaped = userinfo.split("%")
    return first + "".join(
        chr(int(piece[:2], 16)) + piece[2:]
        if chr(int(piece[:2], 16)) in UNRESERVED
        else f"%{piece[:2].upper()}{piece[2:]}"
        for piece in escaped
    )


def _comparable_headers(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return sorted((name.lower(), value) for name, value in headers)


@dataclass(frozen=True, slots=True, eq=False)
class TelUri:
    """A tel: URI (RFC 3966). `number` is as received; `digits` is without visual separators."""

    number: str
    params: Params = field(default_factory=dict)

    @property
    def scheme(self) -> str:
        """Always "tel"."""
        return "tel"

    @property
    def digits(self) -> str:
        """The number as it is dialled, with a leading + where it is global."""
        return self.number.translate(_TEL_SEPARATORS)

    @property
    def user(self) -> str:
        """The digits, so that callers need not ask which kind of URI names the number."""
        return self.digits

    def __str__(self) -> str:
        params = "".join(
            f";{name}" if value is None else f";{name}={escape(value, _PARAM_ALLOWED)}"
            for name, value in self.params.items()
        )
        return f"tel:{self.number}{params}"

    def _comparable(self) -> tuple[str, frozenset[tuple[str, str]]]:
        params = frozenset((name, (value or "").lower()) for name, value in self.params.items())
        return self.digits.lower(), params

    def __hash__(self) -> int:
        return hash(self._comparable())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TelUri):
            return NotImplemented
        return self._comparable() == other._comparable()


@dataclass(frozen=True, slots=True)
class OtherUri:
    """A URI of a scheme we do not route, kept as it is: `scheme` in lower case and all after the colon."""

    scheme: str
    rest: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.rest}"


Uri = SipUri | TelUri | OtherUri


def same_host(one: str, other: str) -> bool:
    """Whether two hosts are the same name or the same address; names are not resolved (RFC 3261 19.1.4)."""
    one, other = one.lower(), other.lower()
    if one == other:
        return True
    if one[:1] == "[" and other[:1] == "[":
        try:
            return ipaddress.IPv6Address(one[1:-1]) == ipaddress.IPv6Address(other[1:-1])
        except ValueError:
            return False
    return False


@lru_cache(maxsize=1024)  # a PBX sees the same addresses in every message; the objects are immutable
def parse_uri(text: str) -> Uri:
    """Read an absolute URI; MessageError(400) when it is none."""
    scheme, colon, rest = text.partition(":")
    if scheme in ("sip", "sips") or (scheme := scheme.lower()) in ("sip", "sips"):
        return _parse_sip("sips" if len(scheme) == 4 else "sip", rest, text)
    if not colon or not scheme[:1].isalpha() or not _SCHEME_CHARACTERS.issuperset(scheme):
        raise MessageError("not a URI")
    if not _FORBIDDEN.isdisjoint(rest):
        raise MessageError("forbidden character in a URI")
    if scheme == "tel":
        return _parse_tel(rest)
    return OtherUri(scheme, rest)


@lru_cache(maxsize=1024)
def parse_host_port(text: str) -> tuple[str, int | None]:
    """Read `host`, `host:port`, `[v6]` or `[v6]:port`; MessageError(400) otherwise."""
    if text[:1] == "[":
        inner, bracket, after = text[1:].partition("]")
        # IPv6Address() also admits a zone (%eth0), which has no place on the wire.
        if not bracket or "%" in inner:
            raise MessageError("malformed host")
        try:
            ipaddress.IPv6Address(inner)
        except ValueError:
            raise MessageError("malformed host") from None
        host = text[: len(inner) + 2]
        if after and after[0] != ":":
            raise MessageError("malformed host")
        colon, port = after[:1], after[1:]
    else:
        host, colon, port = text.partition(":")
        if not host or not _HOST_CHARACTERS.issuperset(host):
            raise MessageError("malformed host")
    if not colon:
        return host, None
    if not (port.isascii() and port.isdecimal()) or len(port) > 5 or int(port) > 65535:
        raise MessageError("malformed port")
    return host, int(port)


def _parse_sip(scheme: Literal["sip", "sips"], rest: str, text: str) -> SipUri:
    if not _FORBIDDEN.isdisjoint(rest):
        raise MessageError("forbidden character in a URI")
    # A user may hold ";" and "?" but never a bare "@", so the first "@" ends it (RFC 4475 3.1.1.9).
    userinfo, at, where = rest.partition("@")
    password: str | None = None
    if at:
        user, colon, secret = userinfo.partition(":")
        if not user:
            raise MessageError("URI with an empty user")
        if "%" in userinfo:
            user = unescape(user)
            secret = unescape(secret)
        if colon:
            password = secret
    else:
        user, where = "", rest
    where, question, header_text = where.partition("?")
    where, semicolon, param_text = where.partition(";")
    host, port = parse_host_port(where)
    params = _parse_uri_params(param_text) if semicolon else NO_PARAMS
    headers = _parse_uri_headers(header_text) if question else ()
    uri = SipUri(scheme, user, password, host, port, params, headers)
    object.__setattr__(uri, "_text", text)
    return uri


def _parse_uri_params(text: str) -> Params:
    params: dict[str, str | None] = {}
    for item in text.split(";"):
        name, equals, value = item.partition("=")
        if not name:
            raise MessageError("empty parameter in a URI")
        if "%" in item:
            name, value = unescape(name), unescape(value)
        params.setdefault(name.lower(), value if equals else None)
    return params


def _parse_uri_headers(text: str) -> tuple[tuple[str, str], ...]:
    headers: list[tuple[str, str]] = []
    for item in text.split("&"):
        name, equals, value = item.partition("=")
        if not name or not equals:
            raise MessageError("malformed header in a URI")
        headers.append((unescape(name), unescape(value)))
    return tuple(headers)


def _parse_tel(rest: str) -> TelUri:
    number, _, param_text = rest.partition(";")
    digits = number.translate(_TEL_SEPARATORS)
    body = digits.removeprefix("+")
    if not body or not _TEL_DIGITS.issuperset(body):
        raise MessageError("malformed telephone number")
    params: dict[str, str | None] = {}
    for item in param_text.split(";") if param_text else ():
        name, equals, value = item.partition("=")
        if not name or not TOKEN_CHARACTERS.issuperset(name):
            raise MessageError("malformed parameter in a telephone number")
        params.setdefault(name.lower(), unescape(value) if equals else None)
    return TelUri(number, params)
