"""The table of the program's log: the entries that pass the filter, the newest at the bottom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.api.log import LogEntry, LogLevel, LogPlace
from ui import texts
from ui.marks import mark
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

CAP = 5000  # rows shown; the files keep more, and the filter finds it

LEVEL_WORDS: dict[LogLevel, str] = {
    LogLevel.DEBUG: mark("words", "Detail"),
    LogLevel.INFO: mark("words", "Information"),
    LogLevel.WARNING: mark("words", "Warning"),
    LogLevel.ERROR: mark("words", "Error"),
    LogLevel.CRITICAL: mark("words", "Grave error"),
}
_TONES = {
    LogLevel.DEBUG: Tone.QUIET,
    LogLevel.INFO: None,
    LogLevel.WARNING: Tone.WAIT,
    LogLevel.ERROR: Tone.BAD,
    LogLevel.CRITICAL: Tone.BAD,
}
_ICONS = {LogLevel.WARNING: "warning", LogLevel.ERROR: "error", LogLevel.CRITICAL: "error"}


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry with its number: entries come after and before those that are shown."""

    number: int
    entry: LogEntry


def level_word(level: LogLevel) -> str:
    """A level in the user's language."""
    return texts.word(LEVEL_WORDS[level])


def level_tone(level: LogLevel) -> Tone | None:
    """The colour of a level; what is usual has none."""
    return _TONES[level]


def full_text(entry: LogEntry) -> str:
    """An entry as the file has it."""
    return f"{entry.time} {entry.level:<7} {entry.source}: {entry.text}"


COLUMNS: tuple[Column[LogRow], ...] = (
    Column(
        name="time",
        title="Time",
        text=lambda row: row.entry.time.replace(",", "."),
        sort=lambda row: row.number,
        width=185,
    ),
    Column(
        name="level",
        title="Level",
        text=lambda row: level_word(row.entry.level),
        tone=lambda row: level_tone(row.entry.level),
        icon=lambda row: _ICONS.get(row.entry.level, ""),
        width=120,
    ),
    Column(name="source", title="Source", text=lambda row: row.entry.source, width=230),
    Column(
        name="text",
        title="Message",
        text=lambda row: _first_line(row.entry.text),
        tone=lambda row: level_tone(row.entry.level),
        tip=lambda row: _first_line(row.entry.text),
        width=300,
    ),
)


class LogModel(RowsModel[LogRow]):
    """Entries in the order they were written, never more than the cap."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.number, parent)
        self._numbers: dict[LogPlace, int] = {}
        self._first, self._next = 0, 0  # the numbers that come before and after

    @property
    def newest(self) -> int | None:
        """The number of the last row, None without rows."""
        last = self.row(self.rowCount() - 1)
        return last.number if last else None

    @property
    def is_full(self) -> bool:
        """Whether no older entry finds room."""
        return self.total >= CAP

    def show(self, entries: Iterable[LogEntry]) -> None:
        """Show these entries instead of all others."""
        rows = [LogRow(number, entry) for number, entry in enumerate(entries)]
        self._numbers = {row.entry.place: row.number for row in rows}
        self._first, self._next = -1, len(rows)
        self.replace(rows)

    def append(self, entries: Iterable[LogEntry]) -> None:
        """Add newer entries at once, and drop the oldest above the cap; one that has grown is replaced."""
        for entry in entries:
            number = self._numbers.get(entry.place)
            if number is None:
                number, self._next = self._next, self._next + 1
                self._numbers[entry.place] = number
            self.put(LogRow(number, entry))
        self._drop(self.total - CAP)
        self.flush()

    def prepend(self, entries: Iterable[LogEntry]) -> None:
        """Add older entries at once, as far as there is room."""
        room = CAP - self.total
        for entry in list(entries)[::-1][:room]:
            self._numbers[entry.place] = self._first
            self.put(LogRow(self._first, entry))
            self._first -= 1
        self.flush()

    def _drop(self, surplus: int) -> None:
        if surplus <= 0:
            return
        for row in sorted(self.all_rows(), key=lambda row: row.number)[:surplus]:
            del self._numbers[row.entry.place]
            self.remove(row.number)


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
