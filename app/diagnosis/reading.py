"""A case made ready for the rules, once: messages parsed, paired, grouped into logins and calls."""

from __future__ import annotations

import re
from functools import cached_property

from app.diagnosis.case import Case
from app.diagnosis.configured import Configured
from app.diagnosis.dialogs import CallSeen, calls_of
from app.diagnosis.exchanges import Exchange, exchanges_of, in_order
from app.diagnosis.logins import Login, logins_of
from app.diagnosis.messages import Seen
from app.diagnosis.peers import is_address
from app.diagnosis.sockets import SocketTrouble, trouble_of
from app.diagnosis.streams import Stream, streams_of

_DNS_FAILURES = frozenset(
    {"nxdomain", "timeout", "servfail", "noanswer", "nodata", "refused", "error", "failed", "none", ""}
)
_IMS = re.compile(
    r"(^|\.)ims\.|ctcims\.cn$|chinamobile\.com$|chinaunicom\.cn$|3gppnetwork\.org$|(^|\.)ims[\w-]*\."
)
_PHONE_STATUSES = frozenset({408, 480, 486, 487, 600, 603})


class Reading:
    """What the rules ask. Everything is computed when first asked for, and kept."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.config = Configured(case.config)

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """The messages in order of time; `index` is their place in the case."""
        return tuple(in_order(Seen(index, each) for index, each in enumerate(self.case.messages)))

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Requests with their answers."""
        return tuple(exchanges_of(self.seen))

    @cached_property
    def logins(self) -> tuple[Login, ...]:
        """Registrations by address."""
        return tuple(logins_of(self.exchanges))

    @cached_property
    def login(self) -> Login | None:
        """The line's registration: that of the configured account, else the last in the trace."""
        user = self.config.user.partition("@")[0].lower()
        for each in self.logins:
            if user and each.attempts[0].request.to.user.lower() == user:
                return each
        return self.logins[-1] if self.logins else None

    @cached_property
    def calls(self) -> tuple[CallSeen, ...]:
        """Calls of both directions."""
        return tuple(calls_of(self.exchanges, self.seen))

    @cached_property
    def turned_down(self) -> tuple[CallSeen, ...]:
        """Our calls that somebody refused, the latest first: the carrier, a phone or its user."""
        return tuple(
            each
            for each in reversed(self.calls)
            if each.is_out and each.status >= 400 and not each.is_cancelled
        )

    @cached_property
    def refused(self) -> tuple[CallSeen, ...]:
        """Of these, those that no phone and no user refuses with such a status."""
        return tuple(each for each in self.turned_down if each.status not in _PHONE_STATUSES)

    @cached_property
    def reached(self) -> tuple[CallSeen, ...]:
        """Our calls that rang or were answered: what they were sent with is good."""
        return tuple(
            each
            for each in self.calls
            if each.is_out
            and (each.is_answered or any(one.status in (180, 183) for one in each.invite.provisionals))
        )

    @cached_property
    def reached_with_user_phone(self) -> tuple[CallSeen, ...]:
        """Of these, the calls with user=phone."""
        return tuple(each for each in self.reached if each.request.has_user_phone)

    @cached_property
    def options(self) -> tuple[Exchange, ...]:
        """Our OPTIONS."""
        return tuple(each for each in self.exchanges if each.is_out and each.method == "OPTIONS")

    @cached_property
    def ours(self) -> tuple[Exchange, ...]:
        """All our requests."""
        return tuple(each for each in self.exchanges if each.is_out)

    @cached_property
    def troubles(self) -> tuple[SocketTrouble, ...]:
        """Socket errors, sorted into kinds."""
        return tuple(trouble_of(each) for each in self.case.socket_errors)

    @cached_property
    def streams(self) -> tuple[Stream, ...]:
        """Media counters, one a leg."""
        return tuple(streams_of(self.case.rtp))

    @cached_property
    def last_time(self) -> float | None:
        """When the trace ends."""
        times = [each.time for each in self.seen if each.time is not None]
        return max(times) if times else None

    @cached_property
    def next_hop(self) -> str:
        """Where requests go: the proxy, else the domain, else the host of the REGISTER."""
        if self.config.next_hop:
            return self.config.next_hop
        for each in self.ours:
            if each.request.uri_host:
                return each.request.uri_host
        return ""

    def dns_failure(self, host: str) -> str:
        """How a name failed: nxdomain, timeout …; "" where it resolved, is an address, or was not asked."""
        if not host or is_address(host):
            return ""
        answers = {name: answer for name, answer in self.case.dns.items() if _asks_for(name, host)}
        if any(not _failed(answer) for answer in answers.values()) or host not in answers:
            return ""
        answer = answers[host]
        return str(answer).lower() if isinstance(answer, str) and answer else "no addresses"

    def addresses(self, host: str) -> tuple[str, ...]:
        """The addresses DNS gave for a name, where the case says them."""
        answer = self.case.dns.get(host)
        if isinstance(answer, str):
            answer = tuple(part.strip() for part in answer.split(","))
        return tuple(each for each in answer if is_address(each)) if isinstance(answer, tuple) else ()

    @property
    def has_ims_domain(self) -> bool:
        """Whether the domain is that of an IMS core."""
        return bool(_IMS.search(self.config.domain or self.next_hop))

    @cached_property
    def is_ims(self) -> bool:
        """Whether the carrier is an IMS core, by its domain or by what it sends (RFC 7315)."""
        if self.has_ims_domain:
            return True
        names = ("p-associated-uri", "p-charging-vector", "service-route")
        return any(not each.is_out and each.header(name) for each in self.seen for name in names)

    @cached_property
    def public_host(self) -> str:
        """The address others see us at: of the mapping they report, else as configured."""
        for each in reversed(self.seen):
            if not each.is_out and each.response and each.mapping and each.mapping[0]:
                return each.mapping[0]
        return self.config.text("public_address")


def _asks_for(name: str, host: str) -> bool:
    return name == host or (name.startswith("_") and name.endswith("." + host))


def _failed(answer: object) -> bool:
    if isinstance(answer, str):
        return answer.strip().lower() in _DNS_FAILURES
    return not answer
