"""Bans addresses that try one wrong password after the other: counted in bounded memory, and told."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.events import EventBus, Notice, Severity
from app.services.directory import DirectoryHolder
from app.services.screening import IpVerdict
from app.sip.flow import Flow

logger = logging.getLogger(__name__)

WINDOW_S = 60.0
FRIENDSHIP_S = 7 * 86_400.0
_MOST_COUNTED = 5_000  # addresses with a wrong password in the last minute
_MOST_BANS = 10_000
_MOST_FRIENDS = 20_000
_NOTICE_EVERY_S = 60.0
_SITE_BITS = 64  # what one subscriber is given of IPv6, at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """An address whose packets are dropped. Times are Unix seconds."""

    address: str  # of a host; the network of 64 bits where it is on the IPv6 Internet
    since: float
    until: float
    failures: int
    user: str  # that the last wrong password was for


class Defence:
    """Counts failed authorisations by address, and says who is let in.

    Spared are: this machine, accepted addresses of the IP list, `is_known` addresses (lines, trunks,
    authorised addresses of extensions), and those a right password has come from within a week: an office
    behind one address is not locked out by one phone with an old password. `clock` gives Unix seconds. What
    is counted has answered a challenge that was sent to its address: nobody can have somebody else banned.
    """

    def __init__(
        self,
        holder: DirectoryHolder,
        events: EventBus,
        *,
        is_known: Callable[[Flow], bool],
        clock: Callable[[], float],
    ) -> None:
        self._holder = holder
        self._events = events
        self._is_known = is_known
        self._clock = clock
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._friends: OrderedDict[str, float] = OrderedDict()
        self._bans: dict[str, Ban] = {}
        self._next_notice = 0.0
        self._untold = 0
        self.bans_made = 0

    def admits(self, host: str) -> bool:
        """Whether packets from a host are looked at. Asked for every packet."""
        if not self._bans:
            return True
        name = who(host)
        ban = self._bans.get(name)
        if ban is None:
            return True
        if ban.until > self._clock() and not self._is_exempt(host):
            return False
        del self._bans[name]
        logger.info("the ban of %s is over", name)
        return True

    def succeeded(self, flow: Flow) -> None:
        """A right password came from there."""
        self.befriend((flow.remote.host,))
        self._failures.pop(who(flow.remote.host), None)

    def befriend(self, hosts: Iterable[str]) -> None:
        """Spare these hosts for a week from now."""
        now = self._clock()
        for host in hosts:
            name = who(host)
            self._friends[name] = now
            self._friends.move_to_end(name)
        while len(self._friends) > _MOST_FRIENDS:
            self._friends.popitem(last=False)

    def failed(self, flow: Flow, user: str) -> None:
        """A wrong password, or a number that does not exist, came from there, in answer to our challenge."""
        host = flow.remote.host
        settings = self._holder.current.settings
        if not settings.ban_minutes or self._is_exempt(host):
            return
        now = self._clock()
        name = who(host)
        seen = self._friends.get(name)
        if seen is not None and now - seen < FRIENDSHIP_S:
            return
        times = self._failures.setdefault(name, deque())
        self._failures.move_to_end(name)
        if len(self._failures) > _MOST_COUNTED:
            self._failures.popitem(last=False)
        while times and now - times[0] > WINDOW_S:
            times.popleft()
        times.append(now)
        if len(times) >= settings.ban_failures:
            del self._failures[name]
            if self._is_known(flow):  # asked last: it looks through all records
                return
            self._ban(name, user, len(times), now, settings.ban_minutes * 60.0)

    def bans(self) -> tuple[Ban, ...]:
        """The bans in force, the newest first."""
        now = self._clock()
        held = [ban for ban in self._bans.values() if ban.until > now]
        return tuple(sorted(held, key=lambda ban: -ban.since))

    def unban(self, address: str) -> bool:
        """Lift the ban of an address, or of the network it lies in; False where there is none."""
        name = address if address in self._bans else who(address)
        return self._bans.pop(name, None) is not None

    def settings_changed(self) -> None:
        """Lift all bans where there are to be none."""
        if not self._holder.current.settings.ban_minutes:
            self._bans.clear()
            self._failures.clear()

    def _ban(self, name: str, user: str, failures: int, now: float, seconds: float) -> None:
        if len(self._bans) >= _MOST_BANS:
            del self._bans[min(self._bans.values(), key=lambda ban: ban.until).address]
        self._bans[name] = ban = Ban(
            address=name, since=now, until=now + seconds, failures=failures, user=user
        )
        self.bans_made += 1
        until = time.strftime("%Y-%m-%d %H:%M", time.localtime(ban.until))
        logger.warning("%s is banned until %s: %d wrong passwords within a minute", name, until, failures)
        if now < self._next_notice:
            self._untold += 1
            return
        more = f" {self._untold} more addresses were banned before." if self._untold else ""
        self._untold = 0
        self._next_notice = now + _NOTICE_EVERY_S
        text = f"{name} is banned until {until}: {failures} wrong passwords within a minute.{more} "
        text += f"If it is one of yours, run: openmss-cli unban {name}"
        self._events.publish(Notice(severity=Severity.WARNING, code="defence.banned", text=text))

    def _is_exempt(self, host: str) -> bool:
        accepted = self._holder.current.ip_rules.verdict(host) is IpVerdict.ACCEPT
        return accepted or _is_this_machine(host)


@lru_cache(maxsize=4096)
def who(host: str) -> str:
    """Name what is counted and banned for a host: itself, or its site's network on the IPv6 Internet.

    One subscriber has all addresses of such a network; on a network of our own they are different machines.
    """
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    if not address.is_global:
        return str(address)
    return str(ipaddress.ip_network((address, _SITE_BITS), strict=False))


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(who(host)).is_loopback
    except ValueError:
        return False  # a network
