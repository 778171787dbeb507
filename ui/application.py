"""The window's life: start the engine, or say why it cannot; show the window; ask before quitting; stop."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from app.api import records
from app.errors import EnvironmentFault, UserError
from app.events import RecordChanged
from app.options import Options
from ui import icons
from ui.bridge import Bridge, EngineDoor
from ui.dialogs.questions import confirm
from ui.dialogs.startup_failure import Answer, StartupFailureDialog
from ui.fonts import choose_fonts
from ui.main_window import MainWindow
from ui.preferences import SYSTEM, Preferences
from ui.theme import Theme, ThemeChoice
from ui.translations import Translations
from ui.widgets.translated import Translated

logger = logging.getLogger(__name__)

_TLS_PORT = 5061  # the default; tells which of the two ports an error is about
_AUTO = "auto"  # the setting's word for "as the system"


class StartableEngine(EngineDoor, Protocol):
    """An engine that can be started and stopped; both block."""

    def start(self) -> tuple[str, ...]:
        """Start and give the addresses."""
        ...

    def stop(self) -> None:
        """End calls politely and stop."""
        ...


class EngineMaker(Protocol):
    """Makes an engine from the options of one run."""

    def __call__(self, options: Options, /) -> StartableEngine:
        """Make it, without starting."""
        ...


class Application(QObject):
    """One run of the window. `run` gives the exit code."""

    def __init__(self, application: QApplication, options: Options, make_engine: EngineMaker) -> None:
        super().__init__()
        self._application = application
        self._options = options
        self._make_engine = make_engine
        self._blocking = ThreadPoolExecutor(1, thread_name_prefix="window")
        self._changed_port: dict[str, int] = {}
        self.preferences = Preferences(options.data)
        choose_fonts(application)
        self.theme = Theme(application)
        self.translations = Translations(application)
        self.window: MainWindow | None = None
        self._quit: asyncio.Future[None] | None = None
        self._is_asking = False
        application.setApplicationName("OpenMSS")
        application.setWindowIcon(icons.application_icon())
        application.setQuitOnLastWindowClosed(False)  # quitting is decided in one place
        self.theme.choose(self.preferences.theme)
        self.theme.changed.connect(self._redraw)
        self.translations.use(self.preferences.language)

    async def run(self) -> int:
        """Live from start to quit."""
        self._quit = asyncio.get_running_loop().create_future()
        loop = asyncio.get_running_loop()
        while True:
            engine = self._make_engine(self._options)
            bridge = Bridge(engine)
            window = MainWindow(bridge, self.preferences, str(self._options.data))
            try:
                await loop.run_in_executor(self._blocking, engine.start)
                break
            except (UserError, EnvironmentFault) as error:
                logger.error("the engine could not start: %s", error)
                bridge.close()
                window.deleteLater()
                if not await self._ask_after_failure(error):
                    return 1
        self.window = window
        self._connect(window, bridge)
        self._watch_for_mistakes(loop)
        window.show()
        window.start()
        window.errands.start(self._settle(bridge))
        window.commands.show_passwords(only_if_any=True)
        try:
            await self._quit
        finally:
            await self._end(window, bridge, engine)
        return 0

    @Slot()
    def quit(self) -> None:
        """End the run without a question."""
        if self._quit is not None and not self._quit.done():
            self._quit.set_result(None)

    async def _end(self, window: MainWindow, bridge: Bridge, engine: StartableEngine) -> None:
        window.layout_memory.save()
        window.stop()
        window.hide()
        bridge.close()
        await asyncio.get_running_loop().run_in_executor(self._blocking, engine.stop)
        self._blocking.shutdown()
        sys.excepthook = sys.__excepthook__
        window.deleteLater()
        self.window = None

    async def _ask_after_failure(self, error: Exception) -> bool:
        """Show why; True when it is to be tried again, perhaps with another port."""
        answer: asyncio.Future[tuple[Answer, int | None]] = asyncio.get_running_loop().create_future()
        dialog = StartupFailureDialog(error)

        def take(decision: Answer, port: int | None) -> None:
            if not answer.done():
                answer.set_result((decision, port))

        def take_quit(_: asyncio.Future[None]) -> None:
            take(Answer.QUIT, None)
            dialog.close()

        dialog.answered.connect(take)
        dialog.show()
        assert self._quit is not None
        self._quit.add_done_callback(take_quit)  # a signal, the end of the session
        try:
            decision, port = await answer
        finally:
            self._quit.remove_done_callback(take_quit)
        if port is not None and isinstance(error, EnvironmentFault) and error.details.get("port") != port:
            if self._is_tls_port(error.details.get("port")):
                self._options = dataclasses.replace(self._options, tls_port=port)
                self._changed_port["tls_port"] = port
            else:
                self._options = dataclasses.replace(self._options, sip_port=port)
                self._changed_port["sip_port"] = port
        return decision is Answer.RETRY

    def _is_tls_port(self, failed: object) -> bool:
        options = self._options
        is_tls = failed == options.tls_port or (options.tls_port is None and failed == _TLS_PORT)
        return is_tls and failed != options.sip_port

    async def _settle(self, bridge: Bridge) -> None:
        """Take over the language the settings name, and keep a port the user has changed."""
        await self._take_language(bridge)
        if self._changed_port:
            await bridge.ask(records.set_settings, dict(self._changed_port))

    def _connect(self, window: MainWindow, bridge: Bridge) -> None:
        window.close_requested.connect(self._close_requested)
        window.language_requested.connect(self._language_requested)
        window.theme_requested.connect(self._theme_requested)
        bridge.record_changed.connect(self._record_changed)
        bridge.stop_requested.connect(self.quit)
        window.menus.check(f"theme.{self.preferences.theme.value}")
        window.menus.check(f"language.{self.preferences.language}")

    # language and appearance

    @Slot(str)
    def _language_requested(self, choice: str) -> None:
        self._use_language(choice)
        if self.window is not None:
            value = _AUTO if choice == SYSTEM else choice
            self.window.errands.start(self._save_language(self.window.bridge, value))

    async def _save_language(self, bridge: Bridge, value: str) -> None:
        await bridge.ask(records.set_settings, {"language": value})

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind == "setting" and event.key in ("", "language") and self.window is not None:
            self.window.errands.start(self._take_language(self.window.bridge))

    async def _take_language(self, bridge: Bridge) -> None:
        stored = (await bridge.ask(records.get_record, "setting", "language"))["value"]
        self._use_language(SYSTEM if stored == _AUTO else str(stored))

    def _use_language(self, choice: str) -> None:
        if choice == self.preferences.language and self.translations.choice == choice:
            return
        self.preferences.language = choice
        self.translations.use(choice)
        if self.window is not None:
            self.window.menus.check(f"language.{choice}")

    @Slot(str)
    def _theme_requested(self, choice: str) -> None:
        self.preferences.theme = ThemeChoice(choice)
        self.theme.choose(ThemeChoice(choice))

    @Slot()
    def _redraw(self) -> None:
        """Let every window draw its coloured pictures anew."""
        for widget in self._application.allWidgets():
            if isinstance(widget, Translated):
                widget.retranslate()

    # quitting

    @Slot()
    def _close_requested(self) -> None:
        if self.window is not None and not self._is_asking:
            self.window.errands.start(self._ask_and_quit(self.window))

    async def _ask_and_quit(self, window: MainWindow) -> None:
        calls = window.live.calls.live()
        if calls:
            self._is_asking = True
            try:
                is_sure = await confirm(
                    window,
                    title=self.tr("Quit OpenMSS?"),
                    text=self.tr("%n call(s) are in progress and will be ended.", "", calls),
                    yes=self.tr("End the calls and quit"),
                    no=self.tr("Stay"),
                )
            finally:
                self._is_asking = False
            if not is_sure:
                return
        self.quit()

    # mistakes of ours

    def _watch_for_mistakes(self, loop: asyncio.AbstractEventLoop) -> None:
        """Show in the window what Python would only print: errors in slots, and in tasks nobody awaits."""

        def in_slot(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            logger.error("a slot failed", exc_info=(kind, error, trace))
            if isinstance(error, Exception) and self.window is not None:
                self.window.report(error)

        def in_task(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            error = context.get("exception")
            logger.error("a task failed: %s", context.get("message"), exc_info=error)
            if isinstance(error, Exception) and self.window is not None:
                self.window.report(error)

        sys.excepthook = in_slot
        loop.set_exception_handler(in_task)
