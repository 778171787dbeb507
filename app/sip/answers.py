"""Responses written straight to bytes, from the lines they copy of the request (RFC 3261 8.2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sip.draft import body_lines
from app.sip.status import reason_phrase
from app.sip.transaction_layer import response_flow

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.flow import Flow
    from app.sip.message import Request
    from app.sip.server_transactions import ServerTransaction
    from app.sip.transaction_layer import Key, TransactionLayer

_TAG = 2**64 - 1


class AnswerHead:
    """The lines that every response to one request repeats, written once.

    `start` ends behind the value of To, where the tag is added if the request had none.
    """

    __slots__ = ("has_tag", "record_routes", "rest", "start")

    def __init__(self, request: Request) -> None:
        vias = from_ = to = rest = record_routes = ""
        for key, _, value in request.headers:
            if key == "via":
                vias += f"Via: {value}\r\n"
            elif key == "from":
                from_ = value
            elif key == "to":
                to = value
            elif key == "call-id":
                rest = f"\r\nCall-ID: {value}\r\nCSeq: {request.get('cseq')}\r\n"
            elif key == "record-route":
                record_routes += f"Record-Route: {value}\r\n"
        self.start = f"{vias}From: {from_}\r\nTo: {to}"
        self.rest = rest
        self.record_routes = record_routes
        self.has_tag = bool(request.to_tag)

    def write(
        self,
        status: int,
        reason: str | None = None,
        *,
        to_tag: str = "",
        lines: str = "",
        body: bytes = b"",
        content_type: str = "application/sdp",
    ) -> bytes:
        """Write one response."""
        tag = f";tag={to_tag}" if to_tag and not self.has_tag else ""
        text = (
            f"SIP/2.0 {status} {reason_phrase(status) if reason is None else reason}\r\n"
            f"{self.start}{tag}{self.rest}{lines}{body_lines(content_type, body)}"
        )
        return text.encode("utf-8", "surrogateescape") + body


def answer(
    transaction: ServerTransaction,
    status: int,
    now: float,
    *,
    to_tag: str = "",
    lines: str = "",
    body: bytes = b"",
) -> None:
    """Answer a request in one go."""
    request = transaction.request
    if to_tag:
        transaction.to_tag = to_tag
    data = AnswerHead(request).write(status, to_tag=to_tag, lines=lines, body=body)
    transaction.send(status, data, now)


def answer_once(
    request: Request, key: Key, flow: Flow, layer: TransactionLayer, status: int, lines: str = ""
) -> None:
    """Answer a request and keep nothing of it; a repetition gets the same answer, To tag included.

    So a stateless server answers (RFC 3261 8.2.7), and one that is asked by strangers (26.3.2.4): what is
    never repeated multiplies nothing toward a forged address.
    """
    tag = f"{hash(key) & _TAG:016x}"  # Python's hash of texts has a secret key, new in each run
    layer.counters.answered_once += 1
    layer.send(AnswerHead(request).write(status, to_tag=tag, lines=lines), response_flow(request, flow))


def overlap_lines(core: Core) -> str:
    """Write the Retry-After of a 500 to a request that came too early (RFC 3261 14.2, RFC 3311 5.2)."""
    return f"Retry-After: {core.random.randint(0, 10)}\r\n"
