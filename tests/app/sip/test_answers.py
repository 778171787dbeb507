"""Responses written straight to bytes."""

from __future__ import annotations

from app.sip.answers import AnswerHead, answer, overlap_lines
from app.sip.core import Core
from app.sip.message import Request, Response, parse
from app.sip.output import Send
from app.sip.settings import StackSettings
from app.sip.transaction_layer import server_key
from tests.support.lone_stack import ANSWER, UDP, request


def received(**options: object) -> Request:
    message = parse(request("INVITE", **options))  # type: ignore[arg-type]
    assert isinstance(message, Request)
    return message


def test_the_head_is_what_reply_would_copy() -> None:
    message = received(headers=("Via: SIP/2.0/UDP second;branch=z9hG4bK-x", "Record-Route: <sip:p;lr>"))
    head = AnswerHead(message)
    written = parse(head.write(180, to_tag="us", lines=head.record_routes))
    made = message.reply(180, to_tag="us")
    assert isinstance(written, Response)
    for key in ("via", "from", "to", "call-id", "cseq", "record-route"):
        assert written.get_all(key) == made.get_all(key)
    assert (written.status, written.reason) == (180, "Ringing")


def test_a_tag_is_added_only_where_there_is_none() -> None:
    assert parse(AnswerHead(received()).write(200, to_tag="us")).to_tag == "us"
    assert parse(AnswerHead(received(to_tag="old")).write(200, to_tag="us")).to_tag == "old"
    assert parse(AnswerHead(received()).write(100)).to_tag == ""


def test_body_and_reason() -> None:
    written = parse(AnswerHead(received()).write(200, "Fine", body=ANSWER))
    assert isinstance(written, Response)
    assert (written.reason, written.body, written.content_type) == ("Fine", ANSWER, "application/sdp")


def test_answer_ends_the_transaction() -> None:
    core = Core(StackSettings(seed=1))
    message = received()
    transaction = core.layer.open_server(message, server_key(message, "INVITE"), UDP)
    answer(transaction, 500, 0.0, to_tag="us", lines=overlap_lines(core))
    (sent,) = core.layer.output
    assert isinstance(sent, Send)
    response = parse(sent.data)
    assert response.retry_after is not None
    assert 0 <= response.retry_after.seconds <= 10
    assert transaction.is_answered
    assert transaction.to_tag == "us"
