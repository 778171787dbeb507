"""Typed access to the headers of a message: parsed when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeVar

from app.sip.digest_values import Challenge, Credentials
from app.sip.errors import MessageError
from app.sip.grammar import WHITESPACE, number, split_outside
from app.sip.headers import HeaderList
from app.sip.name_addr import Contact, NameAddr
from app.sip.values import (
    CSeq,
    EventPackage,
    MediaType,
    RAck,
    Reason,
    Replaces,
    RetryAfter,
    SessionExpires,
    SipWarning,
    SubscriptionState,
)
from app.sip.via import Via

T = TypeVar("T")


class TypedHeaders(HeaderList):
    """What the headers mean. A malformed value raises MessageError(400) each time it is read."""

    __slots__ = ()

    @property
    def via(self) -> Via:
        """The topmost Via; MessageError where there is none."""
        via: Via | None = self._typed.get("via")
        if via is None:
            text = self._required("via")
            if "," in text:
                text = split_outside(text, ",")[0]
            via = self._typed["via"] = Via.parse(text)
        return via

    @property
    def vias(self) -> tuple[Via, ...]:
        """All Via values, the topmost first."""
        return self._every("via", Via.parse)

    @property
    def from_(self) -> NameAddr:
        """The From header; MessageError where there is none."""
        return self._mandatory("from", NameAddr.parse)

    @property
    def to(self) -> NameAddr:
        """The To header; MessageError where there is none."""
        return self._mandatory("to", NameAddr.parse)

    @property
    def from_tag(self) -> str:
        """The tag of From, "" where absent; found without reading the rest."""
        tag: str | None = self._typed.get("from-tag")
        if tag is None:
            tag = self._typed["from-tag"] = self._find_tag("from")
        return tag

    @property
    def to_tag(self) -> str:
        """The tag of To, "" where absent; found without reading the rest."""
        tag: str | None = self._typed.get("to-tag")
        if tag is None:
            tag = self._typed["to-tag"] = self._find_tag("to")
        return tag

    @property
    def call_id(self) -> str:
        """The Call-ID; MessageError where there is none."""
        return self._required("call-id")

    @property
    def cseq(self) -> CSeq:
        """The CSeq; MessageError where there is none."""
        return self._mandatory("cseq", CSeq.parse)

    @property
    def max_forwards(self) -> int | None:
        """Hops left; None where a client of RFC 2543 left it out."""
        return self._one("max-forwards", lambda text: number(text, "Max-Forwards", 255))

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All contacts; empty for `Contact: *`, see `is_contact_star`."""
        contacts: tuple[Contact, ...] | None = self._typed.get("contacts")
        if contacts is None:
            contacts = () if self.is_contact_star else self._every("contact", Contact.parse)
            self._typed["contacts"] = contacts
        return contacts

    @property
    def is_contact_star(self) -> bool:
        """Whether the one Contact is `*`: take every binding away (RFC 3261 10.2.2)."""
        return self._lines("contact") == ["*"]

    @property
    def routes(self) -> tuple[NameAddr, ...]:
        """The route set of a request, next hop first."""
        return self._every("route", NameAddr.parse)

    @property
    def record_routes(self) -> tuple[NameAddr, ...]:
        """The proxies that want to stay on the path."""
        return self._every("record-route", NameAddr.parse)

    @property
    def paths(self) -> tuple[NameAddr, ...]:
        """RFC 3327."""
        return self._every("path", NameAddr.parse)

    @property
    def service_routes(self) -> tuple[NameAddr, ...]:
        """RFC 3608."""
        return self._every("service-route", NameAddr.parse)

    @property
    def asserted_identities(self) -> tuple[NameAddr, ...]:
        """P-Asserted-Identity (RFC 3325): to be believed only from a trusted peer."""
        return self._every("p-asserted-identity", NameAddr.parse)

    @property
    def preferred_identities(self) -> tuple[NameAddr, ...]:
        """P-Preferred-Identity (RFC 3325)."""
        return self._every("p-preferred-identity", NameAddr.parse)

    @property
    def diversions(self) -> tuple[NameAddr, ...]:
        """Who diverted the call, the latest first (RFC 5806)."""
        return self._every("diversion", NameAddr.parse)

    @property
    def refer_to(self) -> NameAddr | None:
        """Whom to call (RFC 3515)."""
        return self._one("refer-to", NameAddr.parse)

    @property
    def referred_by(self) -> NameAddr | None:
        """Who asked for the call (RFC 3892)."""
        return self._one("referred-by", NameAddr.parse)

    @property
    def reply_to(self) -> NameAddr | None:
        """Where the caller wants to be called back."""
        return self._one("reply-to", NameAddr.parse)

    @property
    def replaces(self) -> Replaces | None:
        """The dialog to take the place of (RFC 3891)."""
        return self._one("replaces", Replaces.parse)

    @property
    def expires(self) -> int | None:
        """Seconds."""
        return self._one("expires", lambda text: number(text, "Expires"))

    @property
    def min_expires(self) -> int | None:
        """Seconds; in a 423."""
        return self._one("min-expires", lambda text: number(text, "Min-Expires"))

    @property
    def session_expires(self) -> SessionExpires | None:
        """The session timer (RFC 4028)."""
        return self._one("session-expires", SessionExpires.parse)

    @property
    def min_se(self) -> int | None:
        """The shortest session timer allowed, in seconds (RFC 4028)."""
        return self._one("min-se", lambda text: number(text.partition(";")[0], "Min-SE"))

    @property
    def rseq(self) -> int | None:
        """The number of a reliable provisional response (RFC 3262)."""
        return self._one("rseq", lambda text: number(text, "RSeq"))

    @property
    def rack(self) -> RAck | None:
        """What a PRACK acknowledges (RFC 3262)."""
        return self._one("rack", RAck.parse)

    @property
    def event(self) -> EventPackage | None:
        """The event package (RFC 6665)."""
        return self._one("event", EventPackage.parse)

    @property
    def subscription_state(self) -> SubscriptionState | None:
        """The state of a subscription (RFC 6665)."""
        return self._one("subscription-state", SubscriptionState.parse)

    @property
    def retry_after(self) -> RetryAfter | None:
        """How long to wait before the next attempt."""
        return self._one("retry-after", RetryAfter.parse)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the call ended (RFC 3326)."""
        return self._every("reason", Reason.parse)

    @property
    def warnings(self) -> tuple[SipWarning, ...]:
        """What the other side warns of."""
        return self._every("warning", SipWarning.parse)

    @property
    def supported(self) -> tuple[str, ...]:
        """Option tags in lower case."""
        return self._tokens("supported")

    @property
    def require(self) -> tuple[str, ...]:
        """Option tags in lower case."""
        return self._tokens("require")

    @property
    def proxy_require(self) -> tuple[str, ...]:
        """Option tags in lower case."""
        return self._tokens("proxy-require")

    @property
    def unsupported(self) -> tuple[str, ...]:
        """Option tags in lower case."""
        return self._tokens("unsupported")

    @property
    def allow(self) -> tuple[str, ...]:
        """Methods, as spelled: they are case-sensitive."""
        return tuple(self.get_all("allow"))

    @property
    def allow_events(self) -> tuple[str, ...]:
        """Event packages in lower case (RFC 6665)."""
        return self._tokens("allow-events")

    @property
    def accept(self) -> tuple[MediaType, ...] | None:
        """Acceptable body types; None where absent (then application/sdp), () where empty (nothing)."""
        return None if self.get("accept") is None else self._every("accept", MediaType.parse)

    @property
    def privacy(self) -> tuple[str, ...]:
        """Privacy values in lower case (RFC 3323 4.2)."""
        text = self.get("privacy") or ""
        return tuple(part.strip().lower() for part in text.replace(",", ";").split(";") if part.strip())

    @property
    def content_type(self) -> str:
        """The body's type without parameters, in lower case; "" where absent."""
        media_type = self.media_type
        return "" if media_type is None else media_type.name

    @property
    def media_type(self) -> MediaType | None:
        """Content-Type with its parameters."""
        return self._one("content-type", MediaType.parse)

    @property
    def content_disposition(self) -> MediaType | None:
        """What the body is for."""
        return self._one("content-disposition", MediaType.parse)

    @property
    def date(self) -> datetime | None:
        """The Date, in UTC."""
        return self._one("date", _parse_date)

    @property
    def user_agent(self) -> str:
        """User-Agent of a request or Server of a response, "" where absent."""
        return self.get("user-agent") or self.get("server") or ""

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """WWW-Authenticate and Proxy-Authenticate, in their order. One that cannot be read is skipped."""
        found = []
        for key, is_proxy in (("www-authenticate", False), ("proxy-authenticate", True)):
            for value in self.get_all(key):
                try:
                    found.append(Challenge.parse(value, is_proxy=is_proxy))
                except MessageError:
                    continue  # another scheme, or broken: the others may do (RFC 7235 2.1)
        return tuple(found)

    @property
    def credentials(self) -> tuple[Credentials, ...]:
        """Digest answers in Authorization and Proxy-Authorization. One that cannot be read is skipped."""
        found: tuple[Credentials, ...] | None = self._typed.get("credentials")
        if found is None:
            readable = []
            for text in self.get_all("authorization") + self.get_all("proxy-authorization"):
                try:
                    readable.append(Credentials.parse(text))
                except MessageError:
                    continue  # another scheme, or broken: as if absent, hence a challenge
            found = self._typed["credentials"] = tuple(readable)
        return found

    def _required(self, key: str) -> str:
        value = (self._first or self._index()).get(key)
        if not value:
            raise MessageError(f"no {key} header")
        return value

    def _mandatory(self, key: str, parse: Callable[[str], T]) -> T:
        value: T | None = self._typed.get(key)
        if value is None:
            value = self._typed[key] = parse(self._required(key))
        return value

    def _one(self, key: str, parse: Callable[[str], T]) -> T | None:
        value: T | None = self._typed.get(key)
        if value is None:
            text = (self._first or self._index()).get(key)
            if text is not None:
                value = self._typed[key] = parse(text)
        return value

    def _every(self, key: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        cached: tuple[T, ...] | None = self._typed.get(key + "s")
        if cached is None:
            lines = self._lines(key)
            if len(lines) == 1 and lines[0] and "," not in lines[0]:
                cached = (parse(lines[0]),)
            else:
                cached = tuple([parse(part) for line in lines if line for part in split_outside(line, ",")])
            self._typed[key + "s"] = cached
        return cached

    def _tokens(self, key: str) -> tuple[str, ...]:
        return tuple([token.lower() for token in self.get_all(key)])

    def _find_tag(self, key: str) -> str:
        value = self._required(key)
        params = value[value.rfind(">") + 1 :]
        if '"' in params or "<" in params or "," in params:  # not the usual shape: read it properly
            return self._mandatory(key, NameAddr.parse).tag
        start = params.find(";tag=")
        if start < 0:
            return self._mandatory(key, NameAddr.parse).tag if "tag" in params.lower() else ""
        return params[start + 5 :].partition(";")[0].strip(WHITESPACE)


_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Final = {name: index + 1 for index, name in enumerate(_MONTH_NAMES.split())}


def _parse_date(text: str) -> datetime:
    """Read `Sat, 13 Nov 2010 23:29:00 GMT`; SIP knows no other zone (RFC 3261 20.17)."""
    words = text.split()
    try:
        _, day, month, year, clock, zone = words
        hour, minute, second = clock.split(":")
        if zone != "GMT":
            raise MessageError("Date that is not GMT")
        return datetime(
            number(year, "year", 9999),
            _MONTHS[month.lower()],
            number(day, "day"),
            number(hour, "hour"),
            number(minute, "minute"),
            min(number(second, "second"), 59),  # a leap second
            tzinfo=UTC,
        )
    except (ValueError, KeyError, OverflowError):
        raise MessageError("malformed Date") from None
