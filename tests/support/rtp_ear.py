"""A bare RTP end for a phone whose signalling is scripted: plays a tone, keeps what it hears."""

from __future__ import annotations

import secrets
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from tests.support.programs import DEADLINE, eventually
from tests.support.tones import RATE, Samples, mulaw_decode, mulaw_encode, tone

FRAME = RATE // 50  # samples in 20 ms
HEADER = struct.Struct("!BBHII")  # RFC 3550 5.1
PCMU = 0


class RtpEar:
    """Sends G.711 mu-law to where the first packet came from, or to `target`, every 20 ms until closed."""

    def __init__(
        self, hertz: float, host: str = "127.0.0.1", target: tuple[str, int] | None = None, port: int = 0
    ) -> None:
        self._socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, port))
        self.port: int = self._socket.getsockname()[1]
        self.target = target
        self.payload_type = PCMU  # what it says it sends
        self.instead: deque[tuple[int, bytes]] = deque()  # payload types and payloads to send next
        self._frames = np.resize(tone(hertz, 1), RATE).reshape(-1, FRAME)
        self._heard: list[bytes] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._socket.settimeout(0.2)
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._receive, self._send)]
        for thread in self._threads:
            thread.start()

    def _receive(self) -> None:
        while not self._closing.is_set():
            try:
                packet, source = self._socket.recvfrom(2048)
            except (TimeoutError, OSError):
                continue
            self.target = self.target or source[:2]
            if len(packet) > HEADER.size and packet[1] & 0x7F == PCMU:
                with self._lock:
                    self._heard.append(packet[HEADER.size :])

    def _send(self) -> None:
        sequence, stamp, source = secrets.randbits(15), secrets.randbits(31), secrets.randbits(32)
        due = time.monotonic()
        while not self._closing.wait(max(0.0, due - time.monotonic())):
            due += FRAME / RATE
            if self.target is None:
                continue
            kind, payload = self.payload_type, mulaw_encode(self._frames[sequence % len(self._frames)])
            if self.instead:
                kind, payload = self.instead.popleft()
            try:
                self._socket.sendto(
                    HEADER.pack(0x80, kind, sequence & 0xFFFF, stamp, source) + payload,
                    self.target,
                )
            except OSError:  # the other end is not there yet, or no longer
                continue
            sequence += 1
            stamp = (stamp + FRAME) & 0xFFFFFFFF

    def heard(self) -> Samples:
        """All it has heard, in order of arrival."""
        with self._lock:
            return mulaw_decode(b"".join(self._heard))

    def forget(self) -> None:
        """Start to listen anew."""
        with self._lock:
            self._heard.clear()

    def listen(self, enough: Callable[[Samples], bool], timeout: float = DEADLINE) -> None:
        """Wait until what it has heard is enough."""
        eventually(lambda: enough(self.heard()), "the RTP ear hears enough", timeout)

    def close(self) -> None:
        """Fall silent and give the port back."""
        self._closing.set()
        for thread in self._threads:
            thread.join(5)
        self._socket.close()

    def __enter__(self) -> RtpEar:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
