"""Answer a request that could not be parsed, from what can be read of it (RFC 3261 8.2.6, RFC 4475 3.1.2)."""

from __future__ import annotations

from app.sip.errors import MessageError
from app.sip.flow import Address
from app.sip.headers import canonical
from app.sip.message import Request, Response

_NEEDED = frozenset({"via", "from", "to", "call-id", "cseq"})
_MOST_BYTES = 8192


def refuse(data: bytes, error: MessageError, remote: Address, *, to_tag: str = "") -> Response | None:
    """Make the answer to `data`, for which `parse` or StreamFramer raised `error`; None = drop it.

    It is sent to `remote`, where the bytes came from; the Via is copied as well as it can be read. Without
    all of Via, From, To, Call-ID and CSeq there is nothing the client could match an answer with, and so
    there is none.
    """
    if error.status is None:
        return None
    head = data[:_MOST_BYTES].lstrip(b"\r\n").partition(b"\r\n\r\n")[0].decode("utf-8", "surrogateescape")
    lines = head.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n")
    method = lines[0].partition(" ")[0]
    if method in ("", "ACK") or method.upper().startswith("SIP/"):
        return None
    request = Request(method, "sip:unreadable.invalid")
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        key = canonical(name.strip())
        if colon and key in _NEEDED:
            request.headers.append((key, name.strip(), value.strip(" \t")))
    if {key for key, _, _ in request.headers} != _NEEDED:
        return None
    try:
        request.note_source(remote)
        return request.reply(error.status, to_tag=to_tag)
    except MessageError:
        return None
