"""RTCP compound packets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtcp import (
    CNAME,
    Bye,
    Chunk,
    OtherPacket,
    ReceiverReport,
    ReceptionReport,
    RtcpError,
    RtcpPacket,
    SenderReport,
    SourceDescription,
    encode,
    middle,
    parse,
    round_trip,
    to_ntp,
)

word = st.integers(0, 0xFFFF_FFFF)
blocks = st.lists(
    st.builds(
        ReceptionReport,
        ssrc=word,
        fraction_lost=st.integers(0, 255),
        lost=st.integers(-0x80_0000, 0x7F_FFFF),
        highest_sequence=word,
        jitter=word,
        lsr=word,
        dlsr=word,
    ),
    max_size=31,
).map(tuple)
words = st.integers(0, 3).map(lambda count: bytes(4 * count))
packets = st.one_of(
    st.builds(
        SenderReport,
        ssrc=word,
        ntp=st.integers(0, (1 << 64) - 1),
        rtp_timestamp=word,
        packets=word,
        octets=word,
        reports=blocks,
        extra=words,
    ),
    st.builds(ReceiverReport, ssrc=word, reports=blocks, extra=words),
    st.builds(
        SourceDescription,
        st.lists(
            st.builds(
                Chunk,
                word,
                st.lists(st.tuples(st.integers(1, 255), st.binary(max_size=9)), max_size=4).map(tuple),
            ),
            max_size=4,
        ).map(tuple),
    ),
    st.builds(Bye, st.lists(word, max_size=31).map(tuple), st.binary(max_size=20)),
    st.builds(OtherPacket, st.integers(204, 223), st.integers(0, 31), words),
)


@given(st.lists(packets, min_size=1, max_size=4))
def test_what_is_written_is_read_again(compound: list[RtcpPacket]) -> None:
    assert parse(encode(compound)) == tuple(compound)


def test_a_report_as_phones_send_it() -> None:
    report = bytes.fromhex("81c90007000000010000000240ffffff00010002000000501111222200008000")
    names = bytes.fromhex("81ca00030000000101056140622e6300")
    found = parse(report + names)
    block = ReceptionReport(
        ssrc=2, fraction_lost=64, lost=-1, highest_sequence=65_538, jitter=80, lsr=0x1111_2222, dlsr=32_768
    )
    assert found == (
        ReceiverReport(ssrc=1, reports=(block,)),
        SourceDescription((Chunk(1, ((CNAME, b"a@b.c"),)),)),
    )
    with pytest.raises(RtcpError):
        parse(report + names + b"\0\0")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\xc8",
        bytes.fromhex("00c8000600000000"),  # version 0
        bytes.fromhex("80c80006") + bytes(20),  # cut off
        bytes.fromhex("81c80006") + bytes(24),  # a block announced, none there
        bytes.fromhex("81c90001") + bytes(4),
        bytes.fromhex("81ca0001") + bytes(4),  # a chunk without its end
        bytes.fromhex("81ca0002000000010109") + b"ab",  # an item longer than its packet
        bytes.fromhex("82cb0001") + bytes(4),  # two sources announced
        bytes.fromhex("80cb000105616263"),  # a reason longer than its packet
        bytes.fromhex("a0c900010000000080c9000100000000"),  # padding before the last packet
        bytes.fromhex("a0c9000100000000"),  # padding 0
    ],
)
def test_what_is_no_rtcp_is_refused(data: bytes) -> None:
    with pytest.raises(RtcpError):
        parse(data)


def test_padding_of_the_last_packet_is_taken_off() -> None:
    padded = bytes.fromhex("a0c900020000000700000004")
    assert parse(padded) == (ReceiverReport(ssrc=7),)


@pytest.mark.parametrize(
    "packet",
    [
        Bye((), b"x" * 256),
        Bye(tuple(range(32))),
        SourceDescription((Chunk(1, ((CNAME, b"x" * 256),)),)),
        SourceDescription((Chunk(1, ((0, b"x"),)),)),
        OtherPacket(204, 0, b"x"),
    ],
)
def test_what_does_not_fit_is_not_written(packet: RtcpPacket) -> None:
    with pytest.raises(RtcpError):
        packet.encode()


def test_the_round_trip_of_rfc_3550_figure_2() -> None:
    # SR at 0xb705:2000, heard again at 0xb710:8000 with DLSR 5.25 s: 6.125 s
    report = ReceptionReport(
        ssrc=1, fraction_lost=0, lost=0, highest_sequence=0, jitter=0, lsr=0xB705_2000, dlsr=0x0005_4000
    )
    now = 0xB710_8000 / 65_536 - 2_208_988_800 % 65_536
    assert middle(to_ntp(now)) == 0xB710_8000
    assert round_trip(report, now) == pytest.approx(6.125)


def test_no_report_no_round_trip() -> None:
    report = ReceptionReport(ssrc=1, fraction_lost=0, lost=0, highest_sequence=0, jitter=0)
    assert round_trip(report, 1_700_000_000.0) is None


@given(st.floats(1e9, 4e9), st.floats(0, 30), st.floats(0, 30))
def test_lsr_and_dlsr_give_the_time_on_the_way(sent: float, held: float, travelled: float) -> None:
    lsr = middle(to_ntp(sent))
    report = ReceptionReport(
        ssrc=1, fraction_lost=0, lost=0, highest_sequence=0, jitter=0, lsr=lsr, dlsr=int(held * 65_536)
    )
    found = round_trip(report, sent + held + travelled)
    assert found is None if lsr == 0 else found == pytest.approx(travelled, abs=1e-4)
