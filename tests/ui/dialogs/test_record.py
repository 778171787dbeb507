"""Adding and editing one record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from shiboken6 import isValid

from app.api import records
from app.api.records import Saved
from app.db.kind import Caution
from app.errors import EnvironmentFault
from app.fields import KindSpec
from tests.support.fake_engine import FakeEngine, extension_values
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.dialogs import record as record_module
from ui.dialogs.record import RecordDialog, new_values

KIND = records.kind("extension")


def typed(dialog: RecordDialog, name: str, text: str) -> None:
    line = dialog.form.editors[name]._control
    line.clear()  # type: ignore[attr-defined]
    QTest.keyClicks(line, text)


async def test_add(bridge: Bridge, engine: FakeEngine) -> None:
    dialog = RecordDialog(bridge, KIND, None, new_values(KIND))
    saved: list[str] = []
    dialog.saved.connect(saved.append)
    dialog.open()
    typed(dialog, "number", "2000")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    await settle()
    assert saved == ["2000"]
    assert engine.tables["extension"]["2000"]["password"]
    assert not isValid(dialog)


async def test_a_mistake_keeps_the_dialog_open_and_asks_nobody(bridge: Bridge, engine: FakeEngine) -> None:
    dialog = RecordDialog(bridge, KIND, None, new_values(KIND))
    dialog.open()
    await settle()
    engine.asked.clear()
    dialog.save.click()
    await settle()
    assert dialog.isVisible()
    assert dialog.form.editors["number"].problem
    assert engine.asked == []
    dialog.done(0)
    await settle()


async def test_a_duplicate_shows_at_the_number(bridge: Bridge) -> None:
    dialog = RecordDialog(bridge, KIND, None, new_values(KIND))
    dialog.open()
    typed(dialog, "number", "100")
    dialog.save.click()
    await settle()
    assert "already" in dialog.form.editors["number"].problem
    assert dialog.save.isEnabled()
    dialog.done(0)
    await settle()


async def test_a_fault_shows_on_top(bridge: Bridge, engine: FakeEngine) -> None:
    dialog = RecordDialog(bridge, KIND, "100", extension_values("100"))
    dialog.open()
    typed(dialog, "description", "Gate")
    await settle()
    engine.refuse = EnvironmentFault("disk.full", "The disk is full.")
    dialog.save.click()
    await settle()
    assert dialog.notices.sentences == ["Error: The disk is full."]
    dialog.save.click()
    await settle()
    assert engine.tables["extension"]["100"]["description"] == "Gate"


async def test_a_caution_is_told(bridge: Bridge, engine: FakeEngine) -> None:
    caution = Caution("extension.password_weak", "Weak.", "password")
    engine._answers[records.set_record] = lambda kind, key, values: Saved(key, cautions=(caution,))
    dialog = RecordDialog(bridge, KIND, "100", extension_values("100"))
    told: list[str] = []
    dialog.cautioned.connect(lambda notice: told.append(notice.text))
    dialog.open()
    typed(dialog, "description", "x")
    dialog.save.click()
    await settle()
    assert told == ["Weak."]


@pytest.mark.parametrize("is_sure", [True, False])
async def test_unsaved_changes_are_asked_about(
    bridge: Bridge, monkeypatch: pytest.MonkeyPatch, is_sure: bool
) -> None:
    async def answer(*_: object, **__: object) -> bool:
        return is_sure

    monkeypatch.setattr(record_module, "confirm", answer)
    dialog = RecordDialog(bridge, KIND, "100", extension_values("100"))
    dialog.open()
    typed(dialog, "description", "Gate")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await settle()
    assert isValid(dialog) is not is_sure
    if not is_sure:
        dialog.done(0)
        await settle()


@pytest.mark.parametrize(
    "kind", [kind for kind in records.kinds() if kind.name != "setting"], ids=lambda k: k.name
)
async def test_no_tick_box_is_cut(bridge: Bridge, kind: KindSpec) -> None:
    dialog = RecordDialog(bridge, kind, None, new_values(kind))
    dialog.open()
    await settle()
    for page in range(dialog.form._tabs.count()):
        dialog.form._tabs.setCurrentIndex(page)
        for box in dialog.form.findChildren(QCheckBox):
            assert not box.isVisible() or box.width() >= box.sizeHint().width(), box.text()
    dialog.close()
    await settle()
