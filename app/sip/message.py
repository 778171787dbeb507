"""SIP requests and responses: read lazily, change, answer, write (RFC 3261 7, 8.2.6, 18)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.sip.errors import MessageError
from app.sip.flow import Address
from app.sip.grammar import is_token, split_outside
from app.sip.headers import KEYS, canonical, header_key
from app.sip.status import reason_phrase
from app.sip.typed_headers import TypedHeaders
from app.sip.uri import Uri, parse_uri
from app.sip.via import Via

VERSION: Final = "SIP/2.0"
_FOLD: Final = re.compile(r"\r\n[ \t]+")
_LINE_BREAKS: Final = str.maketrans("\r\n", "  ")
_DIALOG_METHODS: Final = frozenset({"INVITE", "SUBSCRIBE", "NOTIFY", "REFER"})
_COPIED: Final = frozenset({"via", "from", "to", "call-id", "cseq"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a message may at most be; beyond it the answer is 513, or 400 for too many headers."""

    message_bytes: int = 65536
    headers: int = 128
    line_bytes: int = 8192


DEFAULT_LIMITS: Final = Limits()


class Message(TypedHeaders):
    """What request and response share: start line, headers, body.

    `headers` holds (canonical name, name as received, value unfolded and stripped) in order. Text is UTF-8
    with surrogateescape, so that unknown bytes survive. Content-Length is written by `encode`, whatever the
    headers say.
    """

    __slots__ = ("body",)

    def __init__(self, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        super().__init__([(canonical(name), name, value) for name, value in headers])
        self.body = body

    @property
    def start_line(self) -> str:
        """The first line, without its line break."""
        raise NotImplementedError

    def encode(self) -> bytes:
        """Write the message. Line breaks inside values become spaces: no value can smuggle in a header."""
        lines = [self.start_line]
        lines += [f"{name}: {value}" for key, name, value in self.headers if key != "content-length"]
        expected = len(lines) + 2
        lines.append(f"Content-Length: {len(self.body)}\r\n\r\n")
        text = "\r\n".join(lines)
        if text.count("\n") != expected or text.count("\r") != expected:
            lines[:-1] = [line.translate(_LINE_BREAKS) for line in lines[:-1]]
            text = "\r\n".join(lines)
        return text.encode("utf-8", "surrogateescape") + self.body


class Request(Message):
    """A request. `uri_text` is the Request-URI as it stands; set it to change it."""

    __slots__ = ("_uri", "method", "uri_text")

    def __init__(
        self, method: str, uri: Uri | str, headers: Iterable[tuple[str, str]] = (), body: bytes = b""
    ) -> None:
        super().__init__(headers, body)
        self.method = method
        self.uri_text = str(uri)
        self._uri: tuple[str, Uri] | None = None

    @property
    def uri(self) -> Uri:
        """The Request-URI."""
        cached = self._uri
        if cached is None or cached[0] is not self.uri_text:
            cached = self._uri = (self.uri_text, parse_uri(self.uri_text))
        return cached[1]

    @property
    def start_line(self) -> str:
        """Method, Request-URI and version."""
        return f"{self.method} {self.uri_text} {VERSION}"

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.uri_text}>"

    def reply(
        self,
        status: int,
        reason: str | None = None,
        *,
        to_tag: str = "",
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        content_type: str = "",
    ) -> Response:
        """Make a response to this request (RFC 3261 8.2.6.2).

        Via, From, To, Call-ID and CSeq are copied as they stand; `to_tag` is added where To has no tag yet
        and the status is not 100. Record-Route is copied where the answer can make a dialog (12.1.1: 101-299
        to INVITE, SUBSCRIBE, NOTIFY, REFER), Timestamp into a 100 (8.2.6.1).
        """
        with_route = 100 < status < 300 and self.method in _DIALOG_METHODS
        copied: list[tuple[str, str, str]] = []
        for header in self.headers:
            key = header[0]
            if key in _COPIED:
                if key == "to" and to_tag and status != 100 and not self.to_tag:
                    header = ("to", header[1], f"{header[2]};tag={to_tag}")
                copied.append(header)
            elif (key == "record-route" and with_route) or (key == "timestamp" and status == 100):
                copied.append(header)
        response = Response(status, reason, headers, body)
        if content_type:
            copied.append(("content-type", "Content-Type", content_type))
        response.headers = copied + response.headers
        return response

    def note_source(self, remote: Address) -> None:
        """Write into the top Via where the request really came from; call it once, with `flow.remote`.

        Adds `received` where sent-by names another host (RFC 3261 18.2.1), or where the client asks for
        `rport`, which is then filled in as well (RFC 3581 4). A `received` the client itself wrote is
        replaced.
        """
        via = self.via
        params = via.params
        host = via.host.strip("[]").lower()
        wants_rport = "rport" in params
        if host == remote.host and not wants_rport and "received" not in params:
            return
        text = self._required("via")
        start = text.find(";rport;")
        if start > 0 and not params.get("rport") and "received" not in params and "," not in text:
            # What nearly every phone sends: filled in where it stands.
            known = {**params, "rport": str(remote.port), "received": remote.host}
            noted_via = Via(via.transport, via.host, via.port, known)
            noted_text = f"{text[:start]};rport={remote.port}{text[start + 6 :]};received={remote.host}"
        else:
            noted = dict(params)
            noted.pop("received", None)
            if wants_rport:
                noted["rport"] = str(remote.port)
            if wants_rport or host != remote.host:
                noted["received"] = remote.host
            noted_via = Via(via.transport, via.host, via.port, noted)
            rest = split_outside(text, ",")[1:] if "," in text else []
            noted_text = ", ".join([str(noted_via), *rest])
        for index, (key, name, _) in enumerate(self.headers):
            if key == "via":
                self.headers[index] = (key, name, noted_text)
                break
        if self._first is not None:
            self._first["via"] = noted_text
        self._typed.pop("vias", None)
        self._typed["via"] = noted_via


class Response(Message):
    """A response; `reason` defaults to the registered phrase."""

    __slots__ = ("reason", "status")

    def __init__(
        self,
        status: int,
        reason: str | None = None,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
    ) -> None:
        super().__init__(headers, body)
        self.status = status
        self.reason = reason_phrase(status) if reason is None else reason

    @property
    def start_line(self) -> str:
        """Version, status and reason."""
        return f"{VERSION} {self.status} {self.reason}"

    @property
    def is_final(self) -> bool:
        """Whether no other response follows, forks aside."""
        return self.status >= 200

    def __repr__(self) -> str:
        return f"<Response {self.status} {self.reason}>"


def parse(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Request | Response:
    """Read one message: a datagram, or what StreamFramer cut from a stream.

    Reads the start line, splits the headers and cuts the body; values are parsed where they are asked for,
    and `validation.validate_request` asks for those that every request must have. Octets beyond
    Content-Length are discarded, a shorter body is an error (18.3). Raises MessageError, with `status` None
    for a response or an ACK.
    """
    if len(data) > limits.message_bytes:
        raise MessageError("message too large", _status_for(data, 513))
    start = 0
    while data[start : start + 2] == b"\r\n":  # RFC 3261 7.5: ignore empty lines before the start line
        start += 2
    end = data.find(b"\r\n\r\n", start)
    if end < 0:
        raise MessageError("no empty line after the headers", _status_for(data, 400))
    try:
        message = _parse_head(data[start:end].decode("utf-8", "surrogateescape"), limits)
        message.body = _cut_body(message, data[end + 4 :])
    except MessageError as error:
        error.status = _status_for(data, error.status)
        raise
    return message


def _status_for(data: bytes, status: int | None) -> int | None:
    """Return the status to answer with: none to a response, to an ACK, or to what is not SIP at all."""
    line = data[:8300].lstrip(b"\r\n").partition(b"\n")[0].rstrip()
    if line[:4].upper() == b"SIP/" or line.startswith(b"ACK ") or b" SIP/" not in line.upper():
        return None
    return status


def _parse_head(head: str, limits: Limits) -> Request | Response:
    lines = head.split("\r\n")
    breaks = len(lines) - 1
    if head.count("\n") != breaks or head.count("\r") != breaks:
        raise MessageError("stray carriage return or line feed")
    if breaks > limits.headers or len(head) > limits.line_bytes:
        _check_limits(lines, limits)
    message = _parse_start_line(lines[0])
    del lines[0]
    try:
        message.headers = _split_headers(lines)
    except MessageError:
        # No header name begins with white space, so a folded line (RFC 3261 7.3.1) always leads here.
        if "\r\n " not in head and "\r\n\t" not in head:
            raise
        message.headers = _split_headers(_FOLD.sub(" ", head).split("\r\n")[1:])
    return message


def _split_headers(lines: list[str]) -> list[tuple[str, str, str]]:
    known = KEYS.get
    headers = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise MessageError("header without a colon")
        headers.append((known(name) or header_key(name), name, value.strip(" \t")))
    return headers


def _check_limits(lines: list[str], limits: Limits) -> None:
    if len(lines[0]) > limits.line_bytes:
        raise MessageError("request line too long", 414)
    if len(lines) - 1 > limits.headers:
        raise MessageError("too many headers", 513)
    if any(len(line) > limits.line_bytes for line in lines):
        raise MessageError("header too long", 513)


def _parse_start_line(line: str) -> Request | Response:
    first, _, rest = line.partition(" ")
    message: Request | Response
    if first == VERSION:
        digits, _, reason = rest.partition(" ")
        if len(digits) != 3 or not (digits.isascii() and digits.isdecimal()) or not "1" <= digits[0] <= "6":
            raise MessageError("malformed status")
        message = Response.__new__(Response)  # not __init__: it would do again what the parser has done
        message.status = int(digits)
        message.reason = reason
    else:
        uri_text, _, version = rest.partition(" ")
        if version != VERSION:
            _refuse_version(first, version)
        if not uri_text or not is_token(first):
            raise MessageError("malformed request line")
        message = Request.__new__(Request)
        message.method = first
        message.uri_text = uri_text
        message._uri = None
    message._typed = {}
    message._first = None
    return message


def _refuse_version(first: str, version: str) -> None:
    """Tell another version of SIP, to be answered with 505 (RFC 3261 21.5.6), from a broken line."""
    if version.upper() == VERSION:
        return  # RFC 3261 7.1: compared without case
    if first[:4].upper() == "SIP/":
        raise MessageError("response of another SIP version", None)
    name, slash, digits = version.partition("/")
    if name.upper() == "SIP" and slash and digits.replace(".", "", 1).isdecimal():
        raise MessageError("another SIP version", 505)
    raise MessageError("malformed request line")


def _cut_body(message: Message, body: bytes) -> bytes:
    text = message.get("content-length")
    if text is None:
        return body
    if message.has_repeated and any(other != text for other in message.get_all("content-length")):
        raise MessageError("several Content-Length headers that differ")
    if len(text) > 10 or not (text.isdecimal() and text.isascii()):
        raise MessageError("malformed Content-Length")
    length = int(text)
    if length > len(body):
        raise MessageError("body shorter than its Content-Length")
    return body[:length]
