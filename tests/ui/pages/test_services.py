"""The page of the services."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui.dialogs.record import RecordDialog
from ui.main_window import MainWindow
from ui.pages.services import KINDS
from ui.translations import Translations


@pytest.mark.parametrize("kind", KINDS)
async def test_each_list_has_its_menu_entry(window: MainWindow, kind: str) -> None:
    window.menus.actions[f"{kind}.open"].trigger()
    assert window.page is window.services
    current = window.services.current
    assert current is not None
    assert current.kind.name == kind


async def test_anonymous_callers_are_blocked_in_three_fields(window: MainWindow, engine: FakeEngine) -> None:
    window.menus.actions["screening.open"].trigger()
    window.services.lists["screening"].empty.button.click()
    await settle()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert isinstance(dialog, RecordDialog)
    dialog.form.editors["id"].set_value("1")
    dialog.form.editors["caller_prefix"].set_value("anonymous")
    dialog.save.click()
    await settle()
    saved = engine.tables["screening"]["1"]
    assert (saved["caller_prefix"], saved["called_prefix"], str(saved["rate"])) == ("anonymous", "*", "100")


async def test_it_speaks_as_the_original(window: MainWindow, translations: Translations) -> None:
    translations.use("zh_CN")
    await settle()
    assert window.menus.actions["screening.open"].text() == "系统黑白名单(&S)"
    assert window.services.tabs.tabText(0) == "系统黑白名单"
    names = [window.navigation.item(place).text() for place in range(window.navigation.count())]
    assert {"外线", "SIP中继", "业务"} <= set(names)
