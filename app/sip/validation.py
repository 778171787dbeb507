"""What every message must have, and what a server refuses before it acts (RFC 3261 8.1.1, 8.2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from app.sip.errors import MessageError
from app.sip.message import Message, Request, Response
from app.sip.tokens import MAGIC_COOKIE
from app.sip.uri import SipUri

_ONCE: Final = frozenset(
    {"from", "to", "call-id", "cseq", "max-forwards", "content-type", "expires", "date", "event", "refer-to"}
)
_KNOWN_METHODS: Final = frozenset(
    {
        "ACK",
        "BYE",
        "CANCEL",
        "INFO",
        "INVITE",
        "MESSAGE",
        "NOTIFY",
        "OPTIONS",
        "PRACK",
        "PUBLISH",
        "REFER",
        "REGISTER",
        "SUBSCRIBE",
        "UPDATE",
    }
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer to a request that cannot be served: status, and headers that say what can be."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


def validate_request(request: Request) -> MessageError | None:
    """Check what a request must have; return what is wrong with it, or None.

    Via, From, To, Call-ID, CSeq, Request-URI, Max-Forwards, Contact and Date are read, so that whoever asks
    for them later gets them at once, without an exception. The error's status is None for an ACK.
    """
    try:
        _check_common(request)
        if request.cseq.method != request.method:
            raise MessageError("CSeq names another method")  # RFC 3261 8.1.1.5, RFC 4475 3.1.2.17
        _ = request.max_forwards, request.date
        uri = request.uri
        if isinstance(uri, SipUri) and uri.headers:
            raise MessageError("headers in the Request-URI")  # RFC 3261 19.1.1 table 1, RFC 4475 3.1.2.11
        via = request.via
        if via.branch.lower() == MAGIC_COOKIE.lower():
            raise MessageError("branch that identifies nothing")  # RFC 4475 3.2.1
        contacts = request.contacts
        # RFC 3261 8.1.1.8; a client of RFC 2543 may leave the Contact out (RFC 4475 3.4.1).
        if request.method == "INVITE" and len(contacts) != 1 and (contacts or via.is_rfc3261):
            raise MessageError("INVITE without exactly one Contact")
    except MessageError as error:
        if request.method == "ACK":
            error.status = None
        return error
    return None


def validate_response(response: Response) -> MessageError | None:
    """Check what a response must have; return what is wrong with it, or None. It is then dropped."""
    try:
        _check_common(response)
    except MessageError as error:
        error.status = None
        return error
    return None


def _check_common(message: Message) -> None:
    if message.has_repeated:
        seen: set[str] = set()
        for key, _, _ in message.headers:
            if key in _ONCE:
                if key in seen:
                    raise MessageError(f"several {key} headers")
                seen.add(key)
    _ = message.via, message.from_, message.to, message.cseq
    call_id = message.call_id
    if (
        " " in call_id or "," in call_id or ";" in call_id or "\t" in call_id
    ):  # none of which a word may hold (RFC 3261 25.1)
        raise MessageError("malformed Call-ID")


def refuse_unsupported(
    request: Request,
    *,
    methods: Collection[str],
    extensions: Collection[str],
    schemes: Collection[str] = ("sip", "sips", "tel"),
    body_types: Collection[str] = (),
) -> Refusal | None:
    """Find the reason not to serve a valid request, in the order of RFC 3261 8.2; None = none.

    405 or 501 for the method, 416 for the scheme of the Request-URI, 420 for a Require we do not know (not
    for ACK and CANCEL, 8.2.2.3), 415 for a body that is encoded, or of a type not in `body_types` (empty =
    any type) unless its handling is optional, 406 for an INVITE whose sender cannot take session
    descriptions.
    """
    method = request.method
    if method not in methods:
        allow = (("Allow", ", ".join(methods)),)
        return Refusal(405 if method in _KNOWN_METHODS else 501, allow)
    if request.uri.scheme not in schemes:
        return Refusal(416)
    if method not in ("ACK", "CANCEL"):
        unknown = [tag for tag in request.get_all("require") if tag.lower() not in extensions]
        if unknown:
            return Refusal(420, (("Unsupported", ", ".join(unknown)),))
    if request.body:
        encodings = [value.lower() for value in request.get_all("content-encoding")]
        if any(encoding != "identity" for encoding in encodings):
            return Refusal(415, (("Accept-Encoding", "identity"),))
        if body_types and request.content_type not in body_types:
            disposition = request.content_disposition
            if disposition is None or disposition.handling != "optional":
                return Refusal(415, (("Accept", ", ".join(body_types)),))
    if method == "INVITE" and not _accepts_sdp(request):
        return Refusal(406)
    return None


def _accepts_sdp(request: Request) -> bool:
    accept = request.accept
    if accept is None:
        return True  # RFC 3261 20.1: application/sdp where the header is absent
    return any(media_type.name in ("application/sdp", "application/*", "*/*") for media_type in accept)
