"""What is offered while one types."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCompleter, QLineEdit

from app.api import records
from tests.support.fake_engine import FakeEngine, default_values
from tests.ui.conftest import settle
from ui import suggestions
from ui.bridge import Bridge
from ui.dialogs.record import RecordDialog, new_values


@pytest.fixture
def outside(engine: FakeEngine) -> FakeEngine:
    engine.tables["line"] = {
        name: default_values("line", name) | {"outgoing_group": "1"} for name in ("telecom", "sonetel")
    }
    engine.tables["trunk"] = {"branch": default_values("trunk", "branch")}
    return engine


async def test_what_is_offered(bridge: Bridge, outside: FakeEngine) -> None:
    offered = suggestions.suggestions
    assert await offered(bridge, "called_rule", "route_target") == ["telecom", "sonetel", "branch", "1"]
    assert await offered(bridge, "refine_rule", "outgoing_group") == ["1", "trunk:branch"]
    outside.tables["ring_group"] = {"600": default_values("ring_group", "600")}
    outside.tables["menu"] = {"sales": default_values("menu", "sales")}
    numbers = ["100", "101", "102"]
    boxes = [f"voicemail:{number}" for number in numbers]
    assert await offered(bridge, "did_route", "destination") == [*numbers, "menu:sales", "group:600", *boxes]
    assert await offered(bridge, "display_number", "caller") == numbers
    assert not suggestions.has_any("line", "user")


def test_the_fields_exist() -> None:
    for kind, field in (*suggestions._SOURCES, *suggestions._GROUPS):
        assert records.kind(kind).field(field) is not None


async def test_a_choice_counts_as_typed(bridge: Bridge, outside: FakeEngine) -> None:
    spec = records.kind("called_rule")
    dialog = RecordDialog(bridge, spec, None, new_values(spec))
    dialog.open()
    await settle()
    line = dialog.form.editors["route_target"]._control
    assert isinstance(line, QLineEdit)
    completer = line.completer()
    assert isinstance(completer, QCompleter)
    line.setText("telecom")
    completer.activated.emit("telecom")
    assert dialog.form.is_changed
    dialog.done(0)
    await settle()
