"""Numbers, destinations and service codes inside: what each leads to, and for whom."""

from __future__ import annotations

import pytest

from app.services.actions import (
    Action,
    CallGroup,
    CheckMessages,
    DialOut,
    JoinConference,
    LeaveMessage,
    MessageReason,
    OpenMenu,
    Refuse,
    RingExtension,
    SetForwarding,
)
from app.services.dial_plan import decide_chosen, decide_direct
from app.services.dial_plan_explanation import Explanation
from app.services.dial_plan_query import Party, Query
from app.services.directory import Directory, Extension
from app.services.menu import Menu
from app.services.ring_group import RingGroup
from app.services.routing_tables import CalledRule, DidRoute, RouteKind
from app.services.screening import ScreeningRule
from tests.support.dial_plans import MONDAY_MORNING, ask, directory, from_line, from_trunk, line, trunk

EXTENSIONS = (
    Extension(number="100"),
    Extension(number="101"),
    Extension(number="102"),
    Extension(number="109", enabled=False),
)


def known(*records: object, **settings: object) -> Directory:
    menus = {each.name: each for each in (Menu(name="default", number="800"), Menu(name="sales"))}
    groups = (RingGroup(number="600"), RingGroup(number="609", enabled=False))
    there = directory(*EXTENSIONS, *records, **settings).of_menus(menus)
    return there.replaced(ring_groups={each.number: each for each in groups})


@pytest.mark.parametrize(
    ("destination", "action"),
    [
        ("extension:100", RingExtension("100")),
        ("extension:109", Refuse(404)),
        ("menu:sales", OpenMenu("sales")),
        ("menu:gone", Refuse(404)),
        ("voicemail:100", LeaveMessage("100")),
        ("voicemail:109", Refuse(404)),
        ("voicemail:555", Refuse(404)),
        ("conference:7", JoinConference("7")),
        ("group:600", CallGroup("600")),
        ("group:609", Refuse(404)),
        ("group:610", Refuse(404)),
        ("600", CallGroup("600")),
        ("609", Refuse(404)),
        ("800", OpenMenu("default")),
        ("100", RingExtension("100")),
        ("*98", CheckMessages("")),
        ("*97", Refuse(404)),
        ("planet:mars", Refuse(404)),
    ],
)
def test_where_a_lines_calls_go(destination: str, action: Action) -> None:
    there = known(line(incoming_to=destination))
    assert ask(there, "02512345600", from_line()).action == action
    by_did = known(line(), DidRoute(number="02512345600", destination=destination))
    assert ask(by_did, "02512345600", from_line()).action == action


@pytest.mark.parametrize(
    ("target", "action"),
    [
        ("100", RingExtension("100")),
        ("extension:100", RingExtension("100")),
        ("menu:sales", OpenMenu("sales")),
        ("voicemail:102", LeaveMessage("102")),
        ("800", OpenMenu("default")),
        ("*97", CheckMessages("101")),
        ("555", Refuse(404)),
    ],
)
def test_a_rule_leads_to_a_service(target: str, action: Action) -> None:
    rule = CalledRule(id="1", called_prefix="7", route_kind=RouteKind.SERVICE, route_target=target)
    assert ask(known(rule), "7").action == action


@pytest.mark.parametrize(
    ("dialled", "action"),
    [
        ("800", OpenMenu("default")),
        ("*97", CheckMessages("101")),
        ("*98", CheckMessages("")),
        ("*6*7*1234", JoinConference("7", "1234")),
        ("*93*102", SetForwarding(MessageReason.ALWAYS, "102")),
        ("*93#", SetForwarding(MessageReason.ALWAYS)),
        ("*99", Refuse(404)),
    ],
)
def test_what_an_extension_dials_inside(dialled: str, action: Action) -> None:
    assert ask(known(), dialled).action == action
    assert ask(known(line(), default_route="line:telecom"), dialled).action == action or dialled == "*99"


def test_a_rule_comes_before_a_code_and_may_hide_it() -> None:
    rule = CalledRule(id="1", called_prefix="*97", route_kind=RouteKind.REFUSE)
    assert ask(known(rule), "*97").action == Refuse(403)
    local = CalledRule(id="1", called_prefix="*", route_kind=RouteKind.LOCAL)
    assert ask(known(local), "*97").action == CheckMessages("101")
    assert ask(known(local), "800").action == OpenMenu("default")


@pytest.mark.parametrize("dialled", ["*97", "*98", "*6*7", "*93*9123456"])
def test_nobody_outside_uses_a_code(dialled: str) -> None:
    there = known(line(), trunk(transit=True), default_route="line:telecom")
    assert ask(there, dialled, from_line()).action == Refuse(404)
    assert ask(there, dialled, from_trunk()).action == Refuse(404)


def test_an_extension_comes_before_a_menu_with_its_number() -> None:
    both = known().of_menus({"odd": Menu(name="odd", number="100")})
    assert ask(both, "100").action == RingExtension("100")


@pytest.mark.parametrize(
    ("dialled", "sentence"),
    [
        ("800", "The attendant's menu default talks with the caller."),
        ("*97", "*97 is a service code: hear the own voice mail."),
        ("*6*7", "*6*7 is a service code: join a conference room."),
    ],
)
def test_the_tracer_says_it_in_words(dialled: str, sentence: str) -> None:
    assert ask(known(), dialled, explain=Explanation()).steps[-1].text == sentence


def asked(dialled: str, caller: Party) -> Query:
    return Query(caller, dialled, MONDAY_MORNING)


def test_what_the_administrator_chose_may_leave() -> None:
    there = known(line())
    action = decide_chosen(there, asked("913812345678", from_line()))
    assert isinstance(action, DialOut)
    assert action.candidates[0].number == "13812345678"
    assert decide_chosen(there, asked("menu:sales", from_line())) == OpenMenu("sales")
    refusing = known(CalledRule(id="1", called_prefix="9", route_kind=RouteKind.REFUSE))
    assert decide_chosen(refusing, asked("913812345678", from_line())) == Refuse(403)


@pytest.mark.parametrize(
    ("dialled", "action"),
    [
        ("100", RingExtension("100")),
        ("800", OpenMenu("default")),
        ("109", Refuse(404)),
        ("913812345678", Refuse(404)),
        ("120", Refuse(404)),
        ("9120", Refuse(404)),
        ("*98", Refuse(404)),
        ("7", Refuse(404)),
        ("", Refuse(404)),
    ],
)
def test_what_a_caller_dials_in_an_attendant_stays_inside(dialled: str, action: Action) -> None:
    rule = CalledRule(id="1", called_prefix="7", route_kind=RouteKind.LINE, route_target="telecom")
    there = known(line(), trunk(), rule, default_route="trunk:branch")
    for caller in (from_line(), from_trunk(), Party.extension("101")):
        assert decide_direct(there, asked(dialled, caller)) == action


def test_the_black_list_holds_in_an_attendant_too() -> None:
    there = known(ScreeningRule(id="1", caller_prefix="139", called_prefix="102", rate=100))
    assert decide_direct(there, asked("102", from_line(number="13912345678"))) == Refuse(403)
    assert decide_direct(there, asked("101", from_line(number="13912345678"))) == RingExtension("101")
