"""Loss, jitter and extended sequence of a stream."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtcp import SenderReport, round_trip, to_ntp
from app.media.statistics import StreamStatistics

FRAME = 0.020


def hear(
    statistics: StreamStatistics, sequences: Sequence[int], *, ssrc: int = 1, start: float = 100.0
) -> None:
    """Packets in the order they come, each at the moment its frame is due."""
    first = sequences[0]
    for number in sequences:
        offset = number - first
        timestamp = offset * 160 % (1 << 32)
        statistics.receive(number % 65_536, timestamp, ssrc, start + offset * FRAME)


def test_nothing_heard() -> None:
    statistics = StreamStatistics()
    assert (statistics.received, statistics.expected, statistics.lost, statistics.jitter_ms) == (0, 0, 0, 0)
    assert statistics.report(1.0).ssrc == 0


def test_a_perfect_stream_across_the_wrap() -> None:
    statistics = StreamStatistics()
    hear(statistics, range(65_500, 65_700))
    assert (statistics.received, statistics.lost, statistics.reordered) == (200, 0, 0)
    assert statistics.extended_sequence == 65_699
    assert statistics.jitter == pytest.approx(0, abs=1e-3)


@given(st.lists(st.booleans(), min_size=3, max_size=300), st.integers(0, 65_535))
def test_every_pattern_of_loss_is_counted(pattern: list[bool], start: int) -> None:
    heard = [start, *(start + 1 + at for at, comes in enumerate(pattern) if comes), start + len(pattern) + 1]
    statistics = StreamStatistics()
    hear(statistics, heard)
    assert statistics.lost == pattern.count(False)
    assert statistics.expected == len(pattern) + 2
    assert statistics.extended_sequence == start + len(pattern) + 1


@given(st.permutations(range(1, 40)), st.integers(0, 65_535))
def test_reordering_is_no_loss(order: list[int], start: int) -> None:
    statistics = StreamStatistics()
    hear(statistics, [start, *(start + number for number in order)])
    assert (statistics.lost, statistics.received) == (0, 40)


def test_repeats_are_negative_loss() -> None:
    statistics = StreamStatistics()
    hear(statistics, [1, 2, 2, 3, 3, 4])
    assert (statistics.lost, statistics.reordered) == (-2, 2)


def test_a_new_source_begins_anew_and_the_loss_before_stays() -> None:
    statistics = StreamStatistics()
    hear(statistics, [1, 2, 5])
    hear(statistics, [60_000, 60_001], ssrc=2)
    assert (statistics.lost, statistics.received, statistics.ssrc) == (2, 5, 2)
    assert statistics.extended_sequence == 60_001


def test_a_jump_is_believed_from_its_second_packet_on() -> None:  # RFC 3550 A.1
    statistics = StreamStatistics()
    hear(statistics, [1, 2, 30_000, 3, 4])
    assert (statistics.lost, statistics.received) == (0, 4)
    hear(statistics, [30_000, 30_001, 30_002])
    assert (statistics.lost, statistics.received) == (0, 6)
    assert statistics.extended_sequence == 30_002


def test_jitter_as_rfc_3550_a8_computes_it() -> None:
    statistics = StreamStatistics()
    expected = 0.0
    late = [0.0, 0.005, 0.0, 0.012, 0.003]
    for number, delay in enumerate(late):
        statistics.receive(number, number * 160, 1, 50 + number * FRAME + delay)
        if number:
            expected += (abs(delay - late[number - 1]) * 8000 - expected) / 16
    assert statistics.jitter == pytest.approx(expected)
    assert statistics.jitter_ms == pytest.approx(expected / 8)


def test_jitter_survives_a_wrapping_timestamp_and_repeated_ones() -> None:
    statistics = StreamStatistics()
    start = (1 << 32) - 480
    for number in range(8):
        statistics.receive(number, (start + number * 160) % (1 << 32), 1, 10 + number * FRAME)
    last = (start + 7 * 160) % (1 << 32)
    for number in range(8, 14):  # a telephone event: the timestamp stands still
        statistics.receive(number, last, 1, 10 + number * FRAME)
    assert statistics.jitter == pytest.approx(0, abs=1e-3)


def test_another_clock_keeps_the_time() -> None:
    statistics = StreamStatistics()
    for number, delay in enumerate([0.0, 0.010, 0.0]):
        statistics.receive(number, number * 160, 1, 50 + number * FRAME + delay)
    before = statistics.jitter_ms
    statistics.clock_rate = 48_000
    assert statistics.jitter_ms == pytest.approx(before)
    assert statistics.clock_rate == 48_000


def test_reports_count_from_one_to_the_next() -> None:
    statistics = StreamStatistics()
    hear(statistics, [1, 2, 4])  # one of four lost
    first = statistics.report(101.0)
    assert (first.fraction_lost, first.lost, first.highest_sequence, first.lsr, first.dlsr) == (
        64,
        1,
        4,
        0,
        0,
    )
    statistics.receive(5, 800, 1, 100.1)
    second = statistics.report(102.0)
    assert (second.fraction_lost, second.lost) == (0, 1)


def test_the_senders_report_comes_back_in_ours() -> None:
    statistics = StreamStatistics()
    hear(statistics, [1, 2])
    sent_at = 1_700_000_000.0
    sender = SenderReport(ssrc=1, ntp=to_ntp(sent_at), rtp_timestamp=0, packets=2, octets=320)
    statistics.sender_report(sender, now=10.0)
    report = statistics.report(now=12.5)
    assert report.dlsr == int(2.5 * 65_536)
    assert round_trip(report, sent_at + 2.5 + 0.080) == pytest.approx(0.080, abs=1e-3)
