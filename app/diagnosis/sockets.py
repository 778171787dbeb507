"""What operating systems say about sockets, sorted into kinds, whatever the system and the library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.diagnosis.case import SocketError
from app.diagnosis.peers import Peer, peer_of


class Trouble(StrEnum):
    """A kind of socket error."""

    CONNECTED = "connected"  # no error: a connection stands
    TLS = "tls"
    NAME = "name"
    LOCAL_ADDRESS = "local address"
    LOCAL_PORT = "local port"
    FORBIDDEN = "forbidden"
    TOO_LONG = "too long"
    FILTERED = "filtered"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RESET = "reset"
    TIMEOUT = "timeout"
    OTHER = "other"


_KINDS = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            Trouble.CONNECTED,
            r"^\s*(?:(?:tcp|tls)[ :]+)?(?:ok|connected|connects|connect(?:ion)? (?:ok|succeeded|successful"
            r"|established|open(?:ed)?)|established|open(?:ed)?|succeeded|success(?:ful)?|none|null|0)?\s*$",
        ),
        (Trouble.TLS, r"ssl|\btls\b|tlsv1|certificate|handshake|hostname mismatch|wrong version number"),
        (
            Trouble.NAME,
            r"getaddrinfo|gaierror|name or service|nodename|name resolution|nxdomain|11001|no such host",
        ),
        (Trouble.LOCAL_ADDRESS, r"cannot assign|can't assign|eaddrnotavail|10049|errno 99\b"),
        (Trouble.LOCAL_PORT, r"address already in use|eaddrinuse|10048|errno 98\b"),
        (
            Trouble.FILTERED,
            r"type 3,? code (?:9|10|13)\b|admin\w* (?:prohibited|filtered)|communication prohibited",
        ),
        (Trouble.FORBIDDEN, r"permission denied|not permitted|eacces|eperm|10013|errno 13\b|errno 1\b"),
        (Trouble.TOO_LONG, r"message too long|too large|emsgsize|10040|errno 90\b"),
        (
            Trouble.REFUSED,
            r"type 3,? code 3\b|refused|port unreach|econnrefused|10061|errno 111\b|10054",
        ),
        (
            Trouble.UNREACHABLE,
            r"unreachable|no route|ehostunreach|enetunreach|10051|10065|errno 1(?:01|13)\b",
        ),
        (
            Trouble.RESET,
            r"reset|broken pipe|econnreset|(?:was|connection) closed|closed by|errno 104\b|errno 32\b",
        ),
        (Trouble.TIMEOUT, r"timed? ?out|etimedout|10060|errno 110\b"),
    )
)


@dataclass(frozen=True, slots=True)
class SocketTrouble:
    """A socket error, understood."""

    kind: Trouble
    peer: Peer
    error: str  # as given
    words: str  # as matched: lower case, blanks for hyphens and underscores
    time: float | None


def plain_words(error: str) -> str:
    """An error's text as patterns read it."""
    return re.sub(r"[_\-]+", " ", error.lower()).strip()


def trouble_of(given: SocketError) -> SocketTrouble:
    """Sort one."""
    words = plain_words(given.error)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), Trouble.OTHER)
    return SocketTrouble(kind, peer_of(given.peer), given.error, words, given.time)
