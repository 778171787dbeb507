"""The engine of the window, which begins to log to the data folder as soon as that is its own."""

from __future__ import annotations

from app.api import records
from app.engine import Engine
from app.logs import Logs
from app.options import Options


class LoggingEngine(Engine):
    """An engine whose start adds the log file, and takes over the setting of how much is told."""

    def __init__(self, options: Options, logs: Logs, *, has_window: bool = True) -> None:
        super().__init__(options, has_window=has_window)
        self._given = options
        self._logs = logs

    def start(self) -> tuple[str, ...]:
        """Start; EnvironmentFault too where the log cannot be written."""
        addresses = super().start()
        try:
            self._logs.add_file(self._given.paths.logs)
            if self._given.log_level is None:  # else the command line has said it
                stored = self.submit(records.get_record, "setting", "log_level").result()
                self._logs.set_level(str(stored["value"]))
        except BaseException:
            self.stop()
            raise
        return addresses
