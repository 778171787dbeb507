"""When the engine could not start."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentFault
from tests.ui.conftest import settle
from ui.dialogs import startup_failure
from ui.dialogs.startup_failure import Answer, StartupFailureDialog

PORT = EnvironmentFault("net.port", "UDP port 5060 of 0.0.0.0 cannot be opened (in use).", port=5060)


def answers(dialog: StartupFailureDialog) -> list[tuple[object, object]]:
    given: list[tuple[object, object]] = []
    dialog.answered.connect(lambda *answer: given.append(answer))
    dialog.show()
    return given


async def test_another_port_can_be_tried(qt: QApplication) -> None:
    dialog = StartupFailureDialog(PORT)
    given = answers(dialog)
    dialog.port.setText("70000")
    dialog.retry.click()
    assert given == []
    assert dialog._problem.text() == "A number from 1 to 65535"
    dialog.port.setText("5070")
    dialog.retry.click()
    await settle()
    assert given == [(Answer.RETRY, 5070)]


async def test_quit(qt: QApplication) -> None:
    dialog = StartupFailureDialog(PORT)
    given = answers(dialog)
    dialog.quit.click()
    await settle()
    assert given == [(Answer.QUIT, None)]


async def test_other_faults_offer_no_port(qt: QApplication) -> None:
    dialog = StartupFailureDialog(EnvironmentFault("database.newer", "The database is newer."))
    given = answers(dialog)
    assert dialog.port.isHidden()
    assert dialog._text.text() == "The database is newer."
    dialog.retry.click()
    await settle()
    assert given == [(Answer.RETRY, None)]


@pytest.mark.parametrize(
    ("platform", "name"), [("win32", "the OpenMSS service run"), ("linux", "openmss.service run")]
)
async def test_the_service_is_asked_about(
    qt: QApplication, monkeypatch: pytest.MonkeyPatch, platform: str, name: str
) -> None:
    monkeypatch.setattr(startup_failure, "sys", SimpleNamespace(platform=platform))
    dialog = StartupFailureDialog(PORT)
    assert name in dialog._hint.text()
    assert "cannot share one port" in dialog._hint.text()
    assert dialog._hint.text().endswith("or use another port.")
    dialog.deleteLater()
