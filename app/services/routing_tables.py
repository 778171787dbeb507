"""The tables of the dial plan as the call path sees them: frozen rules, found by longest prefix."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.services.prefix_table import PrefixTable


class RouteKind(StrEnum):
    """Where a called number leads."""

    LOCAL = "local"
    LINE = "line"
    LINE_GROUP = "line_group"
    TRUNK = "trunk"
    SERVICE = "service"
    REFUSE = "refuse"


class Operation(StrEnum):
    """What a transition does to a number."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


class DisplayMode(StrEnum):
    """What a called party sees of a caller with a display number."""

    REPLACE = "replace"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledRule:
    """What a dialled number means (called number analysis)."""

    id: str
    called_prefix: str = ""
    caller_prefix: str = ""
    call_level: int | None = None  # None: everybody inside may dial it
    transition: str = ""
    route_kind: RouteKind = RouteKind.LOCAL
    route_target: str = ""
    time_condition: str = ""
    description: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A change of a number."""

    id: str
    operation: Operation = Operation.REPLACE
    start: int = 0
    length: int = 0
    string: str = ""

    def apply(self, number: str) -> str:
        """Return the changed number; what lies beyond the number's end changes nothing there."""
        head, tail = number[: self.start], number[self.start :]
        match self.operation:
            case Operation.INSERT:
                return head + self.string + tail
            case Operation.DELETE:
                return head + tail[self.length :]
            case Operation.REPLACE:
                return head + self.string + tail[self.length :]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefineRule:
    """The last change of a called number, just before a line of a group, or a trunk, sends it.

    `outgoing_group` is a line's outgoing group, or `trunk:NAME`; empty: every way out.
    """

    id: str
    outgoing_group: str = ""
    called_prefix: str = ""
    transition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerRule:
    """What is made of a caller's number, and which call levels such callers have (None: their own)."""

    id: str
    caller_prefix: str = ""
    transition: str = ""
    call_levels: frozenset[int] | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayNumber:
    """The number that is shown in place of, or beside, a caller's own."""

    caller: str
    shown: str
    mode: DisplayMode = DisplayMode.REPLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class DidRoute:
    """Where a call from outside to one of our numbers goes. Without a line it counts for all ways in."""

    number: str
    line: str = ""
    destination: str = ""
    time_condition: str = ""
    else_destination: str = ""


def called_rules(*rules: CalledRule) -> PrefixTable[CalledRule]:
    """Make a table of called number rules: the longest called prefix decides, then the caller's."""
    return PrefixTable(lambda rule: rule.id, lambda rule: (rule.called_prefix, rule.caller_prefix), rules)


def refine_rules(*rules: RefineRule) -> PrefixTable[RefineRule]:
    """Make a table of refine rules by called prefix."""
    return PrefixTable(lambda rule: rule.id, lambda rule: (rule.called_prefix, ""), rules)


def caller_rules(*rules: CallerRule) -> PrefixTable[CallerRule]:
    """Make a table of caller rules by caller prefix."""
    return PrefixTable(lambda rule: rule.id, lambda rule: (rule.caller_prefix, ""), rules)


def did_routes(*routes: DidRoute) -> PrefixTable[DidRoute]:
    """Make a table of DID routes by number."""
    return PrefixTable(lambda route: route.number, lambda route: (route.number, ""), routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingTables:
    """All tables of the dial plan."""

    called_rules: PrefixTable[CalledRule] = field(default_factory=called_rules)
    refine_rules: PrefixTable[RefineRule] = field(default_factory=refine_rules)
    caller_rules: PrefixTable[CallerRule] = field(default_factory=caller_rules)
    did_routes: PrefixTable[DidRoute] = field(default_factory=did_routes)
    transitions: Mapping[str, Transition] = field(default_factory=lambda: MappingProxyType({}))
    display_numbers: Mapping[str, DisplayNumber] = field(default_factory=lambda: MappingProxyType({}))

    def replaced(self, **tables: object) -> RoutingTables:
        """Return the tables with some of them exchanged."""
        return dataclasses.replace(self, **tables)  # type: ignore[arg-type]
