"""The assistant for a new line, from the carrier to the trial."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from shiboken6 import isValid

from app.api.examination import Finding
from app.events import LineState, TrunkState
from tests.support.fake_engine import FakeEngine, examined, line_view, trunk_view
from tests.ui.conftest import settle, until
from ui.bridge import Bridge
from ui.dialogs.new_line import NewLineDialog


@pytest.fixture
async def dialog(bridge: Bridge) -> AsyncIterator[NewLineDialog]:
    made = NewLineDialog(bridge)
    made.open()
    await settle()
    yield made
    if isValid(made):
        made.done(0)
    await settle()


def answer(dialog: NewLineDialog, **answers: str) -> None:
    for key, value in answers.items():
        editor = dialog.questions.name if key == "name" else dialog.questions.editors[key]
        editor.set_value(value)


def to_the_questions(dialog: NewLineDialog, carrier: str) -> None:
    dialog.choice.search.setText(carrier)
    dialog.next.click()


async def test_sonetel_asks_for_what_its_customer_knows(dialog: NewLineDialog, engine: FakeEngine) -> None:
    to_the_questions(dialog, "Sonetel")
    assert list(dialog.questions.editors) == ["email", "password"]
    answer(dialog, name="sonetel-1", email="abc@gmail.com", password="secret-of-sonetel")
    dialog.next.click()
    summary = dict(dialog.summary.values.pairs)
    assert summary["Account"] == "abc"
    assert summary["Server address or domain"] == "gmail.com"
    assert summary["Proxy"] == "sip.sonetel.com"
    assert "secret-of-sonetel" not in summary.values()
    dialog.next.click()
    await settle()
    saved = engine.tables["line"]["sonetel-1"]
    assert (saved["user"], saved["domain"], saved["proxy"]) == ("abc", "gmail.com", "sip.sonetel.com")
    assert saved["password"] == "secret-of-sonetel"
    assert dialog.trial.title.text() == "The line sonetel-1 is registering …"
    engine.line(line_view("sonetel-1"))
    await until(lambda: dialog.trial.title.text() == "The line sonetel-1 is on line.")
    dialog.next.click()
    await settle()
    assert not isValid(dialog)


async def test_a_missing_answer_is_shown_where_it_belongs(dialog: NewLineDialog) -> None:
    to_the_questions(dialog, "China Telecom")
    dialog.next.click()
    assert dialog.pages.currentWidget() is dialog.questions
    assert "missing" in dialog.questions.editors["number"].problem
    answer(dialog, number="+8612345678", password="x-9-secret-y", domain="gd.ctcims.cn", proxy="10.32.8.1")
    answer(dialog, name="has space")
    dialog.next.click()
    assert dialog.questions.name.problem
    answer(dialog, name="telecom")
    dialog.next.click()
    assert dialog.pages.currentWidget() is dialog.summary
    assert any(said.startswith("Leave “Proxy” as it is") for said in dialog.summary.sentences)
    dialog.back.click()
    assert dialog.questions.answers["number"] == "+8612345678"


async def test_a_name_that_is_taken(dialog: NewLineDialog, engine: FakeEngine) -> None:
    engine.tables["line"] = {"sonetel": {}}
    to_the_questions(dialog, "Sonetel")
    answer(dialog, email="abc@gmail.com", password="secret-of-sonetel")
    dialog.next.click()
    dialog.next.click()
    await settle()
    assert dialog.pages.currentWidget() is dialog.questions
    assert "already" in dialog.questions.name.problem


async def test_a_refused_line_is_mended_by_other_answers(dialog: NewLineDialog, engine: FakeEngine) -> None:
    engine.examinations["s"] = examined(
        "s", Finding(id="R12", cause="x", text="Wrong password.", field="password")
    )
    to_the_questions(dialog, "Sonetel")
    answer(dialog, name="s", email="abc@gmail.com", password="wrong-of-sonetel")
    dialog.next.click()
    dialog.next.click()
    await settle()
    engine.line(line_view("s", LineState.FAILED))
    await until(lambda: dialog.trial.doctor.pane.cards)
    assert dialog.trial.title.text() == "The line s does not come on line yet."
    dialog.back.click()
    assert dialog.questions.name._control.isReadOnly()  # type: ignore[attr-defined]
    answer(dialog, password="right-of-sonetel")
    dialog.next.click()
    dialog.next.click()
    await settle()
    assert engine.tables["line"]["s"]["password"] == "right-of-sonetel"
    assert dialog.pages.currentWidget() is dialog.trial


async def test_a_carrier_that_knows_addresses_makes_a_trunk(
    dialog: NewLineDialog, engine: FakeEngine
) -> None:
    saved: list[tuple[str, str]] = []
    dialog.saved.connect(lambda kind, name: saved.append((kind, name)))
    to_the_questions(dialog, "Gamma")
    answer(dialog, name="gamma", server="203.0.113.4")
    dialog.next.click()
    dialog.next.click()
    await settle()
    assert saved == [("trunk", "gamma")]
    assert dialog.trial.title.text() == "The SIP trunk gamma is saved."
    engine.trunk(trunk_view("gamma", TrunkState.REACHABLE))


async def test_how_the_carrier_knows_us_changes_the_questions(dialog: NewLineDialog) -> None:
    to_the_questions(dialog, "VoIP.ms")
    assert "password" in dialog.questions.editors
    dialog.questions.editors["way"].set_value("ip")
    assert "password" not in dialog.questions.editors


async def test_without_a_template(dialog: NewLineDialog) -> None:
    asked: list[str] = []
    dialog.plain_requested.connect(asked.append)
    dialog.plain.click()
    await settle()
    assert asked == ["line"]


async def test_evidence_leaves_the_assistant(dialog: NewLineDialog) -> None:
    asked: list[int] = []
    dialog.message_requested.connect(asked.append)
    dialog.trial.message_requested.emit(5)
    await settle()
    assert asked == [5]
    assert not isValid(dialog)
