"""From start to quit."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from app.api import records
from app.errors import EnvironmentFault
from app.events import CallState, StopRequested
from app.options import Options
from tests.support.fake_engine import FakeEngine, call_view
from tests.ui.conftest import settle, until
from ui.application import Application
from ui.dialogs.first_passwords import FirstPasswordsDialog
from ui.dialogs.startup_failure import StartupFailureDialog
from ui.main_window import MainWindow
from ui.theme import ThemeChoice

PORT = EnvironmentFault(
    "net.port", "UDP port 5060 cannot be opened.", port=5060, host="", transport="", reason=""
)


class Run:
    """An application with a fake engine, started."""

    def __init__(self, qt: QApplication, data: Path, engine: FakeEngine) -> None:
        self.engine = engine
        self.options: list[Options] = []
        self.application = Application(qt, Options(data=data), self._make)
        self.task = asyncio.ensure_future(self.application.run())

    def _make(self, options: Options) -> FakeEngine:
        self.options.append(options)
        return self.engine

    async def window(self) -> MainWindow:
        await until(lambda: self.application.window)
        assert self.application.window is not None
        await until(lambda: self.application.window.findChildren(FirstPasswordsDialog))  # type: ignore[union-attr]
        for dialog in self.application.window.findChildren(FirstPasswordsDialog):
            dialog.reject()
        await settle()
        return self.application.window

    async def end(self) -> int:
        self.application.quit()
        return await self.task


async def test_start_show_and_quit(qt: QApplication, tmp_path: Path, engine: FakeEngine) -> None:
    run = Run(qt, tmp_path, engine)
    window = await run.window()
    assert engine.is_running
    assert window.isVisible()
    window.menus.actions["quit"].trigger()
    assert await run.task == 0
    assert not engine.is_running
    assert (tmp_path / "window.ini").exists()


async def test_the_command_line_can_end_it_without_a_question(
    qt: QApplication, tmp_path: Path, engine: FakeEngine
) -> None:
    run = Run(qt, tmp_path, engine)
    await run.window()
    engine.publish(StopRequested())
    assert await run.task == 0
    assert not engine.is_running


async def test_quitting_with_live_calls_asks(qt: QApplication, tmp_path: Path, engine: FakeEngine) -> None:
    engine.live[1] = call_view(1, CallState.TALKING)
    run = Run(qt, tmp_path, engine)
    window = await run.window()
    for button, is_over in (("Stay", False), ("End the calls and quit", True)):
        window.close()
        await until(lambda: window.findChildren(QMessageBox))
        (box,) = window.findChildren(QMessageBox)
        assert "1 call is in progress" in box.text()
        next(each for each in box.buttons() if each.text() == button).click()
        await settle()
        assert (run.application._quit.done() if run.application._quit else False) is is_over
    assert await run.task == 0


@pytest.mark.logs("could not start")
async def test_another_port_is_tried_and_kept(qt: QApplication, tmp_path: Path, engine: FakeEngine) -> None:
    engine.start_errors = [PORT]
    run = Run(qt, tmp_path, engine)
    await until(lambda: failure_dialogs(qt))
    dialog = failure_dialogs(qt)[0]
    dialog.port.setText("5090")
    dialog.retry.click()
    await run.window()
    await settle()
    assert run.options[-1].sip_port == 5090
    assert engine.tables["setting"]["sip_port"]["value"] == 5090
    assert await run.end() == 0


@pytest.mark.logs("could not start")
async def test_giving_up_ends_the_run(qt: QApplication, tmp_path: Path, engine: FakeEngine) -> None:
    engine.start_errors = [EnvironmentFault("database.newer", "The database is newer.")]
    run = Run(qt, tmp_path, engine)
    await until(lambda: failure_dialogs(qt))
    failure_dialogs(qt)[0].reject()
    assert await run.task == 1
    await settle()


@pytest.mark.logs("could not start")
async def test_being_told_to_end_ends_the_question_too(
    qt: QApplication, tmp_path: Path, engine: FakeEngine
) -> None:
    engine.start_errors = [EnvironmentFault("database.newer", "The database is newer.")]
    run = Run(qt, tmp_path, engine)
    await until(lambda: failure_dialogs(qt))
    run.application.quit()  # as at SIGTERM, or when the session ends
    async with asyncio.timeout(5):
        assert await run.task == 1
    await settle()
    assert not [dialog for dialog in failure_dialogs(qt) if dialog.isVisible()]


async def test_language_and_appearance(qt: QApplication, tmp_path: Path, engine: FakeEngine) -> None:
    run = Run(qt, tmp_path, engine)
    window = await run.window()
    window.menus.actions["language.zh_CN"].trigger()
    window.menus.actions["theme.dark"].trigger()
    await settle()
    assert engine.tables["setting"]["language"]["value"] == "zh_CN"
    assert window.menus.actions["quit"].text() == "退出(&Q)"
    assert run.application.theme.is_dark
    await window.bridge.ask(records.set_settings, {"language": "en"})  # as the command line would
    await settle()
    assert window.menus.actions["quit"].text() == "&Quit"
    assert window.menus.actions["language.en"].isChecked()
    assert run.application.preferences.theme is ThemeChoice.DARK
    assert await run.end() == 0


@pytest.mark.logs("a slot failed")
async def test_a_mistake_in_a_slot_is_shown(qt: QApplication, tmp_path: Path, engine: FakeEngine) -> None:
    run = Run(qt, tmp_path, engine)
    window = await run.window()

    def fail() -> None:
        raise ZeroDivisionError("oops")

    window.status.calls.clicked.connect(fail)
    window.status.calls.click()
    assert "ZeroDivisionError" in window.notices.sentences[0]
    assert await run.end() == 0


def failure_dialogs(qt: QApplication) -> list[StartupFailureDialog]:
    return [widget for widget in qt.topLevelWidgets() if isinstance(widget, StartupFailureDialog)]
