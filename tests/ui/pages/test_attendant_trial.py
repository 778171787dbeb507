"""A path is tried in the window with the engine's own logic."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.support.fake_engine import FakeEngine, default_values
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.errands import Errands
from ui.pages.attendant_trial import AttendantTrial
from ui.translations import Translations


@pytest.fixture
async def trial(bridge: Bridge, engine: FakeEngine, reported: list[Exception]) -> AttendantTrial:
    keys = {"key_1": "menu:sales", "key_2": "extension:555", "key_3": "voicemail:101", "key_4": "hangup"}
    engine.tables["menu"] = {
        "main": default_values("menu", "main") | keys,
        "sales": default_values("menu", "sales") | {"direct_dial": False},
    }
    made = AttendantTrial(bridge, Errands(reported.append))
    made.show_menu("main")
    await settle()
    return made


def lines(trial: AttendantTrial) -> list[str]:
    return [trial.heard.item(place).text() for place in range(trial.heard.count())]


async def test_it_begins_with_the_greeting(trial: AttendantTrial) -> None:
    assert lines(trial) == ["The recording “menu-greeting”"]
    assert trial.verdict.text() == "Menu main waits 6 s for a key."
    assert trial.keys["1"].isEnabled()


async def test_keys_lead_on_until_the_call_has_gone_somewhere(trial: AttendantTrial) -> None:
    for key in "102":
        trial.keys[key].click()
        await settle()
    assert lines(trial)[1:] == [f"The caller presses {key}" for key in "102"]
    assert trial.verdict.text() == "Extension 102 rings."
    assert not trial.keys["1"].isEnabled()
    trial.press("1")
    assert trial.pressed == list("102")
    trial.again.click()
    await settle()
    assert trial.pressed == []
    assert trial.verdict.text() == "Menu main waits 6 s for a key."


async def test_the_keyboard_dials_too(trial: AttendantTrial) -> None:
    QTest.keyClick(trial, Qt.Key.Key_3)
    QTest.keyClick(trial, Qt.Key.Key_A)
    await settle()
    assert trial.pressed == ["3"]
    assert trial.verdict.text() == "The call goes to: Voice mail of 101"


@pytest.mark.parametrize(
    ("presses", "verdict"),
    [
        (["1", ""], "Menu sales waits 6 s for a key."),
        (["2"], "This leads nowhere (Not Found): the caller is told, and comes back."),
        (["4"], "The call ends."),
        (["", "", ""], "The call ends."),
    ],
)
async def test_what_becomes_of_the_call(trial: AttendantTrial, presses: list[str], verdict: str) -> None:
    for key in presses:
        trial.press(key)
        await settle()
    assert trial.verdict.text() == verdict


async def test_pressing_nothing_is_a_line_of_its_own(
    trial: AttendantTrial, translations: Translations
) -> None:
    trial.wait.click()
    await settle()
    assert lines(trial)[1] == "The caller presses nothing"
    translations.use("zh_CN")
    trial.retranslate()
    assert lines(trial)[1] == "来电者没有按键"
