"""The map's words, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.api.menus import Door, MenuView, Problem
from ui import menu_words
from ui.translations import Translations


@pytest.mark.parametrize(
    ("problem", "english", "chinese"),
    [
        (Problem(code="unreachable"), "Nothing leads here yet.", "还没有任何去向指到这里。"),
        (
            Problem(code="prompt_missing", field="prompt", value="mine"),
            "There is no recording “mine” (Greeting).",
            "没有录音“mine”（问候语）。",
        ),
        (
            Problem(code="leads_nowhere", field="4", value="555"),
            "Key 4 leads nowhere: there is no 555.",
            "按键 4的去向不存在：没有 555。",
        ),
        (
            Problem(code="leads_nowhere", field="operator", value="555"),
            "Operator leads nowhere: there is no 555.",
            "话务员的去向不存在：没有 555。",
        ),
        (
            Problem(code="nothing_to_choose"),
            "Callers have nothing to choose from.",
            "来电者没有可选的内容。",
        ),
    ],
)
def test_what_is_wrong(
    problem: Problem, english: str, chinese: str, qt: QApplication, translations: Translations
) -> None:
    assert menu_words.problem_text(problem) == english
    translations.use("zh_CN")
    assert menu_words.problem_text(problem) == chinese


@pytest.mark.parametrize(
    ("door", "text"),
    [
        (Door(by="1", kind="extension", target="102", name="Workshop"), "Extension 102 – Workshop"),
        (Door(by="1", kind="menu", target="sales"), "Menu sales"),
        (Door(by="1", kind="number", target="9123"), "9123"),
        (Door(by="1", kind="back"), "Back to the menu before"),
        (Door(by="1", kind="voicemail", target="100"), "Voice mail of 100"),
    ],
)
def test_where_a_door_leads(door: Door, text: str, qt: QApplication) -> None:
    assert menu_words.door_text(door) == text


def test_the_doors_that_are_no_keys(qt: QApplication) -> None:
    assert [menu_words.key_name(by) for by in ("1", "*", "operator", "closed")] == [
        "1",
        "*",
        "Operator",
        "Closed",
    ]


def test_who_leads_there(qt: QApplication) -> None:
    entrances = (("line", "telecom"), ("line", "telecom"), ("menu", "main"), ("did_route", "025"))
    view = MenuView(
        name="main",
        description="",
        number="800",
        doors=(),
        entrances=entrances,
        is_reachable=True,
        problems=(),
    )
    assert menu_words.entrances_text(view) == "From: External line telecom, dialled as 800, …"
