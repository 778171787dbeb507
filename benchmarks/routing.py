"""How many routing decisions a second, with ten rules and with ten thousand: `python -m benchmarks.routing`.

Each decision is a number dialled by an extension: black list, caller rules, called rules, transition, a line,
refine rule. The rules are spread over prefixes of one to six digits.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import UTC, datetime

from app.services.actions import DialOut
from app.services.dial_plan import decide
from app.services.dial_plan_explanation import Explanation
from app.services.dial_plan_query import Party, Query
from app.services.directory import Directory, Extension
from app.services.outside import Line
from app.services.routing_tables import (
    CalledRule,
    CallerRule,
    Operation,
    RefineRule,
    RouteKind,
    RoutingTables,
    Transition,
    called_rules,
    caller_rules,
    refine_rules,
)
from app.services.screening import ScreeningRule, screening_table

SIZES = (10, 1_000, 10_000)
DECISIONS = 20_000
ROUNDS = 5
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def prefixes(count: int, chance: random.Random) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        found.add("9" + "".join(chance.choices("0123456789", k=chance.randint(0, 5))))
    return sorted(found)


def directory_of(count: int) -> Directory:
    chance = random.Random(count)
    called = prefixes(count, chance)
    extensions = {str(number): Extension(number=str(number)) for number in range(100, 100 + min(count, 900))}
    routing = RoutingTables(
        called_rules=called_rules(
            *(
                CalledRule(
                    id=f"r{place}",
                    called_prefix=prefix,
                    transition="strip",
                    route_kind=RouteKind.LINE,
                    route_target="telecom",
                )
                for place, prefix in enumerate(called)
            )
        ),
        refine_rules=refine_rules(
            *(
                RefineRule(id=f"f{place}", called_prefix=prefix[1:], transition="country")
                for place, prefix in enumerate(called)
            )
        ),
        caller_rules=caller_rules(
            *(CallerRule(id=f"c{place}", caller_prefix=prefix) for place, prefix in enumerate(called))
        ),
        transitions={
            "strip": Transition(id="strip", operation=Operation.DELETE, length=1),
            "country": Transition(id="country", operation=Operation.INSERT, string="0086"),
        },
    )
    return (
        Directory()
        .with_extensions(extensions)
        .replaced(
            lines={"telecom": Line(name="telecom", user="+8625123", domain="ims.example.com")},
            routing=routing,
            screening=screening_table(
                *(
                    ScreeningRule(id=f"s{place}", called_prefix=prefix, rate=0)
                    for place, prefix in enumerate(called)
                )
            ),
        )
    )


def queries(chance: random.Random) -> list[Query]:
    return [
        Query(
            Party.extension(str(chance.randint(100, 109))),
            "9" + "".join(chance.choices("0123456789", k=11)),
            AT,
        )
        for _ in range(DECISIONS)
    ]


def rate(directory: Directory, asked: list[Query], *, explained: bool) -> float:
    began = time.process_time()
    out = 0
    for query in asked:
        decision = decide(directory, query, Explanation() if explained else None)
        out += isinstance(decision.action, DialOut)
    took = time.process_time() - began
    assert out == len(asked)
    return len(asked) / took


def main() -> None:
    asked = queries(random.Random(1))
    directories = {count: directory_of(count) for count in SIZES}
    plain: dict[int, list[float]] = {count: [] for count in SIZES}
    told: dict[int, list[float]] = {count: [] for count in SIZES}
    for _ in range(ROUNDS):  # interleaved, so that a machine that slows down slows all of them
        for count, directory in directories.items():
            plain[count].append(rate(directory, asked, explained=False))
            told[count].append(rate(directory, asked[: DECISIONS // 4], explained=True))
    least = statistics.median(plain[SIZES[0]])
    print(f"{DECISIONS} decisions a round, median of {ROUNDS} rounds, CPU time of one thread")
    print(f"{'rules in each table':>20} {'decisions/s':>12} {'µs each':>8} {'ratio':>6} {'explained/s':>12}")
    for count in SIZES:
        found, explained = statistics.median(plain[count]), statistics.median(told[count])
        print(f"{count:>20} {found:>12,.0f} {1e6 / found:>8.1f} {least / found:>6.2f} {explained:>12,.0f}")
    for count in SIZES:
        table = directories[count].routing.called_rules
        rule = CalledRule(id="new", called_prefix="912")
        began = time.process_time()
        for _ in range(20):
            table.with_records([rule])
        took = (time.process_time() - began) / 20
        print(f"saving one of {count} rules costs {took * 1e3:.2f} ms for the new table")


if __name__ == "__main__":
    main()
