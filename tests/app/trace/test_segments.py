"""The files of the capture: restarts, torn records, limits, a full disk."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sip.flow import Direction
from app.trace.segments import MAGIC, Captured, SegmentStore, decode, encode, read
from tests.support.traced import OTHER, PHONE, SIX, request


def message(number: int, data: bytes = b"x" * 100) -> Captured:
    flow = (PHONE, OTHER, SIX)[number % 3]
    return Captured(number, 1_700_000_000.5 + number, list(Direction)[number % 2], flow, data)


def store(folder: Path, *, segment_bytes: int = 1_000, total_bytes: int = 100_000) -> SegmentStore:
    made = SegmentStore(folder, segment_bytes=segment_bytes, total_bytes=total_bytes)
    made.open()
    return made


def everything(folder: Path) -> list[Captured]:
    return [found for segment in store(folder).segments for found in decode(read(segment))]


def test_a_record_survives_writing_and_reading() -> None:
    for number in range(6):
        one = message(number, request())
        assert list(decode(MAGIC + encode(one))) == [one]


@given(st.binary(max_size=200), st.integers(0, 100))
def test_damaged_files_give_what_is_whole_and_never_fail(junk: bytes, cut: int) -> None:
    whole = MAGIC + encode(message(1)) + encode(message(2))
    found = list(decode(whole[: len(whole) - cut] + junk))
    assert found[:1] == [message(1)] or cut > len(encode(message(2)))
    assert list(decode(junk)) == []


def test_messages_come_back_after_a_restart_and_segments_are_rolled(tmp_path: Path) -> None:
    first = store(tmp_path)
    first.append([message(number) for number in range(1, 11)])
    first.append([message(number) for number in range(11, 21)])
    first.close()
    assert everything(tmp_path) == [message(number) for number in range(1, 21)]
    again = store(tmp_path)
    assert again.last_id == 20
    assert len(again.segments) > 2
    assert all(path.stat().st_size <= 1_000 for path in tmp_path.iterdir())
    again.append([message(21)])
    again.close()
    assert everything(tmp_path)[-1] == message(21)
    if sys.platform != "win32":
        assert stat.S_IMODE(again.segments[-1].path.stat().st_mode) == 0o600


def test_a_record_torn_by_a_kill_is_cut_off(tmp_path: Path) -> None:
    first = store(tmp_path)
    first.append([message(1), message(2)])
    first.close()
    path = first.segments[-1].path
    path.write_bytes(path.read_bytes()[:-7])
    again = store(tmp_path)
    assert again.last_id == 1
    again.append([message(2, b"anew")])
    again.close()
    assert everything(tmp_path) == [message(1), message(2, b"anew")]


def test_a_file_that_is_none_of_ours_is_thrown_away_and_its_id_not_used_again(tmp_path: Path) -> None:
    (tmp_path / "000000000000041.trace").write_bytes(b"\0" * 50)
    (tmp_path / "notes.trace").write_bytes(b"hello")
    again = store(tmp_path)
    assert again.last_id == 41
    assert again.segments == ()
    assert (tmp_path / "notes.trace").exists()


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path) -> None:
    small = store(tmp_path, total_bytes=3_000)
    for number in range(1, 101):
        small.append([message(number)])
    small.close()
    kept = everything(tmp_path)
    assert kept[-1] == message(100)
    assert kept == [message(number) for number in range(kept[0].id, 101)]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 3_000


def test_clearing_deletes_the_files(tmp_path: Path) -> None:
    made = store(tmp_path)
    made.append([message(1)])
    segment = made.segments[0]
    made.clear()
    assert list(tmp_path.iterdir()) == []
    assert read(segment) == b""
    made.append([message(2)])
    made.close()
    assert everything(tmp_path) == [message(2)]


def test_a_full_disk_leaves_what_was_written_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store(tmp_path, segment_bytes=10_000)
    made.append([message(1)])
    real = __import__("os").write

    def full(descriptor: int, data: bytes) -> int:
        if len(data) > 50:
            return int(real(descriptor, data[:50]))
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.trace.segments.os.write", full)
        with pytest.raises(OSError, match="No space"):
            made.append([message(2, b"y" * 10)])
    made.append([message(3)])
    made.close()
    assert everything(tmp_path) == [message(1), message(3)]
