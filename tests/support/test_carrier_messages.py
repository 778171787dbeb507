"""The carrier's hand: responses, requests, compact headers, offers and answers."""

from __future__ import annotations

from app.sip.flow import Address
from app.sip.message import Request, Response, parse
from tests.support.carrier_messages import (
    MediaLines,
    compacted,
    write_answer,
    write_fax_offer,
    write_offer,
    write_reply,
    write_request,
)

SOURCE = Address("192.0.2.9", 1234)


def invite(body: str = "") -> Request:
    data = write_request(
        "INVITE",
        "sip:1@x.example",
        via="UDP 10.0.0.1:5060",
        from_="<sip:2@x.example>;tag=f",
        to="<sip:1@x.example>",
        call_id="c1",
        cseq=7,
        headers=(("Record-Route", "<sip:p.example;lr>"),),
        body=body,
    )
    message = parse(data)
    assert isinstance(message, Request)
    return message


def test_a_reply_mirrors_the_request_and_says_where_it_came_from() -> None:
    reply = parse(write_reply(invite(), 180, SOURCE, tag="t"))
    assert isinstance(reply, Response)
    assert (reply.status, reply.reason, reply.to_tag, reply.cseq.number) == (180, "Ringing", "t", 7)
    assert (reply.via.rport, reply.via.received) == (1234, "192.0.2.9")
    assert len(reply.record_routes) == 1
    trying = parse(write_reply(invite(), 100, SOURCE, tag="t"))
    assert trying.to_tag == ""
    assert trying.record_routes == ()
    assert parse(write_reply(invite(), 486, SOURCE, tag="t")).record_routes == ()


def test_compact_headers_mean_the_same() -> None:
    plain = invite(write_offer("10.0.0.1", 4000, (0,)))
    short = parse(compacted(plain.encode()))
    assert isinstance(short, Request)
    assert b"\r\nv :\t" in compacted(plain.encode())
    assert (short.call_id, short.from_tag, str(short.via)) == (plain.call_id, plain.from_tag, str(plain.via))
    assert short.body == plain.body
    assert short.get("user-agent") == plain.get("user-agent")


def test_an_offer_is_answered_stream_by_stream() -> None:
    offer = write_offer("10.0.0.1", 4000, (0, 8), way="sendonly") + "m=video 4002 RTP/AVP 97\r\n"
    assert MediaLines(offer).kinds() == ["audio", "video"]
    answer = MediaLines(write_answer(offer, "10.0.0.2", 5000, (8,)))
    assert answer.kinds() == ["audio"]
    assert (answer.host(), answer.port("audio"), answer.port("video")) == ("10.0.0.2", 5000, 0)
    assert answer.payload_types() == [8, 101]
    assert answer.direction() == "recvonly"
    assert answer.profile("audio") == "RTP/AVP"


def test_an_offer_without_a_common_codec_is_refused() -> None:
    answer = MediaLines(write_answer(write_offer("10.0.0.1", 4000, (18,)), "10.0.0.2", 5000, (0,)))
    assert answer.kinds() == []


def test_a_media_line_of_its_own_address() -> None:
    text = write_fax_offer("10.0.0.1", 4000, version=2) + "m=audio 6000 RTP/AVP 0\r\nc=IN IP4 10.0.0.7\r\n"
    lines = MediaLines(text)
    assert lines.kinds() == ["image", "audio"]
    assert lines.host() == "10.0.0.7"
