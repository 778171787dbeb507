"""Tables and times as text for people; wide (Chinese) characters count twice."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns side by side, as wide as need be; ends with a line break."""
    lines = [list(header), *([shown(cell) for cell in row] for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(header))]
    return "".join(
        "  ".join(_padded(cell, size) for cell, size in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


def shown(text: str, *, keep: str = "") -> str:
    """Text of strangers as a terminal may have it: what cannot be printed, but `keep`, as an escape."""
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or char in keep
        else char.encode("unicode_escape", "surrogatepass").decode("ascii")
        for char in text
    )


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def clock(unix: float | None) -> str:
    """A moment in local time, to the millisecond."""
    if unix is None:
        return ""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(unix)) + f".{int(unix % 1 * 1000):03d}"


def duration(seconds: float) -> str:
    """A length of time as 0:07 or 1:02:03."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))
