"""What a port sends: the way of frames into packets. What phones hear of it is in test_voice_port.py."""

from __future__ import annotations

import pytest

from app.media import rtp
from app.media.rtp import RtpPacket, timestamp_distance
from app.media.samples import SILENCE
from app.media.sources import Quiet
from app.media.voice_codec import CODECS
from app.net.voice_agreement import agreement
from app.net.voice_sender import Packer, VoiceSender, silence
from app.net.voice_stream import VoiceStream
from app.sdp.codec import STATIC
from app.sdp.direction import Direction
from app.sdp.target import MediaTarget
from tests.support.voice_phone import tone


class Bench:
    """A sender, and what it sends."""

    def __init__(self) -> None:
        self.sent: list[RtpPacket] = []
        self.woken = 0
        self.sender = VoiceSender(VoiceStream(self), self.wake)  # type: ignore[arg-type]

    def send(self, data: bytes) -> None:
        self.sent.append(rtp.parse(data))

    def wake(self) -> None:
        self.woken += 1

    def agree(self, tick: int = 0, ptime: int = 20, direction: Direction = Direction.SENDRECV) -> None:
        target = MediaTarget("192.0.2.7", 4000, 4001, (STATIC[8],), ptime=ptime, direction=direction)
        self.sender.use(agreement(target), tick)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize(
    ("ptime", "pattern"), [(10, [2, 2, 2]), (20, [1, 1, 1]), (30, [0, 1, 1]), (60, [0, 0, 1])]
)
def test_frames_become_packets_of_any_length(ptime: int, pattern: list[int]) -> None:
    packer = Packer(CODECS["pcmu"], ptime)
    made = [packer.pack(SILENCE) for _ in range(3)]
    assert [len(packets) for packets in made] == pattern
    assert {len(packet) for packets in made for packet in packets} == {8 * ptime}
    packer.pack(SILENCE)
    packer.clear()
    assert [len(packer.pack(SILENCE)) for _ in range(3)] == pattern


def test_silence_is_made_once() -> None:
    assert silence(CODECS["pcma"], 20) == b"\xd5" * 160
    assert silence(CODECS["pcma"], 20) is silence(CODECS["pcma"], 20)


def test_a_sender_sleeps_until_there_is_something_to_do(bench: Bench) -> None:
    bench.agree()
    assert not bench.sender.step(1)
    bench.sender.play(Quiet())
    assert bench.woken == 1
    assert bench.sender.step(2)
    bench.sender.play(None)
    assert not bench.sender.step(3)
    bench.sender.send_digit("1", 20)
    assert bench.woken == 2
    assert bench.sender.step(4)
    assert len(bench.sent) == 2


def test_what_waits_for_its_packet_is_dropped_at_a_break(bench: Bench) -> None:
    bench.agree(ptime=40)
    sound = tone(440, 1.0)
    for tick in (1, 2, 3, 10, 11, 12, 13):
        bench.sender.forward(tick, sound[:320])
    assert len(bench.sent) == 3
    assert [packet.marker for packet in bench.sent] == [True, True, False]
    assert timestamp_distance(bench.sent[1].timestamp, bench.sent[0].timestamp) == 9 * 160
    assert timestamp_distance(bench.sent[2].timestamp, bench.sent[1].timestamp) == 320


def test_the_others_are_not_heard_while_something_plays(bench: Bench) -> None:
    bench.agree()
    bench.sender.play(Quiet())
    assert bench.sender.is_taken
    bench.sender.forward(1, SILENCE)
    assert not bench.sent
    bench.sender.play(None)
    bench.sender.forward(2, SILENCE)
    assert len(bench.sent) == 1


def test_silence_keeps_the_way_open_only_where_nothing_plays_and_nobody_holds(bench: Bench) -> None:
    bench.sender.keep_alive(1)
    bench.agree(direction=Direction.INACTIVE)
    bench.sender.keep_alive(2)
    bench.agree()
    bench.sender.play(Quiet())
    bench.sender.keep_alive(3)
    assert not bench.sent
    bench.sender.play(None)
    bench.sender.keep_alive(4)
    assert [packet.payload for packet in bench.sent] == [b"\xd5" * 160]


def test_closing_ends_everything(bench: Bench) -> None:
    bench.agree()
    bench.sender.play(Quiet(), lambda: pytest.fail("it did not end by itself"))
    bench.sender.send_digit("1", 100)
    bench.sender.close()
    assert not bench.sender.step(1)
    assert not bench.sent
