"""A phone's end of RTP for voice ports in virtual time: talks in any codec, decodes what it hears."""

from __future__ import annotations

import asyncio
import functools
import inspect
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import numpy as np

from app.media import rtcp, rtp
from app.media.dtmf import packets_of
from app.media.rtp import RtpPacket, sequence_distance, timestamp_distance
from app.media.samples import RATE, Samples
from app.media.voice_codec import CODECS, VoiceCodec, new_decoder, new_encoder
from app.net.voice_engine import VoiceEngine
from app.net.voice_port import VoicePort
from app.sdp.codec import Codec
from app.sdp.target import MediaTarget
from tests.support import tones, virtual_time
from tests.support.media_phone import rtp_ports

EVENT = Codec(101, "telephone-event", 8000, 1, "0-16")
EVENT_48 = Codec(102, "telephone-event", 48_000, 1, "0-16")


def sdp_codec(name: str, payload_type: int | None = None) -> Codec:
    """One of ours, as an SDP names it."""
    ours = CODECS[name]
    number = ours.payload_type if payload_type is None else payload_type
    return Codec(number, ours.name, ours.clock_rate, ours.channels)


class VoicePhone:
    """Two sockets, a stream of its own, and all packets it got."""

    def __init__(
        self,
        codec: str = "pcmu",
        *,
        ptime: int = 20,
        events: tuple[Codec, ...] = (EVENT,),
        others: Iterable[str] = (),
        host: str = "127.0.0.1",
        ssrc: int = 1,
    ) -> None:
        self.host, self.ptime, self.events, self.ssrc = host, ptime, events, ssrc
        self.codecs = (sdp_codec(codec), *map(sdp_codec, others))
        self.rtp, self.rtcp = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        for sock in (self.rtp, self.rtcp):
            sock.setblocking(False)
            sock.bind((host, 0))
        self.packets: list[RtpPacket] = []
        self.reports: list[rtcp.RtcpPacket] = []
        self.sequence, self.timestamp = 65_500, 0xFFFF_F000
        self._port = 0
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self.rtp, self._hear)
        self._loop.add_reader(self.rtcp, self._hear_rtcp)

    def target(self, **changes: Any) -> MediaTarget:
        """What its SDP says."""
        host, port = self.rtp.getsockname()
        fields: dict[str, Any] = {
            "host": host,
            "port": port,
            "rtcp_port": self.rtcp.getsockname()[1],
            "codecs": (*self.codecs, *self.events),
            "telephone_event_pt": self.events[0].payload_type if self.events else None,
            "ptime": self.ptime,
        }
        return MediaTarget(**fields | changes)

    def call(self, port: VoicePort) -> None:
        """Let both know of each other."""
        self._port = port.address.port
        port.connect(self.target())

    # It talks

    def send(
        self,
        payload: bytes,
        *,
        payload_type: int | None = None,
        marker: bool = False,
        timestamp: int | None = None,
        **fields: Any,
    ) -> RtpPacket:
        """Send one packet; the sequence goes on, the timestamp is the caller's."""
        packet = RtpPacket(
            payload_type=self.codecs[0].payload_type if payload_type is None else payload_type,
            sequence=self.sequence & 0xFFFF,
            timestamp=(self.timestamp if timestamp is None else timestamp) & 0xFFFF_FFFF,
            ssrc=self.ssrc,
            payload=payload,
            marker=marker,
            **fields,
        )
        self.sequence += 1
        self.rtp.sendto(packet.encode(), ("127.0.0.1", self._port))
        return packet

    async def say(
        self,
        sound: Samples,
        *,
        codec: str | None = None,
        loses: Callable[[int], bool] = lambda number: False,
        delay: Callable[[int], float] = lambda number: 0.0,
    ) -> None:
        """Talk in real time; some packets are lost, or come later than the others."""
        spoken = self.codecs[0] if codec is None else sdp_codec(codec)
        encoder = new_encoder(CODECS[spoken.name.lower()], self.ptime)
        size = RATE * self.ptime // 1000
        begins = self._loop.time()
        for number in range(len(sound) // size):
            payload = encoder.encode(sound[number * size : (number + 1) * size])
            packet = RtpPacket(
                payload_type=spoken.payload_type,
                sequence=self.sequence & 0xFFFF,
                timestamp=self.timestamp & 0xFFFF_FFFF,
                ssrc=self.ssrc,
                payload=payload,
                marker=number == 0,
            ).encode()
            self.sequence += 1
            self.timestamp += spoken.clock_rate * self.ptime // 1000
            if not loses(number):
                when = begins + number * self.ptime / 1000 + delay(number)
                self._loop.call_at(when, self.rtp.sendto, packet, ("127.0.0.1", self._port))
        await asyncio.sleep(begins + len(sound) / RATE + 0.001 - self._loop.time())

    def press(self, digit: str, payload_type: int = 101, clock_rate: int = 8000) -> None:
        """Send a key by RFC 4733, in time."""
        began = self.timestamp
        for number, event in enumerate(packets_of(digit, 100, clock_rate=clock_rate)):
            self._loop.call_later(
                number * 0.02,
                functools.partial(
                    self.send,
                    event.payload,
                    payload_type=payload_type,
                    marker=event.marker,
                    timestamp=began + event.offset,
                ),
            )
        self.timestamp += clock_rate // 5

    # It hears

    def sounds(self, payload_type: int | None = None) -> list[RtpPacket]:
        """The packets of sound it got: of its first codec unless told otherwise."""
        wanted = self.codecs[0].payload_type if payload_type is None else payload_type
        return [packet for packet in self.packets if packet.payload_type == wanted]

    def event_packets(self) -> list[RtpPacket]:
        """The packets of telephone-events it got."""
        numbers = {codec.payload_type for codec in self.events}
        return [packet for packet in self.packets if packet.payload_type in numbers]

    def heard(self, codec: str | None = None) -> Samples:
        """What it got, decoded at 16 kHz in order of sequence; lost packets leave no gap."""
        spoken = self.codecs[0] if codec is None else sdp_codec(codec)
        decoder = new_decoder(CODECS[spoken.name.lower()])
        pieces = [decoder.decode(packet.payload) for packet in self.sounds(spoken.payload_type)]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)

    def forget(self) -> None:
        """Begin to listen anew."""
        self.packets.clear()
        self.reports.clear()

    def vanish(self) -> None:
        """Let the RTP port go: what is sent there is answered by ICMP."""
        self._loop.remove_reader(self.rtp)
        self.rtp.close()

    def close(self) -> None:
        """Close the sockets."""
        for sock in (self.rtp, self.rtcp):
            if sock.fileno() >= 0:
                self._loop.remove_reader(sock)
                sock.close()

    def _hear(self) -> None:
        self.packets.append(rtp.parse(self.rtp.recv(4096)))

    def _hear_rtcp(self) -> None:
        self.reports += rtcp.parse(self.rtcp.recv(4096))


class VoiceHouse:
    """An engine of voice ports in virtual time, and phones that talk with them over loopback."""

    def __init__(self, engine: VoiceEngine) -> None:
        self.engine = engine
        self._phones: list[VoicePhone] = []

    async def phone(self, codec: str = "pcmu", **options: Any) -> tuple[VoicePhone, VoicePort]:
        """A phone, and the port it talks with. It is done between two ticks: none falls on a round time."""
        phone = VoicePhone(codec, **options)
        self._phones.append(phone)
        port = await self.engine.open("127.0.0.1")
        phone.call(port)
        if len(self._phones) == 1:
            await asyncio.sleep(0.005)
        return phone, port

    def close(self) -> None:
        """Close the phones."""
        for phone in self._phones:
            phone.close()


@asynccontextmanager
async def voice_house() -> AsyncIterator[VoiceHouse]:
    """Open one; at the end no port may be left in use."""
    loop = asyncio.get_running_loop()
    pool = rtp_ports()
    engine = VoiceEngine(pool, clock=loop.time, wall=lambda: 1_800_000_000.0 + loop.time())
    house = VoiceHouse(engine)
    try:
        yield house
    finally:
        await engine.close_all()
        await asyncio.sleep(0.1)
        house.close()
    assert engine.ports == 0
    assert pool.taken == 0


def with_voices(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Make an ordinary test of a coroutine that is given a VoiceHouse, in virtual time."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def main() -> None:
            async with voice_house() as house:
                await test(house, *args, **kwargs)

        virtual_time.run(main())

    _, *others = inspect.signature(test).parameters.values()
    run.__signature__ = inspect.Signature(others)  # type: ignore[attr-defined]
    return run


def tone(hertz: float, seconds: float = 1.0, amplitude: int = 8000) -> Samples:
    """A sine at 16 kHz."""
    moments = np.arange(int(RATE * seconds)) * (2 * np.pi * hertz / RATE)
    return (amplitude * np.sin(moments)).astype(np.int16)


def share_of(sound: Samples, hertz: float) -> float:
    """How much of the sound at 16 kHz is this tone: 1 = nothing else."""
    even = sound[: len(sound) // 2 * 2].astype(np.int32).reshape(-1, 2)
    return tones.share_of((even.sum(axis=1) // 2).astype(np.int16), hertz)


class Ear:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.ticks: list[int] = []
        self.frames: list[Samples] = []

    def __call__(self, tick: int, frame: Samples) -> None:
        self.ticks.append(tick)
        self.frames.append(frame)

    @property
    def sound(self) -> Samples:
        return np.concatenate(self.frames)


class Frames:
    """A source of frames that gives no packets: 440 Hz for so many frames, then what it is told to do."""

    def __init__(self, count: int = 1_000_000, then: Callable[[], Samples | None] = lambda: None) -> None:
        self.count, self.then = count, then
        self.sound = tone(440, 1.0)
        self.start: int | None = None

    def frame(self, tick: int) -> Samples | None:
        self.start = tick if self.start is None else self.start
        place = tick - self.start
        if place >= self.count:
            return self.then()
        return self.sound[place % 50 * 320 :][:320]

    def payload(self, tick: int, codec: VoiceCodec, ptime_ms: int) -> bytes | None:
        return b""


def assert_one_stream(packets: list[RtpPacket]) -> None:
    """One SSRC, no gap in the sequence, no timestamp that goes back."""
    assert len({packet.ssrc for packet in packets}) == 1
    for one, other in pairwise(packets):
        assert sequence_distance(other.sequence, one.sequence) == 1
        assert timestamp_distance(other.timestamp, one.timestamp) >= 0
