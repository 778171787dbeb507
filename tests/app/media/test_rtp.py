"""RTP packets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtp import (
    Extension,
    RtpError,
    RtpPacket,
    is_rtcp,
    parse,
    sequence_distance,
    timestamp_distance,
)

word = st.integers(0, 0xFFFF_FFFF)
packets = st.builds(
    RtpPacket,
    payload_type=st.integers(0, 127),
    sequence=st.integers(0, 0xFFFF),
    timestamp=word,
    ssrc=word,
    payload=st.binary(max_size=40),
    marker=st.booleans(),
    csrcs=st.lists(word, max_size=15).map(tuple),
    extension=st.none()
    | st.builds(
        Extension, st.integers(0, 0xFFFF), st.integers(0, 5).map(lambda words: bytes(range(4 * words)))
    ),
    padding=st.integers(0, 255),
)


@given(packets)
def test_what_is_written_is_read_again(packet: RtpPacket) -> None:
    assert parse(packet.encode()) == packet


@given(packets, st.data())
def test_a_packet_that_is_cut_off_is_refused_or_shorter(packet: RtpPacket, data: st.DataObject) -> None:
    whole = packet.encode()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    try:
        found = parse(cut)
    except RtpError:
        return
    assert len(found.encode()) == len(cut)


def test_the_bits_stand_where_rfc_3550_wants_them() -> None:
    packet = RtpPacket(
        payload_type=8, sequence=0x1234, timestamp=0xA0, ssrc=0xDEADBEEF, payload=b"xy", marker=True
    )
    assert packet.encode() == bytes.fromhex("80881234000000a0deadbeef") + b"xy"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(12),  # version 0
        bytes.fromhex("8f0012340000000000000000"),  # 15 CSRCs, none there
        bytes.fromhex("900012340000000000000000"),  # an extension, not there
        bytes.fromhex("90001234000000000000000000000002") + bytes(4),  # two words of extension, one there
        bytes.fromhex("a00012340000000000000000"),  # padding 0
        bytes.fromhex("a0001234000000000000000009"),  # padding beyond the payload
    ],
)
def test_what_is_no_rtp_is_refused(data: bytes) -> None:
    with pytest.raises(RtpError):
        parse(data)


@pytest.mark.parametrize(
    "packet",
    [
        RtpPacket(payload_type=128, sequence=0, timestamp=0, ssrc=0),
        RtpPacket(payload_type=0, sequence=0, timestamp=0, ssrc=0, csrcs=tuple(range(16))),
        RtpPacket(payload_type=0, sequence=0, timestamp=0, ssrc=0, extension=Extension(0, b"x")),
        RtpPacket(payload_type=0, sequence=0, timestamp=0, ssrc=0, padding=256),
    ],
)
def test_what_does_not_fit_is_not_written(packet: RtpPacket) -> None:
    with pytest.raises(RtpError):
        packet.encode()


@given(st.integers(0, 0xFFFF), st.integers(-32_768, 32_767))
def test_sequences_are_compared_across_the_wrap(start: int, steps: int) -> None:
    assert sequence_distance((start + steps) % 65_536, start) == steps


@given(word, st.integers(-(1 << 31), (1 << 31) - 1))
def test_timestamps_are_compared_across_the_wrap(start: int, steps: int) -> None:
    assert timestamp_distance((start + steps) % (1 << 32), start) == steps


def test_sequence_and_timestamp_wrap_when_written() -> None:
    packet = parse(RtpPacket(payload_type=0, sequence=65_536, timestamp=(1 << 32) + 7, ssrc=1).encode())
    assert (packet.sequence, packet.timestamp) == (0, 7)


def test_rtcp_on_an_rtp_port_is_told_apart() -> None:
    assert is_rtcp(bytes.fromhex("80c8000600000000"))
    assert not is_rtcp(bytes.fromhex("8080000600000000"))
    assert not is_rtcp(bytes.fromhex("00c8000600000000"))
    assert not is_rtcp(b"\x80\xc8")
