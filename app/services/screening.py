"""Who may call whom, and from which addresses: the number black/white list and the IP black/white list."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from app.services.prefix_table import PrefixTable, plain_prefix

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ANONYMOUS = "anonymous"  # what callers without a number are called in the list (note S7)
_NAMELESS = frozenset(
    {"", "anonymous", "anonymous.invalid", "unknown", "unavailable", "restricted", "withheld"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRule:
    """Blocks `rate` per cent of the calls from one prefix to another; 0 lets them pass."""

    id: str
    caller_prefix: str = "*"
    called_prefix: str = "*"
    rate: int = 100
    description: str = ""


ScreeningTable = PrefixTable[ScreeningRule]


def screening_table(*rules: ScreeningRule) -> ScreeningTable:
    """Make the number list: the longest called prefix decides first, then the longest caller prefix."""
    return PrefixTable(lambda rule: rule.id, _prefixes, rules)


def _prefixes(rule: ScreeningRule) -> tuple[str, str]:
    return rule.called_prefix, rule.caller_prefix.lower()


def _lengths(rule: ScreeningRule) -> tuple[int, int]:
    called, caller = _prefixes(rule)
    return len(plain_prefix(called)), len(plain_prefix(caller))


def screen(table: ScreeningTable, caller: str, called: str, number: str = "") -> ScreeningRule | None:
    """Find the rule that decides on a call, or None where no rule fits.

    `caller` is as `caller_to_screen` gives it. Where that is `anonymous`, rules for `number`, what is known
    of the caller all the same, count beside those for anonymous callers: an extension that withholds its
    number is not free of the rules for it, and `restricted` can have a rule of its own.
    """
    callers = dict.fromkeys((caller.lower(), number.strip().lower() or caller.lower()))
    found = (next(table.matching(called, each), None) for each in callers)
    return max((rule for rule in found if rule is not None), key=_lengths, default=None)


def is_blocked(rule: ScreeningRule, chance: Callable[[], float]) -> bool:
    """Whether the rule stops this call; `chance` gives a number from 0 to below 1."""
    return rule.rate >= 100 or (rule.rate > 0 and chance() * 100 < rule.rate)


def caller_to_screen(number: str, *, is_withheld: bool = False) -> str:
    """What stands for the caller in the list: the number, or `anonymous` for callers that show none.

    Anonymous are: an empty user part, `anonymous` in any spelling, `anonymous.invalid` (RFC 3323 4.1.1.3),
    and whoever asks for privacy (`Privacy: id`, RFC 3325 9.3).
    """
    plain = number.strip().lower()
    nameless = is_withheld or plain in _NAMELESS or plain.endswith("@anonymous.invalid")
    return ANONYMOUS if nameless else number.strip()


class IpVerdict(StrEnum):
    """What is done with packets from an address. ACCEPT also exempts from banning."""

    ACCEPT = "accept"
    REJECT = "reject"  # every packet is dropped, nothing is answered


@dataclass(frozen=True, slots=True, kw_only=True)
class IpRule:
    """A verdict on an address or a network."""

    id: str
    address: Network
    verdict: IpVerdict
    description: str = ""


class IpRules:
    """The IP list: the narrowest network that holds an address decides; immutable."""

    __slots__ = ("_by_length", "_cached", "records")

    def __init__(self, rules: Iterable[IpRule] = ()) -> None:
        self.records: Mapping[str, IpRule] = MappingProxyType({rule.id: rule for rule in rules})
        by_length: dict[tuple[int, int], dict[int, IpRule]] = {}
        # Two rules for one network: the later key counts, as in every list that is read to its end.
        for rule in sorted(self.records.values(), key=lambda each: (len(each.id), each.id)):
            network = rule.address
            bucket = by_length.setdefault((network.version, network.prefixlen), {})
            bucket[int(network.network_address)] = rule
        self._by_length = tuple(sorted(by_length.items(), key=lambda item: -item[0][1]))
        # One address sends many packets; every packet asks.
        self._cached = lru_cache(maxsize=4096)(self._find)

    def __len__(self) -> int:
        return len(self.records)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IpRules) and self.records == other.records

    __hash__ = None  # type: ignore[assignment]

    def rule(self, host: str) -> IpRule | None:
        """Find the rule for a peer's IP address; None where none holds, or `host` is no IP address."""
        return self._cached(host) if self.records else None

    def verdict(self, host: str) -> IpVerdict | None:
        """Tell what is done with packets from `host`; None: nothing particular."""
        rule = self.rule(host)
        return rule.verdict if rule is not None else None

    def with_records(self, saved: Iterable[IpRule]) -> IpRules:
        """Return a list where `saved` stand new or changed."""
        return IpRules({**self.records, **{rule.id: rule for rule in saved}}.values())

    def without(self, keys: Iterable[str]) -> IpRules:
        """Return a list where `keys` stand no more."""
        gone = frozenset(keys)
        return IpRules(rule for rule in self.records.values() if rule.id not in gone)

    def _find(self, host: str) -> IpRule | None:
        try:
            address = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return None
        address = getattr(address, "ipv4_mapped", None) or address
        number, version, bits = int(address), address.version, address.max_prefixlen
        for (its_version, length), bucket in self._by_length:
            if its_version == version:
                shift = bits - length
                found = bucket.get(number >> shift << shift)
                if found is not None:
                    return found
        return None
