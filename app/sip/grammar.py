"""What all SIP headers share: tokens, quoted strings, lists, parameters, escapes (RFC 3261 25.1)."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote_to_bytes

from app.sip.errors import MessageError

Params = Mapping[str, str | None]
"""Parameters in order: lower-case name -> value as received, quotes kept; None where there is no "="."""

WHITESPACE: Final = " \t"
NO_PARAMS: Final[Params] = {}
TOKEN_CHARACTERS: Final = frozenset(string.ascii_letters + string.digits + "-.!%*_+`'~")
_PLAIN_PARAMS: Final = re.compile(r"[-A-Za-z0-9.!%*_+`'~;=\[\]:/@&$?()#{}|^]+").fullmatch
"""Whether all is made of tokens, hosts, addresses and Call-IDs: nothing quoted, no space."""
_USUAL_PARAMS: Final = frozenset(
    {"branch", "rport", "received", "tag", "expires", "q", "lr", "transport", "ob"}
)
_HEX_DIGITS: Final = frozenset(string.hexdigits)
UNRESERVED: Final = string.ascii_letters + string.digits + "-_.!~*'()"
_CONTROL_TO_SPACE: Final = dict.fromkeys((*range(32), 127), " ")


def is_token(text: str) -> bool:
    """Whether the text is a token: not empty, and none but token characters."""
    return bool(text) and TOKEN_CHARACTERS.issuperset(text)


def number(text: str, what: str, maximum: int = 2**32 - 1) -> int:
    """Read a decimal number of a header; anything else, or more than `maximum`, is a MessageError(400)."""
    digits = text.strip(WHITESPACE)
    # isdecimal() alone would admit digits of other scripts; the length keeps int() cheap on hostile input.
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 40:
        raise MessageError(f"{what} is not a number")
    value = int(digits)
    if value > maximum:
        raise MessageError(f"{what} is too large")
    return value


def end_of_quoted(text: str, start: int) -> int:
    """Return the index after the closing quote of the quoted string that opens at `start`."""
    position = start + 1
    while True:
        end = text.find('"', position)
        if end < 0:
            raise MessageError("unbalanced quotation mark")
        backslash = text.find("\\", position, end)
        if backslash < 0:
            return end + 1
        position = backslash + 2


def quote(text: str) -> str:
    """Write text as a quoted string; control characters, which would break the line, become spaces."""
    plain = text.translate(_CONTROL_TO_SPACE)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquote(text: str) -> str:
    """Return what a quoted string says; text without quotes is returned as it is."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    inner = text[1:-1]
    if "\\" not in inner:
        return inner
    pieces: list[str] = []
    escaped = False
    for character in inner:
        if character == "\\" and not escaped:
            escaped = True
        else:
            pieces.append(character)
            escaped = False
    return "".join(pieces)


def split_outside(text: str, separator: str) -> list[str]:
    """Split at a separator that stands outside quoted strings and angle brackets; parts are stripped."""
    if separator not in text:
        return [text.strip(WHITESPACE)]
    if '"' not in text and "<" not in text:
        return [part.strip(WHITESPACE) for part in text.split(separator)]
    parts: list[str] = []
    start = position = 0
    length = len(text)
    while position < length:
        character = text[position]
        if character == '"':
            position = end_of_quoted(text, position)
            continue
        if character == "<":
            position = text.find(">", position)
            if position < 0:
                raise MessageError("unbalanced angle bracket")
        elif character == separator:
            parts.append(text[start:position].strip(WHITESPACE))
            start = position + 1
        position += 1
    parts.append(text[start:].strip(WHITESPACE))
    return parts


def parse_params(text: str) -> Params:
    """Read `;a=1;b;c="x;y"`; the first semicolon may be missing. The first of two equal names counts.

    Empty text gives no parameters; a semicolon with nothing behind it (`;;`) is a MessageError(400). So
    whoever has cut the text off at its first semicolon passes that on.
    """
    if text[:1] in " \t":  # "" is in it too
        text = text.strip(WHITESPACE)
        if not text:
            return NO_PARAMS
    if text[0] == ";":
        text = text[1:]
    if _PLAIN_PARAMS(text) is None:
        return _parse_unusual_params(text)
    params: dict[str, str | None] = {}
    for item in text.split(";"):
        name, equals, value = item.partition("=")
        if name not in _USUAL_PARAMS:
            name = name.lower()
            if not TOKEN_CHARACTERS.issuperset(name) or not name:
                raise MessageError("malformed parameter")
        if equals and not value:
            raise MessageError(f"parameter {name} has no value")
        if name not in params:
            params[name] = value if equals else None
    return params


def _parse_unusual_params(text: str) -> Params:
    """Read parameters with quoted strings, white space or characters beyond ASCII in them."""
    if not text.strip(WHITESPACE):
        raise MessageError("empty parameter")
    params: dict[str, str | None] = {}
    for item in split_outside(text, ";"):
        name, equals, value = item.partition("=")
        name = name.strip(WHITESPACE).lower()
        if not is_token(name):
            raise MessageError("malformed parameter")
        value = value.strip(WHITESPACE)
        if equals and not value:
            raise MessageError(f"parameter {name} has no value")
        if value[:1] == '"':
            if end_of_quoted(value, 0) != len(value):
                raise MessageError(f"parameter {name} is malformed")
        # Several devices send letters beyond ASCII unquoted; only what would end the parameter is refused.
        elif any(character <= " " or character in '",;<>\\\x7f' for character in value):
            raise MessageError(f"parameter {name} is malformed")
        params.setdefault(name, value if equals else None)
    return params


def format_params(params: Params) -> str:
    """Write parameters, each with its leading semicolon."""
    if not params:
        return ""
    return "".join([f";{name}" if value is None else f";{name}={value}" for name, value in params.items()])


def unescape(text: str) -> str:
    """Undo %HH escapes; bytes that are not UTF-8 become surrogates. MessageError when broken."""
    if "%" not in text:
        return text
    for piece in text.split("%")[1:]:
        if len(piece) < 2 or not _HEX_DIGITS.issuperset(piece[:2]):
            raise MessageError("malformed % escape")
    return unquote_to_bytes(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


def escape(text: str, also_allowed: str = "") -> str:
    """Write every byte but unreserved characters and `also_allowed` as %HH."""
    allowed = UNRESERVED + also_allowed
    if all(character in allowed for character in text):
        return text
    return "".join(
        chr(byte) if byte < 128 and chr(byte) in allowed else f"%{byte:02X}"
        for byte in text.encode("utf-8", "surrogateescape")
    )
