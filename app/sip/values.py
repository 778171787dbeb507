"""Typed values of single headers; the larger ones live in via, name_addr and digest_values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Self

from app.sip.errors import MessageError
from app.sip.grammar import (
    WHITESPACE,
    Params,
    end_of_quoted,
    format_params,
    is_token,
    number,
    parse_params,
    quote,
    unquote,
)
from app.sip.name_addr import Contact, NameAddr
from app.sip.via import Via

__all__ = [
    "CSeq",
    "Contact",
    "EventPackage",
    "MediaType",
    "NameAddr",
    "RAck",
    "Reason",
    "Replaces",
    "RetryAfter",
    "SessionExpires",
    "SipWarning",
    "SubscriptionState",
    "Via",
    "parse_params",
]


_USUAL_METHODS: Final = frozenset(
    {
        "INVITE",
        "ACK",
        "BYE",
        "CANCEL",
        "REGISTER",
        "OPTIONS",
        "UPDATE",
        "PRACK",
        "SUBSCRIBE",
        "NOTIFY",
        "INFO",
    }
)


@dataclass(frozen=True, slots=True)
class CSeq:
    """A request's number in its dialog and its method (RFC 3261 20.16)."""

    number: int
    method: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1 INVITE`; numbers from 2**31 on are refused (RFC 3261 8.1.1.5)."""
        digits, _, method = text.partition(" ")
        if method not in _USUAL_METHODS:
            digits, _, method = text.strip(WHITESPACE).replace("\t", " ").partition(" ")
            method = method.lstrip(" ")
            if not is_token(method):
                raise MessageError("malformed CSeq")
        if len(digits) < 10 and digits.isdecimal() and digits.isascii():
            return cls(int(digits), method)
        return cls(number(digits, "CSeq", 2**31 - 1), method)

    def __str__(self) -> str:
        return f"{self.number} {self.method}"


@dataclass(frozen=True, slots=True)
class RAck:
    """Which reliable provisional response a PRACK acknowledges (RFC 3262 7.2)."""

    rseq: int
    cseq: CSeq

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `776656 1 INVITE`."""
        rseq, _, cseq = text.strip(WHITESPACE).replace("\t", " ").partition(" ")
        return cls(number(rseq, "RAck"), CSeq.parse(cseq))

    def __str__(self) -> str:
        return f"{self.rseq} {self.cseq}"


@dataclass(frozen=True, slots=True)
class SessionExpires:
    """The session timer: seconds, and who refreshes, "uac", "uas" or "" (RFC 4028 4)."""

    seconds: int
    refresher: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1800;refresher=uac`."""
        seconds, semicolon, param_text = text.partition(";")
        refresher = (parse_params(semicolon + param_text).get("refresher") or "").lower()
        if refresher not in ("", "uac", "uas"):
            raise MessageError("malformed refresher")
        return cls(number(seconds, "Session-Expires"), refresher)

    def __str__(self) -> str:
        return f"{self.seconds};refresher={self.refresher}" if self.refresher else str(self.seconds)


@dataclass(frozen=True, slots=True)
class EventPackage:
    """An event package, in lower case, and the subscription's id (RFC 6665 8.4)."""

    package: str
    params: Params = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `dialog;id=7`."""
        package, params = _token_and_params(text, "Event")
        return cls(package.lower(), params)

    @property
    def id(self) -> str:
        """The id parameter, "" where absent."""
        return self.params.get("id") or ""

    def __str__(self) -> str:
        return self.package + format_params(self.params)


@dataclass(frozen=True, slots=True)
class SubscriptionState:
    """Whether a subscription is active, pending or terminated, and why (RFC 6665 8.2.3)."""

    state: str
    params: Params = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `terminated;reason=timeout`."""
        state, params = _token_and_params(text, "Subscription-State")
        return cls(state.lower(), params)

    @property
    def expires(self) -> int | None:
        """Seconds the subscription still lives."""
        value = self.params.get("expires")
        return None if value is None else number(value, "expires")

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait before a new SUBSCRIBE."""
        value = self.params.get("retry-after")
        return None if value is None else number(value, "retry-after")

    @property
    def reason(self) -> str:
        """Why it ended, "" where not said."""
        return (self.params.get("reason") or "").lower()

    def __str__(self) -> str:
        return self.state + format_params(self.params)


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """How many seconds to leave the sender alone (RFC 3261 20.33)."""

    seconds: int
    comment: str = ""
    params: Params = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `120 (I'm in a meeting);duration=3600`."""
        comment = ""
        before, parenthesis, rest = text.partition("(")
        if parenthesis:
            comment, closing, after = rest.rpartition(")")
            if not closing or before.find(";") >= 0:
                raise MessageError("malformed Retry-After")
            text = before + after
        seconds, semicolon, param_text = text.partition(";")
        return cls(number(seconds, "Retry-After"), comment, parse_params(semicolon + param_text))

    def __str__(self) -> str:
        comment = f" ({self.comment})" if self.comment else ""
        return f"{self.seconds}{comment}{format_params(self.params)}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a call ended: protocol ("SIP", "Q.850"), cause and text (RFC 3326)."""

    protocol: str
    cause: int | None = None
    text: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `SIP;cause=200;text="Call completed elsewhere"`."""
        protocol, params = _token_and_params(text, "Reason")
        cause = params.get("cause")
        return cls(
            protocol, None if cause is None else number(cause, "cause"), unquote(params.get("text") or "")
        )

    def __str__(self) -> str:
        cause = "" if self.cause is None else f";cause={self.cause}"
        return f"{self.protocol}{cause}" + (f";text={quote(self.text)}" if self.text else "")


@dataclass(frozen=True, slots=True)
class Replaces:
    """The dialog an INVITE replaces (RFC 3891 6.1); tags are as the receiver of the INVITE sees them."""

    call_id: str
    to_tag: str
    from_tag: str
    early_only: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `call-id;to-tag=1;from-tag=2;early-only`."""
        call_id, semicolon, param_text = text.partition(";")
        params = parse_params(semicolon + param_text)
        call_id, to_tag, from_tag = call_id.strip(WHITESPACE), params.get("to-tag"), params.get("from-tag")
        if not call_id or to_tag is None or from_tag is None:
            raise MessageError("malformed Replaces")
        return cls(call_id, to_tag, from_tag, "early-only" in params)

    def __str__(self) -> str:
        early = ";early-only" if self.early_only else ""
        return f"{self.call_id};to-tag={self.to_tag};from-tag={self.from_tag}{early}"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A Content-Type, Accept element or Content-Disposition: lower-case name, and parameters."""

    name: str
    params: Params = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `application/sdp;charset=utf-8` or `session;handling=optional`."""
        name, semicolon, param_text = text.partition(";")
        kind, slash, subtype = name.partition("/")
        kind, subtype = kind.strip(WHITESPACE).lower(), subtype.strip(WHITESPACE).lower()
        if not is_token(kind) or (slash and not is_token(subtype)):
            raise MessageError("malformed media type")
        return cls(kind + slash + subtype, parse_params(semicolon + param_text))

    @property
    def handling(self) -> str:
        """Of a disposition: "required", which is the default, or "optional" (RFC 3261 20.11)."""
        return (self.params.get("handling") or "required").lower()

    def __str__(self) -> str:
        return self.name + format_params(self.params)


@dataclass(frozen=True, slots=True)
class SipWarning:
    """A Warning: code, who warns, and what for (RFC 3261 20.43)."""

    code: int
    agent: str
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `307 isi.edu "Session parameter 'foo' not understood"`."""
        code, _, rest = text.strip(WHITESPACE).partition(" ")
        agent, _, quoted = rest.lstrip(WHITESPACE).partition(" ")
        quoted = quoted.strip(WHITESPACE)
        if not agent or quoted[:1] != '"' or end_of_quoted(quoted, 0) != len(quoted):
            raise MessageError("malformed Warning")
        return cls(number(code, "Warning", 999), agent, unquote(quoted))

    def __str__(self) -> str:
        return f"{self.code} {self.agent} {quote(self.text)}"


def _token_and_params(text: str, what: str) -> tuple[str, Params]:
    token, semicolon, param_text = text.partition(";")
    token = token.strip(WHITESPACE)
    if not is_token(token):
        raise MessageError(f"malformed {what}")
    return token, parse_params(semicolon + param_text)
