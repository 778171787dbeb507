"""The stack's door: orders, answers, failover, garbage."""

from __future__ import annotations

from app.sip.client_request import ClientRequest
from app.sip.events import InviteReceived, Rejected, RequestReceived, ResponseReceived
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request, parse
from app.sip.outgoing import OutgoingInvite, OutgoingRequest
from app.sip.stack import SipStack
from tests.support.lone_stack import OFFER, TCP, UDP, LoneStack, ack_for, reply, request

OTHER = Flow(Transport.UDP, UDP.local, Address("10.0.0.3", 5060))


def options(**changes: object) -> OutgoingRequest:
    values: dict[str, object] = {
        "method": "OPTIONS",
        "uri": "sip:peer@example.net",
        "from_": "<sip:us@example.org>",
        "to": "<sip:peer@example.net>",
        "flows": (UDP,),
    }
    return OutgoingRequest(**(values | changes))  # type: ignore[arg-type]


def invite(**changes: object) -> OutgoingInvite:
    values: dict[str, object] = {
        "uri": "sip:peer@10.0.0.2",
        "from_": "<sip:us@example.org>",
        "to": "<sip:peer@10.0.0.2>",
        "contact_user": "us",
        "sdp": OFFER,
        "flows": (UDP,),
    }
    return OutgoingInvite(**(values | changes))  # type: ignore[arg-type]


def test_a_request_and_its_answer() -> None:
    lone = LoneStack()
    sent = lone.run(lone.stack.send_request, options(headers=(("Accept", "application/sdp"),)))
    out = lone.request()
    assert (out.method, out.uri_text, str(out.cseq)) == ("OPTIONS", "sip:peer@example.net", "1 OPTIONS")
    assert out.via.branch.startswith("z9hG4bK")
    assert out.via.host == "10.0.0.1"
    assert "rport" in out.via.params
    assert out.max_forwards == 70
    assert out.get("user-agent") == "OpenMSS"
    assert out.get("accept") == "application/sdp"
    assert out.get("contact") is None
    lone.receive(reply(out, 200))
    event = lone.event(ResponseReceived)
    assert event.request is sent
    assert event.status == 200
    assert event.response is not None
    lone.settle()
    assert lone.stack.is_idle


def test_line_breaks_cannot_smuggle_in_headers() -> None:
    lone = LoneStack()
    lone.run(
        lone.stack.send_request,
        options(from_='"x\r\nEvil: 1" <sip:us@x>', headers=(("Subject", "a\r\nEvil: 2"),)),
    )
    out = lone.request()
    assert out.get("evil") is None
    assert out.get("subject") == "a  Evil: 2"


def test_silence_is_408() -> None:
    lone = LoneStack()
    lone.run(lone.stack.send_request, options())
    lone.settle()
    event = lone.event(ResponseReceived)
    assert (event.status, event.response) == (408, None)
    assert lone.stack.is_idle


def test_the_way_is_asked_for_and_each_target_tried_in_turn() -> None:
    lone = LoneStack()
    lone.run(lone.stack.send_request, options(flows=(), uri="sip:peer@example.net;transport=udp"))
    (question,) = lone.questions
    assert question.uri.host == "example.net"
    assert question.transport is Transport.UDP
    assert lone.sent() == []
    lone.resolve(UDP, OTHER, TCP)
    first = lone.request()
    lone.receive(reply(first, 503))
    second = lone.request()
    assert lone.flows == [OTHER]
    assert second.via.branch != first.via.branch
    assert second.cseq == first.cseq
    lone.fail(OTHER)
    third = lone.request()
    assert lone.flows == [TCP]
    assert third.via.transport == "TCP"
    lone.receive(reply(third, 200), TCP)
    assert lone.event(ResponseReceived).status == 200


def test_silence_moves_on_to_the_next_target() -> None:
    lone = LoneStack()
    lone.run(lone.stack.send_request, options(flows=(UDP, OTHER)))
    lone.until(31.9)
    assert {flow.remote for flow in (lone.sent(), lone.flows)[1]} == {UDP.remote}
    lone.until(32.1)
    lone.receive(reply(lone.request(), 404))
    assert lone.event(ResponseReceived).status == 404


def test_when_all_targets_refuse_the_refusal_is_told() -> None:
    lone = LoneStack()
    lone.run(lone.stack.send_request, options(flows=(UDP, OTHER)))
    lone.receive(reply(lone.request(), 503))
    lone.sent()
    lone.fail(OTHER)
    event = lone.event(ResponseReceived)
    assert event.status == 503
    assert event.response is not None


def test_a_name_that_does_not_resolve_is_503() -> None:
    lone = LoneStack()
    lone.run(lone.stack.send_request, options(flows=()))
    lone.resolve()
    assert lone.event(ResponseReceived).status == 503
    lone.run(lone.stack.send_request, options(flows=(), uri="tel:+441"))
    assert lone.event(ResponseReceived).status == 503
    assert lone.stack.is_idle


def test_the_first_route_is_the_next_hop() -> None:
    lone = LoneStack()
    lone.run(lone.stack.invite, invite(flows=(), uri="tel:+441", route=("<sip:proxy.example.net;lr>",)))
    assert lone.questions[0].uri.host == "proxy.example.net"
    lone.resolve(UDP)
    out = lone.request()
    assert out.uri_text == "tel:+441"
    assert out.get_all("route") == ["<sip:proxy.example.net;lr>"]


def test_answers_to_unknown_requests_are_dropped() -> None:
    lone = LoneStack()
    lone.run(lone.stack.send_request, options())
    stray = reply(lone.request(), 200)
    stray.set("Via", "SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK-other")
    lone.receive(stray)
    assert lone.kinds() == []
    assert lone.stack.counters.stray_responses == 1


def test_a_received_request_is_answered_with_a_tag() -> None:
    lone = LoneStack()
    lone.receive(request("OPTIONS"))
    event = lone.event(RequestReceived)
    lone.run(lone.stack.respond, event.transaction, event.request.reply(200))
    first = lone.response()
    assert first.status == 200
    assert first.to_tag
    lone.receive(request("OPTIONS"))
    assert lone.response().encode() == first.encode()
    assert lone.kinds() == []
    lone.settle()
    assert lone.stack.is_idle


def test_answers_go_where_rport_or_the_via_says() -> None:
    """RFC 3581 4, RFC 3261 18.2.2."""
    lone = LoneStack()
    behind_nat = Flow(Transport.UDP, UDP.local, Address("192.0.2.1", 6000))
    lone.receive(request("OPTIONS", via="10.9.9.9:5070;rport"), behind_nat)
    event = lone.event(RequestReceived)
    lone.run(lone.stack.respond, event.transaction, event.request.reply(200))
    answer = lone.response()
    assert lone.flows == [behind_nat]
    assert (answer.via.received, answer.via.rport) == ("192.0.2.1", 6000)
    lone.receive(request("OPTIONS", via="10.9.9.9:5070", branch="z9hG4bK-2", cseq=2), behind_nat)
    event = lone.event(RequestReceived)
    lone.run(lone.stack.respond, event.transaction, event.request.reply(200))
    lone.sent()
    assert lone.flows[0].remote == ("192.0.2.1", 5070)
    lone.receive(request("OPTIONS", branch="z9hG4bK-3", cseq=3, transport="TCP"), TCP)
    event = lone.event(RequestReceived)
    lone.run(lone.stack.respond, event.transaction, event.request.reply(200))
    lone.sent()
    assert lone.flows == [TCP]


def test_garbage_is_answered_where_it_can_be_and_leaves_nothing() -> None:
    lone = LoneStack()
    broken = request("OPTIONS").replace(b"CSeq: 1 OPTIONS", b"CSeq: one OPTIONS")
    lone.receive(broken)
    assert lone.response().status == 400
    lone.receive(request("OPTIONS").replace(b"SIP/2.0\r\nVia", b"SIP/3.0\r\nVia"))
    assert lone.response().status == 505
    for data in (b"", b"\r\n\r\n", b"hello", b"\xff" * 100, b"SIP/2.0 200 OK\r\n\r\n"):
        lone.receive(data)
        assert lone.sent() == []
    lone.receive(request("ACK").replace(b"CSeq: 1", b"CSeq: x"))
    assert lone.sent() == []
    assert lone.stack.counters.malformed >= 3
    assert lone.kinds() == []
    assert lone.stack.is_idle


def test_a_call_out_from_first_to_last_message() -> None:
    lone = LoneStack()
    session = lone.run(lone.stack.invite, invite())
    out = lone.request()
    assert out.body == OFFER
    assert out.get("contact") == "<sip:us@10.0.0.1:5060>"
    assert "100rel" in out.supported
    assert session.call_id == out.call_id
    assert session.remote_uri == "sip:peer@10.0.0.2"
    assert session.invite.encode() == out.encode()
    lone.receive(reply(out, 302))
    assert lone.lines() == ["ACK"]
    rejected, ended = lone.events()
    assert isinstance(rejected, Rejected)
    assert rejected.response is not None
    assert str(rejected.response.contacts[0].uri) == "sip:peer@10.0.0.2:5060"
    assert type(ended).__name__ == "Ended"
    lone.settle()
    assert lone.stack.is_idle


def test_a_call_in_from_first_to_last_message() -> None:
    lone = LoneStack()
    data = request("INVITE", body=OFFER)
    lone.receive(data)
    assert lone.lines() == ["100"]
    event = lone.event(InviteReceived)
    assert event.sdp == OFFER
    assert event.flow is UDP
    lone.run(event.session.reject, 486)
    refusal = lone.response()
    assert refusal.to_tag == event.session.local_tag
    parsed = parse(data)
    assert isinstance(parsed, Request)
    lone.receive(ack_for(parsed, refusal, branch="z9hG4bK-1"))
    assert lone.kinds() == ["Ended"]
    lone.settle()
    assert lone.sent() == []
    assert lone.stack.is_idle


def test_each_request_has_a_handle() -> None:
    stack = SipStack()
    sent = stack.send_request(options(call_id="mine", from_tag="t", cseq=5), 0.0)
    assert isinstance(sent, ClientRequest)
    assert (sent.method, sent.call_id) == ("OPTIONS", "mine")
    (item,) = stack.take_output()
    assert stack.take_output() == []
    assert b"CSeq: 5 OPTIONS" in item.data  # type: ignore[union-attr]
    assert b";tag=t" in item.data  # type: ignore[union-attr]
