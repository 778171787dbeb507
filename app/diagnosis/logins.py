"""The registrations of a trace: every REGISTER for one address, also where each has a Call-ID of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.diagnosis.digests import ChallengeSeen
from app.diagnosis.exchanges import Exchange
from app.diagnosis.messages import Seen
from app.diagnosis.peers import split_port
from app.sip.uri import SipUri

CHALLENGES = (401, 407)


@dataclass(frozen=True, slots=True, eq=False)
class Login:
    """What was tried for one address-of-record, in order."""

    attempts: tuple[Exchange, ...]

    @property
    def answered(self) -> tuple[Exchange, ...]:
        """Those with a final answer."""
        return tuple(each for each in self.attempts if each.final is not None)

    @property
    def last(self) -> Exchange | None:
        """The last one with a final answer."""
        return self.answered[-1] if self.answered else None

    @property
    def recent(self) -> tuple[Exchange, ...]:
        """What was answered since the last success: empty while all is well."""
        answered = self.answered
        start = max((n for n, each in enumerate(answered) if each.status < 300), default=-1)
        return answered[start + 1 :]

    @property
    def failure(self) -> Exchange | None:
        """The last attempt where it was refused or challenged, None after a success or without an answer."""
        return self.recent[-1] if self.recent else None

    @property
    def success(self) -> Exchange | None:
        """The last attempt where it succeeded and nothing was refused since."""
        last = self.last
        return last if last is not None and last.status < 300 else None

    @property
    def is_registered(self) -> bool:
        """Whether the last word was a success, and the last request has been answered."""
        return self.success is not None and self.attempts[-1] is self.success and not is_removal(self.success)

    @property
    def silence(self) -> tuple[Exchange, ...]:
        """The unanswered attempts after the last answered one."""
        start = max((n for n, each in enumerate(self.attempts) if each.answers), default=-1)
        return self.attempts[start + 1 :]

    @property
    def contacts_sent(self) -> frozenset[tuple[str, int]]:
        """Hosts and ports of every Contact we have asked for."""
        return frozenset(binding for each in self.attempts for binding in bindings_of(each.request))


def bindings_of(seen: Seen) -> list[tuple[str, int]]:
    """Host and port of each Contact."""
    uris = [contact.uri for contact in seen.contacts if isinstance(contact.uri, SipUri)]
    return [(split_port(uri.host)[0], uri.port or 5060) for uri in uris]


def is_removal(exchange: Exchange) -> bool:
    """Whether a REGISTER takes bindings away (RFC 3261 10.2.2), or asks without changing any."""
    return lifetime_asked(exchange.request) == 0 or not exchange.request.header("contact")


def lifetime_asked(request: Seen) -> int | None:
    """The lifetime a REGISTER asks for: of the Contact, else Expires, else None."""
    for contact in request.contacts:
        if contact.expires is not None:
            return contact.expires
    return request.seconds("expires")


def logins_of(exchanges: Sequence[Exchange]) -> list[Login]:
    """Group our REGISTERs by the address they are for."""
    by_address: dict[tuple[str, str], list[Exchange]] = {}
    for each in exchanges:
        if each.is_out and each.method == "REGISTER":
            to = each.request.to
            by_address.setdefault((to.user.lower(), to.host), []).append(each)
    return [Login(tuple(attempts)) for attempts in by_address.values()]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer to a challenge that was challenged again."""

    exchange: Exchange
    username: str
    same_nonce: bool


def refusals_of(attempts: Sequence[Exchange]) -> list[Refusal]:
    """Authorised requests that were challenged again though their nonce was the one just given.

    An answer to an older nonce that gets a new one is a refresh (RFC 7616 3.3), said to be stale or not.
    """
    offered: dict[str, str] = {}  # realm -> the nonce last given
    refusals: list[Refusal] = []
    for each in attempts:
        final = each.final
        sent = each.request.credentials
        if final is not None and final.status in CHALLENGES and sent:
            known = {challenge.realm: challenge for challenge in final.challenges}
            for credentials in sent:
                again = known.get(credentials.realm)
                if again is None and len(known) == 1 and len(sent) == 1 and not credentials.realm:
                    again = next(iter(known.values()))
                if again is None or (again.is_stale and again.nonce != credentials.nonce):
                    continue
                is_same = again.nonce == credentials.nonce
                if is_same or offered.get(credentials.realm) == credentials.nonce:
                    refusals.append(Refusal(each, credentials.username, is_same))
        if final is not None and final.status in CHALLENGES:
            offered.update({challenge.realm: challenge.nonce for challenge in final.challenges})
    return refusals


def last_challenges(attempts: Sequence[Exchange]) -> tuple[ChallengeSeen, ...]:
    """The challenges of the last 401 or 407 among some attempts."""
    for each in reversed(attempts):
        if each.final is not None and each.final.challenges:
            return each.final.challenges
    return ()
