"""Tells the user of a newer version: asks at most once a day, and only where the settings name an address."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.api import records
from app.errors import EnvironmentFault, UserError
from app.events import Notice, Severity
from app.version import program_version
from ui import newest_version
from ui.bridge import Bridge
from ui.errands import Errands
from ui.newest_version import Release
from ui.preferences import Preferences
from ui.widgets.notice_bar import NoticeBar

logger = logging.getLogger(__name__)

_DAY_S = 86_400.0
_GLANCE_MS = 3_600_000  # whether a day has passed

Ask = Callable[[str], Release]


class VersionWatch(QObject):
    """Looks for a new version for one window. Nothing is downloaded: a notice leads to the page."""

    def __init__(
        self, bridge: Bridge, notices: NoticeBar, errands: Errands, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.ask: Ask = newest_version.ask
        self.now: Callable[[], float] = time.time
        self._bridge = bridge
        self._notices = notices
        self._errands = errands
        self._preferences = preferences
        self._timer = QTimer(self)
        self._timer.setInterval(_GLANCE_MS)
        self._timer.timeout.connect(self.glance)

    def start(self) -> None:
        """Look now if a day has passed, and from time to time."""
        self._timer.start()
        self.glance()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def glance(self) -> None:
        """Look if the last look was a day ago; a clock that was put back counts as a day."""
        if not 0 <= self.now() - self._preferences.asked_for_version < _DAY_S:
            self._errands.start(self._look_by_itself())

    def look(self) -> None:
        """Look because the user wants to know, and say in any case what came of it."""
        self._errands.start(self._look_for_user())

    async def _look_by_itself(self) -> None:
        source = await self._source()
        if not source:
            return
        self._preferences.asked_for_version = self.now()
        try:
            found = await in_thread(self.ask, source)
        except EnvironmentFault as fault:  # it is asked again tomorrow
            logger.info("%s", fault)
            return
        self._tell_if_newer(found)

    async def _look_for_user(self) -> None:
        source = await self._source()
        if not source:
            text = "No address is set to ask for new versions. Enter one at Data – System, Advanced: "
            raise UserError("update.no_source", text + "“News of versions from”.")
        self._preferences.asked_for_version = self.now()
        found = await in_thread(self.ask, source)
        if not self._tell_if_newer(found):
            said = self.tr("This is the newest version: {own}.")
            self._tell("update.newest", said.format(own=program_version()))

    async def _source(self) -> str:
        return str((await self._bridge.ask(records.get_record, "setting", "update_source"))["value"])

    def _tell_if_newer(self, found: Release) -> bool:
        own = program_version()
        is_newer = newest_version.is_newer(found.version, own)
        if is_newer:
            said = self.tr("OpenMSS {version} is available; this is {own}. {notes}")
            text = said.format(version=found.version, own=own, notes=found.notes)
            self._tell("update.newer", text.strip(), found.url)
        return is_newer

    def _tell(self, code: str, text: str, page: str = "") -> None:
        self._notices.show_notice(Notice(severity=Severity.INFO, code=code, text=text), page)


async def in_thread(ask: Ask, source: str) -> Release:
    """Let a thread of its own wait for the answer; the program's end does not wait for that thread."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Release] = loop.create_future()

    def settle(found: Release | None, error: Exception | None) -> None:
        if answer.done():  # nobody waits any more
            return
        if error is not None:
            answer.set_exception(error)
        elif found is not None:
            answer.set_result(found)

    def work() -> None:
        found, problem = None, None
        try:
            found = ask(source)
        except Exception as error:  # raised where it was asked
            problem = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, found, problem)

    threading.Thread(target=work, name="newest version", daemon=True).start()
    return await answer
