"""One message of a trace, read as far as it can be read: what is broken in it is empty, never an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from app.diagnosis.case import CaseMessage
from app.diagnosis.digests import ChallengeSeen, CredentialsSeen, read_challenge, read_credentials
from app.diagnosis.peers import Peer, number_of, peer_of, split_port
from app.sdp import description as sdp
from app.sip.errors import MessageError
from app.sip.message import Request, Response, parse
from app.sip.uri import SipUri, TelUri, Uri
from app.sip.values import Contact, NameAddr, SessionExpires, Via

T = TypeVar("T")

_START = re.compile(r"(?:SIP/\d\.\d \d{3}(?: |$)|[A-Za-z0-9.!%*_+`'~-]+ \S+ SIP/\d\.\d\s*$)")
_PORT_IN_URI = re.compile(r"^sips?:(?:[^@]*@)?(?:\[[^\]]*\]|[^:;?]*):(\d+)", re.I)


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands in From, To, or an identity header."""

    user: str = ""
    host: str = ""
    tag: str = ""
    display: str = ""


def _read(text: str) -> Request | Response | None:
    """Parse what a person may have pasted: any line ends, indented, "..." lines, no empty line at the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    if not lines or not _START.match(lines[0].strip()):
        return None
    end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    head = [line.removeprefix(indent) for line in lines[:end]]
    # Content-Length is of the original line ends, and of a body that may have been masked since.
    kept = [
        line.rstrip()
        for n, line in enumerate(head)
        if n == 0
        or line[:1] in " \t"
        or (":" in line and not re.match(r"(?:content-length|l)\s*:", line, re.I))
    ]
    body = [line.removeprefix(indent) for line in lines[end + 1 :]]
    wire = "\r\n".join(kept) + "\r\n\r\n" + "\r\n".join(body)
    try:
        return parse(wire.encode("utf-8", "surrogateescape"))
    except MessageError:
        return None


class Seen:
    """A message with its place in the case. What is absent or malformed is "", 0, None or ()."""

    def __init__(self, index: int, given: CaseMessage) -> None:
        self.index = index
        self.is_out = given.is_out
        self.time = given.time
        self.text = given.text
        self.message = _read(given.text)

        self.peer: Peer = peer_of(given.peer)

    def __repr__(self) -> str:
        return f"<Seen {self.index} {'out' if self.is_out else 'in'} {self.message!r}>"

    @property
    def request(self) -> Request | None:
        """The message where it is a request."""
        return self.message if isinstance(self.message, Request) else None

    @property
    def response(self) -> Response | None:
        """The message where it is a response."""
        return self.message if isinstance(self.message, Response) else None

    @property
    def status(self) -> int:
        """The status of a response, 0 for a request."""
        return self.message.status if isinstance(self.message, Response) else 0

    @property
    def reason(self) -> str:
        """The reason phrase of a response."""
        return self.message.reason if isinstance(self.message, Response) else ""

    @cached_property
    def method(self) -> str:
        """The method of a request, or that of the CSeq of a response; in capitals."""
        if isinstance(self.message, Request):
            return self.message.method.upper()
        return self.header("cseq").partition(" ")[2].strip().upper()

    @cached_property
    def cseq(self) -> int:
        """The number of the CSeq, 0 where there is none."""
        digits = self.header("cseq").partition(" ")[0]
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 11 else 0

    @cached_property
    def call_id(self) -> str:
        """The Call-ID."""
        return self.header("call-id")

    def header(self, name: str) -> str:
        """The first value of a header."""
        return (self.message.get(name) or "").strip() if self.message is not None else ""

    def headers(self, name: str) -> tuple[str, ...]:
        """All values of a header, lists split."""
        message = self.message
        return () if message is None else self._safe(lambda: tuple(message.get_all(name)), ())

    def _safe(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except (MessageError, ValueError):
            return otherwise

    @cached_property
    def uri(self) -> Uri | None:
        """The Request-URI."""
        request = self.request
        return None if request is None else self._safe(lambda: request.uri, None)

    @property
    def uri_text(self) -> str:
        """The Request-URI as it stands."""
        return self.message.uri_text if isinstance(self.message, Request) else ""

    @property
    def uri_user(self) -> str:
        """The user or number of the Request-URI."""
        return self.uri.user if isinstance(self.uri, SipUri | TelUri) else ""

    @property
    def uri_host(self) -> str:
        """The host of the Request-URI, lower case."""
        return split_port(self.uri.host)[0] if isinstance(self.uri, SipUri) else ""

    @property
    def uri_port(self) -> int:
        """The port that the Request-URI names, 0 where it names none."""
        found = _PORT_IN_URI.match(self.uri_text)
        return int(found[1]) if found else 0

    @property
    def uri_params(self) -> dict[str, str | None]:
        """Parameters of the Request-URI."""
        return dict(self.uri.params) if isinstance(self.uri, SipUri | TelUri) else {}

    @property
    def has_user_phone(self) -> bool:
        """Whether the Request-URI says that its user is a telephone number (RFC 3261 19.1.1)."""
        return (self.uri_params.get("user") or "").lower() == "phone"

    def party(self, name: str) -> Party:
        """The party in From, To, P-Asserted-Identity …; the first where there are several."""
        parties = self.parties(name)
        return parties[0] if parties else Party()

    def parties(self, name: str) -> tuple[Party, ...]:
        """All parties of such a header."""
        values = self.headers(name) if name not in ("from", "to") else (self.header(name),)
        found = (self._safe(lambda text=text: _party(NameAddr.parse(text)), None) for text in values if text)  # type: ignore[misc]
        return tuple(each for each in found if each is not None)

    @cached_property
    def from_(self) -> Party:
        """From."""
        return self.party("from")

    @cached_property
    def to(self) -> Party:
        """To."""
        return self.party("to")

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """All contacts that can be read."""
        values = self.headers("contact")
        found = (self._safe(lambda text=text: Contact.parse(text), None) for text in values if text != "*")  # type: ignore[misc]
        return tuple(each for each in found if each is not None and isinstance(each.uri, SipUri))

    @cached_property
    def via(self) -> Via | None:
        """The topmost Via."""
        message = self.message
        return None if message is None else self._safe(lambda: message.via, None)

    @property
    def branch(self) -> str:
        """The branch of the topmost Via."""
        return self.via.branch if self.via is not None else ""

    @cached_property
    def mapping(self) -> tuple[str, int] | None:
        """What the other side wrote into our Via: received and rport; None where nothing."""
        via = self.via
        if via is None:
            return None
        port = self._safe(lambda: via.rport, None) if via.params.get("rport") else None
        host = split_port(via.received)[0] if via.received else ""
        return (host, port or 0) if host or port else None

    @cached_property
    def challenges(self) -> tuple[ChallengeSeen, ...]:
        """Challenges of a 401 or 407."""
        www = self.message.get_all("www-authenticate") if self.message else []
        proxy = self.message.get_all("proxy-authenticate") if self.message else []
        found = [read_challenge(text, is_proxy=False) for text in www]
        return tuple(found + [read_challenge(text, is_proxy=True) for text in proxy])

    @cached_property
    def credentials(self) -> tuple[CredentialsSeen, ...]:
        """Answers to challenges in a request."""
        www = self.message.get_all("authorization") if self.message else []
        proxy = self.message.get_all("proxy-authorization") if self.message else []
        found = [read_credentials(text, is_proxy=False) for text in www]
        return tuple(found + [read_credentials(text, is_proxy=True) for text in proxy])

    def seconds(self, name: str) -> int | None:
        """The number of Expires, Min-Expires, Retry-After …, None where there is none."""
        found = re.match(r"\s*(\d{1,10})", self.header(name))
        return int(found[1]) if found else None

    @cached_property
    def session_expires(self) -> int | None:
        """Seconds of the session timer (RFC 4028)."""
        text = self.header("session-expires")
        found = self._safe(lambda: SessionExpires.parse(text).seconds, None) if text else None
        return found or None

    def options(self, name: str) -> frozenset[str]:
        """Option tags of Supported, Require, Unsupported in lower case."""
        return frozenset(tag.lower() for tag in self.headers(name))

    @cached_property
    def q850(self) -> int:
        """The Q.850 cause of a Reason header (RFC 3326), 0 where there is none."""
        for text in self.headers("reason"):
            found = re.match(r"\s*q\.850\s*;.*?cause\s*=\s*(\d+)", text, re.I)
            if found:
                return int(found[1])
        return 0

    @cached_property
    def complaint(self) -> str:
        """All words in which a refusal may say why, in lower case: reason phrase, Warning and their kin."""
        names = ("warning", "reason", "error-info", "p-registrar-error", "x-reason", "x-error", "subject")
        parts = [self.reason, *(self.header(name) for name in names)]
        if self.message is not None:
            known = {*names, "p-asserted-identity", "p-associated-uri"}
            parts += [
                value
                for key, _, value in self.message.headers
                if key not in known and re.search(r"error|reason|cause|fail", key)
            ]
            if self.sdp is None:
                parts.append(self.message.body.decode("utf-8", "replace")[:500])
        return " ".join(part for part in parts if part).lower()

    @cached_property
    def sdp(self) -> sdp.SessionDescription | None:
        """The session description of the body, also from a multipart body."""
        if self.message is None or not self.message.body:
            return None
        body = self.message.body
        if b"\nv=0" in body:
            body = body[body.index(b"\nv=0") + 1 :].partition(b"\r\n--")[0]
        try:
            return sdp.parse(body) if body.lstrip().startswith(b"v=0") else None
        except sdp.SdpError:
            return None

    @property
    def called_number(self) -> str:
        """The number in the Request-URI, "" where it is a name."""
        return number_of(self.uri_user)


def _party(address: NameAddr) -> Party:
    uri = address.uri
    user = uri.user if isinstance(uri, SipUri | TelUri) else ""
    host = split_port(uri.host)[0] if isinstance(uri, SipUri) else ""
    return Party(user, host, address.tag, address.display)
