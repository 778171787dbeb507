"""A new line on trial."""

from __future__ import annotations

import pytest

from app.events import LineState
from tests.support.fake_engine import FakeEngine, line_view
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.dialogs.line_trial import LineTrial
from ui.errands import Errands


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LineState.REGISTERED, "on line."),
        (LineState.REGISTERING, "registering …"),
        (LineState.FAILED, "does not come on line yet."),
        (LineState.DISABLED, "saved, and disabled."),
    ],
)
async def test_the_state_in_words(
    bridge: Bridge, engine: FakeEngine, reported: list[Exception], state: LineState, words: str
) -> None:
    errands = Errands(reported.append)
    trial = LineTrial(bridge, errands)
    engine.lines["telecom"] = line_view("telecom", state)
    trial.begin("line", "telecom")
    await settle()
    assert trial.title.text().endswith(words)
    assert ("examine", ("telecom",)) in engine.asked or state is not LineState.FAILED
    trial.follow(line_view("another", LineState.FAILED))
    assert trial.view is not None
    assert trial.view.name == "telecom"
    trial.deleteLater()
    await settle()
    assert reported == []
