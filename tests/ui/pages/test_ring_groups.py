"""The page of the ring groups."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from tests.support.fake_engine import FakeEngine, default_values
from tests.ui.conftest import settle, until
from ui.dialogs.record import RecordDialog
from ui.main_window import MainWindow
from ui.pages.ring_groups import RingGroupsPage
from ui.translations import Translations
from ui.widgets.records_edit import RecordsEdit


@pytest.fixture
async def page(window: MainWindow, engine: FakeEngine) -> RingGroupsPage:
    engine.tables["extension"]["100"]["description"] = "Front desk"
    engine.tables["ring_group"] = {
        "600": default_values("ring_group", "600") | {"members": "100, 101", "description": "Sales"}
    }
    window.menus.actions["page.ring_groups"].trigger()
    assert window.page is window.ring_groups
    window.ring_groups.start()
    await until(lambda: window.ring_groups.groups.model.rowCount() == 1)
    return window.ring_groups


def open_dialog(window: MainWindow) -> RecordDialog:
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert isinstance(dialog, RecordDialog)
    return dialog


def members_of(dialog: RecordDialog) -> RecordsEdit:
    control = dialog.form.editors["members"]._control
    assert isinstance(control, RecordsEdit)
    return control


async def test_a_group_is_added_with_its_members(
    page: RingGroupsPage, window: MainWindow, engine: FakeEngine
) -> None:
    page.groups.add.click()
    await settle()
    dialog = open_dialog(window)
    dialog.form.editors["number"].set_value("601")
    members = members_of(dialog)
    members.choice.setCurrentIndex(members.choice.findData("102"))
    members.add_button.click()
    members.choice.setCurrentIndex(members.choice.findData("100"))
    members.add_button.click()
    dialog.save.click()
    await settle()
    assert engine.tables["ring_group"]["601"]["members"] == "102, 100"
    await until(lambda: page.groups.model.rowCount() == 2)


async def test_a_group_without_members_is_not_saved(
    page: RingGroupsPage, window: MainWindow, engine: FakeEngine
) -> None:
    page.groups.edit.click()
    await settle()
    dialog = open_dialog(window)
    members = members_of(dialog)
    assert [members.list.item(row).text() for row in range(2)] == ["100 Front desk", "101"]
    members.remove_button.click()
    members.remove_button.click()
    dialog.save.click()
    await settle()
    assert dialog.form.editors["members"].problem
    assert engine.tables["ring_group"]["600"]["members"] == "100, 101"
    dialog.done(0)
    await settle()


async def test_the_empty_page_says_what_a_group_is(window: MainWindow, translations: Translations) -> None:
    window.show_page("ring_groups")
    await settle()
    assert "several extensions ring" in window.ring_groups.groups.empty._sentence.text()
    translations.use("zh_CN")
    await settle()
    assert window.ring_groups.groups.table.accessibleName() == "振铃组"


async def test_the_search(page: RingGroupsPage) -> None:
    page.go_to_search()
    page.groups.search.setText("nothing like it")
    assert page.groups.model.rowCount() == 0
