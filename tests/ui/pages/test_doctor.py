"""The line doctor in its panes: on lines, on calls, and what its findings do."""

from __future__ import annotations

import pytest

from app.api.examination import AuthForm, Finding
from app.events import LineState
from tests.support.fake_engine import FakeEngine, default_values, examined, line_view, message, record_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.pages import doctor as doctor_module
from ui.pages.doctor import Doctor

DOMAIN = Finding(
    id="R14",
    cause="auth_user_form",
    text="English.",
    field="auth_user_with_domain",
    value=True,
    evidence=(0, 1),
    details={"username": "a", "status": 403, "wanted": "a@b"},
)
PASSWORD = Finding(id="R12", cause="unknown_cause", text="Check the password.", field="password")


async def line_with_findings(window: MainWindow, engine: FakeEngine) -> Doctor:
    engine.examinations["telecom"] = examined("telecom", DOMAIN, PASSWORD)
    window.show_page("lines")
    engine.line(line_view("telecom", LineState.FAILED))
    doctor = window.lines.details.doctor
    await until(lambda: len(doctor.pane.cards) == 2)
    return doctor


async def test_cause_field_and_value(window: MainWindow, engine: FakeEngine) -> None:
    doctor = await line_with_findings(window, engine)
    first, second = doctor.pane.cards
    assert "“a@b”" in first.view.text
    assert first.view.label == "Authentication user name includes the address"
    assert first.view.value_text == "Yes"
    assert second.view.text == "Check the password."
    assert not second.view.has_value


async def test_evidence_opens_the_trace_at_the_message(window: MainWindow, engine: FakeEngine) -> None:
    engine.messages = [
        message(1, "REGISTER", call_id="r"),
        message(2, "403 Forbidden", call_id="r"),
        message(3),
    ]
    doctor = await line_with_findings(window, engine)
    link = doctor.pane.cards[0].links[1]
    assert link.text() == "← 403 Forbidden"
    link.click()
    await until(lambda: window.trace.table.current_row() is not None)
    assert window.page is window.trace
    assert window.trace.table.current_row().id == 2
    assert window.trace.filter.call_ids == ("r",)
    assert window.trace.model.rowCount() == 2


async def test_apply_and_try_again(window: MainWindow, engine: FakeEngine) -> None:
    doctor = await line_with_findings(window, engine)
    doctor.pane.cards[0].apply.click()
    await settle()
    assert engine.tables["line"]["telecom"]["auth_user_with_domain"] is True
    assert ("register_now", ("telecom",)) in engine.asked


async def test_a_value_only_the_user_knows_is_edited(window: MainWindow, engine: FakeEngine) -> None:
    doctor = await line_with_findings(window, engine)
    asked: list[tuple[str, object]] = []
    window.lines.record_requested.disconnect()
    window.lines.record_requested.connect(lambda kind, key: asked.append((kind, key)))
    doctor.pane.cards[1].edit.click()
    assert asked == [("line", "telecom")]


async def test_nothing_wrong_is_said(window: MainWindow, engine: FakeEngine) -> None:
    window.show_page("lines")
    engine.line(line_view("telecom"))
    doctor = window.lines.details.doctor
    await until(lambda: doctor.pane.sentence.startswith("Nothing is wrong"))


async def test_a_refused_call_tells_why(window: MainWindow, engine: FakeEngine) -> None:
    engine.examinations["call-1"] = examined("telecom", DOMAIN)
    engine.past = [record_view(1, "failed"), record_view(2)]
    engine.tables["line"] = {"telecom": default_values("line", "telecom")}
    window.show_page("records")
    window.records.reload()
    await until(lambda: window.records.model.rowCount() == 2)
    window.records.table.selectRow(1)
    doctor = window.records.details.doctor
    await until(lambda: not doctor.isHidden())
    doctor.pane.cards[0].apply.click()
    await settle()
    assert doctor.pane.sentence.startswith("The change is saved")
    window.records.table.selectRow(0)
    assert doctor.isHidden()


@pytest.mark.parametrize("is_sure", [True, False])
async def test_the_search_for_the_name_asks_first(
    window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, is_sure: bool
) -> None:
    asked: list[str] = []

    async def answer(parent: object, *, title: str, text: str, yes: str, no: str) -> bool:
        asked.append(text)
        return is_sure

    monkeypatch.setattr(doctor_module, "confirm", answer)
    form = AuthForm(key="account@domain", username="a@b", fields={"auth_user_with_domain": True}, wait_s=0)
    engine.auth_forms = (form,)
    doctor = await line_with_findings(window, engine)
    assert not doctor.search.isHidden()
    doctor.search.click()
    await until(lambda: asked)
    assert "a@b" in asked[0]
    assert "403" in asked[0]
    if is_sure:
        await until(lambda: engine.tables["line"]["telecom"]["auth_user_with_domain"])
        engine.line(line_view("telecom"))
        await until(lambda: doctor.search.isEnabled())
        assert doctor.progress.text() == "The carrier accepts a@b. It is set now."
    else:
        await settle()
        assert not engine.tables["line"]["telecom"]["auth_user_with_domain"]


async def test_no_other_form(window: MainWindow, engine: FakeEngine) -> None:
    doctor = await line_with_findings(window, engine)
    doctor.search.click()
    await settle()
    assert doctor.progress.text().startswith("There is no other form")


async def test_a_finding_about_the_system_opens_the_settings(window: MainWindow, engine: FakeEngine) -> None:
    finding = Finding(
        id="R35", cause="nat", text="Behind a router.", field="public_address", value="203.0.113.77"
    )
    engine.examinations["telecom"] = examined("telecom", finding)
    window.show_page("lines")
    engine.line(line_view("telecom", LineState.FAILED))
    doctor = window.lines.details.doctor
    await until(lambda: doctor.pane.cards)
    doctor.pane.cards[0].apply.click()
    await settle()
    assert engine.tables["setting"]["public_address"]["value"] == "203.0.113.77"
