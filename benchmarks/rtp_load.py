"""A generator of G.711 streams for benchmarks: sends and receives in batches by system call. Linux only."""

from __future__ import annotations

import ctypes
import socket
import struct
import time
from dataclasses import dataclass

import numpy as np

PACKET = 172  # 12 bytes of header, 160 of G.711
SLOTS = 20  # packets are spread over the 20 ms of a frame, one batch a millisecond
_BATCH = 512
_DONT_WAIT = 0x40


class _Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class _Head(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint),
        ("vectors", ctypes.POINTER(_Vector)),
        ("vector_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    ]


class _Message(ctypes.Structure):
    _fields_ = [("head", _Head), ("length", ctypes.c_uint)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run saw."""

    sent: int
    received: int
    p50_ms: float
    p99_ms: float
    worst_lag_ms: float  # how late the generator itself was

    @property
    def loss(self) -> float:
        """The share of packets that did not come back."""
        return 1.0 - self.received / self.sent if self.sent else 1.0


class Load:
    """One socket that is the far end of every leg; each packet carries the time it was sent."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sock.bind(("127.0.0.1", 0))
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
        self.address: tuple[str, int] = self._sock.getsockname()
        self._inbox = np.zeros((_BATCH, 256), np.uint8)
        self._in_vectors = (_Vector * _BATCH)()
        self._in = (_Message * _BATCH)()
        for index in range(_BATCH):
            self._in_vectors[index] = _Vector(self._inbox.ctypes.data + index * 256, 256)
            self._in[index].head.vectors = ctypes.pointer(self._in_vectors[index])
            self._in[index].head.vector_count = 1

    def run(self, ports: list[int], seconds: float) -> Outcome:
        """Send 50 packets a second to each port; a port is one leg of the relay on 127.0.0.1."""
        count = len(ports)
        packets = np.zeros((count, PACKET), np.uint8)
        packets[:, 0] = 0x80
        packets[:, 8:12] = np.arange(1, count + 1, dtype=">u4").view(np.uint8).reshape(count, 4)
        sequences = packets[:, 2:4]
        timestamps = packets[:, 4:8]
        stamps = packets[:, 12:20]
        names = np.zeros((count, 16), np.uint8)
        for index, port in enumerate(ports):
            name = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(port), b"\x7f\0\0\1")
            names[index] = np.frombuffer(name, np.uint8)
        vectors = (_Vector * count)()
        out = (_Message * count)()
        for index in range(count):
            vectors[index] = _Vector(packets.ctypes.data + index * PACKET, PACKET)
            out[index].head.name = names.ctypes.data + index * 16
            out[index].head.name_length = 16
            out[index].head.vectors = ctypes.pointer(vectors[index])
            out[index].head.vector_count = 1
        bounds = [slot * count // SLOTS for slot in range(SLOTS + 1)]
        descriptor, size = self._sock.fileno(), ctypes.sizeof(_Message)
        delays: list[np.ndarray] = []
        sent = frame = slot = 0
        worst_lag = 0.0
        due = time.monotonic()
        end = due + seconds
        while due < end:
            low, high = bounds[slot], bounds[slot + 1]
            if slot == 0:
                frame += 1
                sequences[:] = np.frombuffer(struct.pack("!H", frame & 0xFFFF), np.uint8)
                timestamps[:] = np.frombuffer(struct.pack("!I", frame * 160 & 0xFFFF_FFFF), np.uint8)
            if high > low:
                stamps[low:high] = np.frombuffer(struct.pack("=q", time.monotonic_ns()), np.uint8)
                done = self._libc.sendmmsg(descriptor, ctypes.byref(out, low * size), high - low, 0)
                sent += max(done, 0)
            self._receive(delays)
            slot = (slot + 1) % SLOTS
            due += 0.001
            ahead = due - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
            else:
                worst_lag = max(worst_lag, -ahead)
        for _ in range(20):
            time.sleep(0.02)
            self._receive(delays)
        found = np.concatenate(delays) / 1e6 if delays else np.zeros(1)
        received = sum(map(len, delays))
        p50, p99 = np.percentile(found, (50, 99))
        return Outcome(sent, received, float(p50), float(p99), worst_lag * 1000)

    def _receive(self, delays: list[np.ndarray]) -> None:
        while True:
            count = self._libc.recvmmsg(self._sock.fileno(), self._in, _BATCH, _DONT_WAIT, None)
            if count <= 0:
                return
            stamps = np.ascontiguousarray(self._inbox[:count, 12:20]).view(np.int64).ravel()
            delays.append(time.monotonic_ns() - stamps)

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()
