"""The header list of a message: every header in its order and spelling, found by its canonical name."""

from __future__ import annotations

from sys import intern
from typing import Any, Final

from app.sip.errors import MessageError
from app.sip.grammar import WHITESPACE, is_token, split_outside

COMPACT: Final = {
    "a": "accept-contact",
    "b": "referred-by",
    "c": "content-type",
    "d": "request-disposition",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "j": "reject-contact",
    "k": "supported",
    "l": "content-length",
    "m": "contact",
    "n": "identity-info",
    "o": "event",
    "r": "refer-to",
    "s": "subject",
    "t": "to",
    "u": "allow-events",
    "v": "via",
    "x": "session-expires",
    "y": "identity",
}
"""Compact forms (RFC 3261 7.3.3 and the IANA registry)."""

_LIST_NAMES = """
accept accept-contact accept-encoding accept-language alert-info allow allow-events call-info contact
content-encoding content-language diversion error-info history-info in-reply-to p-associated-uri
p-asserted-identity p-preferred-identity path proxy-require reason record-route reject-contact
request-disposition require route security-client security-server security-verify service-route supported
unsupported via warning
"""
COMMA_LISTS: Final = frozenset(_LIST_NAMES.split())
"""Headers whose value is a comma list, so that one line with a list equals several lines (RFC 3261 7.3.1).

WWW-Authenticate and its kin are not among them: their commas belong to one value.
"""

_USUAL_NAMES = """
Accept Accept-Encoding Accept-Language Alert-Info Allow Allow-Events Authentication-Info Authorization Call-ID
Call-Info Contact Content-Disposition Content-Encoding Content-Language Content-Length Content-Type CSeq Date
Diversion Error-Info Event Expires From History-Info In-Reply-To Max-Forwards Min-Expires Min-SE MIME-Version
Organization P-Asserted-Identity P-Preferred-Identity P-Access-Network-Info Path Priority Privacy
Proxy-Authenticate Proxy-Authorization Proxy-Require RAck Reason Record-Route Refer-To Referred-By Replaces
Reply-To Require Retry-After Route RSeq Server Service-Route Session-Expires SIP-ETag SIP-If-Match Subject
Subscription-State Supported Timestamp To Unsupported User-Agent Via Warning WWW-Authenticate
"""


KEYS: Final[dict[str, str]] = {}
"""Canonical name by usual spelling. Never grows after import: no peer can fill it."""
for _name in _USUAL_NAMES.split():
    for _spelling in (_name, _name.lower(), _name.upper(), _name.title()):
        KEYS[_spelling] = intern(_name.lower())
for _letter, _long in COMPACT.items():
    KEYS[_letter] = KEYS[_letter.upper()] = intern(_long)


def canonical(name: str) -> str:
    """Return the full name in lower case: "v", "VIA" and "Via" are "via"."""
    key = KEYS.get(name)
    if key is None:
        key = name.lower()
        key = KEYS.get(key, key)
    return key


def header_key(name: str) -> str:
    """Return the canonical form of a name on the wire, where white space may stand before the colon."""
    name = name.rstrip(WHITESPACE)
    if not is_token(name):
        raise MessageError("malformed header name")
    return canonical(name)


class HeaderList:
    """The headers of one message, and what has been read of them so far.

    Change them by the methods only: they forget the typed values that no longer hold.
    """

    __slots__ = ("_first", "_typed", "headers")

    def __init__(self, headers: list[tuple[str, str, str]]) -> None:
        self.headers = headers
        self._typed: dict[str, Any] = {}
        self._first: dict[str, str] | None = None  # key -> its first value; None = to be built again

    def _index(self) -> dict[str, str]:
        """The first value of each header; as long as `headers` where no header stands on two lines."""
        first = self._first
        if first is None:
            first = self._first = {key: value for key, _, value in reversed(self.headers)}
        return first

    def _lines(self, key: str) -> list[str]:
        """The values of a header, a line each; `key` is canonical."""
        first = self._first or self._index()
        if len(first) == len(self.headers):
            value = first.get(key)
            return [] if value is None else [value]
        return [value for name, _, value in self.headers if name == key]

    @property
    def has_repeated(self) -> bool:
        """Whether a header stands on more than one line."""
        return len(self._index()) != len(self.headers)

    def get(self, key: str) -> str | None:
        """Return the first value of a header as it stands (unfolded), or None."""
        return (self._first or self._index()).get(KEYS.get(key) or canonical(key))

    def get_all(self, key: str) -> list[str]:
        """Return all values of a header in order; lines of a header that is a comma list are split."""
        key = KEYS.get(key) or canonical(key)
        values = self._lines(key)
        if not values or key not in COMMA_LISTS:
            return values
        return [part for value in values for part in split_outside(value, ",") if part]

    def count(self, key: str) -> int:
        """Return on how many lines a header stands."""
        return len(self._lines(canonical(key)))

    def has(self, key: str) -> bool:
        """Whether the header is there, even if empty."""
        return self.get(key) is not None

    def add(self, name: str, value: str) -> None:
        """Append a header."""
        self.headers.append((KEYS.get(name) or canonical(name), name, value))
        self.forget_values()

    def set(self, name: str, value: str) -> None:
        """Put this value in place of the header's first line, drop the others; append where absent."""
        key = canonical(name)
        place = next((i for i, header in enumerate(self.headers) if header[0] == key), len(self.headers))
        rest = [header for header in self.headers[place:] if header[0] != key]
        self.headers[place:] = [(key, name, value), *rest]
        self.forget_values()

    def remove(self, key: str) -> None:
        """Drop all lines of a header."""
        key = canonical(key)
        self.headers[:] = [header for header in self.headers if header[0] != key]
        self.forget_values()

    def insert_first(self, name: str, value: str) -> None:
        """Put a header above all others, where a new Via or Record-Route belongs."""
        self.headers.insert(0, (canonical(name), name, value))
        self.forget_values()

    def forget_values(self) -> None:
        """Let go of what has been read: it was changed, or the message is kept but hardly looked at again."""
        self._first = None
        self._typed.clear()
