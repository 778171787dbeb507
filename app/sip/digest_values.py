"""Digest authentication on the wire: challenge and credentials (RFC 3261 20.7 and 20.44, RFC 8760)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from app.sip.errors import MessageError
from app.sip.grammar import WHITESPACE, end_of_quoted, is_token, quote, unquote


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One WWW-Authenticate or Proxy-Authenticate of the Digest scheme; `algorithm` in capitals."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    qop: tuple[str, ...] = ()
    opaque: str | None = None
    stale: bool = False
    domain: str = ""
    is_proxy: bool = False

    @classmethod
    def parse(cls, text: str, *, is_proxy: bool = False) -> Self:
        """Read `Digest realm="…", nonce="…"`; another scheme is a MessageError."""
        fields = _parse_digest(text)
        realm, nonce = fields.get("realm"), fields.get("nonce")
        if realm is None or nonce is None:
            raise MessageError("challenge without realm or nonce")
        qop = fields.get("qop", "")
        return cls(
            realm=realm,
            nonce=nonce,
            algorithm=fields.get("algorithm", "MD5").upper(),
            qop=tuple(part.strip(WHITESPACE).lower() for part in qop.split(",") if part.strip(WHITESPACE)),
            opaque=fields.get("opaque"),
            stale=fields.get("stale", "").lower() == "true",
            domain=fields.get("domain", ""),
            is_proxy=is_proxy,
        )

    @property
    def header_name(self) -> str:
        """The header a challenge stands in."""
        return "Proxy-Authenticate" if self.is_proxy else "WWW-Authenticate"

    def __str__(self) -> str:
        parts = [f"Digest realm={quote(self.realm)}", f'nonce="{self.nonce}"']
        if self.domain:
            parts.append(f"domain={quote(self.domain)}")
        if self.opaque is not None:
            parts.append(f"opaque={quote(self.opaque)}")
        if self.stale:
            parts.append("stale=true")
        parts.append(f"algorithm={self.algorithm}")
        if self.qop:
            parts.append(f'qop="{",".join(self.qop)}"')
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """One Authorization or Proxy-Authorization of the Digest scheme. Strings are unquoted."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    algorithm: str = "MD5"
    cnonce: str = ""
    qop: str = ""
    nc: str = ""
    opaque: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `Digest username="…", …`; MessageError(400) where a necessary part is missing."""
        fields = _parse_digest(text)
        try:
            return cls(
                username=fields["username"],
                realm=fields["realm"],
                nonce=fields["nonce"],
                uri=fields["uri"],
                response=fields["response"],
                algorithm=fields.get("algorithm", "MD5").upper(),
                cnonce=fields.get("cnonce", ""),
                qop=fields.get("qop", "").lower(),
                nc=fields.get("nc", ""),
                opaque=fields.get("opaque"),
            )
        except KeyError as missing:
            raise MessageError(f"credentials without {missing.args[0]}") from None

    def __str__(self) -> str:
        parts = [
            f"Digest username={quote(self.username)}",
            f"realm={quote(self.realm)}",
            f"nonce={quote(self.nonce)}",
            f"uri={quote(self.uri)}",
            f'response="{self.response}"',
            f"algorithm={self.algorithm}",
        ]
        if self.cnonce:
            parts.append(f"cnonce={quote(self.cnonce)}")
        if self.qop:
            parts.append(f"qop={self.qop}, nc={self.nc}")
        if self.opaque is not None:
            parts.append(f"opaque={quote(self.opaque)}")
        return ", ".join(parts)


_PARAMETER: Final = re.compile(
    r"""[ \t,]*+([-A-Za-z0-9.!%*_+`'~]++)[ \t]*+=[ \t]*+"""
    r"""(?:"((?:[^"\\]++|\\.)*+)"|([^ \t,"]++))[ \t]*+(?:,|$)""",
    re.DOTALL,
).match


def _parse_digest(text: str) -> dict[str, str]:
    """Return the parameters by lower-case name, unquoted; the first of two equal names counts."""
    if text[:7] != "Digest ":
        return _parse_unusual_digest(text)
    fields: dict[str, str] = {}
    position, length = 7, len(text)
    while position < length:
        match = _PARAMETER(text, position)
        if match is None:
            return _parse_unusual_digest(text)
        name, quoted, plain = match.groups()
        if quoted is not None:
            plain = unquote(f'"{quoted}"') if "\\" in quoted else quoted
        fields.setdefault(name.lower(), plain)
        position = match.end()
    return fields


def _parse_unusual_digest(text: str) -> dict[str, str]:
    """Read a value that is empty, oddly spaced or broken, and say where it is broken."""
    scheme, _, rest = text.strip(WHITESPACE).partition(" ")
    if scheme.lower() != "digest":
        raise MessageError("not digest authentication")
    fields: dict[str, str] = {}
    position, length = 0, len(rest)
    while position < length:
        equals = rest.find("=", position)
        if equals < 0:
            if rest[position:].strip(" \t,"):
                raise MessageError("malformed digest parameter")
            break
        name = rest[position:equals].strip(" \t,").lower()
        if not is_token(name):
            raise MessageError("malformed digest parameter")
        start = equals + 1
        while rest[start : start + 1] in (" ", "\t"):
            start += 1
        if rest[start : start + 1] == '"':
            end = end_of_quoted(rest, start)
            value = unquote(rest[start:end])
            comma = rest.find(",", end)
            if rest[end : comma if comma >= 0 else length].strip(WHITESPACE):
                raise MessageError("malformed digest parameter")
        else:
            comma = rest.find(",", start)
            value = rest[start : comma if comma >= 0 else length].strip(WHITESPACE)
        fields.setdefault(name, value)
        position = comma + 1 if comma >= 0 else length
    return fields
