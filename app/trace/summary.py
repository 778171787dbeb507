"""One line about a captured message, read from its raw bytes without the SIP library."""

from __future__ import annotations

import re
from typing import NamedTuple

# Tolerant on purpose: what the stack refused must still be seen in the trace.
_HEADER = re.compile(
    rb"^(from|f|to|t|call-id|i|cseq|contact|m)[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.I | re.M
)
_LONG = {b"f": b"from", b"t": b"to", b"i": b"call-id", b"m": b"contact"}
_USER = re.compile(rb"(?:sips?:([^@>;\s]*)@|tel:([^>;\s]*))", re.I)
_START = re.compile(rb"[A-Za-z0-9.!%*_+`'~-]+ \S+ SIP/\d\.\d$|SIP/\d\.\d \d{3}(?: |$)")


class Summary(NamedTuple):
    """What a row shows of a message; all "" for what is not SIP. `title` is the method or the status line."""

    title: str
    from_user: str
    to_user: str
    call_id: str
    cseq: str
    request_user: str
    contact_user: str
    method: str  # of the request, or of the CSeq of a response


def user_of(value: bytes) -> str:
    """Take the user part (or telephone number) of the first URI in a header value."""
    found = _USER.search(value)
    if found is None:
        return ""
    user = (found[1] if found[1] is not None else found[2]).partition(b":")[0]
    return user.decode("utf-8", "replace")


def summarize(data: bytes) -> Summary:
    """Read the start line and the five headers a row needs; the first of each name counts."""
    head = data.lstrip(b"\r\n").partition(b"\r\n\r\n")[0]
    start, _, rest = head.partition(b"\n")
    start = start.rstrip(b"\r")
    if not _START.match(start):
        return Summary("", "", "", "", "", "", "", "")
    values: dict[bytes, bytes] = {}
    for name, value in _HEADER.findall(rest):
        key = name.lower()
        values.setdefault(_LONG.get(key, key), value)
    cseq = b" ".join(values.get(b"cseq", b"").split()).decode("utf-8", "replace")
    text = start.decode("utf-8", "replace")
    if text[:4].upper() == "SIP/":
        title, request_user = text.partition(" ")[2], ""
        method = cseq.partition(" ")[2]
    else:
        title = method = text.partition(" ")[0]
        request_user = user_of(start)
    return Summary(
        title,
        user_of(values.get(b"from", b"")),
        user_of(values.get(b"to", b"")),
        values.get(b"call-id", b"").strip().decode("utf-8", "replace"),
        cseq,
        request_user,
        user_of(values.get(b"contact", b"")),
        method,
    )
