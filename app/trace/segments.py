"""The capture's files: append-only segments of checked records; the oldest go when they grow too many."""

from __future__ import annotations

import logging
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app.sip.flow import Address, Direction, Flow, Transport

logger = logging.getLogger(__name__)

MAGIC = b"OMSSTRC1"
_HEAD = struct.Struct("<II")  # length of the payload, its CRC-32
_META = struct.Struct("<QdBBIHHBB")  # id, time, direction, transport, connection, ports, lengths of the hosts
_DIRECTIONS = (Direction.IN, Direction.OUT)
_TRANSPORTS = (Transport.UDP, Transport.TCP, Transport.TLS)
_SUFFIX = ".trace"


class Captured(NamedTuple):
    """One message as it was seen; `time` is in Unix seconds."""

    id: int
    time: float
    direction: Direction
    flow: Flow
    data: bytes


def encode(message: Captured) -> bytes:
    """Write one record."""
    flow = message.flow
    local, remote = flow.local.host.encode(), flow.remote.host.encode()
    payload = b"".join(
        (
            _META.pack(
                message.id,
                message.time,
                _DIRECTIONS.index(message.direction),
                _TRANSPORTS.index(flow.transport),
                flow.connection & 0xFFFFFFFF,
                flow.local.port,
                flow.remote.port,
                len(local),
                len(remote),
            ),
            local,
            remote,
            message.data,
        )
    )
    return _HEAD.pack(len(payload), zlib.crc32(payload)) + payload


def _decode(payload: bytes) -> Captured:
    number, time, direction, transport, connection, local_port, remote_port, a, b = _META.unpack_from(payload)
    hosts = _META.size
    flow = Flow(
        _TRANSPORTS[transport],
        Address(payload[hosts : hosts + a].decode(), local_port),
        Address(payload[hosts + a : hosts + a + b].decode(), remote_port),
        connection,
    )
    return Captured(number, time, _DIRECTIONS[direction], flow, payload[hosts + a + b :])


def payloads(blob: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk a segment's records: where each ends, and its payload. Stops at a torn or damaged record."""
    if not blob.startswith(MAGIC):
        return
    at, end = len(MAGIC), len(blob)
    while at + _HEAD.size <= end:
        length, check = _HEAD.unpack_from(blob, at)
        start, at = at + _HEAD.size, at + _HEAD.size + length
        if length < _META.size or at > end:
            return
        payload = blob[start:at]
        if zlib.crc32(payload) != check:
            return
        yield at, payload


def decode(blob: bytes, is_wanted: Callable[[bytes], bool] | None = None) -> Iterator[Captured]:
    """Read a segment's messages; `is_wanted` sees the raw record first and spares building the rest."""
    for _, payload in payloads(blob):
        if is_wanted is None or is_wanted(payload):
            yield _decode(payload)


class Segment(NamedTuple):
    """One file; its messages have ids from `first_id` up to the next segment's."""

    first_id: int
    path: Path


class SegmentStore:
    """The segments in one folder. Raises OSError; whoever calls decides what a full disk means.

    `append` and `clear` are for one thread at a time; reading needs no lock: a deleted segment is empty.
    """

    def __init__(self, folder: Path, *, segment_bytes: int, total_bytes: int) -> None:
        self._folder = folder
        self._segment_bytes = segment_bytes
        self._total_bytes = total_bytes
        self._sizes: dict[Segment, int] = {}
        self._file: int | None = None  # of the newest segment
        self.segments: tuple[Segment, ...] = ()  # oldest first; replaced whole
        self.last_id = 0

    def open(self) -> None:
        """Find what earlier runs left; cut a record torn by a kill off the newest segment."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._sizes = {}
        for path in sorted(self._folder.glob("*" + _SUFFIX)):
            if path.stem.isdigit():
                self._sizes[Segment(int(path.stem), path)] = path.stat().st_size
        self.segments = tuple(sorted(self._sizes))
        if self.segments:
            self._resume(self.segments[-1])

    def _resume(self, newest: Segment) -> None:
        good, last_id = 0, newest.first_id - 1
        for end, payload in payloads(newest.path.read_bytes()):
            good, last_id = end, int(_META.unpack_from(payload)[0])
        # An unreadable file still used up its first id: no two messages may ever share one.
        self.last_id = max(last_id, newest.first_id)
        if good == 0:
            newest.path.unlink()
            self._forget(newest)
            return
        if good < self._sizes[newest]:
            logger.info("trace: cut %d bytes of a torn record", self._sizes[newest] - good)
            os.truncate(newest.path, good)
            self._sizes[newest] = good

    def append(self, batch: Sequence[Captured]) -> None:
        """Write messages, with one system call for each segment they reach, and keep the total in bounds."""
        records: list[bytes] = []
        pending = 0
        first_id = 0
        for message in batch:
            room = self._segment_bytes - (self._sizes[self.segments[-1]] if self.segments else 0) - pending
            record = encode(message)
            if records and len(record) > room:
                self._write(first_id, records)
                records, pending = [], 0
            if not records:
                first_id = message.id
            records.append(record)
            pending += len(record)
        if records:
            self._write(first_id, records)
        if batch:
            self.last_id = max(self.last_id, batch[-1].id)
        self._delete_oldest()

    def _write(self, first_id: int, records: list[bytes]) -> None:
        data = b"".join(records)
        if not self.segments or self._sizes[self.segments[-1]] + len(data) > self._segment_bytes:
            self._begin(Segment(first_id, self._folder / f"{first_id:015d}{_SUFFIX}"))
        newest = self.segments[-1]
        if self._file is None:
            self._file = os.open(newest.path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        written = 0
        try:
            while written < len(data):
                written += os.write(self._file, data[written:])
        except OSError:
            self._undo(newest)
            raise
        self._sizes[newest] += written

    def _begin(self, segment: Segment) -> None:
        self.close()
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._file = os.open(segment.path, flags, 0o600)
        self._sizes[segment] = 0
        self.segments = (*self.segments, segment)
        try:
            os.write(self._file, MAGIC)
        except OSError:
            self.close()
            self._forget(segment)
            raise
        self._sizes[segment] = len(MAGIC)

    def _undo(self, newest: Segment) -> None:
        """Take back a half-written batch, so that what follows can be read."""
        self.close()
        try:
            os.truncate(newest.path, self._sizes[newest])
        except OSError:
            # Not even that: leave the torn end where it is, and go on in a segment of its own next time.
            self._sizes[newest] = self._segment_bytes

    def _delete_oldest(self) -> None:
        total = sum(self._sizes.values())
        while total > self._total_bytes and len(self.segments) > 1:
            oldest = self.segments[0]
            try:
                oldest.path.unlink(missing_ok=True)
            except PermissionError:  # Windows, while somebody reads it: the next batch tries again
                return
            total -= self._sizes[oldest]
            self._forget(oldest)

    def _forget(self, segment: Segment) -> None:
        self._sizes.pop(segment, None)
        self.segments = tuple(known for known in self.segments if known != segment)

    def clear(self) -> None:
        """Delete all segments; ids go on where they were."""
        self.close()
        for segment in self.segments:
            segment.path.unlink(missing_ok=True)
            self._forget(segment)

    def close(self) -> None:
        """Close the file being written."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def read(segment: Segment) -> bytes:
    """Read a segment whole; b"" when it was deleted meanwhile or cannot be read."""
    try:
        return segment.path.read_bytes()
    except OSError as problem:
        logger.debug("trace: %s is gone: %s", segment.path.name, problem)
        return b""
