"""Where each kind of record stands in the directory, and how saved rows get there: one entry a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from app.services import rows
from app.services.directory import Directory
from app.services.rows import Decrypt, Row


class Table(Protocol):
    """What a section of the directory can do: `PrefixTable` and `IpRules` are such."""

    def with_records(self, saved: Iterable[Any]) -> Any:
        """Return the table with these new or changed."""

    def without(self, keys: Iterable[str]) -> Any:
        """Return the table without these."""


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """A mapping of records by key as a Table."""

    records: Mapping[str, Any]
    key: str

    def with_records(self, saved: Iterable[Any]) -> Mapping[str, Any]:
        return MappingProxyType({**self.records, **{getattr(each, self.key): each for each in saved}})

    def without(self, keys: Iterable[str]) -> Mapping[str, Any]:
        gone = frozenset(keys)
        return MappingProxyType({key: each for key, each in self.records.items() if key not in gone})


@dataclass(frozen=True, slots=True)
class Section:
    """One kind's place. `get` gives the table as it stands, `put` a directory with another."""

    make: Callable[[Row, Decrypt], Any]
    get: Callable[[Directory], Table]
    put: Callable[[Directory, Any], Directory]

    def saved(self, directory: Directory, found: Iterable[Row], decrypt: Decrypt) -> Directory:
        """Return the directory with the records of these rows new or changed."""
        records = [self.make(row, decrypt) for row in found]
        return self.put(directory, self.get(directory).with_records(records)) if records else directory

    def deleted(self, directory: Directory, key: str) -> Directory:
        """Return the directory without a record."""
        return self.put(directory, self.get(directory).without((key,)))


def _mapping(make: Callable[[Row, Decrypt], Any], name: str, key: str = "name") -> Section:
    """A section of the directory that is a mapping by key."""
    return Section(
        make,
        lambda directory: _Dictionary(getattr(directory, name), key),
        lambda directory, records: directory.replaced(**{name: records}),
    )


def _table(make: Callable[[Row, Decrypt], Any], name: str) -> Section:
    """A section of the directory that is an index of its own."""
    return Section(
        make,
        lambda directory: getattr(directory, name),
        lambda directory, table: directory.replaced(**{name: table}),
    )


def _routing(make: Callable[[Row, Decrypt], Any], name: str, key: str = "") -> Section:
    """A table of the dial plan; with `key` a mapping."""

    def get(directory: Directory) -> Table:
        table = getattr(directory.routing, name)
        return _Dictionary(table, key) if key else table

    return Section(
        make,
        get,
        lambda directory, table: directory.replaced(routing=directory.routing.replaced(**{name: table})),
    )


SECTIONS: Mapping[str, Section] = {
    "extension": Section(
        rows.extension,
        lambda directory: _Dictionary(directory.extensions, "number"),
        lambda directory, records: directory.of_extensions(records),
    ),
    "line": _mapping(rows.line, "lines"),
    "trunk": _mapping(rows.trunk, "trunks"),
    "time_condition": _mapping(rows.time_condition, "time_conditions"),
    "menu": Section(
        rows.menu,
        lambda directory: _Dictionary(directory.menus, "name"),
        lambda directory, records: directory.of_menus(records),
    ),
    "ring_group": _mapping(rows.ring_group, "ring_groups", "number"),
    "conference": _mapping(rows.conference, "conferences", "number"),
    "called_rule": _routing(rows.called_rule, "called_rules"),
    "transition": _routing(rows.transition, "transitions", "id"),
    "refine_rule": _routing(rows.refine_rule, "refine_rules"),
    "caller_rule": _routing(rows.caller_rule, "caller_rules"),
    "display_number": _routing(rows.display_number, "display_numbers", "caller"),
    "did_route": _routing(rows.did_route, "did_routes"),
    "screening": _table(rows.screening, "screening"),
    "ip_rule": _table(rows.ip_rule, "ip_rules"),
}
