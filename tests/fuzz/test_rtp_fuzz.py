"""Packets or the documented error, never anything else."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from app.media import rtcp, rtp
from app.media.dtmf import DigitReceiver, EventError
from app.media.statistics import StreamStatistics

head = st.sampled_from([b"", b"\x80", b"\x80\x00", b"\x90\x60", b"\xb0\x80", b"\x8f\x08", b"\xa0\x65"])
control = st.sampled_from(
    [b"", b"\x80\xc8", b"\x81\xc8\x00\x0c", b"\x81\xc9\x00\x07", b"\x82\xca", b"\xa1\xcb\x00\x01"]
)


@given(head, st.binary(max_size=120))
def test_rtp(start: bytes, rest: bytes) -> None:
    data = start + rest
    with contextlib.suppress(rtp.RtpError):
        packet = rtp.parse(data)
        assert rtp.parse(packet.encode()) == packet
        assert len(packet.encode()) == len(data)


@given(control, st.binary(max_size=120))
def test_rtcp(start: bytes, rest: bytes) -> None:
    with contextlib.suppress(rtcp.RtcpError):
        packets = rtcp.parse(start + rest)
        assert rtcp.parse(rtcp.encode(packets)) == packets


@given(st.lists(st.tuples(st.integers(0, (1 << 32) - 1), st.binary(max_size=6)), max_size=30))
def test_telephone_events(packets: list[tuple[int, bytes]]) -> None:
    receiver = DigitReceiver()
    down = 0
    for timestamp, payload in packets:
        with contextlib.suppress(EventError):
            for found in receiver.receive(timestamp, payload):
                down += 1 if type(found).__name__ == "DigitStarted" else -1
                assert down in (0, 1)
    down -= len(receiver.flush())
    assert down == 0


@given(
    st.lists(
        st.tuples(
            st.integers(0, 65_535), st.integers(0, (1 << 32) - 1), st.sampled_from([1, 2]), st.floats(0, 1e6)
        ),
        max_size=60,
    )
)
def test_statistics(packets: list[tuple[int, int, int, float]]) -> None:
    statistics = StreamStatistics()
    for sequence, timestamp, ssrc, now in packets:
        statistics.receive(sequence, timestamp, ssrc, now)
    assert statistics.expected == statistics.received + statistics.lost
    assert 0 <= statistics.received <= len(packets)
    assert statistics.jitter_ms >= 0
    report = statistics.report(0.0)
    assert rtcp.ReceiverReport(ssrc=1, reports=(report,)).encode()
