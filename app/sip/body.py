"""The body of a message: its parts, and the session description among them (RFC 3261 7.4, 5621, 2046)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from app.sip.errors import MessageError
from app.sip.grammar import unquote
from app.sip.headers import canonical
from app.sip.message import Message
from app.sip.typed_headers import TypedHeaders
from app.sip.values import MediaType

SDP: Final = "application/sdp"
_MOST_PARTS: Final = 64
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One part: its own headers, and its content with a base64 transfer encoding undone."""

    headers: TypedHeaders
    content: bytes

    @property
    def content_type(self) -> str:
        """The type without parameters; text/plain where the part names none (RFC 2046 5.1)."""
        return self.headers.content_type or "text/plain"

    @property
    def disposition(self) -> str:
        """What the part is for: "session", "render", …, "" where not said."""
        disposition = self.headers.content_disposition
        return "" if disposition is None else disposition.name


def parts(message: Message) -> tuple[BodyPart, ...]:
    """Return the leaves of a multipart body, or the whole body as one part; () where there is none.

    MessageError(400) when the multipart structure is broken.
    """
    if not message.body:
        return ()
    found: list[BodyPart] = []
    _collect(message, message.body, found, 0)
    return tuple(found)


def sdp_of(message: Message) -> bytes | None:
    """Return the session description a message carries, alone or as a part; None where there is none.

    A part meant for an early session (RFC 3959) is another one and is passed over.
    """
    if not message.body:
        return None
    content_type = message.content_type
    if content_type == SDP:
        return message.body
    if not content_type.startswith("multipart/"):
        return None
    for part in parts(message):
        if part.content_type == SDP and part.disposition in ("", "session", "render"):
            return part.content
    return None


def _collect(headers: TypedHeaders, content: bytes, found: list[BodyPart], depth: int) -> None:
    media_type = headers.media_type
    if media_type is None or not media_type.name.startswith("multipart/"):
        if len(found) >= _MOST_PARTS:
            raise MessageError("too many body parts")
        found.append(BodyPart(headers, _decoded(headers, content)))
        return
    if depth >= _DEEPEST:
        raise MessageError("multipart body too deep")
    for part in _split(media_type, content):
        part_headers, part_content = _read_part(part)
        _collect(part_headers, part_content, found, depth + 1)


def _split(media_type: MediaType, content: bytes) -> list[bytes]:
    boundary = unquote(media_type.params.get("boundary") or "")
    if not boundary or len(boundary) > 70:
        raise MessageError("multipart body without a boundary")
    # The line break before a delimiter belongs to the delimiter; one in front serves an empty preamble.
    pieces = (b"\r\n" + content).split(b"\r\n--" + boundary.encode("utf-8", "surrogateescape"))
    found: list[bytes] = []
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            return found
        line, newline, rest = piece.partition(b"\r\n")
        if not newline or line.strip(b" \t"):
            raise MessageError("malformed multipart body")
        if len(found) >= _MOST_PARTS:
            raise MessageError("too many body parts")
        found.append(rest)
    raise MessageError("multipart body without its end")


def _read_part(part: bytes) -> tuple[TypedHeaders, bytes]:
    if part.startswith(b"\r\n"):
        return TypedHeaders([]), part[2:]
    head, empty_line, content = part.partition(b"\r\n\r\n")
    if not empty_line:
        raise MessageError("body part without an empty line")
    text = head.decode("utf-8", "surrogateescape").replace("\r\n ", " ").replace("\r\n\t", " ")
    headers: list[tuple[str, str, str]] = []
    for line in text.split("\r\n"):
        name, colon, value = line.partition(":")
        if not colon:
            raise MessageError("malformed header in a body part")
        headers.append((canonical(name.strip()), name, value.strip(" \t")))
    return TypedHeaders(headers), content


def _decoded(headers: TypedHeaders, content: bytes) -> bytes:
    if (headers.get("content-transfer-encoding") or "").lower() != "base64":
        return content
    try:
        return base64.b64decode(content, validate=False)
    except binascii.Error:
        raise MessageError("malformed base64 in a body part") from None
