"""The capture: what the PBX sent and received, bounded, in memory and on disk, found again by filters."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentFault
from app.sip.flow import Direction, Flow
from app.trace.segments import Captured, SegmentStore, decode, read
from app.trace.summary import Summary, summarize

__all__ = ["Capture", "Captured", "Direction", "TraceFilter", "TraceRow", "TracedMessage"]

logger = logging.getLogger(__name__)

_MIB = 1024 * 1024
_BATCH_SECONDS = 0.1  # of the writer; a kill loses no more than this
_RETRY_SECONDS = 60.0  # a full disk is tried again this often
_MOST_FRESH = 200_000  # messages not yet taken over by the writer; more means that it hangs
_MESSAGE_OVERHEAD = 300  # bytes of memory beside the text


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceFilter:
    """Which messages to show: all fields that are not empty must match.

    `extension` is the user in From, To, Request-URI or Contact; `method` is that of the CSeq, so that
    responses match with their request; `text` stands anywhere in the message, in any case. `call_ids` are
    those of a call's legs.
    """

    extension: str = ""
    call_ids: tuple[str, ...] = ()
    method: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """One line of the trace. `title` is the method, or status and reason; `time` is in Unix seconds."""

    id: int
    time: float
    direction: Direction
    transport: str
    local: str
    remote: str
    title: str
    from_user: str
    to_user: str
    call_id: str
    cseq: str
    size: int


@dataclass(frozen=True, slots=True)
class TracedMessage:
    """A message in full; bytes that are not UTF-8 are shown as U+FFFD."""

    row: TraceRow
    text: str


class _Match:
    """A filter, made ready to be put to many messages."""

    def __init__(self, wanted: TraceFilter, call_ids: Collection[str] = ()) -> None:
        self._wanted = wanted
        self._method = wanted.method.upper()
        self._call_ids = frozenset(call_ids or wanted.call_ids)
        # What must stand in the bytes: asked first, because it costs a hundredth of reading the headers.
        self._needles = [text.encode() for text in (wanted.extension, self._method) if text]
        if len(self._call_ids) == 1:
            self._needles.extend(call_id.encode() for call_id in self._call_ids)
        self._text = re.compile(re.escape(wanted.text.encode()), re.I) if wanted.text else None

    def may_hold(self, data: bytes) -> bool:
        """Whether these bytes (a message, or a whole segment of them) can hold a match."""
        return all(needle in data for needle in self._needles) and (
            self._text is None or self._text.search(data) is not None
        )

    def accepts(self, summary: Summary) -> bool:
        if self._call_ids and summary.call_id not in self._call_ids:
            return False
        if self._method and summary.method.upper() != self._method:
            return False
        users = (summary.from_user, summary.to_user, summary.request_user, summary.contact_user)
        return not self._wanted.extension or self._wanted.extension in users


class Capture:
    """Keeps the newest messages in memory and more of them on disk.

    `record` is for the engine's thread and costs an append; everything else may be called from any thread.
    Reading may take a disk's time: never read on the engine's loop. `on_grew(last_id)` (at most ten times a
    second) and `on_problem(fault)` (once for a row of failures) are called on the writer's thread. Without a
    folder the capture lives in memory alone.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        memory_bytes: int = 8 * _MIB,
        disk_bytes: int = 256 * _MIB,
        on_grew: Callable[[int], None] | None = None,
        on_problem: Callable[[EnvironmentFault], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = (
            SegmentStore(folder, segment_bytes=min(4 * _MIB, max(disk_bytes // 4, 1)), total_bytes=disk_bytes)
            if folder is not None
            else None
        )
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._on_grew = on_grew
        self._on_problem = on_problem
        self._clock = clock

        self._fresh: deque[tuple[float, Direction, Flow, bytes]] = deque(maxlen=_MOST_FRESH)
        self._append = self._fresh.append
        self._recent: deque[Captured] = deque()
        self._recent_size = 0
        self._unwritten: list[Captured] = []
        self._last_id = 0
        self._told_id = 0
        self._is_failing = False
        self._retry_at = 0.0

        self._memory = threading.Lock()  # over the fields above
        self._disk = threading.Lock()  # over the store; taken before _memory where both are
        self._is_awake = True  # the writer will look by itself; also so while there is no writer
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._writer: threading.Thread | None = None

    def record(self, time_unix: float, direction: Direction, flow: Flow, data: bytes) -> None:
        """Keep one message."""
        self._append((time_unix, direction, flow, data))
        if not self._is_awake:
            self._is_awake = True
            self._wake.set()

    @property
    def last_id(self) -> int:
        """The id of the newest message; 0 before the first."""
        return self._last_id + len(self._fresh)

    def start(self) -> None:
        """Take up what earlier runs left on the disk, and begin to write behind."""
        if self._store is not None:
            try:
                self._store.open()
            except OSError as problem:
                self._fail(problem)
            self._last_id = max(self._last_id, self._store.last_id)
            self._told_id = self._last_id
        self._stopping.clear()
        self._writer = threading.Thread(target=self._run, name="trace writer", daemon=True)
        self._is_awake = False
        self._writer.start()
        self._wake.set()

    def stop(self) -> None:
        """Write what is left and end the writer."""
        if self._writer is not None:
            self._stopping.set()
            self._wake.set()
            self._writer.join()
            self._writer = None
        self.flush()
        if self._store is not None:
            self._store.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._stopping.wait(_BATCH_SECONDS)
            self._wake.clear()
            self._is_awake = False
            try:
                self.flush()
            except Exception:  # a mistake of ours: the next batch may do better, and calls never depend on it
                logger.exception("the trace writer failed")

    def flush(self) -> None:
        """Write what has been recorded and tell that the trace grew."""
        with self._disk:
            with self._memory:
                self._take_over()
                batch, self._unwritten = self._unwritten, []
                last_id = self._last_id
            if self._store is not None and batch:
                self._write(self._store, batch)
        if last_id > self._told_id:
            self._told_id = last_id
            if self._on_grew is not None:
                self._on_grew(last_id)

    def _take_over(self) -> None:
        """Give the fresh messages their ids and drop the oldest from memory."""
        fresh, recent = self._fresh, self._recent
        while fresh:
            message = Captured(self._last_id + 1, *fresh.popleft())
            self._last_id = message.id
            recent.append(message)
            self._recent_size += len(message.data) + _MESSAGE_OVERHEAD
            if self._store is not None:
                self._unwritten.append(message)
        while self._recent_size > self._memory_bytes and len(recent) > 1:
            self._recent_size -= len(recent.popleft().data) + _MESSAGE_OVERHEAD

    def _write(self, store: SegmentStore, batch: list[Captured]) -> None:
        if self._is_failing and self._clock() < self._retry_at:
            return
        try:
            if self._is_failing:
                store.open()
            store.append(batch)
        except OSError as problem:
            self._fail(problem)
            return
        if self._is_failing:
            self._is_failing = False
            logger.info("trace: the disk takes messages again")

    def _fail(self, problem: OSError) -> None:
        self._retry_at = self._clock() + _RETRY_SECONDS
        if self._is_failing:
            return
        self._is_failing = True
        logger.info("trace: cannot write to %s: %s", self._folder, problem)
        if self._on_problem is not None:
            self._on_problem(
                EnvironmentFault(
                    "trace.disk",
                    f"The SIP trace cannot be written to {self._folder} ({problem.strerror}). It is kept in"
                    " memory only until the disk takes it again: free space or check the permissions.",
                    folder=str(self._folder),
                    reason=str(problem.strerror),
                )
            )

    def page(
        self, wanted: TraceFilter, *, after: int = 0, before: int | None = None, limit: int = 500
    ) -> list[TraceRow]:
        """Find rows, oldest first.

        With `after` (an id above 0) the first `limit` rows behind it, so that a live list misses none;
        otherwise the last `limit` rows, before `before` if given.
        """
        return [
            _row(message, summary) for message, summary in self._find(_Match(wanted), after, before, limit)
        ]

    def messages(
        self,
        wanted: TraceFilter,
        *,
        call_ids: Collection[str] = (),
        after: int = 0,
        before: int | None = None,
        limit: int = 10_000,
    ) -> list[Captured]:
        """Find messages with their bytes, oldest first; `call_ids` are those of a call's legs."""
        return [message for message, _ in self._find(_Match(wanted, call_ids), after, before, limit)]

    def rows_of(self, call_ids: Collection[str], *, limit: int = 2_000) -> list[TraceRow]:
        """Find the newest rows of some dialogs, oldest first: both legs of a call, for its ladder."""
        return [_row(*found) for found in self._find(_Match(TraceFilter(), call_ids), 0, None, limit)]

    def message(self, number: int) -> TracedMessage | None:
        """Give one message in full; None when it was never there or is no longer kept."""
        for found in self._walk(_Match(TraceFilter()), number - 1, number + 1, newest_first=False):
            return TracedMessage(_row(found, summarize(found.data)), found.data.decode("utf-8", "replace"))
        return None

    def clear(self) -> None:
        """Forget everything, on disk too. Ids go on."""
        with self._disk:
            with self._memory:
                self._take_over()
                self._recent.clear()
                self._recent_size = 0
                self._unwritten.clear()
            if self._store is not None:
                try:
                    self._store.clear()
                except OSError as problem:
                    self._fail(problem)

    def _find(
        self, match: _Match, after: int, before: int | None, limit: int
    ) -> list[tuple[Captured, Summary]]:
        is_newest_first = after <= 0
        found: list[tuple[Captured, Summary]] = []
        for message in self._walk(match, after, before, newest_first=is_newest_first):
            if len(found) >= limit:
                break
            summary = summarize(message.data)
            if match.accepts(summary):
                found.append((message, summary))
        if is_newest_first:
            found.reverse()
        return found

    def _walk(
        self, match: _Match, after: int, before: int | None, *, newest_first: bool
    ) -> Iterator[Captured]:
        """Go through the messages that may match, `after` < id < `before`, in memory and on disk."""
        with self._memory:
            self._take_over()
            recent = list(self._recent)
            end = self._last_id + 1 if before is None else before
        first_in_memory = recent[0].id if recent else end
        in_memory = [
            message for message in recent if after < message.id < end and match.may_hold(message.data)
        ]
        on_disk = self._walk_disk(match, after, min(end, first_in_memory), newest_first=newest_first)
        if newest_first:
            yield from reversed(in_memory)
            yield from on_disk
        else:
            yield from on_disk
            yield from in_memory

    def _walk_disk(self, match: _Match, after: int, end: int, *, newest_first: bool) -> Iterator[Captured]:
        segments = self._store.segments if self._store is not None else ()
        reach = []  # those whose ids overlap the range
        for index, segment in enumerate(segments):
            next_first = segments[index + 1].first_id if index + 1 < len(segments) else end
            if segment.first_id < end and next_first > after + 1:
                reach.append(segment)
        for segment in reversed(reach) if newest_first else reach:
            blob = read(segment)
            if not match.may_hold(blob):
                continue
            found = [message for message in decode(blob, match.may_hold) if after < message.id < end]
            yield from reversed(found) if newest_first else found


def _row(message: Captured, summary: Summary) -> TraceRow:
    flow = message.flow
    return TraceRow(
        id=message.id,
        time=message.time,
        direction=message.direction,
        transport=flow.transport.value,
        local=str(flow.local),
        remote=str(flow.remote),
        title=summary.title,
        from_user=summary.from_user,
        to_user=summary.to_user,
        call_id=summary.call_id,
        cseq=summary.cseq,
        size=len(message.data),
    )
