"""Coroutines started by clicks: kept alive, their failures reported, ended with their widget."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import EnvironmentFault, UserError

logger = logging.getLogger(__name__)

Report = Callable[[Exception], None]


class Errands:
    """The coroutines of one page or dialog."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._running: set[asyncio.Task[None]] = set()
        self._busy: list[QWidget] = []  # a widget as often as errands hold it

    def is_busy(self, widget: QWidget) -> bool:
        """Whether an errand still keeps a widget disabled: whoever enables it by other rules asks first."""
        return widget in self._busy

    def start(self, errand: Coroutine[Any, Any, None], *busy: QWidget) -> None:
        """Run a coroutine; the `busy` widgets are disabled until it ends, and errors are reported."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a timer's last tick, after the window's loop has ended
            errand.close()
            return
        for widget in busy:
            self._busy.append(widget)
            widget.setEnabled(False)
        task = loop.create_task(errand)
        self._running.add(task)
        task.add_done_callback(lambda done: self._done(done, busy))

    def stop(self) -> None:
        """Cancel what still runs: its widgets are about to go."""
        for task in tuple(self._running):
            task.cancel()
        self._running.clear()

    async def finished(self) -> None:
        """Wait until nothing runs; for tests and for closing."""
        while self._running:
            await asyncio.wait(tuple(self._running))
            await asyncio.sleep(0)  # their callbacks come with the next turn of the loop

    def _done(self, task: asyncio.Task[None], busy: tuple[QWidget, ...]) -> None:
        was_stopped = task not in self._running
        self._running.discard(task)
        if was_stopped or task.cancelled():
            return
        for widget in busy:
            self._busy.remove(widget)
            widget.setEnabled(not self.is_busy(widget))
        error = task.exception()
        if error is None:
            return
        if not isinstance(error, UserError | EnvironmentFault):
            logger.error("an errand of the window failed", exc_info=error)
        if isinstance(error, Exception):
            self.report(error)
