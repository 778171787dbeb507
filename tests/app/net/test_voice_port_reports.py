"""The RTCP between a voice port and a phone, and the way that is kept open."""

from __future__ import annotations

import asyncio

from app.media.clip import Clip
from app.media.rtcp import Bye, ReceiverReport, SenderReport, SourceDescription
from app.media.rtp import timestamp_distance
from app.media.sources import Radio
from tests.support.voice_phone import (
    Ear,
    VoiceHouse,
    assert_one_stream,
    tone,
    with_voices,
)


@with_voices
async def test_reports_say_what_was_sent_and_heard(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    port.play(Radio([Clip(tone(440), "music")]))
    await phone.say(tone(440, 10.0), loses=lambda number: number % 50 == 10)
    senders = [report for report in phone.reports if isinstance(report, SenderReport)]
    assert senders
    last, report = senders[-1], senders[-1].reports[0]
    packets = phone.packets
    assert last.ssrc == packets[0].ssrc
    assert 0 < last.packets <= len(packets)
    assert last.octets == last.packets * 160
    near = packets[last.packets - 1]
    assert abs(timestamp_distance(last.rtp_timestamp, near.timestamp)) <= 320
    assert report.ssrc == phone.ssrc
    assert report.lost > 0
    assert any(isinstance(each, SourceDescription) for each in phone.reports)
    phone.forget()
    port.close()
    await asyncio.sleep(0.02)
    assert [type(each) for each in phone.reports[-2:]] == [SourceDescription, Bye]


@with_voices
async def test_one_who_only_listens_reports_and_keeps_the_way_open(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    port.add_sink(Ear())
    await phone.say(tone(440, 0.5))
    await asyncio.sleep(60)
    assert any(isinstance(report, ReceiverReport) for report in phone.reports)
    assert 3 <= len(phone.packets) <= 6
    assert all(packet.marker for packet in phone.packets)
    assert not phone.heard().any()
    assert_one_stream(phone.packets)


@with_voices
async def test_the_peers_reports_are_counted_and_measure_the_way(house: VoiceHouse) -> None:
    from app.media import rtcp

    phone, port = await house.phone()
    port.play(Radio([Clip(tone(440), "music")]))
    await phone.say(tone(440, 6.0))
    said = next(report for report in phone.reports if isinstance(report, SenderReport))
    block = rtcp.ReceptionReport(
        ssrc=said.ssrc, fraction_lost=9, lost=3, highest_sequence=1, jitter=0, lsr=rtcp.middle(said.ntp)
    )
    phone.rtcp.sendto(
        rtcp.encode((ReceiverReport(ssrc=1, reports=(block,)),)), (port.address.host, port.address.port + 1)
    )
    phone.rtp.sendto(rtcp.encode((ReceiverReport(ssrc=1),)), port.address)  # on one port (RFC 5761)
    await asyncio.sleep(0.1)
    assert port.counters().rtcp_in == 2
    assert port._reports.remote_lost == 3
    assert port._reports.round_trip_s is not None
    phone.forget()
    await asyncio.sleep(10)
    assert not phone.reports
    assert any(
        packet.payload_type == 72 for packet in phone.packets
    )  # a sender's report, where it sends its own
