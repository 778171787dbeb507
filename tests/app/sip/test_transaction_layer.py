"""Which transaction a message belongs to, and where answers go."""

from __future__ import annotations

from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request, parse
from app.sip.transaction_layer import merge_key, response_flow, server_key
from tests.support.lone_stack import TCP, UDP, LoneStack, request


def message(method: str = "INVITE", **options: object) -> Request:
    parsed = parse(request(method, **options))  # type: ignore[arg-type]
    assert isinstance(parsed, Request)
    return parsed


def test_the_key_is_branch_sent_by_and_method() -> None:
    """RFC 3261 17.2.3."""
    key = server_key(message(), "INVITE")
    assert key == server_key(message("ACK", cseq=99, from_tag="other"), "INVITE")
    assert key == server_key(message(via="10.0.0.2:5060"), "INVITE")
    assert key != server_key(message(via="10.0.0.3:5060"), "INVITE")
    assert key != server_key(message(via="10.0.0.2:5061"), "INVITE")
    assert key != server_key(message(branch="z9hG4bK-2"), "INVITE")
    assert key != server_key(message("CANCEL"), "CANCEL")
    assert server_key(message(via="Host"), "INVITE") == server_key(message(via="hOST"), "INVITE")


def test_without_the_cookie_all_the_rest_counts() -> None:
    old = server_key(message(branch="1"), "INVITE")
    assert old == server_key(message("ACK", branch="1", to_tag="answer"), "INVITE")
    for change in ({"call_id": "x"}, {"cseq": 2}, {"from_tag": "x"}, {"uri": "sip:x@y"}, {"branch": "2"}):
        assert old != server_key(message(**({"branch": "1"} | change)), "INVITE")
    assert server_key(message(branch="z9hG4bK"), "INVITE")[0] == "RFC 2543"


def test_what_merged_requests_share() -> None:
    assert merge_key(message()) == merge_key(message(branch="z9hG4bK-2", via="10.0.0.3"))
    assert merge_key(message()) != merge_key(message(cseq=2))


def test_where_answers_go() -> None:
    assert response_flow(message(), UDP) is UDP
    assert response_flow(message(), TCP) is TCP
    other = Flow(Transport.UDP, UDP.local, Address("10.0.0.2", 7000))
    assert response_flow(message(), other).remote == ("10.0.0.2", 5060)
    assert response_flow(message(via="10.0.0.2:5060;rport"), other) is other
    assert response_flow(message(via="10.0.0.2"), other).remote == ("10.0.0.2", 5060)
    assert response_flow(message(via="10.0.0.2;maddr=192.0.2.9"), UDP).remote == UDP.remote


def test_an_icmp_error_concerns_only_requests_without_an_answer() -> None:
    lone = LoneStack()
    lone.receive(request("OPTIONS"))
    lone.events()
    lone.fail(UDP)
    assert len(lone.stack.core.layer.servers) == 1


def test_nothing_is_counted_twice() -> None:
    lone = LoneStack()
    for _ in range(3):
        lone.receive(request("OPTIONS"))
    counters = lone.stack.counters
    assert (counters.server_transactions, counters.retransmissions_in) == (1, 2)
