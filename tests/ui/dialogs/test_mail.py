"""Maintain – Mail: the administrator's address and the queue."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox

from app.api.mail import AddressState
from app.events import MailChanged
from tests.support.fake_engine import FakeEngine, letter_view
from tests.ui.conftest import settle, until
from ui.dialogs.mail import MailDialog
from ui.main_window import MainWindow


async def opened(window: MainWindow) -> MailDialog:
    window.menus.actions["mail.open"].trigger()
    await settle()
    (dialog,) = window.findChildren(MailDialog)
    return dialog


async def test_an_address_is_confirmed_by_the_code(window: MainWindow, engine: FakeEngine) -> None:
    engine.address = AddressState("owner@example.net", False, False)
    dialog = await opened(window)
    assert "not confirmed" in dialog.standing.text()
    assert not dialog.code.isVisible()
    QTest.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    await until(dialog.code.isVisible)
    QTest.keyClicks(dialog.code, "999999")
    QTest.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    await settle()
    assert dialog.notices.sentences == ["Error: 999999 is not the code."]
    dialog.code.clear()
    QTest.keyClicks(dialog.code, "123456")
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    await until(lambda: "is confirmed" in dialog.standing.text())
    assert dialog.notices.sentences == []
    assert not dialog.send_button.isVisible()


async def test_without_an_address_the_settings_are_offered(window: MainWindow) -> None:
    dialog = await opened(window)
    asked: list[str] = []
    dialog.settings_requested.connect(asked.append)
    assert "nobody" in dialog.standing.text()
    assert not dialog.send_button.isVisible()
    QTest.mouseClick(dialog.set_button, Qt.MouseButton.LeftButton)
    assert asked == ["mail_host"]
    await settle()


async def test_a_letter_says_why_it_failed_and_is_tried_again(window: MainWindow, engine: FakeEngine) -> None:
    engine.letters = [
        letter_view(1, "sent"),
        letter_view(2, "failed", code="mail.recipient", reason="No such user."),
    ]
    dialog = await opened(window)
    assert not dialog.again_button.isEnabled()
    dialog.table.selectRow(dialog.model.place(2) or 0)
    assert dialog.reason.text() == "No such user."
    QTest.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    await until(lambda: [letter.state for letter in engine.letters] == ["sent", "sent"])
    await until(lambda: not dialog.again_button.isEnabled())


async def test_letters_are_deleted_after_a_question(window: MainWindow, engine: FakeEngine) -> None:
    engine.letters = [letter_view(1, "failed")]
    dialog = await opened(window)
    dialog.table.selectAll()
    QTest.mouseClick(dialog.delete_button, Qt.MouseButton.LeftButton)
    await settle()
    (box,) = dialog.findChildren(QMessageBox)
    box.buttons()[0].click()
    await until(lambda: not engine.letters)
    await until(lambda: dialog.list.currentWidget() is dialog.empty)


async def test_a_test_letter_is_asked_for_and_seen_coming(window: MainWindow, engine: FakeEngine) -> None:
    dialog = await opened(window)
    dialog.empty.button.click()
    (question,) = dialog.findChildren(QInputDialog)
    question.setTextValue("owner@example.net")
    question.accept()
    await until(lambda: dialog.model.rowCount() == 1)
    engine.letters = [letter_view(1, "sent")]
    engine.publish(MailChanged())
    await until(lambda: dialog.model.get(1) is not None and dialog.model.get(1).state == "sent")  # type: ignore[union-attr]
