"""The page of the automatic attendant, driven as a user would."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QInputDialog, QMessageBox

from tests.support.fake_engine import FakeEngine, default_values
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.pages.attendant import AttendantPage
from ui.translations import Translations


@pytest.fixture
async def page(window: MainWindow, engine: FakeEngine) -> AttendantPage:
    engine.tables["menu"] = {
        "default": default_values("menu", "default") | {"number": "800", "key_1": "menu:sales"},
        "sales": default_values("menu", "sales") | {"description": "Sales"},
    }
    window.menus.actions["page.attendant"].trigger()
    window.attendant.start()
    await settle()
    return window.attendant


def answer(page: AttendantPage, text: str) -> None:
    (dialog,) = (each for each in page.findChildren(QInputDialog) if each.isVisible())
    dialog.setTextValue(text)
    dialog.accept()


async def decide(page: AttendantPage, text: str) -> None:
    (box,) = (each for each in page.findChildren(QMessageBox) if each.isVisible())
    next(button for button in box.buttons() if button.text() == text).click()
    await settle()


async def test_the_first_menu_is_shown_beside_the_map(window: MainWindow, page: AttendantPage) -> None:
    assert window.page is page
    assert page.picture.names == ("default", "sales")
    assert (page.current, page.picture.current, page.chooser.currentData()) == ("default",) * 3


async def test_a_menu_is_chosen_in_the_picture_or_in_the_list(page: AttendantPage) -> None:
    page.picture.chosen.emit("sales")
    await settle()
    assert (page.current, page.chooser.currentText()) == ("sales", "sales – Sales")
    page.chooser.activated.emit(0)
    await settle()
    assert (page.current, page.picture.current) == ("default", "default")


async def test_a_key_is_given_a_place_and_saved(page: AttendantPage, engine: FakeEngine) -> None:
    edit = page.details.keys.editors["key_2"]
    edit.kind.setCurrentIndex(edit.kind.findData("extension"))
    edit.target.setCurrentIndex(edit.target.findData("102"))
    page.details.save.click()
    await settle()
    assert engine.tables["menu"]["default"]["key_2"] == "extension:102"
    assert [door.target for door in page.views[0].doors] == ["sales", "102"]
    assert not page.details.save.isEnabled()


async def test_unsaved_changes_are_asked_about(page: AttendantPage) -> None:
    page.details.keys.direct_dial.toggle()
    page.choose("sales")
    await settle()
    await decide(page, "Go on editing")
    assert (page.current, page.chooser.currentData()) == ("default", "default")
    assert page.details.changed_values()
    page.choose("sales")
    await settle()
    await decide(page, "Discard")
    assert page.current == "sales"


async def test_changes_of_others_do_not_take_away_what_is_being_edited(
    page: AttendantPage, engine: FakeEngine
) -> None:
    page.details.keys.direct_dial.toggle()
    engine._set("extension", "101", {"description": "New"})
    await settle()
    assert page.details.changed_values() == {"direct_dial": False}


async def test_a_menu_is_added_renamed_and_deleted(page: AttendantPage, engine: FakeEngine) -> None:
    page.add_button.click()
    await settle()
    answer(page, "night")
    await settle()
    assert page.current == "night"
    assert page.details.problems.text() == "⚠ Nothing leads here yet."
    page.rename_button.click()
    await settle()
    answer(page, "evening")
    await settle()
    assert page.current == "evening"
    assert ("rename", ("night", "evening")) in engine.asked
    page.delete_button.click()
    await settle()
    await decide(page, "Delete")
    assert "evening" not in engine.tables["menu"]
    assert page.current == "default"


async def test_giving_up_adds_nothing(page: AttendantPage, engine: FakeEngine) -> None:
    page.add_button.click()
    await settle()
    (dialog,) = (each for each in page.findChildren(QInputDialog) if each.isVisible())
    dialog.reject()
    await settle()
    assert list(engine.tables["menu"]) == ["default", "sales"]


async def test_without_a_menu_there_is_one_thing_to_do(page: AttendantPage, engine: FakeEngine) -> None:
    engine.tables["menu"].clear()
    page.start()
    await settle()
    assert page.content.currentWidget() is page.empty
    assert not page.delete_button.isEnabled()
    assert page.current == ""
    page.empty.button.click()
    await settle()
    answer(page, "main")
    await settle()
    assert page.content.currentWidget() is page.splitter
    assert page.current == "main"


async def test_it_speaks_as_the_original(
    window: MainWindow, page: AttendantPage, translations: Translations
) -> None:
    translations.use("zh_CN")
    await settle()
    assert window.menus.actions["page.attendant"].text() == "自动话务员(&A)"
    assert page.add_button.text() == "新建菜单"
