"""Makes directories with lines, trunks and rules, and asks the dial plan about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.services.actions import DialOut, OutRoute
from app.services.dial_plan import decide
from app.services.dial_plan_explanation import Explanation
from app.services.dial_plan_query import Decision, Party, PartyKind, Query
from app.services.directory import Directory, Extension, Settings
from app.services.outside import Line, Trunk
from app.services.routing_tables import (
    CalledRule,
    CallerRule,
    DidRoute,
    DisplayNumber,
    RefineRule,
    RoutingTables,
    Transition,
    called_rules,
    caller_rules,
    did_routes,
    refine_rules,
)
from app.services.screening import ScreeningRule, screening_table
from app.services.time_conditions import TimeCondition, zone_of

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=zone_of("Asia/Shanghai"))
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=zone_of("Asia/Shanghai"))
OFFICE_HOURS = TimeCondition(name="office", weekdays=frozenset(range(5)), timezone="Asia/Shanghai")


def line(name: str = "telecom", **fields: Any) -> Line:
    return Line(**{"name": name, "user": f"user-{name}", "domain": "ims.example.com", **fields})


def trunk(name: str = "branch", **fields: Any) -> Trunk:
    return Trunk(**{"name": name, "address": "198.51.100.7", **fields})


def directory(*records: Any, **settings: Any) -> Directory:
    """A directory of these records; without extensions 100, 101 and 102 are there."""

    def of(kind: type) -> list[Any]:
        return [record for record in records if isinstance(record, kind)]

    def by(kind: type, key: str = "name") -> dict[str, Any]:
        return {getattr(record, key): record for record in of(kind)}

    extensions = of(Extension) or [Extension(number=number) for number in ("100", "101", "102")]
    routing = RoutingTables(
        called_rules=called_rules(*of(CalledRule)),
        refine_rules=refine_rules(*of(RefineRule)),
        caller_rules=caller_rules(*of(CallerRule)),
        did_routes=did_routes(*of(DidRoute)),
        transitions=by(Transition, "id"),
        display_numbers=by(DisplayNumber, "caller"),
    )
    return (
        Directory()
        .with_extensions({each.number: each for each in extensions})
        .with_settings(Settings(**settings))
        .replaced(
            lines=by(Line),
            trunks=by(Trunk),
            time_conditions={"office": OFFICE_HOURS, **by(TimeCondition)},
            screening=screening_table(*of(ScreeningRule)),
            routing=routing,
        )
    )


def ask(
    known: Directory,
    dialled: str,
    caller: str | Party = "101",
    *,
    at: datetime = MONDAY_MORNING,
    explain: Explanation | None = None,
    chance: float = 0.5,
) -> Decision:
    """Decide on a call from an extension, or from a Party."""
    party = Party.extension(caller) if isinstance(caller, str) else caller
    return decide(known, Query(party, dialled, at), explain, chance=lambda: chance)


def from_line(name: str = "telecom", number: str = "02512345678", **fields: Any) -> Party:
    return Party(PartyKind.LINE, name, number, **fields)


def from_trunk(name: str = "branch", number: str = "500", **fields: Any) -> Party:
    return Party(PartyKind.TRUNK, name, number, **fields)


def out(decision: Decision) -> tuple[OutRoute, ...]:
    """The ways out of a decision to call outside."""
    assert isinstance(decision.action, DialOut), decision.action
    return decision.action.candidates


def numbers(routes: Iterable[OutRoute]) -> list[tuple[str, str]]:
    """Which way gets which number."""
    return [(route.name, route.number) for route in routes]
