"""Any query has a decision, and the same one each time."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.actions import DialOut, Refuse, RingExtension
from app.services.dial_plan import decide
from app.services.dial_plan_explanation import Explanation
from app.services.dial_plan_query import Decision, Party, PartyKind, Query
from app.services.directory import Directory, Extension
from app.services.outgoing_identity import sent
from app.services.outside import CallerIdForm, NumberForm
from app.services.routing_tables import (
    CalledRule,
    CallerRule,
    DidRoute,
    DisplayMode,
    DisplayNumber,
    Operation,
    RefineRule,
    RouteKind,
    Transition,
)
from app.services.screening import ScreeningRule
from tests.support.dial_plans import directory, line, trunk

NAMES = st.sampled_from(["", "a", "b", "gone"])
PREFIXES = st.one_of(st.just("*"), st.text("019*#+", max_size=3))
NUMBERS = st.one_of(st.text("0123456789*#+", max_size=14), st.sampled_from(["101", "110", "9110"]), st.text())
DESTINATIONS = st.sampled_from(["", "101", "9123", "extension:102", "menu:main", "*40*", ":"])
LEVELS = st.frozensets(st.integers(1, 3), max_size=2)

RECORDS = st.one_of(
    st.builds(
        Extension,
        number=st.sampled_from(["101", "102", "110", "9123"]),
        enabled=st.booleans(),
        call_levels=LEVELS,
        own_line=NAMES,
        own_number=st.sampled_from(["", "0251"]),
        time_condition=st.sampled_from(["", "office", "gone"]),
    ),
    st.builds(
        line,
        st.sampled_from("ab"),
        enabled=st.booleans(),
        shared=st.booleans(),
        outgoing_group=NAMES,
        incoming_to=DESTINATIONS,
        number_form=st.sampled_from(NumberForm),
        caller_id_form=st.sampled_from(CallerIdForm),
        time_condition=st.sampled_from(["", "office"]),
        proxy=st.sampled_from(["", "p.example:5080"]),
    ),
    st.builds(
        trunk,
        st.sampled_from("ab"),
        enabled=st.booleans(),
        transit=st.booleans(),
        next_trunk=NAMES,
        tel_uri=st.booleans(),
        unified_caller=st.sampled_from(["", "800"]),
    ),
    st.builds(
        CalledRule,
        id=st.sampled_from("123"),
        called_prefix=PREFIXES,
        caller_prefix=PREFIXES,
        call_level=st.one_of(st.none(), st.integers(1, 3)),
        transition=NAMES,
        route_kind=st.sampled_from(RouteKind),
        route_target=NAMES,
        time_condition=st.sampled_from(["", "office"]),
        enabled=st.booleans(),
    ),
    st.builds(
        Transition,
        id=st.sampled_from("ab"),
        operation=st.sampled_from(Operation),
        start=st.integers(0, 20),
        length=st.integers(0, 20),
        string=st.text("0123456789", max_size=4),
    ),
    st.builds(
        RefineRule,
        id=st.sampled_from("123"),
        outgoing_group=st.sampled_from(["", "a", "trunk:b"]),
        called_prefix=PREFIXES,
        transition=NAMES,
    ),
    st.builds(
        CallerRule,
        id=st.sampled_from("12"),
        caller_prefix=PREFIXES,
        transition=NAMES,
        call_levels=st.one_of(st.none(), LEVELS),
    ),
    st.builds(
        DisplayNumber,
        caller=st.sampled_from(["101", "500"]),
        shown=st.just("800"),
        mode=st.sampled_from(DisplayMode),
    ),
    st.builds(
        DidRoute,
        number=PREFIXES,
        line=NAMES,
        destination=DESTINATIONS,
        time_condition=st.sampled_from(["", "office"]),
        else_destination=DESTINATIONS,
    ),
    st.builds(
        ScreeningRule,
        id=st.sampled_from("12"),
        caller_prefix=PREFIXES,
        called_prefix=PREFIXES,
        rate=st.integers(0, 100),
    ),
)
SETTINGS = st.fixed_dictionaries(
    {
        "out_group_prefix": st.sampled_from(["", "9", "00"]),
        "default_route": st.sampled_from(["", "line:a", "trunk:b", "line_group:a", "line:", "nonsense"]),
        "default_country_code": st.sampled_from(["", "86", "1"]),
        "time_zone": st.sampled_from(["", "Asia/Shanghai", "nowhere"]),
    }
)
DIRECTORIES = st.builds(
    lambda records, more: directory(*records, **more), st.lists(RECORDS, max_size=12), SETTINGS
)
QUERIES = st.builds(
    Query,
    st.builds(
        Party,
        st.sampled_from(PartyKind),
        st.sampled_from(["101", "a", "b", "gone", ""]),
        NUMBERS,
        st.text(max_size=5),
        st.booleans(),
    ),
    NUMBERS,
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
)


def decided(known: Directory, query: Query, explain: Explanation | None = None) -> Decision:
    return decide(known, query, explain, chance=lambda: 0.5)


@settings(max_examples=300, deadline=None)
@given(DIRECTORIES, QUERIES)
def test_any_query_has_a_decision_and_explaining_does_not_change_it(known: Directory, query: Query) -> None:
    found = decided(known, query)
    explained = decided(known, query, Explanation())
    assert (explained.action, explained.blocked_by) == (found.action, found.blocked_by)
    assert explained.steps
    assert all(step.text for step in explained.steps)
    match found.action:
        case RingExtension(number):
            assert known.extensions[number].enabled
        case DialOut(candidates):
            assert candidates
            assert len({(route.kind, route.name) for route in candidates}) == len(candidates)
            assert all(sent(known, route) is not None for route in candidates)
        case Refuse(status):
            assert 400 <= status < 700
    assert found.blocked_by is None or found.refusal is not None


@settings(max_examples=100, deadline=None)
@given(DIRECTORIES, st.sampled_from(["110", "9110", "112", "120"]), QUERIES)
def test_emergency_calls_of_phones_are_never_blocked(known: Directory, number: str, query: Query) -> None:
    party = Party(PartyKind.EXTENSION, "101", "101", is_withheld=query.caller.is_withheld)
    if number == "9110" and known.settings.out_group_prefix != "9":
        return
    found = decided(known, Query(party, number, query.at))
    assert found.blocked_by is None
    has_way = any(way.enabled for way in (*known.lines.values(), *known.trunks.values()))
    if not has_way and not isinstance(found.action, RingExtension):
        assert found.action == Refuse(503)
    else:
        assert not isinstance(found.action, Refuse)


def test_a_party_inside_is_named_by_its_number() -> None:
    assert Party.extension("101", "Desk") == Party(PartyKind.EXTENSION, "101", "101", "Desk")
