"""A log in memory, for tests of the window: entries with their numbers as places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.api import log
from app.api.log import LogEntry, LogFilter, LogLevel, LogLines, LogMark, LogPlace

_LOOKED_THROUGH = 1000  # entries, for one question


class FakeLog:
    """What was written, `entries`; `asked` counts the questions for what is new."""

    def __init__(self) -> None:
        self.entries: list[LogEntry] = []
        self.asked = 0

    def answers(self) -> dict[Any, Callable[..., Any]]:
        return {log.newest: self._newest, log.before: self._before, log.since: self._since}

    def write(self, *texts: str, level: LogLevel = LogLevel.INFO, source: str = "app.test") -> None:
        for text in texts:
            number = len(self.entries)
            self.entries.append(
                LogEntry(
                    place=LogPlace(1, number),
                    time=f"2026-11-23 15:{number // 60 % 60:02}:{number % 60:02},{number % 1000:03}",
                    level=level,
                    source=source,
                    text=text,
                )
            )

    def clear(self) -> None:
        self.entries.clear()

    def _newest(self, wanted: LogFilter, limit: int) -> LogLines:
        lines = self._before(LogPlace(1, len(self.entries)), wanted, limit)
        mark = LogMark(self.entries[-1].place, len(self.entries)) if self.entries else None
        return LogLines(entries=lines.entries, older=lines.older, mark=mark)

    def _before(self, place: LogPlace, wanted: LogFilter, limit: int) -> LogLines:
        begin = max(0, place.offset - _LOOKED_THROUGH)
        found = [entry for entry in self.entries[begin : place.offset] if wanted.accepts(entry)][-limit:]
        if len(found) == limit:
            begin = found[0].place.offset
        return LogLines(entries=tuple(found), older=LogPlace(1, begin) if begin else None, is_fresh=False)

    def _since(self, mark: LogMark | None, wanted: LogFilter, limit: int) -> LogLines:
        self.asked += 1
        if mark is None or mark.size > len(self.entries):
            return self._newest(wanted, limit)
        if mark.size == len(self.entries):
            return LogLines(mark=mark, is_fresh=False)
        found = [entry for entry in self.entries[mark.place.offset :] if wanted.accepts(entry)]
        mark = LogMark(self.entries[-1].place, len(self.entries))
        return LogLines(entries=tuple(found), mark=mark, is_fresh=False)
