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

from app.media.dtmf import EventPacket, packets_of
from app.media.voice_codec import CODECS, VoiceCodec, new_decoder, new_encoder
from tests.support.programs import DEADLINE, eventually
from tests.support.tones import RATE, Samples, mulaw_decode, mulaw_encode, tone

FRAME = RATE // 50  # samples in 20 ms
HEADER = struct.Struct("!BBHII")  # RFC 3550 5.1
EVENTS = 101  # what scripted phones call telephone-event


def _payloads(codec: VoiceCodec, hertz: float) -> list[bytes]:
    """A second of the tone in packets of 20 ms."""
    frames = np.resize(tone(hertz, 1), RATE).reshape(-1, FRAME)
    if codec.name == "pcmu":
        return [mulaw_encode(frame) for frame in frames]
    moments = np.arange(16_000) / 16_000
    sound = (8000 * np.sin(2 * np.pi * hertz * moments)).astype(np.int16)
    encoder = new_encoder(codec)
    return [encoder.encode(frame) for frame in sound.reshape(-1, 320)]


class RtpEar:
    """Sends to where the first packet came from, or to `target`, every 20 ms until closed.

    It speaks G.711 mu-law, or the codec named. What it heard is told at 8 kHz.
    """

    def __init__(
        self,
        hertz: float,
        host: str = "127.0.0.1",
        target: tuple[str, int] | None = None,
        port: int = 0,
        *,
        codec: str = "pcmu",
    ) -> None:
        self.codec = CODECS[codec]
        self._stamps = self.codec.clock_rate // 50  # of a packet
        self._socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, port))
        self.port: int = self._socket.getsockname()[1]
        self.target = target
        self.payload_type = self.codec.payload_type  # what it says it sends
        self.instead: deque[tuple[int, bytes]] = deque()  # payload types and payloads to send next
        self._payloads = _payloads(self.codec, hertz)
        self._keys: deque[EventPacket] = deque()
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
            if len(packet) > HEADER.size and self._is_sound(packet[1] & 0x7F):
                with self._lock:
                    self._heard.append(packet[HEADER.size :])

    def _send(self) -> None:
        sequence, stamp, source = secrets.randbits(15), secrets.randbits(31), secrets.randbits(32)
        due, began = time.monotonic(), stamp
        while not self._closing.wait(max(0.0, due - time.monotonic())):
            due += FRAME / RATE
            if self.target is None:
                continue
            kind, payload = self.payload_type, self._payloads[sequence % len(self._payloads)]
            if self.instead:
                kind, payload = self.instead.popleft()
            when = stamp
            if self._keys:
                key = self._keys.popleft()
                began = stamp if key.marker else began
                kind, payload = EVENTS | key.marker << 7, key.payload
                when = (began + key.offset) & 0xFFFFFFFF
            try:
                self._socket.sendto(
                    HEADER.pack(0x80, kind, sequence & 0xFFFF, when, source) + payload,
                    self.target,
                )
            except OSError:  # the other end is not there yet, or no longer
                continue
            sequence += 1
            stamp = (stamp + self._stamps) & 0xFFFFFFFF

    def press(self, digit: str) -> None:
        """Press a key for 100 ms by RFC 4733, and wait until it was sent."""
        self._keys.extend(packets_of(digit, 100, clock_rate=8000))
        eventually(lambda: not self._keys or self._closing.is_set(), "the key is sent")

    def _is_sound(self, payload_type: int) -> bool:
        """Its codec's number: its own is fixed where it is static, else whatever is no key."""
        static = self.codec.payload_type
        return payload_type == static if static < 96 else payload_type >= 96 and payload_type != EVENTS

    def heard(self) -> Samples:
        """All it has heard, in order of arrival."""
        with self._lock:
            if self.codec.name == "pcmu":
                return mulaw_decode(b"".join(self._heard))
            heard = list(self._heard)
        decoder = new_decoder(self.codec)
        sound = [decoder.decode(payload) for payload in heard]
        return np.concatenate(sound)[::2] if sound else np.zeros(0, np.int16)

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
