"""The RTCP of a voice port."""

from __future__ import annotations

import pytest

from app.media import rtcp
from app.media.rtcp import Bye, ReceiverReport, ReceptionReport, SenderReport, SourceDescription
from app.media.statistics import StreamStatistics
from app.net.voice_reports import VoiceReports
from app.net.voice_stream import VoiceStream

WALL = 1_800_000_000.0


class Line:
    """Takes everything."""

    def send(self, data: bytes) -> None:
        """Nothing."""


@pytest.fixture
def stream() -> VoiceStream:
    return VoiceStream(Line())  # type: ignore[arg-type]


@pytest.fixture
def statistics() -> StreamStatistics:
    return StreamStatistics()


@pytest.fixture
def reports(stream: VoiceStream, statistics: StreamStatistics) -> VoiceReports:
    return VoiceReports(stream, statistics)


def test_who_has_sent_reports_as_a_sender(stream: VoiceStream, reports: VoiceReports) -> None:
    for _ in range(3):
        stream.send(bytes(172))
    head, name = rtcp.parse(reports.write(10.0, WALL, 4711))
    assert head == SenderReport(
        ssrc=stream.ssrc, ntp=rtcp.to_ntp(WALL), rtp_timestamp=4711, packets=3, octets=480
    )
    assert isinstance(name, SourceDescription)
    assert name.chunks[0].ssrc == stream.ssrc
    head, _ = rtcp.parse(reports.write(15.0, WALL + 5, 5000))
    assert isinstance(head, ReceiverReport)


def test_who_has_heard_says_how_it_was(statistics: StreamStatistics, reports: VoiceReports) -> None:
    for number in (0, 1, 3):
        statistics.receive(number, number * 160, 99, number * 0.02)
    head, _ = rtcp.parse(reports.write(10.0, WALL, 0))
    assert isinstance(head, ReceiverReport)
    assert (head.reports[0].ssrc, head.reports[0].lost) == (99, 1)


def test_the_last_word_is_a_bye(stream: VoiceStream, reports: VoiceReports) -> None:
    *_, bye = rtcp.parse(reports.write(10.0, WALL, 0, bye=True))
    assert bye == Bye((stream.ssrc,))


def test_the_peers_reports_are_read(
    stream: VoiceStream, statistics: StreamStatistics, reports: VoiceReports
) -> None:
    statistics.receive(0, 0, 99, 1.0)
    ours = ReceptionReport(
        ssrc=stream.ssrc,
        fraction_lost=1,
        lost=7,
        highest_sequence=1,
        jitter=0,
        lsr=rtcp.middle(rtcp.to_ntp(WALL - 0.25)),
        dlsr=65_536 // 10,
    )
    other = ReceptionReport(ssrc=1, fraction_lost=1, lost=9, highest_sequence=1, jitter=0)
    report = SenderReport(
        ssrc=99, ntp=rtcp.to_ntp(WALL), rtp_timestamp=0, packets=1, octets=1, reports=(other, ours)
    )
    reports.read(rtcp.encode((report,)), 10.0, WALL)
    assert reports.received == 1
    assert reports.remote_lost == 7
    assert reports.round_trip_s == pytest.approx(0.15, abs=0.001)
    head, _ = rtcp.parse(reports.write(12.0, WALL + 2, 0))
    assert isinstance(head, ReceiverReport)
    assert head.reports[0].lsr == rtcp.middle(rtcp.to_ntp(WALL))
    assert head.reports[0].dlsr == 2 * 65_536


def test_reports_of_somebody_else_say_nothing(reports: VoiceReports, statistics: StreamStatistics) -> None:
    statistics.receive(0, 0, 99, 1.0)
    report = SenderReport(ssrc=98, ntp=1 << 40, rtp_timestamp=0, packets=1, octets=1)
    reports.read(rtcp.encode((report, Bye((98,)))), 10.0, WALL)
    assert statistics.report(11.0).lsr == 0
    assert reports.round_trip_s is None


@pytest.mark.parametrize("data", [b"", b"\x80", b"\x80\xc8\0\x09", b"\x00" * 40])
def test_what_is_no_rtcp_is_passed_over(reports: VoiceReports, data: bytes) -> None:
    reports.read(data, 10.0, WALL)
    assert reports.received == 0


def test_ports_do_not_report_all_at_once() -> None:
    waits = [VoiceReports.wait_s() for _ in range(200)]
    assert 2.5 <= min(waits) < 3.5 < 6.5 < max(waits) <= 7.5
    assert all(1.25 <= VoiceReports.wait_s(is_first=True) <= 3.75 for _ in range(50))
