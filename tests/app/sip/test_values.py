"""Typed values of single headers."""

from __future__ import annotations

from typing import Any

import pytest

from app.sip.errors import MessageError
from app.sip.values import (
    CSeq,
    EventPackage,
    MediaType,
    RAck,
    Reason,
    Replaces,
    RetryAfter,
    SessionExpires,
    SipWarning,
    SubscriptionState,
)

ROUND_TRIPS: list[tuple[type[Any], str, object]] = [
    (CSeq, "1 INVITE", CSeq(1, "INVITE")),
    (CSeq, "2147483647 x-odd", CSeq(2**31 - 1, "x-odd")),
    (RAck, "776656 1 INVITE", RAck(776656, CSeq(1, "INVITE"))),
    (SessionExpires, "1800;refresher=uac", SessionExpires(1800, "uac")),
    (SessionExpires, "90", SessionExpires(90)),
    (EventPackage, "dialog;id=7", EventPackage("dialog", {"id": "7"})),
    (SubscriptionState, "active;expires=60", SubscriptionState("active", {"expires": "60"})),
    (RetryAfter, "120 (In a (long) row);duration=60", RetryAfter(120, "In a (long) row", {"duration": "60"})),
    (RetryAfter, "5", RetryAfter(5)),
    (Reason, 'SIP;cause=200;text="Call completed elsewhere"', Reason("SIP", 200, "Call completed elsewhere")),
    (Reason, "Q.850;cause=16", Reason("Q.850", 16)),
    (Replaces, "a@b;to-tag=1;from-tag=2;early-only", Replaces("a@b", "1", "2", True)),
    (MediaType, "application/sdp", MediaType("application/sdp")),
    (MediaType, 'multipart/mixed;boundary="a b"', MediaType("multipart/mixed", {"boundary": '"a b"'})),
    (SipWarning, '370 pbx.example "Too \\"B\\""', SipWarning(370, "pbx.example", 'Too "B"')),
]


@pytest.mark.parametrize(("kind", "text", "value"), ROUND_TRIPS)
def test_parse_and_write(kind: type[Any], text: str, value: object) -> None:
    assert kind.parse(text) == value
    assert str(value) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (CSeq, ""),
        (CSeq, "INVITE"),
        (CSeq, "1"),
        (CSeq, "1 IN VITE"),
        (CSeq, "-1 INVITE"),
        (CSeq, "2147483648 INVITE"),
        (CSeq, "1² INVITE"),
        (RAck, "1 INVITE"),
        (SessionExpires, "x"),
        (SessionExpires, "90;refresher=me"),
        (EventPackage, ""),
        (EventPackage, ";id=1"),
        (SubscriptionState, "a b"),
        (RetryAfter, "soon"),
        (RetryAfter, "5 (open"),
        (RetryAfter, "5;a=1 (late)"),
        (Reason, ";cause=1"),
        (Reason, "SIP;cause=x"),
        (Replaces, "a@b;to-tag=1"),
        (Replaces, ";to-tag=1;from-tag=2"),
        (MediaType, "/sdp"),
        (MediaType, "application/"),
        (SipWarning, "399"),
        (SipWarning, "1812 overture text"),
        (SipWarning, '1812 overture "In Progress"'),
        (SipWarning, '399 a "b" c'),
    ],
)
def test_malformed(kind: type[Any], text: str) -> None:
    with pytest.raises(MessageError) as raised:
        kind.parse(text)
    assert raised.value.status == 400


def test_white_space_and_case() -> None:
    assert CSeq.parse("0009\t INVITE") == CSeq(9, "INVITE")
    assert MediaType.parse("Application / SDP ; Charset=x") == MediaType("application/sdp", {"charset": "x"})
    assert EventPackage.parse("Message-Summary").package == "message-summary"
    assert EventPackage.parse("presence").id == ""


def test_subscription_state() -> None:
    state = SubscriptionState.parse("Terminated;reason=Timeout;retry-after=5")
    assert (state.state, state.reason, state.retry_after, state.expires) == ("terminated", "timeout", 5, None)
    assert SubscriptionState.parse("active;expires=9").expires == 9


def test_handling_is_required_by_default() -> None:
    assert MediaType.parse("session").handling == "required"
    assert MediaType.parse("session;handling=Optional").handling == "optional"


def test_values_can_be_keys() -> None:
    one, two = EventPackage("a", {"id": "1"}), EventPackage("a", {"id": "2"})
    assert len({CSeq(1, "A"), CSeq(1, "A"), one, two}) == 3
