"""Typed access to headers, and its cache."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.sip.errors import MessageError
from app.sip.message import Request
from app.sip.name_addr import NameAddr
from app.sip.uri import parse_uri
from app.sip.values import CSeq, EventPackage, MediaType, RAck, Reason, Replaces, RetryAfter, SessionExpires


def request(*headers: tuple[str, str]) -> Request:
    return Request("INVITE", "sip:a@b", headers)


def test_the_usual_ones() -> None:
    message = request(
        ("v", "SIP/2.0/UDP one;branch=z9hG4bK1, SIP/2.0/TCP two"),
        ("Via", "SIP/2.0/TLS three"),
        ("f", '"A;tag=x" <sip:a@b;tag=y>;tag=from1'),
        ("t", "sip:b@c;tag=to1"),
        ("i", "call@1"),
        ("CSeq", "7 INVITE"),
        ("Max-Forwards", "0068"),
        ("m", "<sip:a@1.1.1.1>;expires=5, <sip:a@2.2.2.2>"),
    )
    assert message.via.host == "one"
    assert [via.host for via in message.vias] == ["one", "two", "three"]
    assert (message.from_tag, message.to_tag, message.call_id) == ("from1", "to1", "call@1")
    assert message.from_.display == "A;tag=x"
    assert message.to.tag == "to1"
    assert (message.cseq, message.max_forwards) == (CSeq(7, "INVITE"), 68)
    assert [contact.expires for contact in message.contacts] == [5, None]
    assert message.via is message.via
    assert message.vias is message.vias


def test_all_the_others() -> None:
    message = request(
        ("Route", "<sip:r1;lr>,<sip:r2;lr>"),
        ("Record-Route", "<sip:rr>"),
        ("Path", "<sip:p;lr>"),
        ("Service-Route", "<sip:s;lr>"),
        ("P-Asserted-Identity", '"A" <sip:1@x>, <tel:+1>'),
        ("P-Preferred-Identity", "<sip:2@x>"),
        ("Diversion", "<sip:3@x>;reason=no-answer"),
        ("r", "<sip:4@x>"),
        ("b", "<sip:5@x>"),
        ("Reply-To", "<sip:6@x>"),
        ("Replaces", "c;to-tag=1;from-tag=2"),
        ("Expires", "60"),
        ("Min-Expires", "30"),
        ("x", "1800;refresher=uas"),
        ("Min-SE", "90;x=1"),
        ("RSeq", "5"),
        ("RAck", "5 7 INVITE"),
        ("o", "dialog;id=1"),
        ("Subscription-State", "pending"),
        ("Retry-After", "9"),
        ("Reason", "SIP;cause=486, Q.850;cause=17"),
        ("Warning", '399 a "b", 399 c "d, e"'),
        ("k", "100Rel, timer"),
        ("Supported", "Replaces"),
        ("Require", "x"),
        ("Proxy-Require", "y"),
        ("Unsupported", "z"),
        ("Allow", "INVITE,ACK"),
        ("u", "dialog"),
        ("Accept", "application/sdp;level=1, text/*"),
        ("Privacy", "ID;critical"),
        ("c", "Application/SDP;charset=utf-8"),
        ("Content-Disposition", "session;handling=optional"),
        ("Date", "Sat, 13 Nov 2010 23:29:00 GMT"),
        ("User-Agent", "Phone 1"),
    )
    assert [str(route.uri) for route in message.routes] == ["sip:r1;lr", "sip:r2;lr"]
    assert message.record_routes == (NameAddr("", parse_uri("sip:rr")),)
    assert (message.paths[0].user, str(message.service_routes[0].uri)) == ("", "sip:s;lr")
    assert [party.user for party in message.asserted_identities] == ["1", "+1"]
    assert message.preferred_identities[0].user == "2"
    assert message.diversions[0].params == {"reason": "no-answer"}
    assert message.refer_to is not None
    assert message.referred_by is not None
    assert message.reply_to is not None
    assert (message.refer_to.user, message.referred_by.user, message.reply_to.user) == ("4", "5", "6")
    assert message.replaces == Replaces("c", "1", "2")
    assert (message.expires, message.min_expires, message.min_se, message.rseq) == (60, 30, 90, 5)
    assert message.session_expires == SessionExpires(1800, "uas")
    assert message.rack == RAck(5, CSeq(7, "INVITE"))
    assert message.event == EventPackage("dialog", {"id": "1"})
    assert message.subscription_state is not None
    assert message.subscription_state.state == "pending"
    assert message.retry_after == RetryAfter(9)
    assert message.reasons == (Reason("SIP", 486), Reason("Q.850", 17))
    assert [warning.text for warning in message.warnings] == ["b", "d, e"]
    assert message.supported == ("100rel", "timer", "replaces")
    assert (message.require, message.proxy_require, message.unsupported) == (("x",), ("y",), ("z",))
    assert (message.allow, message.allow_events) == (("INVITE", "ACK"), ("dialog",))
    assert message.accept == (MediaType("application/sdp", {"level": "1"}), MediaType("text/*"))
    assert message.privacy == ("id", "critical")
    assert message.content_type == "application/sdp"
    assert message.media_type == MediaType("application/sdp", {"charset": "utf-8"})
    assert message.content_disposition == MediaType("session", {"handling": "optional"})
    assert message.date == datetime(2010, 11, 13, 23, 29, tzinfo=UTC)
    assert message.user_agent == "Phone 1"


def test_absent_ones() -> None:
    message = request(("To", ""))
    assert message.vias == message.contacts == message.routes == message.reasons == ()
    assert (message.expires, message.replaces, message.event, message.date, message.accept) == (None,) * 5
    assert (message.content_type, message.user_agent, message.privacy, message.supported) == ("", "", (), ())
    assert request(("Accept", "")).accept == ()
    for key in ("via", "from_", "to", "call_id", "cseq", "from_tag", "to_tag"):
        with pytest.raises(MessageError):
            getattr(message, key)


def test_contact_star() -> None:
    assert request(("Contact", "*")).is_contact_star
    assert request(("Contact", "*")).contacts == ()
    both = request(("Contact", "*"), ("Contact", "<sip:a@b>"))
    assert not both.is_contact_star
    with pytest.raises(MessageError):
        _ = both.contacts


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("<sip:a@b>", ""),
        ("sip:a@b", ""),
        ("<sip:a@b;tag=no>", ""),
        ("<sip:a@b>;x=1;TAG=Yes", "Yes"),
        ("<sip:a@b> ; tag = yes ;y", "yes"),
        ('<sip:a@b>;x="<sip:c@d>;tag=no";tag=yes', "yes"),
        ('"<x>;tag=no" <sip:a@b>;tag=yes', "yes"),
        ("<sip:a@b>;staged=1", ""),
    ],
)
def test_tags_are_found_in_any_shape(value: str, tag: str) -> None:
    assert request(("From", value)).from_tag == tag
    assert request(("To", value)).to_tag == tag


def test_a_change_is_seen() -> None:
    message = request(("Expires", "60"), ("To", "<sip:a@b>"))
    assert (message.expires, message.to_tag) == (60, "")
    message.set("Expires", "30")
    message.set("To", "<sip:a@b>;tag=1")
    assert (message.expires, message.to_tag) == (30, "1")
    message.remove("expires")
    assert message.expires is None


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 01 Jan 2010 16:00:00 EST",
        "Fri, 01 Jan 2010",
        "Fri, 32 Jan 2010 16:00:00 GMT",
        "Fri, 01 Foo 2010 16:00:00 GMT",
        "Fri, 01 Jan 99999 16:00:00 GMT",
        "Fri, 01 Jan 2010 16:00 GMT",
    ],
)
def test_malformed_dates(text: str) -> None:
    with pytest.raises(MessageError):
        _ = request(("Date", text)).date


def test_challenges_and_credentials_of_other_schemes_are_passed_over() -> None:
    message = request(
        ("WWW-Authenticate", 'Bearer realm="x"'),
        ("WWW-Authenticate", 'Digest realm="a", nonce="1"'),
        ("Proxy-Authenticate", 'Digest realm="b", nonce="2"'),
        ("Proxy-Authenticate", "Digest broken"),
        ("Authorization", "NoOneKnowsThisScheme opaque-data=here"),
        ("Authorization", "Digest username="),
        ("Proxy-Authorization", 'Digest username="u", realm="b", nonce="2", uri="sip:x", response="r"'),
    )
    found = [(challenge.realm, challenge.is_proxy) for challenge in message.challenges]
    assert found == [("a", False), ("b", True)]
    assert [credentials.username for credentials in message.credentials] == ["u"]
