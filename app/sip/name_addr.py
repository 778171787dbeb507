"""Header values that name a party: From, To, Contact, Route and their kin (RFC 3261 20.10, 20.20, 25.1)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Self

from app.sip.errors import MessageError
from app.sip.grammar import (
    NO_PARAMS,
    TOKEN_CHARACTERS,
    WHITESPACE,
    Params,
    end_of_quoted,
    format_params,
    number,
    parse_params,
    quote,
    unquote,
)
from app.sip.uri import SipUri, Uri, parse_uri


@dataclass(frozen=True, slots=True)
class NameAddr:
    """A display name (unquoted, "" where absent), a URI, and the header's parameters."""

    display: str
    uri: Uri
    params: Params = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `"Bob" <sip:bob@host>;tag=1`, or `sip:bob@host;tag=1`: the header's tag."""
        text = text.strip(WHITESPACE)
        close = text.rfind(">") + 1
        rest = text[close:]
        if '"' in rest or not close:  # a quoted parameter may hold a bracket as well; or there is none at all
            close = _end_of_address(text)
            rest = text[close:]
        display, uri = _parse_address(text[:close])
        if not rest:
            return cls(display, uri, NO_PARAMS)
        if rest[0] != ";":
            rest = rest.lstrip(WHITESPACE)
            if rest[0] != ";":
                raise MessageError("text after an address")
        return cls(display, uri, parse_params(rest))

    @property
    def tag(self) -> str:
        """The tag, "" where absent."""
        return self.params.get("tag") or ""

    @property
    def user(self) -> str:
        """The user or number of the URI, "" where it has none."""
        return "" if not isinstance(self.uri, SipUri) and not hasattr(self.uri, "user") else self.uri.user

    def with_params(self, **params: str | None) -> Self:
        """Return a copy with these parameters added or replaced."""
        return replace(self, params={**self.params, **params})

    def __str__(self) -> str:
        prefix = quote(self.display) + " " if self.display else ""
        return f"{prefix}<{self.uri}>{format_params(self.params)}"


@dataclass(frozen=True, slots=True)
class Contact(NameAddr):
    """One Contact, with the parameters a registrar and a redirection use (RFC 3261 20.10)."""

    @property
    def expires(self) -> int | None:
        """Seconds the binding shall live; None where absent. Nonsense counts as 3600 (RFC 3261 10.2.1.1)."""
        value = self.params.get("expires")
        if value is None:
            return None
        try:
            return number(value, "expires")
        except MessageError:
            return 3600

    @property
    def q(self) -> int:
        """The preference in thousandths, 1000 where absent (RFC 3261 20.10)."""
        value = self.params.get("q")
        if value is None:
            return 1000
        whole, _, fraction = value.partition(".")
        if (
            whole not in ("", "0", "1")
            or len(fraction) > 3
            or not (fraction + "0").isdecimal()
            or not value.isascii()
        ):
            raise MessageError("malformed q value")
        thousandths = int(whole or "0") * 1000 + int((fraction + "000")[:3])
        if thousandths > 1000:
            raise MessageError("malformed q value")
        return thousandths


def _end_of_address(text: str) -> int:
    """Return where the address ends and the header's parameters begin."""
    position = end_of_quoted(text, 0) if text[:1] == '"' else 0
    bracket = text.find("<", position)
    if bracket < 0:
        semicolon = text.find(";", position)
        return len(text) if semicolon < 0 else semicolon
    close = text.find(">", bracket)
    if close < 0:
        raise MessageError("unbalanced angle bracket")
    return close + 1


@lru_cache(maxsize=1024)  # tags change with every call, the parties in front of them do not
def _parse_address(text: str) -> tuple[str, Uri]:
    """Read `"Bob" <sip:bob@host>` or `sip:bob@host`."""
    if text[:1] == '"':
        end = end_of_quoted(text, 0)
        display, address = unquote(text[:end]), text[end:].lstrip(WHITESPACE)
        if address[:1] != "<":
            raise MessageError("display name without an address in angle brackets")
    else:
        display, bracket, address = text.partition("<")
        display = display.strip(WHITESPACE)
        if not bracket:
            if "?" in text or "," in text:  # RFC 3261 20.10: such a URI must stand in angle brackets
                raise MessageError("address without its angle brackets")
            return "", parse_uri(display)
        address = bracket + address
        if display:
            _check_plain_display(display)
    if address.find(">") != len(address) - 1:
        raise MessageError("text after an address")
    return display, parse_uri(address[1:-1])


def _check_plain_display(display: str) -> None:
    """Refuse what must be quoted (RFC 4475 3.1.2.15), but for letters beyond ASCII: many phones send them."""
    for character in display:
        if character not in TOKEN_CHARACTERS and character not in " \t" and character < "\x80":
            raise MessageError("display name must be quoted")
