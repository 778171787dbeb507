"""The questions the window asks about the program's log."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.api import log
from app.api.log import LogFilter, LogLevel, LogLines
from app.errors import EnvironmentFault
from app.options import Options

TRACEBACK = "Traceback (most recent call last):\n  File x\nValueError: no"


@dataclass
class Pbx:
    options: Options


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "log"
    made.mkdir()
    return made


@pytest.fixture
def pbx(tmp_path: Path) -> Pbx:
    return Pbx(Options(data=tmp_path))


def line(number: int, level: str = "INFO", text: str = "", source: str = "app.test") -> str:
    when = f"2026-11-23 15:{number // 60 % 60:02}:{number % 60:02},{number % 1000:03}"
    return f"{when} {level:<7} {source}: {text or f'line {number}'}\n"


def write(path: Path, *lines: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("".join(lines))


def rotate(folder: Path) -> None:
    for age in range(4, 0, -1):
        younger = folder / ("openmss.log" if age == 1 else f"openmss.log.{age - 1}")
        if younger.exists():
            os.replace(younger, folder / f"openmss.log.{age}")


def texts(page: LogLines) -> list[str]:
    return [entry.text for entry in page.entries]


async def test_without_a_log_there_is_nothing(pbx: Pbx, folder: Path) -> None:
    assert await log.newest(pbx) == LogLines()
    assert await log.since(pbx, None) == LogLines()
    assert await log.newest(Pbx(Options(data=folder / "never made"))) == LogLines()


async def test_an_entry_has_its_parts_and_its_traceback(pbx: Pbx, folder: Path) -> None:
    write(folder / "openmss.log", line(1), line(2, "ERROR", f"failed: 中文\n{TRACEBACK}"), line(3, "WARNING"))
    entries = (await log.newest(pbx)).entries
    assert [(entry.level, entry.text) for entry in entries] == [
        (LogLevel.INFO, "line 1"),
        (LogLevel.ERROR, f"failed: 中文\n{TRACEBACK}"),
        (LogLevel.WARNING, "line 3"),
    ]
    assert (entries[1].time, entries[1].source) == ("2026-11-23 15:00:02,002", "app.test")


async def test_lines_end_as_windows_ends_them(pbx: Pbx, folder: Path) -> None:
    lines = line(1, "ERROR", f"failed\n{TRACEBACK}") + line(2)
    write(folder / "openmss.log", lines.replace("\n", "\r\n"))
    assert texts(await log.newest(pbx)) == [f"failed\n{TRACEBACK}", "line 2"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (LogFilter(least=LogLevel.WARNING), ["no answer", "Boom"]),
        (LogFilter(least=LogLevel.ERROR), ["Boom"]),
        (LogFilter(text="BOOM"), ["Boom"]),
        (LogFilter(text="app.net"), ["no answer"]),
        (LogFilter(least=LogLevel.ERROR, text="answer"), []),
    ],
)
async def test_filters(pbx: Pbx, folder: Path, wanted: LogFilter, found: list[str]) -> None:
    write(folder / "openmss.log", line(1, "DEBUG"), line(2, "WARNING", "no answer", "app.net.endpoint"))
    write(folder / "openmss.log", line(3), line(4, "CRITICAL", "Boom"))
    assert texts(await log.newest(pbx, wanted)) == found


async def test_looking_back_goes_through_the_rotated_files(pbx: Pbx, folder: Path) -> None:
    for first in (1, 11, 21):
        rotate(folder)
        write(folder / "openmss.log", *(line(number) for number in range(first, first + 10)))
    page = await log.newest(pbx, limit=4)
    found = texts(page)
    assert found == ["line 27", "line 28", "line 29", "line 30"]
    while page.older is not None:
        page = await log.before(pbx, page.older, limit=4)
        assert len(page.entries) <= 4
        found[:0] = texts(page)
    assert found == [f"line {number}" for number in range(1, 31)]


async def test_a_filter_looks_only_so_far_back_at_once(
    pbx: Pbx, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_SLICE", 300)
    monkeypatch.setattr(log, "_MOST_BYTES", 1000)
    write(folder / "openmss.log", line(0, "ERROR", "long ago"), *(line(number) for number in range(1, 100)))
    wanted = LogFilter(least=LogLevel.ERROR)
    page = await log.newest(pbx, wanted)
    questions = 1
    assert texts(page) == []
    while page.older is not None and not page.entries:
        page = await log.before(pbx, page.older, wanted)
        questions += 1
    assert texts(page) == ["long ago"]
    assert questions > 3


async def test_what_is_cut_by_a_slice_is_read_whole(
    pbx: Pbx, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_SLICE", 130)
    lines = [line(number, "ERROR", f"failed {number}\n{TRACEBACK}") for number in range(20)]
    write(folder / "openmss.log", *lines)
    assert texts(await log.newest(pbx)) == [f"failed {number}\n{TRACEBACK}" for number in range(20)]


async def test_a_very_long_entry_is_cut(pbx: Pbx, folder: Path) -> None:
    write(folder / "openmss.log", line(1, "ERROR", "x" * 100_000), line(2))
    first, second = texts(await log.newest(pbx))
    assert len(first) < 17_000
    assert first.endswith("x …")
    assert second == "line 2"


async def test_following(pbx: Pbx, folder: Path) -> None:
    file = folder / "openmss.log"
    write(file, line(1), line(2, "ERROR", "failed"))
    page = await log.newest(pbx)
    same = await log.since(pbx, page.mark)
    assert (same.entries, same.mark, same.is_fresh) == ((), page.mark, False)
    write(file, TRACEBACK + "\n", line(3))
    more = await log.since(pbx, page.mark)
    assert texts(more) == [f"failed\n{TRACEBACK}", "line 3"]
    assert more.entries[0].place == page.entries[-1].place
    write(file, line(4)[:-3])  # half a line is no line yet
    half = await log.since(pbx, more.mark)
    assert "line 4" not in texts(half)
    write(file, line(4)[-3:])
    assert texts(await log.since(pbx, half.mark))[-1] == "line 4"


async def test_following_across_a_rotation(pbx: Pbx, folder: Path) -> None:
    file = folder / "openmss.log"
    write(file, line(1), line(2))
    mark = (await log.newest(pbx)).mark
    write(file, line(3))
    rotate(folder)
    write(file, line(4))
    page = await log.since(pbx, mark)
    assert texts(page) == ["line 2", "line 3", "line 4"]
    assert not page.is_fresh
    rotate(folder)
    write(file, line(5))
    assert texts(await log.since(pbx, page.mark)) == ["line 5"]


async def test_a_log_that_was_cut_or_runs_away_is_begun_anew(
    pbx: Pbx, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "openmss.log"
    write(file, line(1), line(2))
    mark = (await log.newest(pbx)).mark
    os.truncate(file, 0)
    write(file, line(7))
    page = await log.since(pbx, mark)
    assert (texts(page), page.is_fresh) == (["line 7"], True)
    monkeypatch.setattr(log, "_MOST_BYTES", 300)
    write(file, *(line(number) for number in range(8, 50)))
    page = await log.since(pbx, page.mark, limit=2)
    assert (texts(page), page.is_fresh) == (["line 48", "line 49"], True)


async def test_only_so_many_come_at_once(pbx: Pbx, folder: Path) -> None:
    file = folder / "openmss.log"
    write(file, line(1))
    mark = (await log.newest(pbx)).mark
    write(file, *(line(number) for number in range(2, 30)))
    page = await log.since(pbx, mark, limit=5)
    assert texts(page) == [f"line {number}" for number in range(25, 30)]
    assert page.is_fresh
    assert page.older is not None
    assert texts(await log.before(pbx, page.older, limit=1)) == ["line 24"]


async def test_a_file_that_is_gone_has_nothing_before(pbx: Pbx, folder: Path) -> None:
    write(folder / "openmss.log", line(1), line(2))
    page = await log.newest(pbx, limit=1)
    assert page.older is not None
    (folder / "openmss.log").unlink()
    assert (await log.before(pbx, page.older)).entries == ()


async def test_what_cannot_be_read_is_said(pbx: Pbx, folder: Path) -> None:
    (folder / "openmss.log").mkdir()
    (folder / "openmss.log" / "x").touch()
    with pytest.raises(EnvironmentFault) as caught:
        await log.newest(pbx)
    assert caught.value.code == "log.not_readable"
