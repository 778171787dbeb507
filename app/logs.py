"""Starts the log: to stderr and to a bounded file in the data folder, written by a thread of its own."""

from __future__ import annotations

import logging
import logging.handlers
import queue
import sys
from pathlib import Path

from app.errors import EnvironmentFault

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
FILE_NAME = "openmss.log"
_FILE_BYTES = 5 * 1024 * 1024
_OLD_FILES = 4


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


class Logs:
    """The log, from its making to `stop`. Loggers only queue: neither disk nor terminal holds up a call."""

    def __init__(self, level: str = "info", *, to_stderr: bool = True) -> None:
        self._records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
        self._entrance = logging.handlers.QueueHandler(self._records)
        self._entrance.setFormatter(_Plain())
        self._to_stderr = logging.StreamHandler(sys.stderr) if to_stderr else None
        self._file: logging.Handler | None = None
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
        """Write to a folder too, to one only. Raises EnvironmentFault where it cannot be written."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = logging.handlers.RotatingFileHandler(
                folder / FILE_NAME,
                maxBytes=_FILE_BYTES,
                backupCount=_OLD_FILES,
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
        self._listener = self._listen()

    def stop(self) -> None:
        """Write what is left and end."""
        logging.getLogger().removeHandler(self._entrance)
        self._listener.stop()
        if self._file is not None:
            self._file.close()

    def _listen(self) -> logging.handlers.QueueListener:
        handlers = [handler for handler in (self._to_stderr, self._file) if handler is not None]
        listener = logging.handlers.QueueListener(self._records, *handlers, respect_handler_level=True)
        listener.start()
        return listener
