"""What all dialogs share."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import isValid

from app.errors import UserError
from tests.ui.conftest import settle
from ui.dialogs import dialog as dialog_module
from ui.dialogs.dialog import Dialog


class Plain(Dialog):
    topic = "trace"

    def retranslate(self) -> None:
        return


async def test_freed_on_close_and_its_errands_end(qt: QApplication) -> None:
    dialog = Plain()
    ended: list[bool] = []

    async def work() -> None:
        try:
            await settle(10_000)
        finally:
            ended.append(True)

    dialog.errands.start(work())
    dialog.show()
    await settle()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await settle()
    assert ended == [True]
    assert not isValid(dialog)


async def test_errors_stand_on_top(qt: QApplication) -> None:
    dialog = Plain()
    dialog.report(UserError("x.y", "No."))
    assert dialog.notices.sentences == ["Error: No."]
    dialog.deleteLater()
    await settle()


async def test_enter_means_the_default_button_only(qt: QApplication) -> None:
    dialog = Plain()
    buttons = [QPushButton("a", dialog), QPushButton("b", dialog)]
    buttons[1].setDefault(True)
    dialog.show()
    assert [button.autoDefault() for button in buttons] == [False, True]
    dialog.reject()
    await settle()


async def test_f1_opens_the_manual(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(dialog_module.help_pages, "show_topic", asked.append)
    dialog = Plain()
    dialog.open_help()
    assert asked == ["trace"]
    dialog.deleteLater()
    await settle()
