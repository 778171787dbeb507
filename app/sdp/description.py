"""A session description as frozen values, every line in its place: read, edited, written (RFC 8866)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

MAX_BYTES = 65_536
MAX_LINES = 2_000
ANY_IPV4 = "0.0.0.0"
ANY_IPV6 = "::"


class SdpError(ValueError):
    """A body that is no session description; the message says why. Answer 400 or 488."""


class Line(NamedTuple):
    """One line: its letter, and what stands behind the equals sign, as received."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Connection:
    """What a c= line says (RFC 8866 5.7). `host` is an address or a host name, without TTL and count."""

    host: str
    suffix: str = ""  # "/127" of a multicast address

    @classmethod
    def parse(cls, value: str) -> Connection:
        """Read the value of a c= line; SdpError."""
        words = value.split()
        if len(words) < 3 or words[0].upper() != "IN" or words[1].upper() not in ("IP4", "IP6"):
            raise SdpError(f"malformed c= line: {value!r}")
        host, slash, rest = words[2].partition("/")
        if not host:
            raise SdpError(f"malformed c= line: {value!r}")
        return cls(host, slash + rest)

    @property
    def is_unspecified(self) -> bool:
        """Whether it is the old way to say hold: 0.0.0.0 (RFC 3264 8.4), or its IPv6 sister."""
        return self.host in (ANY_IPV4, ANY_IPV6)

    def __str__(self) -> str:
        return f"IN {address_type(self.host)} {self.host}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Origin:
    """What an o= line says (RFC 8866 5.2). Identifier and version stay text: 64 bits and more are seen."""

    user: str
    session_id: str
    version: str
    host: str

    @classmethod
    def parse(cls, value: str) -> Origin:
        """Read the value of an o= line; SdpError. A user name may hold blanks, as devices send it."""
        words = value.split()
        if len(words) < 6 or words[-3].upper() != "IN":
            raise SdpError(f"malformed o= line: {value!r}")
        return cls(" ".join(words[:-5]), words[-5], words[-4], words[-1])

    def __str__(self) -> str:
        return f"{self.user} {self.session_id} {self.version} IN {address_type(self.host)} {self.host}"


def address_type(host: str) -> str:
    """Tell IP6 from IP4; a host name counts as IP4."""
    return "IP6" if ":" in host else "IP4"


_SectionT = TypeVar("_SectionT", bound="Section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What the session part and each media part have in common: their lines, read and edited."""

    lines: tuple[Line, ...] = ()

    def attribute(self, name: str) -> str | None:
        """The value of the first a=name; "" where it is a flag; None where there is none."""
        values = _by_name(self.lines).get(name)
        return values[0] if values else None

    def attributes(self, name: str) -> tuple[str, ...]:
        """The values of every a=name, in order."""
        return _by_name(self.lines).get(name, ())

    def has(self, name: str) -> bool:
        """Whether there is an a=name."""
        return name in _by_name(self.lines)

    @property
    def connection(self) -> Connection | None:
        """The first c= line of this section."""
        for kind, value in self.lines:
            if kind == "c":
                return Connection.parse(value)
        return None

    def without(self: _SectionT, names: Iterable[str]) -> _SectionT:
        """Drop the attributes of these names."""
        unwanted = frozenset(names)
        if unwanted.isdisjoint(_by_name(self.lines)):
            return self
        kept = tuple(line for line in self.lines if line.kind != "a" or _name(line.value) not in unwanted)
        return replace(self, lines=kept)

    def without_kind(self: _SectionT, kind: str) -> _SectionT:
        """Drop every line of one letter."""
        kept = tuple(line for line in self.lines if line.kind != kind)
        return self if len(kept) == len(self.lines) else replace(self, lines=kept)

    def with_attribute(self: _SectionT, name: str, value: str = "") -> _SectionT:
        """Write a=name:value (a=name where the value is empty) in place of the first one, or at the end."""
        text = f"{name}:{value}" if value else name
        lines: list[Line] = []
        written = False
        for line in self.lines:
            if line.kind == "a" and _name(line.value) == name:
                if not written:
                    lines.append(Line("a", text))
                written = True
            else:
                lines.append(line)
        if not written:
            lines.append(Line("a", text))
        return replace(self, lines=tuple(lines))

    def with_connection(self: _SectionT, connection: Connection) -> _SectionT:
        """Write one c= line: in place of the first one, or where RFC 8866 section 5 wants it."""
        return replace(self, lines=_put(self.lines, "c", str(connection), before="btrzkam"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Section):
    """One m= line and the lines below it. Port 0 = rejected or switched off (RFC 3264 6, 8.2)."""

    kind: str  # audio, video, image, application …
    port: int
    protocol: str  # RTP/AVP, RTP/SAVP …
    formats: tuple[str, ...]
    port_count: int = 1

    @property
    def is_rejected(self) -> bool:
        """Whether nothing flows here."""
        return self.port == 0

    def rejected(self) -> Media:
        """The same media line switched off: port 0, its formats kept, all else dropped (RFC 3264 6)."""
        return Media(
            kind=self.kind,
            port=0,
            protocol=self.protocol,
            formats=self.formats or ("0",),
            lines=tuple(line for line in self.lines if line.kind == "a" and _name(line.value) == "mid"),
        )

    def head(self) -> str:
        """The value of the m= line."""
        count = f"/{self.port_count}" if self.port_count != 1 else ""
        return " ".join((self.kind, f"{self.port}{count}", self.protocol, *self.formats))


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDescription(Section):
    """A whole session description. `lines` are those before the first m= line, v= and o= among them."""

    media: tuple[Media, ...] = ()

    @property
    def origin(self) -> Origin:
        """The o= line; SdpError where one was built without."""
        value = next((line.value for line in self.lines if line.kind == "o"), None)
        if value is None:
            raise SdpError("no o= line")
        return Origin.parse(value)

    def with_origin(self, origin: Origin) -> SessionDescription:
        """Replace the o= line."""
        return replace(self, lines=_put(self.lines, "o", str(origin), before="siuepcbtrzka"))

    def connection_of(self, media: Media) -> Connection | None:
        """The address of one media line: its own, else the session's (RFC 8866 5.7)."""
        return media.connection or self.connection

    def with_media(self, index: int, media: Media) -> SessionDescription:
        """Replace one media part."""
        return replace(self, media=(*self.media[:index], media, *self.media[index + 1 :]))

    def encode(self) -> bytes:
        """Write it as the body of a message, each line ended by CRLF."""
        parts = [f"{kind}={value}\r\n" for kind, value in self.lines]
        for media in self.media:
            parts.append(f"m={media.head()}\r\n")
            parts.extend(f"{kind}={value}\r\n" for kind, value in media.lines)
        return "".join(parts).encode("utf-8", "surrogateescape")


def parse(data: bytes) -> SessionDescription:
    """Read a body; SdpError.

    Tolerated, because phones send it: bare LF or CR, empty lines, blanks at a line's end, no s= or t= line,
    lines in another order, an m= line without formats.
    """
    if len(data) > MAX_BYTES:
        raise SdpError(f"longer than {MAX_BYTES} bytes")
    text = data.decode("utf-8", "surrogateescape")
    if "\0" in text:
        raise SdpError("a NUL byte")
    rows = [row for row in text.replace("\r", "\n").split("\n") if row and not row.isspace()]
    if len(rows) > MAX_LINES:
        raise SdpError(f"more than {MAX_LINES} lines")
    lines = [_line(row) for row in rows]
    if not lines or lines[0] != ("v", "0"):
        raise SdpError("does not begin with v=0")
    starts = [index for index, line in enumerate(lines) if line.kind == "m"]
    session = lines[: starts[0]] if starts else lines
    kinds = [line.kind for line in lines]
    if kinds.count("v") != 1:
        raise SdpError("more than one v= line")
    if kinds.count("o") != 1 or kinds.index("o") >= len(session):
        raise SdpError("needs exactly one o= line")
    Origin.parse(lines[kinds.index("o")].value)
    for kind, value in lines:
        if kind == "c":
            Connection.parse(value)
    media = tuple(_media(lines[start:end]) for start, end in pairwise([*starts, len(lines)]))
    return SessionDescription(lines=tuple(session), media=media)


def _line(row: str) -> Line:
    if len(row) < 2 or row[1] != "=" or not ("a" <= row[0] <= "z"):
        raise SdpError(f"not a line of SDP: {row[:60]!r}")
    # The names of a session (s=, i=) are free text: "s= " is how many devices write "no name".
    return Line(row[0], row[2:] if row[0] in "si" else row[2:].rstrip(" \t"))


def _media(lines: list[Line]) -> Media:
    words = lines[0].value.split()
    if len(words) < 3:
        raise SdpError(f"malformed m= line: {lines[0].value!r}")
    port, _, count = words[1].partition("/")
    return Media(
        kind=words[0],
        port=_number(port, 65_535),
        port_count=_number(count, 65_535) if count else 1,
        protocol=words[2],
        formats=tuple(words[3:]),
        lines=tuple(lines[1:]),
    )


def _number(text: str, limit: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) > limit:
        raise SdpError(f"malformed m= line: port {text!r}")
    return int(text)


def _name(value: str) -> str:
    return value.partition(":")[0]


@lru_cache(maxsize=32)
def _by_name(lines: tuple[Line, ...]) -> dict[str, tuple[str, ...]]:
    """The values of each attribute. A description is asked for many, one after the other."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, text in lines:
        if kind == "a":
            name, _, value = text.partition(":")
            found[name] = (*found.get(name, ()), value)
    return found


def _put(lines: tuple[Line, ...], kind: str, value: str, before: str) -> tuple[Line, ...]:
    kept = [line for line in lines if line.kind != kind]
    known = next((index for index, line in enumerate(lines) if line.kind == kind), None)
    if known is None:
        known = next((index for index, line in enumerate(kept) if line.kind in before), len(kept))
    kept.insert(known, Line(kind, value))
    return tuple(kept)
