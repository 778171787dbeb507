"""The order of the tables, and every way a number can go."""

from __future__ import annotations

import pytest

from app.services.actions import Action, Refuse, RingExtension
from app.services.dial_plan import decide, is_emergency, plain_number
from app.services.dial_plan_explanation import Explanation, Stage
from app.services.dial_plan_query import Blocked, Party, Query
from app.services.directory import Directory, Extension, Settings
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
from tests.support.dial_plans import (
    MONDAY_MORNING,
    SUNDAY,
    ask,
    directory,
    from_line,
    from_trunk,
    line,
    numbers,
    out,
    trunk,
)

STRIP = Transition(id="strip", operation=Operation.DELETE, start=0, length=1)
HOME = directory(Extension(number="101"), Extension(number="102", enabled=False))


@pytest.mark.parametrize(
    ("called", "action"),
    [
        ("101", RingExtension("101")),
        ("1-0-1", RingExtension("101")),
        ("102", Refuse(404)),
        ("999x", Refuse(404)),
        ("555", Refuse(404)),
        ("alice", Refuse(404)),
        ("", Refuse(484)),
    ],
)
def test_without_records_a_number_is_a_local_user(called: str, action: Action) -> None:
    assert ask(HOME, called).action == action


def test_the_out_group_prefix_leads_to_a_line_without_the_prefix() -> None:
    assert numbers(out(ask(directory(line()), "9123"))) == [("telecom", "123")]
    assert ask(directory(line()), "9").action == Refuse(404)
    assert ask(directory(trunk()), "9123").action == Refuse(404)
    assert numbers(out(ask(directory(line(), out_group_prefix="00"), "00123"))) == [("telecom", "123")]


def test_an_empty_out_group_prefix_takes_no_number() -> None:
    assert ask(directory(line(), out_group_prefix=""), "9123").action == Refuse(404)


def test_an_extension_comes_before_the_prefix() -> None:
    known = directory(line(), Extension(number="9123"))
    assert ask(known, "9123", "9123").action == RingExtension("9123")


@pytest.mark.parametrize(
    ("route", "ways"),
    [("trunk:branch", [("branch", "7123")]), ("line:telecom", [("telecom", "7123")]), ("trunk:gone", None)],
)
def test_the_default_route_takes_what_nothing_fits(route: str, ways: list[tuple[str, str]] | None) -> None:
    found = ask(directory(line(), trunk(), default_route=route), "7123")
    if ways is None:
        assert found.action == Refuse(503)
    else:
        assert numbers(out(found)) == ways


def test_the_longest_called_prefix_decides_and_then_the_callers() -> None:
    known = directory(
        line(),
        trunk(),
        CalledRule(id="1", called_prefix="0", route_kind=RouteKind.LINE, route_target="telecom"),
        CalledRule(id="2", called_prefix="00", route_kind=RouteKind.TRUNK, route_target="branch"),
        CalledRule(id="3", called_prefix="00", caller_prefix="102", route_kind=RouteKind.REFUSE),
    )
    assert numbers(out(ask(known, "0123"))) == [("telecom", "0123")]
    assert numbers(out(ask(known, "00123"))) == [("branch", "00123")]
    assert ask(known, "00123", "102").blocked_by == Blocked("called_rule", "3")


def test_the_transition_works_before_the_route_and_the_refining_last() -> None:
    known = directory(
        line(outgoing_group="g"),
        trunk(),
        STRIP,
        Transition(id="country", operation=Operation.REPLACE, start=0, length=1, string="0086"),
        Transition(id="prefix", operation=Operation.INSERT, start=0, string="17951"),
        CalledRule(
            id="1", called_prefix="90", transition="strip", route_kind=RouteKind.LINE_GROUP, route_target="g"
        ),
        RefineRule(id="1", outgoing_group="g", called_prefix="0", transition="country"),
        RefineRule(id="2", called_prefix="0", transition="prefix"),
        CalledRule(
            id="2", called_prefix="80", transition="strip", route_kind=RouteKind.TRUNK, route_target="branch"
        ),
    )
    assert numbers(out(ask(known, "902512345678"))) == [("telecom", "00862512345678")]
    assert numbers(out(ask(known, "802512345678"))) == [("branch", "1795102512345678")]


def test_a_rule_can_lead_to_a_local_user_with_another_number() -> None:
    known = directory(
        STRIP,
        CalledRule(id="1", called_prefix="5", transition="strip"),
        CalledRule(id="2", called_prefix="6", route_kind=RouteKind.SERVICE, route_target="102"),
        CalledRule(id="3", called_prefix="7", transition="gone"),
    )
    assert ask(known, "5102").action == RingExtension("102")
    assert ask(known, "5").action == Refuse(484)
    assert ask(known, "600").action == RingExtension("102")
    assert ask(known, "7102").action == Refuse(404)


def test_rules_that_are_disabled_or_out_of_hours_do_not_count() -> None:
    known = directory(
        CalledRule(id="1", called_prefix="10", route_kind=RouteKind.REFUSE, time_condition="office"),
        CalledRule(id="2", called_prefix="100", route_kind=RouteKind.REFUSE, enabled=False),
    )
    assert ask(known, "100").blocked_by == Blocked("called_rule", "1")
    assert ask(known, "100", at=SUNDAY).action == RingExtension("100")


def test_a_call_level_is_asked_for() -> None:
    known = directory(
        Extension(number="101"),
        Extension(number="102", call_levels=frozenset({1, 2})),
        Extension(number="103", call_levels=frozenset()),
        line(),
        CalledRule(
            id="abroad", called_prefix="900", call_level=2, route_kind=RouteKind.LINE, route_target="telecom"
        ),
    )
    refused = ask(known, "9001", "101")
    assert (refused.action, refused.blocked_by) == (Refuse(403), Blocked("called_rule", "abroad"))
    assert numbers(out(ask(known, "9001", "102"))) == [("telecom", "9001")]
    assert ask(known, "9001", "103").blocked_by == Blocked("called_rule", "abroad")
    assert numbers(out(ask(known, "9123", "103"))) == [("telecom", "123")]


def test_a_caller_rule_changes_number_and_levels() -> None:
    known = directory(
        line(),
        Transition(id="back", operation=Operation.REPLACE, length=3, string="9"),
        CallerRule(id="1", caller_prefix="+86", transition="back"),
        CallerRule(id="2", caller_prefix="10", call_levels=frozenset({3})),
        CalledRule(
            id="1", called_prefix="9", call_level=3, route_kind=RouteKind.LINE, route_target="telecom"
        ),
    )
    assert numbers(out(ask(known, "9123", "101"))) == [("telecom", "9123")]
    found = ask(known, "100", from_line(number="+8613812345678"))
    assert (found.action, found.caller_number) == (RingExtension("100"), "913812345678")


def test_an_extension_out_of_its_hours_calls_inside_only() -> None:
    known = directory(Extension(number="101", time_condition="office"), Extension(number="102"), line())
    assert numbers(out(ask(known, "9123"))) == [("telecom", "123")]
    late = ask(known, "9123", at=SUNDAY)
    assert (late.action, late.blocked_by) == (Refuse(403), Blocked("extension", "101"))
    assert ask(known, "102", at=SUNDAY).action == RingExtension("102")


# Screening


def test_screening_comes_before_every_rule() -> None:
    known = directory(
        line(),
        ScreeningRule(id="7", caller_prefix="anonymous"),
        ScreeningRule(id="8", called_prefix="9", rate=30),
        CallerRule(id="1", caller_prefix="", transition="gone"),
    )
    found = ask(known, "100", from_line(number="", is_withheld=True))
    assert (found.action, found.blocked_by) == (Refuse(403), Blocked("screening", "7"))
    assert ask(known, "100", from_line()).action == RingExtension("100")
    assert ask(known, "9123", chance=0.29).blocked_by == Blocked("screening", "8")
    assert numbers(out(ask(known, "9123", chance=0.3))) == [("telecom", "123")]


def test_a_phone_that_hides_its_number_is_anonymous_too() -> None:
    known = directory(ScreeningRule(id="1", caller_prefix="anonymous", called_prefix="*", rate=100))
    party = Party.extension("101", is_withheld=True)
    assert ask(known, "100", party).blocked_by == Blocked("screening", "1")


# Emergency


EMERGENCY = directory(
    Extension(number="101", call_levels=frozenset(), time_condition="never", max_calls=0),
    line("a", shared=False),
    line("off", enabled=False),
    line("b", time_condition="office"),
    trunk("t", max_outgoing=0, number_form="+E164"),
    STRIP,
    ScreeningRule(id="1"),
    CalledRule(id="1", called_prefix="1", call_level=5, transition="strip", route_kind=RouteKind.REFUSE),
    RefineRule(id="1", transition="strip"),
    default_country_code="86",
)


@pytest.mark.parametrize("dialled", ["110", "9110", "112", "9120"])
def test_emergency_numbers_always_pass_by_every_way(dialled: str) -> None:
    number = dialled.removeprefix("9")
    found = ask(EMERGENCY, dialled, at=SUNDAY)
    assert numbers(out(found)) == [("b", number), ("a", number), ("t", number)]
    assert found.action.is_emergency  # type: ignore[union-attr]
    assert found.blocked_by is None


def test_an_emergency_call_takes_the_way_its_rule_has_first() -> None:
    rule = CalledRule(id="1", called_prefix="110", route_kind=RouteKind.TRUNK, route_target="t2")
    known = directory(line("a"), trunk("t1"), trunk("t2"), rule)
    assert [route.name for route in out(ask(known, "110"))] == ["t2", "t1", "a"]
    rule = CalledRule(id="1", called_prefix="110", route_kind=RouteKind.LINE, route_target="b")
    known = directory(line("a"), line("b"), trunk("t1"), rule)
    assert [route.name for route in out(ask(known, "110"))] == ["b", "a", "t1"]
    own = directory(line("a"), line("b"), Extension(number="101", own_line="b"))
    assert [route.name for route in out(ask(own, "110"))] == ["b", "a"]


def test_an_extension_with_an_emergency_number_is_meant_as_it_stands() -> None:
    known = directory(line(), Extension(number="101"), Extension(number="110"))
    assert ask(known, "110").action == RingExtension("110")
    assert numbers(out(ask(known, "9110"))) == [("telecom", "110")]


def test_an_emergency_call_without_a_way_is_told_so() -> None:
    assert ask(directory(), "112").action == Refuse(503)


def test_a_call_from_outside_is_no_emergency_call() -> None:
    assert ask(directory(line(), trunk()), "110", from_trunk()).action == Refuse(404)


# From outside


def test_a_line_sends_its_calls_where_it_is_told() -> None:
    known = directory(line(incoming_to="100"), line("b", incoming_to="extension:102"), line("c"))
    assert ask(known, "user-telecom", from_line()).action == RingExtension("100")
    assert ask(known, "x", from_line("b")).action == RingExtension("102")
    assert ask(known, "101", from_line("c")).action == RingExtension("101")
    assert ask(known, "9123", from_line("c")).action == Refuse(404)


def test_did_routes_come_first_in_any_spelling() -> None:
    known = directory(
        line(incoming_to="100"),
        line("b"),
        DidRoute(number="+862512345601", destination="101"),
        DidRoute(number="02512345602", line="b", destination="extension:102"),
        default_country_code="86",
    )
    for dialled in ("+862512345601", "862512345601", "00862512345601", "02512345601"):
        assert ask(known, dialled, from_line()).action == RingExtension("101")
    assert ask(known, "+862512345602", from_line("b")).action == RingExtension("102")
    assert ask(known, "+862512345602", from_line()).action == RingExtension("100")  # another line's
    assert ask(known, "+862512345601", from_trunk()).action == RingExtension("101")


def test_the_longest_did_prefix_decides() -> None:
    known = directory(
        DidRoute(number="*", destination="100"),
        DidRoute(number="025123", destination="101"),
        DidRoute(number="0251234", destination="102"),
    )
    assert ask(known, "02512345", from_trunk()).action == RingExtension("102")
    assert ask(known, "02512399", from_trunk()).action == RingExtension("101")
    assert ask(known, "7", from_trunk()).action == RingExtension("100")
    assert ask(known, "", from_trunk()).action == RingExtension("100")


def test_did_routes_know_the_time() -> None:
    known = directory(
        DidRoute(number="1", destination="100", time_condition="office", else_destination="101"),
        DidRoute(number="2", destination="100", time_condition="office"),
    )
    assert ask(known, "1", from_trunk()).action == RingExtension("100")
    assert ask(known, "1", from_trunk(), at=SUNDAY).action == RingExtension("101")
    closed = ask(known, "2", from_trunk(), at=SUNDAY)
    assert (closed.action, closed.blocked_by) == (Refuse(480), Blocked("did_route", "2"))


def test_an_outside_number_of_an_extension_rings_it() -> None:
    known = directory(
        line(incoming_to="100"),
        Extension(number="101", own_number="+862512345601"),
        default_country_code="86",
    )
    assert ask(known, "02512345601", from_line()).action == RingExtension("101")


def test_calls_from_outside_go_out_again_only_where_that_is_allowed() -> None:
    rule = CalledRule(id="1", called_prefix="0", route_kind=RouteKind.LINE, route_target="telecom")
    known = directory(line(), trunk(), trunk("partner", transit=True), rule, default_route="line:telecom")
    for dialled in ("0123", "9123", "77"):
        assert ask(known, dialled, from_trunk()).action == Refuse(404)
        assert ask(known, dialled, from_line()).action == Refuse(404)
        assert out(ask(known, dialled, from_trunk("partner")))[0].name == "telecom"


def test_where_the_administrator_sends_a_call_may_be_outside() -> None:
    rule = CalledRule(
        id="1", called_prefix="0", call_level=9, route_kind=RouteKind.LINE, route_target="telecom"
    )
    known = directory(line(incoming_to="013812345678"), rule)
    assert numbers(out(ask(known, "x", from_line()))) == [("telecom", "013812345678")]


def test_a_destination_that_is_gone_does_not_ring() -> None:
    known = directory(line(incoming_to="extension:777"), line("b", incoming_to="menu:main"))
    assert ask(known, "x", from_line()).action == Refuse(404)
    assert ask(known, "x", from_line("b")).action == Refuse(404)


# What phones of ours see of the caller


def test_a_display_number_is_shown_in_place_or_both() -> None:
    known = directory(
        DisplayNumber(caller="101", shown="800"),
        DisplayNumber(caller="102", shown="801", mode=DisplayMode.BOTH),
    )
    replaced = ask(known, "100", Party.extension("101", "Desk"))
    assert (replaced.caller_number, replaced.caller_name) == ("800", "Desk")
    both = ask(known, "100", Party.extension("102", "Door"))
    assert (both.caller_number, both.caller_name) == ("801", "102")


def test_a_withheld_number_is_not_shown() -> None:
    found = ask(directory(), "100", from_trunk(number="02512345678", display="Bob", is_withheld=True))
    assert (found.caller_number, found.caller_name) == ("anonymous", "Anonymous")


# Explanation


def test_each_station_is_told_in_its_order() -> None:
    known = directory(
        line(),
        STRIP,
        ScreeningRule(id="1", called_prefix="9", rate=0),
        CalledRule(
            id="mobile",
            called_prefix="91",
            transition="strip",
            route_kind=RouteKind.LINE,
            route_target="telecom",
        ),
        RefineRule(id="r", transition="strip"),
    )
    found = ask(known, "9138", explain=Explanation())
    assert [(step.stage, step.kind, step.key) for step in found.steps] == [
        (Stage.SCREEN, "screening", "1"),
        (Stage.CALLER, "", ""),
        (Stage.CALLED, "called_rule", "mobile"),
        (Stage.TRANSITION, "transition", "strip"),
        (Stage.ROUTE, "line", "telecom"),
        (Stage.REFINE, "refine_rule", "r"),
        (Stage.TRANSITION, "transition", "strip"),
        (Stage.SHOWN, "line", "telecom"),
    ]
    assert found.steps[3].text == "Transition strip turns 9138 into 138."


def test_nothing_is_told_where_nobody_asks() -> None:
    assert ask(directory(), "100").steps == ()


def test_every_rule_tried_is_told() -> None:
    known = directory(
        Extension(number="101"),
        CalledRule(id="a", called_prefix="10", route_kind=RouteKind.REFUSE, enabled=False),
        CalledRule(id="b", called_prefix="10", route_kind=RouteKind.REFUSE, time_condition="office"),
        CalledRule(id="c", called_prefix="1", route_kind=RouteKind.REFUSE),
    )
    found = ask(known, "101", explain=Explanation(), at=SUNDAY)
    told = [(step.code, step.key) for step in found.steps if step.stage is Stage.CALLED]
    assert told == [
        ("called.disabled", "a"),
        ("called.not_now", "b"),
        ("called.rule", "c"),
        ("called.hides", "101"),
    ]


def test_without_a_chance_given_chance_decides() -> None:
    known = directory(ScreeningRule(id="1", rate=50))
    query = Query(Party.extension("101"), "100", MONDAY_MORNING)
    blocked = sum(decide(known, query).blocked_by is not None for _ in range(400))
    assert 100 < blocked < 300


@pytest.mark.parametrize(
    ("text", "number"),
    [("+86 (138) 1234-5678", "+8613812345678"), ("alice.b", "alice.b"), ("*40*1", "*40*1"), ("-", "")],
)
def test_separators_for_the_eye_are_not_dialled(text: str, number: str) -> None:
    assert plain_number(text) == number


@pytest.mark.parametrize(
    "rest",
    [
        "0-0x44",
        "00;44",
        "1@evil.example",
        "1>\r\nX: y",
        "1 <2>",
        "0\x0044",
        "%30",
        "\udc80",
        "１２",
        "0,1",
        "+",
    ],
)
def test_what_is_no_number_does_not_leave(rest: str) -> None:
    known = directory(line(shared=True), out_group_prefix="9")
    assert ask(known, f"9{rest}").action == Refuse(484)
    by_rule = directory(trunk(), CalledRule(id="a", route_kind=RouteKind.TRUNK, route_target="branch"))
    assert ask(by_rule, rest).action == Refuse(484)


@pytest.mark.parametrize("number", ["13812345678", "+8613812345678", "*31#0401", "112", "12A", "alice.b-1"])
def test_what_may_leave(number: str) -> None:
    known = directory(trunk(), CalledRule(id="a", route_kind=RouteKind.TRUNK, route_target="branch"))
    assert not isinstance(ask(known, number).action, Refuse)


@pytest.mark.parametrize(
    ("dialled", "prefix", "yes"),
    [
        ("110", "9", True),
        ("9110", "9", True),
        ("110", "", True),
        ("9110", "", False),
        ("1100", "9", False),
        ("9", "9", False),
    ],
)
def test_help_is_known_with_the_prefix_and_without(dialled: str, prefix: str, yes: bool) -> None:
    settings = Settings(emergency_numbers=frozenset({"110"}), out_group_prefix=prefix)
    assert is_emergency(Directory().with_settings(settings), dialled) is yes
