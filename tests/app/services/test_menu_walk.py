"""The attendant's talk: every way a caller can go, and that all of them end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.actions import (
    Attempt,
    DialOut,
    LeaveMessage,
    MessageReason,
    OpenMenu,
    Refuse,
    RingExtension,
    Visit,
)
from app.services.dial_plan_query import Party
from app.services.directory import Directory, Extension
from app.services.menu import Menu, OnFailure
from app.services.menu_walk import MOST_TURNS, MenuWalk, Said, Step
from app.services.spelled_names import SpelledNames
from tests.support.dial_plans import MONDAY_MORNING, SUNDAY, directory, from_line, line

EXTENSIONS = (
    Extension(number="100", description="Front desk"),
    Extension(number="101", description="Zhang Wei"),
    Extension(number="102", description="张伟"),
    Extension(number="1021", description="Anna Wei"),
    Extension(number="109", description="Gone", enabled=False),
)
MAIN = Menu(name="main", operator="100", keys={"1": "menu:sales", "2": "extension:102"}, number="800")
SALES = Menu(
    name="sales", keys={"*": "back", "#": "repeat", "9": "name", "8": "hangup", "1": "voicemail:101"}
)


def house(*menus: Menu) -> Directory:
    known = directory(*EXTENSIONS, line())
    return known.of_menus({each.name: each for each in menus or (MAIN, SALES)})


def walk(
    menu: str = "main",
    *menus: Menu,
    at: datetime = MONDAY_MORNING,
    caller: Party | None = None,
    told: Refuse | None = None,
    visit: Visit | None = None,
) -> MenuWalk:
    known = house(*menus)
    names = SpelledNames()
    names.prepare(known.extensions)
    opened = OpenMenu(menu, visit or Visit(), told)
    return MenuWalk(known, caller or from_line(), lambda: at, opened, names)


def go(found: MenuWalk, keys: Iterable[str]) -> Step:
    """Press keys; a space is silence."""
    step = found.begin()
    for key in keys:
        assert not step.is_over, (key, step)
        step = found.silence() if key == " " else found.press(key)
    return step


def said(step: Step) -> list[str]:
    return [
        each.id or each.digits or f"refusal {each.refusal.status}" for each in step.says if each != Said()
    ]


def first(step: Step) -> Any:
    """What comes, whatever comes after it."""
    assert step.is_over
    return step.then.first if isinstance(step.then, Attempt) else step.then


def test_the_greeting_asks_and_waits() -> None:
    step = go(walk(), "")
    assert said(step) == ["menu-greeting", "menu-press-zero"]
    assert (step.wait_s, step.menu, step.is_over) == (6, "main", False)


def test_a_prompt_of_ones_own_says_itself_what_zero_does() -> None:
    assert said(go(walk("main", Menu(name="main", prompt="my-words", operator="100")), "")) == ["my-words"]
    assert said(go(walk("main", Menu(name="main")), "")) == ["menu-greeting"]


@pytest.mark.parametrize(
    ("keys", "action"),
    [
        ("101", RingExtension("101")),
        ("2", RingExtension("102")),
        ("102 ", RingExtension("102")),
        ("102#", RingExtension("102")),
        ("1021", RingExtension("1021")),
        ("0", RingExtension("100")),
        ("10*2", RingExtension("102")),
    ],
)
def test_what_is_dialled_rings(keys: str, action: RingExtension) -> None:
    assert first(go(walk(), keys)) == action


def test_a_key_that_may_begin_a_number_waits_and_one_that_may_not_does_not() -> None:
    found = walk()
    found.begin()
    step = found.press("1")  # 1 is sales, and 100, 101 … begin so
    assert (step.says, step.wait_s, step.menu) == ((), 3, "main")
    assert found.silence().menu == "sales"
    found = walk()
    found.begin()
    assert first(found.press("2")) == RingExtension("102")


def test_a_number_is_taken_at_once_where_no_longer_one_begins_so() -> None:
    found = walk()
    found.begin()
    found.press("1")
    found.press("0")
    assert found.press("1").is_over
    found = walk()
    found.begin()
    for key in "10":
        found.press(key)
    assert not found.press("2").is_over  # 1021 exists


def test_the_number_of_a_menu_may_be_dialled() -> None:
    assert go(walk("sales"), "800").menu == "main"


@pytest.mark.parametrize("keys", ["7", "105", "109", "*", "#", "9"])
def test_what_leads_nowhere_is_told_and_asked_again(keys: str) -> None:
    step = go(walk(), keys)
    assert said(step)[:2] == ["menu-invalid", "menu-greeting"]


def test_without_direct_dial_only_keys_count() -> None:
    closed = Menu(name="main", direct_dial=False, keys={"1": "extension:101"})
    assert first(go(walk("main", closed), "1")) == RingExtension("101")
    assert said(go(walk("main", closed), "2"))[0] == "menu-invalid"


@pytest.mark.parametrize("dialled", ["9110", "913812345678", "120", "*97", "*93*9123"])
def test_nobody_gets_out_by_dialling(dialled: str) -> None:
    found = walk("main", Menu(name="main", tries=9))
    step = found.begin()
    for key in dialled[:8]:
        step = found.press(key)
        assert not step.is_over
    assert any(each.is_firm for each in step.says)


def test_a_key_may_lead_out_where_the_administrator_says_so() -> None:
    mobile = Menu(name="main", keys={"1": "913812345678"}, direct_dial=False)
    action = first(go(walk("main", mobile), "1"))
    assert isinstance(action, DialOut)
    assert action.candidates[0].number == "13812345678"


def test_who_presses_nothing_is_asked_again_and_then_goes_to_the_operator() -> None:
    assert said(go(walk(), " ")) == ["menu-timeout", "menu-greeting", "menu-press-zero"]
    step = go(walk(), "   ")
    assert said(step) == ["menu-timeout", "menu-operator"]
    assert first(step) == RingExtension("100")


def test_without_an_operator_the_call_ends_with_a_word() -> None:
    step = go(walk("sales"), "   ")
    assert (step.is_over, step.then, said(step)) == (True, None, ["menu-timeout", "menu-goodbye"])
    step = go(walk("sales"), "7 7")
    assert (step.is_over, step.then, said(step)) == (True, None, ["menu-invalid", "menu-goodbye"])


def test_the_words_of_keys() -> None:
    assert go(walk(), "1 *").menu == "main"
    assert go(walk("sales"), "*").menu == "sales"  # there is nothing to go back to
    step = go(walk(), "1 #")
    assert (step.menu, said(step)) == ("sales", ["menu-greeting"])
    step = go(walk(), "1 8 ")
    assert (step.is_over, step.then, said(step)) == (True, None, ["menu-goodbye"])
    assert first(go(walk(), "1 1 ")) == LeaveMessage("101")


def test_back_goes_one_menu_up_each_time() -> None:
    menus = (
        Menu(name="a", direct_dial=False, keys={"1": "menu:b"}),
        Menu(name="b", direct_dial=False, keys={"1": "menu:c", "2": "back", "3": "menu:a"}),
        Menu(name="c", direct_dial=False, keys={"2": "back"}),
    )
    assert go(walk("a", *menus), "11").menu == "c"
    assert go(walk("a", *menus), "112").menu == "b"
    assert go(walk("a", *menus), "1122").menu == "a"
    assert go(walk("a", *menus), "1312").menu == "a"  # through a circle: not longer than it is


def test_closed_hours_lead_elsewhere_or_end() -> None:
    night = Menu(name="main", time_condition="office", else_destination="voicemail:100")
    step = go(walk("main", night, at=SUNDAY), "")
    assert (said(step), first(step)) == (["menu-closed"], LeaveMessage("100"))
    assert said(go(walk("main", night), "")) == ["menu-greeting"]
    step = go(walk("main", Menu(name="main", time_condition="office"), at=SUNDAY), "")
    assert (step.is_over, step.then, said(step)) == (True, None, ["menu-closed"])
    menus = (Menu(name="main", time_condition="office", else_destination="menu:night"), Menu(name="night"))
    step = go(walk("main", *menus, at=SUNDAY), "")
    assert (step.menu, said(step)) == ("night", ["menu-closed", "menu-greeting"])


@pytest.mark.parametrize(
    "menus",
    [
        (Menu(name="main", operator="menu:b"), Menu(name="b", operator="menu:main")),
        (
            Menu(name="main", time_condition="office", else_destination="menu:b"),
            Menu(name="b", time_condition="office", else_destination="menu:main"),
        ),
        (Menu(name="main", operator="menu:main"),),
        (Menu(name="main", time_condition="office", else_destination="menu:main"),),
    ],
)
def test_a_circle_ends_for_who_presses_nothing(menus: tuple[Menu, ...]) -> None:
    found = walk("main", *menus, at=SUNDAY)
    step = found.begin()
    for _ in range(20):
        if step.is_over:
            break
        step = found.silence()
    assert (step.is_over, step.then) == (True, None)


def test_a_machine_that_presses_keys_for_ever_is_hung_up() -> None:
    found = walk("main", Menu(name="main", keys={"1": "menu:main"}, direct_dial=False))
    step = found.begin()
    turns = 1
    while not step.is_over:
        step = found.press("1")
        turns += 1
        assert turns <= MOST_TURNS + 1
    assert step.then is None


def test_a_menu_that_is_gone_refuses() -> None:
    step = walk("nowhere").begin()
    assert (step.is_over, step.then) == (True, Refuse(404))
    broken = Menu(name="main", direct_dial=False, keys={"1": "menu:nowhere"})
    step = go(walk("main", broken), "1")
    assert first(step) == Refuse(404)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (Refuse(486), MessageReason.BUSY),
        (Refuse(480, outcome="no_answer"), MessageReason.NO_ANSWER),
        (Refuse(480, outcome="offline"), MessageReason.OFFLINE),
        (Refuse(500), MessageReason.ALWAYS),
    ],
)
def test_voice_mail_may_follow_when_nobody_answers(told: Refuse, reason: MessageReason) -> None:
    menu = Menu(name="main", on_failure=OnFailure.VOICE_MAIL, number="800")
    attempt = go(walk("main", menu), "101").then
    assert isinstance(attempt, Attempt)
    message = attempt.otherwise(told)
    assert isinstance(message, Attempt)
    assert message.first == LeaveMessage("101", reason)
    back = message.otherwise(Refuse(404))
    assert back == OpenMenu("main", Visit(turns=1), told)


def test_the_caller_comes_back_and_is_told_why() -> None:
    attempt = go(walk(), "101").then
    assert isinstance(attempt, Attempt)
    again = attempt.otherwise(Refuse(486))
    assert isinstance(again, OpenMenu)
    step = walk(told=again.told, visit=again.visit).begin()
    assert said(step) == ["refusal 486", "menu-greeting", "menu-press-zero"]
    assert not step.is_over


def test_who_pressed_nothing_does_not_come_back() -> None:
    attempt = go(walk(), "   ").then
    assert isinstance(attempt, Attempt)
    again = attempt.otherwise(Refuse(486))
    assert isinstance(again, OpenMenu)
    step = walk(told=again.told, visit=again.visit).begin()
    assert (step.is_over, step.then, said(step)) == (True, None, ["refusal 486", "menu-goodbye"])


def test_the_operator_may_follow_once() -> None:
    menu = Menu(name="main", operator="100", on_failure=OnFailure.OPERATOR)
    attempt = go(walk("main", menu), "101").then
    assert isinstance(attempt, Attempt)
    again = attempt.otherwise(Refuse(486))
    assert isinstance(again, OpenMenu)
    step = walk("main", menu, told=again.told, visit=again.visit).begin()
    assert (said(step), first(step)) == (["refusal 486", "menu-operator"], RingExtension("100"))
    assert isinstance(step.then, Attempt)
    again = step.then.otherwise(Refuse(480))
    assert isinstance(again, OpenMenu)
    assert not walk("main", menu, told=again.told, visit=again.visit).begin().is_over


def test_or_the_call_ends_with_the_refusal() -> None:
    menu = Menu(name="main", on_failure=OnFailure.HANG_UP)
    assert go(walk("main", menu), "101").then == RingExtension("101")


def test_names_are_found_by_their_letters() -> None:
    step = go(walk(), "1 9")
    assert (said(step), step.wait_s) == (["menu-name-enter"], 10)
    step = go(walk(), "1 9266")  # ann
    assert (said(step), first(step)) == (["menu-connecting", "1021"], RingExtension("1021"))
    step = go(walk(), "1 9937")  # wes
    assert said(step) == ["menu-name-none", "menu-name-enter"]


def test_of_several_names_one_is_chosen() -> None:
    step = go(walk(), "1 994264#")
    assert said(step) == [
        *("menu-for-extension", "101", "menu-press", "1"),
        *("menu-for-extension", "102", "menu-press", "2"),
    ]
    assert first(go(walk(), "1 994264#2")) == RingExtension("102")
    assert first(go(walk(), "1 994264 1")) == RingExtension("101")
    assert said(go(walk(), "1 994264#5"))[:2] == ["menu-invalid", "menu-for-extension"]
    assert said(go(walk(), "1 994264#*")) == ["menu-name-enter"]
    assert go(walk(), "1 9*").menu == "sales"
    assert said(go(walk(), "1 9*")) == ["menu-greeting"]


def test_too_many_names_ask_for_more_letters() -> None:
    crowd = [Extension(number=str(number), description="Wang") for number in range(200, 212)]
    known = directory(*crowd).of_menus({"main": Menu(name="main", keys={"9": "name"})})
    names = SpelledNames()
    names.prepare(known.extensions)
    found = MenuWalk(known, from_line(), lambda: MONDAY_MORNING, OpenMenu("main"), names)
    assert said(go(found, "9926#")) == ["menu-name-many", "menu-name-enter"]


def test_a_menus_language_stays_with_the_caller() -> None:
    menus = (
        Menu(name="main", keys={"1": "menu:zh"}, direct_dial=False),
        Menu(name="zh", language="zh", keys={"1": "menu:more"}, direct_dial=False),
        Menu(name="more"),
    )
    assert go(walk("main", *menus), "").language == ""
    step = go(walk("main", *menus), "11")
    assert (step.language, {each.language for each in step.says}) == ("zh", {"zh"})


KEY_ACTIONS = st.sampled_from(
    ["", "menu:a", "menu:b", "menu:c", "repeat", "back", "name", "hangup", "operator", "101", "extension:555"]
)


@st.composite
def menus(draw: st.DrawFn) -> tuple[Menu, ...]:
    return tuple(
        Menu(
            name=name,
            keys={key: what for key in "0123456789*#" if (what := draw(KEY_ACTIONS))},
            operator=draw(st.sampled_from(["", "menu:a", "menu:b", "101"])),
            direct_dial=draw(st.booleans()),
            time_condition=draw(st.sampled_from(["", "office"])),
            else_destination=draw(st.sampled_from(["", "menu:a", "menu:c"])),
            tries=draw(st.integers(1, 9)),
            prompt=draw(st.sampled_from(["", "menu-greeting"])),
        )
        for name in "abc"
    )


@settings(max_examples=60, deadline=None)
@given(
    menus(),
    st.lists(st.sampled_from("0123456789*# "), max_size=60),
    st.sampled_from([MONDAY_MORNING, SUNDAY]),
)
def test_whatever_is_pressed_it_ends(found: tuple[Menu, ...], keys: list[str], at: datetime) -> None:
    there = walk("a", *found, at=at)
    step = there.begin()
    for key in keys:
        if step.is_over:
            return
        step = there.silence() if key == " " else there.press(key)
    for _ in range(200):
        if step.is_over:
            return
        step = there.silence()
    pytest.fail("a caller who presses nothing is still there")
