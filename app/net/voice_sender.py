"""What a voice port's peer gets to hear: what is played to it, keys, and who it is joined with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from app.media.samples import FRAME, FRAME_MS, RATE, Samples
from app.media.sources import SoundSource
from app.media.voice_codec import VoiceCodec, new_encoder
from app.net.voice_agreement import Agreement
from app.net.voice_keys import KeySender
from app.net.voice_stream import VoiceStream

logger = logging.getLogger(__name__)

OnEnd = Callable[[], None]


class VoiceSender:
    """Puts one thing after the other on a stream. `wake` has `step` called each tick while it is True."""

    __slots__ = (
        "_keys",
        "_on_end",
        "_packer",
        "_source",
        "_wake",
        "agreed",
        "is_playing",
        "is_taken",
        "stream",
    )

    def __init__(self, stream: VoiceStream, wake: Callable[[], None]) -> None:
        self.stream = stream
        self.agreed = Agreement()
        self.is_playing = False
        self.is_taken = True  # something of our own is heard, or nothing may be: others' sound is not wanted
        self._wake = wake
        self._keys = KeySender(stream)
        self._packer: Packer | None = None
        self._source: SoundSource | None = None
        self._on_end: OnEnd | None = None

    def use(self, agreed: Agreement, tick: int) -> None:
        """Send as is agreed from now on."""
        before, self.agreed = self.agreed, agreed
        if not agreed.sends:
            self._keys.clear()
            self.stream.break_off()
        self._consider()
        if agreed.codec is None:
            return
        is_same = (agreed.codec, agreed.ptime_ms) == (before.codec, before.ptime_ms)
        if not is_same:
            self._packer = None
        if not is_same or agreed.payload_type != before.payload_type:
            self.stream.use(agreed.payload_type, agreed.codec.clock_rate, agreed.ptime_ms, tick)

    def play(self, source: SoundSource | None, on_end: OnEnd | None = None) -> None:
        """Replace what plays."""
        if source is not None or self._source is not None:
            self.stream.break_off()
        self._source, self._on_end = source, on_end
        self.is_playing = source is not None
        self._consider()
        if self.is_playing:
            self._wake()

    def send_digit(self, digit: str, duration_ms: int) -> None:
        """Put a key in line; EventError where it is none."""
        self._keys.add(digit, duration_ms)
        self._wake()

    def step(self, tick: int) -> bool:
        """Send what is due in this tick; False = nothing will be until `wake`."""
        keys, source = self._keys, self._source
        tone: Samples | None = None
        if not keys.is_idle:
            if self.agreed.sends:
                tone = keys.step(tick, self.agreed.event)
            else:
                keys.clear()
            self._consider()
            if tone is not None:
                self._send(tick, tone)
        if source is not None and tone is None:
            self._play(tick, source)
        return self._source is not None or not keys.is_idle

    def forward(self, tick: int, frame: Samples) -> None:
        """Send 20 ms of somebody else's sound, unless something of our own is heard."""
        if not self.is_taken:
            self._send(tick, frame)

    def keep_alive(self, tick: int) -> None:
        """Send one packet of silence where nothing is sent, for the routers on the way (RFC 6263)."""
        agreed = self.agreed
        if agreed.sends and agreed.codec is not None and not self.is_playing:
            self.stream.continues(tick)
            self.stream.sound(silence(agreed.codec, agreed.ptime_ms))
            self.stream.break_off()

    def close(self) -> None:
        """Forget all."""
        self._keys.clear()
        self.agreed = Agreement()
        self.play(None)

    def _consider(self) -> None:
        self.is_taken = self.is_playing or self._keys.is_tone or not self.agreed.sends

    def _play(self, tick: int, source: SoundSource) -> None:
        agreed = self.agreed
        try:
            if agreed.sends and agreed.codec is not None and agreed.ptime_ms == FRAME_MS:
                payload = source.payload(tick, agreed.codec, FRAME_MS)
                if payload:
                    if self._source is source:
                        self.stream.continues(tick)
                        self.stream.sound(payload)
                    return
                frame = None if payload is None else source.frame(tick)
            else:
                frame = source.frame(tick)
            if frame is not None:
                if self._source is source and agreed.sends:
                    self._send(tick, frame)
                return
        except Exception:
            logger.exception("a source of sound failed and is stopped: %r", source)
        self._end(source)

    def _end(self, source: SoundSource) -> None:
        if self._source is not source:
            return  # it was replaced while it was asked
        on_end = self._on_end
        self.play(None)
        if on_end is not None:
            try:
                on_end()
            except Exception:
                logger.exception("what follows on the end of a source failed")

    def _send(self, tick: int, frame: Samples) -> None:
        agreed = self.agreed
        if agreed.codec is None:
            return
        packer = self._packer
        if packer is None:
            packer = self._packer = Packer(agreed.codec, agreed.ptime_ms)
        if not self.stream.continues(tick):
            packer.clear()
        for payload in packer.pack(frame):
            self.stream.sound(payload)


class Packer:
    """Encodes frames of 20 ms into packets of another length."""

    __slots__ = ("_encoder", "_frames", "_size", "_waiting")

    def __init__(self, codec: VoiceCodec, ptime_ms: int) -> None:
        self._encoder = new_encoder(codec, ptime_ms)
        self._size = RATE * ptime_ms // 1000
        self._frames: list[Samples] = []
        self._waiting = 0

    def clear(self) -> None:
        """Forget what waits for the rest of its packet."""
        self._frames.clear()
        self._waiting = 0

    def pack(self, frame: Samples) -> Sequence[bytes]:
        """The packets that are whole with this frame."""
        size = self._size
        if size == FRAME:
            return (self._encoder.encode(frame),)
        self._frames.append(frame)
        self._waiting += len(frame)
        if self._waiting < size:
            return ()
        sound = np.concatenate(self._frames)
        whole = self._waiting - self._waiting % size
        self._frames = [sound[whole:]]
        self._waiting -= whole
        return [self._encoder.encode(sound[start : start + size]) for start in range(0, whole, size)]


@lru_cache(maxsize=32)
def silence(codec: VoiceCodec, ptime_ms: int) -> bytes:
    """One packet of silence."""
    return new_encoder(codec, ptime_ms).encode(np.zeros(RATE * ptime_ms // 1000, np.int16))
