"""Pages, filters, bounds and the writer of the capture."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from app.errors import EnvironmentFault
from app.sip.flow import Direction
from app.trace.capture import Capture, TraceFilter
from tests.support.traced import OTHER, PHONE, request, response

ALL = TraceFilter()


def fill(capture: Capture, count: int, start: int = 1) -> None:
    for number in range(start, start + count):
        capture.record(float(number), Direction.IN, PHONE, request(call_id=f"call-{number}"))


def ids(capture: Capture, wanted: TraceFilter = ALL, **kw: int) -> list[int]:
    return [row.id for row in capture.page(wanted, **kw)]


def test_a_row_says_who_what_when_and_where() -> None:
    capture = Capture(None)
    capture.record(12.5, Direction.IN, PHONE, request())
    capture.record(12.6, Direction.OUT, OTHER, response("180 Ringing"))
    first, second = capture.page(ALL)
    assert (first.id, first.time, first.direction, first.transport) == (1, 12.5, Direction.IN, "UDP")
    assert (first.local, first.remote) == ("10.0.0.1:5060", "10.0.0.7:5061")
    assert (first.title, first.from_user, first.to_user, first.call_id) == ("INVITE", "100", "101", "abc")
    assert (first.cseq, first.size) == ("1 INVITE", len(request()))
    assert (second.id, second.title, second.direction) == (2, "180 Ringing", Direction.OUT)
    assert capture.last_id == 2


def test_pages_go_forward_and_back() -> None:
    capture = Capture(None)
    fill(capture, 10)
    assert ids(capture, limit=3) == [8, 9, 10]
    assert ids(capture, before=8, limit=3) == [5, 6, 7]
    assert ids(capture, after=4, limit=3) == [5, 6, 7]
    assert ids(capture, after=4, before=6, limit=3) == [5]
    assert ids(capture, after=10) == []


def test_filters_narrow_and_combine() -> None:
    capture = Capture(None)
    capture.record(1, Direction.IN, PHONE, request(caller="100", called="101", call_id="one"))
    capture.record(2, Direction.OUT, PHONE, response("200 OK", call_id="one"))
    capture.record(
        3, Direction.IN, PHONE, request("MESSAGE", caller="200", called="1001", call_id="two", body="Héllo")
    )
    assert ids(capture, TraceFilter(extension="100")) == [1, 2]
    assert ids(capture, TraceFilter(extension="1001")) == [3]
    assert ids(capture, TraceFilter(extension="10")) == [], "a whole number, not a part of one"
    assert ids(capture, TraceFilter(call_ids=("one",))) == [1, 2]
    assert ids(capture, TraceFilter(method="invite")) == [1, 2], "responses belong to their request"
    assert ids(capture, TraceFilter(text="hÉLLO".replace("É", "é"))) == [3]
    assert ids(capture, TraceFilter(text="(")) == []
    assert ids(capture, TraceFilter(extension="100", method="MESSAGE")) == []


def test_a_message_is_given_in_full() -> None:
    capture = Capture(None)
    capture.record(1, Direction.IN, PHONE, request() + b"\xff")
    found = capture.message(1)
    assert found is not None
    assert found.text == request().decode() + "\ufffd"
    assert found.row.title == "INVITE"
    assert capture.message(2) is None
    assert capture.message(0) is None


def test_memory_is_bounded_and_the_disk_takes_over(tmp_path: Path) -> None:
    capture = Capture(tmp_path, memory_bytes=10_000)
    capture.start()
    for batch in range(20):
        fill(capture, 50, start=batch * 50 + 1)
        capture.flush()
    assert len(capture._recent) < 30
    assert ids(capture, limit=2_000) == list(range(1, 1_001))
    assert ids(capture, before=500, limit=2) == [498, 499]
    assert ids(capture, after=500, limit=2) == [501, 502]
    assert ids(capture, TraceFilter(call_ids=("call-77",))) == [77]
    found = capture.message(3)
    assert found is not None
    assert found.row.call_id == "call-3"
    capture.stop()


def test_what_was_captured_survives_a_restart_and_ids_go_on(tmp_path: Path) -> None:
    first = Capture(tmp_path)
    first.start()
    fill(first, 5)
    first.stop()
    again = Capture(tmp_path)
    again.start()
    assert again.last_id == 5
    fill(again, 1, start=6)
    assert ids(again) == [1, 2, 3, 4, 5, 6]
    again.stop()


def test_the_writer_writes_by_itself_and_tells(tmp_path: Path) -> None:
    told: list[int] = []
    done = threading.Event()

    def grew(last_id: int) -> None:
        told.append(last_id)
        if last_id == 3:
            done.set()

    capture = Capture(tmp_path, on_grew=grew)
    capture.start()
    fill(capture, 3)
    assert done.wait(10)
    killed = Capture(tmp_path)  # as after a kill: nobody called stop()
    killed.start()
    assert killed.last_id == 3
    killed.stop()
    capture.stop()
    assert told[-1] == 3


def test_a_kill_costs_no_more_than_the_last_batch(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from app.sip.flow import Direction\n"
        "from app.trace.capture import Capture\n"
        "from tests.support.traced import PHONE, request\n"
        "capture = Capture(pathlib.Path(sys.argv[1]), on_grew=lambda last: print(last, flush=True))\n"
        "capture.start()\n"
        "while True:\n"
        "    capture.record(1.0, Direction.IN, PHONE, request())\n"
        "    sys.stdin.read(1)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(b"x" * 500)
        writer.stdin.flush()
        told = 0
        while told < 500:
            told = int(writer.stdout.readline())
        writer.kill()
    again = Capture(tmp_path)
    again.start()
    assert ids(again, limit=1_000)[:told] == list(range(1, told + 1))
    again.stop()


def test_growth_is_told_once_a_batch() -> None:
    told: list[int] = []
    capture = Capture(None, on_grew=told.append)
    fill(capture, 3)
    capture.flush()
    capture.flush()
    fill(capture, 2)
    ids(capture)  # reading takes messages over, and must not swallow the news
    capture.flush()
    assert told == [3, 5]


def test_a_folder_that_cannot_be_written_is_told_once_and_memory_serves(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    problems: list[EnvironmentFault] = []
    now = 0.0
    capture = Capture(tmp_path / "file" / "trace", on_problem=problems.append, clock=lambda: now)
    capture.start()
    fill(capture, 2)
    capture.flush()
    fill(capture, 1, start=3)
    capture.flush()
    assert [problem.code for problem in problems] == ["trace.disk"]
    assert ids(capture) == [1, 2, 3]
    (tmp_path / "file").unlink()
    now = 61.0
    fill(capture, 1, start=4)
    capture.flush()
    capture.stop()
    again = Capture(tmp_path / "file" / "trace")
    again.start()
    assert again.last_id == 4, "the disk is tried again after a while"
    assert ids(again) == [4]
    again.stop()


def test_clearing_forgets_memory_and_disk(tmp_path: Path) -> None:
    capture = Capture(tmp_path)
    capture.start()
    fill(capture, 3)
    capture.flush()
    fill(capture, 1, start=4)
    capture.clear()
    assert ids(capture) == []
    fill(capture, 1, start=5)
    assert ids(capture) == [5]
    capture.stop()


def test_both_legs_of_a_call_are_found_by_their_call_ids() -> None:
    capture = Capture(None)
    fill(capture, 5)
    assert [row.id for row in capture.rows_of({"call-2", "call-4"})] == [2, 4]
    assert [found.id for found in capture.messages(ALL, call_ids=["call-3"])] == [3]
    assert [found.id for found in capture.messages(TraceFilter(call_ids=("call-1",)))] == [1]


def test_a_hanging_writer_cannot_fill_the_memory() -> None:
    capture = Capture(None)
    for _ in range(200_010):
        capture.record(1.0, Direction.IN, PHONE, b"x")
    assert len(capture._fresh) == 200_000


def test_recording_is_an_append(tmp_path: Path) -> None:
    capture = Capture(tmp_path)
    fill(capture, 1_000)
    assert len(capture._fresh) == 1_000, "no id, no summary, no disk on the call path"
    assert not list(tmp_path.iterdir())
