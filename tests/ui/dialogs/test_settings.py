"""Data – System."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.api import records
from app.errors import UserError
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.dialogs import settings as settings_module
from ui.dialogs.settings import SettingsDialog
from ui.translations import Translations


@pytest.fixture
async def dialog(bridge: Bridge) -> AsyncIterator[SettingsDialog]:
    made = SettingsDialog(bridge, {field.name: field.default for field in records.settings()})
    made.show()
    await settle()
    yield made
    if isValid(made):
        made.done(0)
    await settle()


def shown(dialog: SettingsDialog) -> set[str]:
    return {name for name, row in dialog.rows.items() if not row.isHidden()}


def typed(dialog: SettingsDialog, name: str, text: str) -> None:
    line = dialog.rows[name].editor._control
    line.clear()  # type: ignore[attr-defined]
    QTest.keyClicks(line, text)


async def test_groups_and_search(dialog: SettingsDialog, translations: Translations) -> None:
    network = next(place for place, name in enumerate(dialog._names) if name == "Network")
    dialog.groups.setCurrentRow(network)
    assert "sip_port" in shown(dialog)
    assert "no_answer_s" not in shown(dialog)
    dialog.search.setText("certificate")
    assert {"tls_certificate", "tls_key"} <= shown(dialog)
    dialog.search.setText("qwertz")
    assert shown(dialog) == set()
    assert not dialog._nothing.isHidden()
    translations.use("zh_CN")
    dialog.search.setText("公网地址")
    assert shown(dialog) == {"public_address"}


async def test_a_changed_value_has_a_dot_and_a_way_back(dialog: SettingsDialog) -> None:
    row = dialog.rows["no_answer_s"]
    assert row.mark.isHidden()
    typed(dialog, "no_answer_s", "30")
    assert not row.mark.isHidden()
    row.default.click()
    assert row.mark.isHidden()
    assert dialog.changed_values() == {}


async def test_a_mistake_is_shown_and_gone_to(dialog: SettingsDialog, engine: FakeEngine) -> None:
    typed(dialog, "sip_port", "99999")
    assert "out of range" in dialog.rows["sip_port"].editor.problem
    dialog.save.click()
    await settle()
    assert engine.asked == []
    assert dialog.groups.currentItem().text() == "Network"


async def test_saved_together(dialog: SettingsDialog, engine: FakeEngine) -> None:
    restarts: list[bool] = []
    dialog.saved.connect(restarts.append)
    typed(dialog, "no_answer_s", "30")
    dialog.save.click()
    await settle()
    assert engine.tables["setting"]["no_answer_s"]["value"] == "30"
    assert restarts == [False]
    assert not isValid(dialog)


async def test_a_refusal_between_settings_stands_at_its_setting(
    dialog: SettingsDialog, engine: FakeEngine
) -> None:
    typed(dialog, "tls_port", "5060")
    engine.refuse = UserError("setting.ports_equal", "Two ports, please.", field="tls_port")
    dialog.save.click()
    await settle()
    assert dialog.rows["tls_port"].editor.problem == "Two ports, please."


async def test_unsaved_changes_are_asked_about(
    dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def yes(*_: object, **__: object) -> bool:
        return True

    monkeypatch.setattr(settings_module, "confirm", yes)
    typed(dialog, "no_answer_s", "31")
    dialog.reject()
    await settle()
    assert not isValid(dialog)
