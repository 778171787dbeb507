"""Which lines and trunks carry a call, in which order, and what each is given to send."""

from __future__ import annotations

import pytest

from app.services.actions import DialOut, OutKind, OutRoute, Refuse
from app.services.dial_plan_explanation import Explanation
from app.services.dial_plan_query import Party
from app.services.directory import Directory, Extension
from app.services.outside import CallerIdForm, NumberForm
from app.services.routing_tables import (
    CalledRule,
    DisplayMode,
    DisplayNumber,
    Operation,
    RefineRule,
    RouteKind,
    Transition,
)
from tests.support.dial_plans import SUNDAY, ask, directory, from_trunk, line, numbers, out, trunk


def by_trunk(target: str = "t1") -> CalledRule:
    return CalledRule(id="t", called_prefix="7", route_kind=RouteKind.TRUNK, route_target=target)


def names(known: Directory, dialled: str = "9123", **more: object) -> list[str]:
    action = ask(known, dialled, **more).action  # type: ignore[arg-type]
    return [route.name for route in action.candidates] if isinstance(action, DialOut) else []


def test_the_own_line_comes_first_and_others_only_when_shared() -> None:
    lines = (line("a"), line("b", shared=False), line("c", shared=False), line("off", enabled=False))
    known = directory(*lines, Extension(number="101", own_line="c"), Extension(number="102"))
    assert names(known) == ["c", "a"]
    assert names(known, caller="102") == ["a"]


def test_a_group_is_its_own_lines() -> None:
    rule = CalledRule(id="1", called_prefix="0", route_kind=RouteKind.LINE_GROUP, route_target="g")
    lines = (line("a", outgoing_group="g"), line("b"), line("c", outgoing_group="g"))
    known = directory(*lines, rule, Extension(number="101", own_line="c"))
    assert names(known, "0123") == ["c", "a"]
    other = directory(*lines, rule, Extension(number="101", own_line="b"))
    assert names(other, "0123") == ["a", "c"]


def test_a_rule_that_names_a_line_may_use_one_that_is_not_shared() -> None:
    rule = CalledRule(id="1", called_prefix="0", route_kind=RouteKind.LINE, route_target="boss")
    assert names(directory(line("boss", shared=False), rule), "0123") == ["boss"]


def test_trunks_take_over_from_each_other_each_once() -> None:
    trunks = (
        trunk("t1", next_trunk="t2"),
        trunk("t2", next_trunk="t3", enabled=False),
        trunk("t3", next_trunk="t1"),
    )
    assert names(directory(*trunks, by_trunk()), "7") == ["t1", "t3"]
    assert names(directory(trunk("t1", next_trunk="gone"), by_trunk()), "7") == ["t1"]


def test_no_way_left_is_a_refusal() -> None:
    assert ask(directory(by_trunk("gone")), "7").action == Refuse(503)
    assert ask(directory(line(enabled=False)), "9123").action == Refuse(503)


def test_ways_keep_their_hours() -> None:
    known = directory(line("a", time_condition="office"), line("b"))
    assert names(known) == ["a", "b"]
    assert names(known, at=SUNDAY) == ["b"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("", "013812345678"), ("+E164", "+8613812345678"), ("E164", "8613812345678"), ("00", "008613812345678")],
)
def test_a_way_writes_numbers_in_its_form(form: str, expected: str) -> None:
    known = directory(line(number_form=NumberForm(form)), default_country_code="86")
    assert numbers(out(ask(known, "9013812345678"))) == [("telecom", expected)]


def test_a_number_that_cannot_be_written_so_is_told() -> None:
    known = directory(line(number_form=NumberForm.PLUS_E164), default_country_code="86")
    found = ask(known, "962345678", explain=Explanation())
    assert numbers(out(found)) == [("telecom", "62345678")]
    assert "refine.form_unknown" in [step.code for step in found.steps]


def test_refine_rules_are_of_a_group_a_trunk_or_all() -> None:
    def insert(string: str) -> Transition:
        return Transition(id=string, operation=Operation.INSERT, string=string)

    known = directory(
        line("a", outgoing_group="1"),
        line("b"),
        trunk("t1", next_trunk="t2"),
        trunk("t2"),
        by_trunk(),
        *(insert(each) for each in "5678"),
        RefineRule(id="1", called_prefix="", transition="5"),
        RefineRule(id="2", called_prefix="*", outgoing_group="1", transition="6"),
        RefineRule(id="3", called_prefix="", outgoing_group="trunk:t2", transition="7"),
        RefineRule(id="4", called_prefix="12", outgoing_group="2", transition="8"),
    )
    assert numbers(out(ask(known, "9123"))) == [("a", "6123"), ("b", "5123")]
    assert numbers(out(ask(known, "7123"))) == [("t1", "57123"), ("t2", "77123")]


def test_the_longest_refine_prefix_decides_whatever_its_group() -> None:
    known = directory(
        line("a", outgoing_group="1"),
        Transition(id="x", operation=Operation.INSERT, string="0"),
        Transition(id="y", operation=Operation.INSERT, string="1"),
        RefineRule(id="1", called_prefix="1", outgoing_group="1", transition="x"),
        RefineRule(id="2", called_prefix="12", transition="y"),
    )
    assert numbers(out(ask(known, "9123"))) == [("a", "1123")]


# Who is shown


def route(known: Directory, dialled: str = "9123", caller: str | Party = "101") -> OutRoute:
    return out(ask(known, dialled, caller))[0]


def test_over_a_line_the_caller_is_the_line_unless_it_has_a_number() -> None:
    own = Extension(number="102", own_number="+862512345602")
    known = directory(line(), Extension(number="101", description="Desk"), own)
    assert route(known) == OutRoute(kind=OutKind.LINE, name="telecom", number="123")
    assert route(known, caller="102").caller_number == "+862512345602"
    shown = directory(line(), own, DisplayNumber(caller="102", shown="800", mode=DisplayMode.BOTH))
    found = route(shown, caller="102")
    assert (found.caller_number, found.caller_name) == ("800", "102")


def test_over_a_trunk_the_caller_is_who_calls_unless_all_show_one_number() -> None:
    desk = Party.extension("101", "Desk")
    found = route(directory(trunk("t1"), by_trunk()), "7", desk)
    assert (found.caller_number, found.caller_name) == ("101", "Desk")
    found = route(directory(trunk("t1", unified_caller="800"), by_trunk()), "7", desk)
    assert (found.caller_number, found.caller_name) == ("800", "")
    own = Extension(number="101", own_number="+862512345601")
    form = NumberForm.NATIONAL
    found = route(
        directory(trunk("t1", number_form=form), by_trunk(), own, default_country_code="86"), "7", desk
    )
    assert found.caller_number == "02512345601"


def test_a_caller_from_outside_is_told_a_line_only_beside_its_own_identity() -> None:
    rule = CalledRule(id="1", called_prefix="0", route_kind=RouteKind.LINE, route_target="telecom")
    partner = trunk("partner", transit=True)
    caller = from_trunk("partner", "02512345678")
    assert route(directory(line(), partner, rule), "01", caller).caller_number == ""
    asserting = line(caller_id_form=CallerIdForm.PAI)
    assert route(directory(asserting, partner, rule), "01", caller).caller_number == "02512345678"


def test_a_wish_for_privacy_goes_with_the_call() -> None:
    known = directory(line(), trunk("t1"), by_trunk())
    hidden = Party.extension("101", is_withheld=True)
    assert route(known, "9123", hidden).privacy
    assert route(known, "7", hidden).privacy
    assert not route(known).privacy
