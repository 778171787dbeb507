"""An immutable table of rules found by the longest prefixes of two numbers, by dictionary lookups only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

T = TypeVar("T")

EVERYTHING = "*"  # the prefix of every number; `*40` and the like are ordinary prefixes


class PrefixTable(Generic[T]):
    """Rules by key, and by a first and a second prefix; "" and "*" stand for every number.

    The longest first prefix decides, then the longest second one; rules with the same two stand in the
    order of their keys. A lookup costs a dictionary access a digit, however many rules there are; a change
    copies dictionaries without looking at the other rules.
    """

    __slots__ = ("_by_first", "_key", "_longest_first", "_longest_second", "_prefixes", "records")

    def __init__(
        self,
        key: Callable[[T], str],
        prefixes: Callable[[T], tuple[str, str]],
        records: Iterable[T] = (),
    ) -> None:
        self._key = key
        self._prefixes = prefixes
        by_key: dict[str, T] = {}
        by_first: dict[str, dict[str, tuple[T, ...]]] = {}
        for record in records:
            by_key[key(record)] = record
        self._longest_first = self._longest_second = 0
        for record in by_key.values():
            first, second = self._plain(record)
            seconds = by_first.setdefault(first, {})
            seconds[second] = (*seconds.get(second, ()), record)
            self._measure(first, second)
        for seconds in by_first.values():
            for second, found in seconds.items():
                if len(found) > 1:
                    seconds[second] = tuple(sorted(found, key=self._order))
        self._by_first: Mapping[str, Mapping[str, tuple[T, ...]]] = by_first
        self.records: Mapping[str, T] = MappingProxyType(by_key)

    def __len__(self) -> int:
        return len(self.records)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PrefixTable) and self.records == other.records

    __hash__ = None  # type: ignore[assignment]

    def matching(self, first: str, second: str = "") -> Iterator[T]:
        """Give the rules that fit two numbers, the one that decides first."""
        by_first = self._by_first
        for length in range(min(len(first), self._longest_first), -1, -1):
            seconds = by_first.get(first[:length])
            if seconds is None:
                continue
            for shorter in range(min(len(second), self._longest_second), -1, -1):
                yield from seconds.get(second[:shorter], ())

    def with_records(self, saved: Iterable[T]) -> PrefixTable[T]:
        """Return a table where `saved` stand new or changed."""
        return self._changed(list(saved), ())

    def without(self, keys: Iterable[str]) -> PrefixTable[T]:
        """Return a table where `keys` stand no more."""
        return self._changed([], keys)

    def _changed(self, saved: list[T], gone: Iterable[str]) -> PrefixTable[T]:
        """Copy what is touched: the two outer dictionaries, and the inner ones of the changed rules."""
        table: PrefixTable[T] = PrefixTable(self._key, self._prefixes)
        by_key, by_first = dict(self.records), dict(self._by_first)
        copied: dict[str, dict[str, tuple[T, ...]]] = {}

        def seconds_of(first: str) -> dict[str, tuple[T, ...]]:
            if first not in copied:
                copied[first] = dict(by_first.get(first, {}))
                by_first[first] = copied[first]
            return copied[first]

        for key in (*gone, *(self._key(record) for record in saved)):
            known = by_key.pop(key, None)
            if known is None:
                continue
            first, second = self._plain(known)
            seconds = seconds_of(first)
            seconds[second] = tuple(each for each in seconds[second] if self._key(each) != key)
            if not seconds[second]:
                del seconds[second]
        for record in saved:
            by_key[self._key(record)] = record
            first, second = self._plain(record)
            seconds = seconds_of(first)
            seconds[second] = tuple(sorted((*seconds.get(second, ()), record), key=self._order))
            table._measure(first, second)
        for first, seconds in copied.items():
            if not seconds:
                del by_first[first]
        table._longest_first = max(self._longest_first, table._longest_first)
        table._longest_second = max(self._longest_second, table._longest_second)
        table._by_first = by_first
        table.records = MappingProxyType(by_key)
        return table

    def _plain(self, record: T) -> tuple[str, str]:
        first, second = self._prefixes(record)
        return plain_prefix(first), plain_prefix(second)

    def _measure(self, first: str, second: str) -> None:
        self._longest_first = max(self._longest_first, len(first))
        self._longest_second = max(self._longest_second, len(second))

    def _order(self, record: T) -> tuple[int, str]:
        key = self._key(record)
        return len(key), key


def plain_prefix(prefix: str) -> str:
    """The prefix as a text that numbers begin with."""
    return "" if prefix == EVERYTHING else prefix
