"""The generated passwords."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.dialogs.first_passwords import FirstPasswordsDialog


async def test_shown_copied_and_forgotten(bridge: Bridge, engine: FakeEngine) -> None:
    dialog = FirstPasswordsDialog(bridge, engine.passwords, ["192.0.2.1:5060"])
    dialog.open()
    labels = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "pw-101-secret" in labels
    assert "192.0.2.1:5060" in labels
    dialog._copies[1].click()
    assert QGuiApplication.clipboard().text() == "pw-101-secret"
    dialog._copy_all.click()
    assert QGuiApplication.clipboard().text().splitlines()[2] == "102\tpw-102-secret"
    dialog.done_button.click()
    await settle()
    assert engine.passwords == ()
    assert not isValid(dialog)


async def test_later_keeps_them(bridge: Bridge, engine: FakeEngine) -> None:
    dialog = FirstPasswordsDialog(bridge, engine.passwords, [])
    dialog.open()
    dialog.later.click()
    await settle()
    assert engine.passwords
