"""The hand-written peer writes what a stack can read."""

from __future__ import annotations

import pytest

from app.sip.events import RequestReceived
from app.sip.message import Request, parse
from app.sip.validation import validate_request
from tests.support.lone_stack import OFFER, UDP, LoneStack, ack_for, reply, request


def test_its_requests_are_valid() -> None:
    for method in ("INVITE", "OPTIONS", "BYE", "REGISTER"):
        message = parse(request(method, body=OFFER, headers=("X: 1",)))
        assert isinstance(message, Request)
        assert validate_request(message) is None
        assert (message.body, message.get("x")) == (OFFER, "1")
    invite = parse(request("INVITE"))
    assert isinstance(invite, Request)
    answer = reply(invite, 200, tag="t")
    ack = parse(ack_for(invite, answer))
    assert (ack.to_tag, ack.cseq.number, ack.cseq.method) == ("t", 1, "ACK")


def test_looking_takes_what_was_sent_and_told() -> None:
    lone = LoneStack()
    lone.receive(request("OPTIONS"))
    event = lone.event(RequestReceived)
    assert lone.events() == []
    lone.run(lone.stack.respond, event.transaction, event.request.reply(200))
    assert lone.response().status == 200
    assert lone.flows == [UDP]
    assert lone.sent() == []
    assert lone.schedule == [(0.0, "SIP/2.0 200 OK")]
    lone.settle()
    assert lone.now == 32
    with pytest.raises(ValueError, match="not enough"):
        lone.request()
