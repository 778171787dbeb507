"""Starts the log: to stderr and to a bounded file in the data folder, written by a thread of its own."""

from __future__ import annotations

import logging
import logging.handlers
import os
import queue
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from app.errors import EnvironmentFault

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
FILE_NAME = "openmss.log"
_FILE_BYTES = 5 * 1024 * 1024
OLD_FILES = 4
_WINDOW_S = 10.0
_MOST_ALIKE = 100  # lines of one kind in a window
_MOST_KINDS = 500
_MOST_EARLY = 1000

logger = logging.getLogger(__name__)


class _Plain(logging.Formatter):
    """Shows what cannot be printed as an escape: messages tell what strangers have sent.

    No line break of theirs makes a line of its own, and nothing reaches the terminal but text.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the base class's name
        """Write the message; tracebacks stay as they are."""
        text = super().formatMessage(record)
        if text.isprintable():
            return text
        return "".join(
            char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
        )


class FloodGate(logging.Filter):
    """Lets a number of lines of one kind pass in a while: whoever can cause a line can cause a million.

    Of one kind are lines of one logger with one text, whatever the values in it. What was asked for with the
    level DEBUG passes always.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._ends_at = 0.0
        self._seen: Counter[tuple[str, str]] = Counter()
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line passes; the first one of a new while comes with how many did not."""
        if record.levelno <= logging.DEBUG:
            return True
        now = self._clock()
        if now >= self._ends_at:
            self._ends_at = now + _WINDOW_S
            self._seen.clear()
            left_out, self._left_out = self._left_out, 0
            if left_out:
                logger.warning("%d lines like those before were left out", left_out)
        kind = (record.name, str(record.msg))
        if kind not in self._seen and len(self._seen) >= _MOST_KINDS:
            kind = ("", "")
        self._seen[kind] += 1
        if self._seen[kind] <= _MOST_ALIKE:
            return True
        self._left_out += 1
        return False


class _Early(logging.Handler):
    """Keeps what is said before there is a file: how the program started belongs into it too."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, up to a limit."""
        if len(self.records) < _MOST_EARLY:
            self.records.append(record)


class _LogFile(logging.handlers.RotatingFileHandler):
    """A bounded file. On Windows none is renamed that somebody reads: it then grows on until it can be."""

    def doRollover(self) -> None:  # noqa: N802  the base class's name
        """Begin a new file. The written one is moved first, so that a failure costs no older one."""
        if self.stream:
            self.stream.close()
        aside = f"{self.baseFilename}.0"
        try:
            if not os.path.exists(aside):  # else left behind by a failure: it comes first
                os.replace(self.baseFilename, aside)
            for age in range(self.backupCount, 0, -1):
                younger = f"{self.baseFilename}.{age - 1}"
                if os.path.exists(younger):
                    os.replace(younger, f"{self.baseFilename}.{age}")
        except OSError:
            pass  # tried again with the next line
        self.stream = self._open()


class Logs:
    """The log, from its making to `stop`. Loggers only queue: neither disk nor terminal holds up a call."""

    def __init__(self, level: str = "info", *, to_stderr: bool = True) -> None:
        self._records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
        self._entrance = logging.handlers.QueueHandler(self._records)
        self._entrance.setFormatter(_Plain())
        self._entrance.addFilter(FloodGate())
        self._to_stderr = logging.StreamHandler(sys.stderr) if to_stderr else None
        self._file: logging.Handler | None = None
        self._early: _Early | None = _Early()
        if self._to_stderr is not None:
            self._to_stderr.setFormatter(logging.Formatter(FORMAT))
        self._listener = self._listen()
        self.set_level(level)
        logging.getLogger().addHandler(self._entrance)

    def set_level(self, level: str) -> None:
        """Tell more or less: debug, info, warning or error."""
        logging.getLogger().setLevel(level.upper())
        # asyncio's selector and peewee's statements say nothing that anybody looks for here
        for name in ("asyncio", "peewee"):
            logging.getLogger(name).setLevel(logging.WARNING)

    def add_file(self, folder: Path) -> None:
        """Write to a folder too, to one only, and what was said already. EnvironmentFault: it cannot be."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = _LogFile(
                folder / FILE_NAME,
                maxBytes=_FILE_BYTES,
                backupCount=OLD_FILES,
                encoding="utf-8",
                errors="backslashreplace",  # in a traceback
            )
        except OSError as error:
            text = f"The log folder {folder} cannot be written ({error.strerror}). "
            text += "Give your user the right to it."
            raise EnvironmentFault("log.not_writable", text, path=str(folder)) from error
        file.setFormatter(logging.Formatter(FORMAT))
        self._listener.stop()
        if self._file is not None:
            self._file.close()
        self._file = file
        if self._early is not None:
            for record in self._early.records:
                file.handle(record)
            self._early = None
        self._listener = self._listen()

    def stop(self) -> None:
        """Write what is left and end."""
        logging.getLogger().removeHandler(self._entrance)
        self._listener.stop()
        if self._file is not None:
            self._file.close()

    def _listen(self) -> logging.handlers.QueueListener:
        handlers = [handler for handler in (self._to_stderr, self._early, self._file) if handler is not None]
        listener = logging.handlers.QueueListener(self._records, *handlers, respect_handler_level=True)
        listener.start()
        return listener
