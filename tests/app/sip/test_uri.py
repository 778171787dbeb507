"""URIs: parse, write, compare."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.sip.errors import MessageError
from app.sip.uri import OtherUri, SipUri, TelUri, escape_user, parse_host_port, parse_uri, same_host


def sip(text: str) -> SipUri:
    uri = parse_uri(text)
    assert isinstance(uri, SipUri)
    return uri


def test_all_parts_of_a_sip_uri() -> None:
    uri = sip("SIPS:alice:secret@[2001:db8::1]:5071;Transport=tcp;lr?Subject=a%20b&Priority=urgent")
    assert (uri.scheme, uri.user, uri.password, uri.host, uri.port) == (
        "sips",
        "alice",
        "secret",
        "[2001:db8::1]",
        5071,
    )
    assert uri.transport == "TCP"
    assert uri.is_secure
    assert uri.is_loose_router
    assert uri.headers == (("Subject", "a b"), ("Priority", "urgent"))
    assert uri.host_address == "2001:db8::1"


def test_a_number_is_written_as_it_is_dialled() -> None:
    assert escape_user("+8613800000000") == "+8613800000000"
    assert escape_user("*90*100#") == "*90*100%23"
    assert escape_user("a b@c") == "a%20b%40c"


def test_escapes_and_delimiters_in_the_user() -> None:
    assert sip("sip:sips%3Auser%40example.com@example.net").user == "sips:user@example.com"
    assert sip("sip:user;par=u%40example.net@example.com").user == "user;par=u@example.net"
    assert sip("sip:%00@host5.example.com").user == "\0"


@pytest.mark.parametrize(
    "text",
    [
        "sip:%75ser@example.com;n%61me=v%61lue%25%34%31",
        "SIP:Bob@EXAMPLE.com:5060;LR",
        "tel:+1-201-555-0123;ext=7",
        "http://www.example.com/?a=b",
        "isbn:2983792873",
    ],
)
def test_a_parsed_uri_is_written_as_received(text: str) -> None:
    assert str(parse_uri(text)).partition(":")[2] == text.partition(":")[2]


def test_a_changed_uri_is_written_anew() -> None:
    uri = replace(sip("sip:a%20b:p@host:5060;lr;x=1?Subject=q"), port=5080)
    assert str(uri) == "sip:a%20b:p@host:5080;lr;x=1?Subject=q"
    made = SipUri.of("1@2", "::1", 5070, transport="tcp", ob=None)
    assert str(made) == "sip:1%402@[::1]:5070;transport=tcp;ob"


@pytest.mark.parametrize(
    ("one", "other"),
    [  # RFC 3261 19.1.4
        ("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
        ("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"),
        (
            "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
            "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
        ),
        (
            "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
            "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
        ),
        ("sip:a@[2001:db8::1]", "sip:a@[2001:DB8:0::1]"),
        ("tel:+1-201-555-0123", "tel:+12015550123"),
        ("tel:7042;phone-context=example.com", "tel:7042;phone-context=EXAMPLE.com"),
    ],
)
def test_equal(one: str, other: str) -> None:
    assert parse_uri(one) == parse_uri(other)
    assert hash(parse_uri(one)) == hash(parse_uri(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"),
        ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"),
        ("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"),
        ("sip:a@b", "sips:a@b"),
        ("sip:a@b", "sip:a:p@b"),
        ("sip:a%3Bb@c", "sip:a;b@c"),
        ("sip:a@b;maddr=1.2.3.4", "sip:a@b"),
        ("sip:a@b", "tel:+1"),
        ("tel:+1", "tel:1"),
        ("tel:1", "sip:1@b"),
        ("tel:7042;phone-context=a", "tel:7042"),
    ],
)
def test_not_equal(one: str, other: str) -> None:
    assert parse_uri(one) != parse_uri(other)


def test_tel() -> None:
    uri = parse_uri("tel:+1-201.555(0123);ext=7")
    assert isinstance(uri, TelUri)
    assert uri.digits == uri.user == "+12015550123"
    assert (uri.params, uri.scheme) == ({"ext": "7"}, "tel")


def test_other_schemes_are_kept() -> None:
    assert parse_uri("soap.beep://192.0.2.103:3002") == OtherUri("soap.beep", "//192.0.2.103:3002")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "alice",
        "<sip:a@b>",
        " sip:a@b",
        "sip:a@b ",
        "sip:",
        "sip:@b",
        "sip:a@",
        "sip:a@b:",
        "sip:a@b:x",
        "sip:a@b:65536",
        "sip:a@b;",
        "sip:a@b;;lr",
        "sip:a@b?",
        "sip:a@b?x",
        "sip:a@b?x%=1",
        "sip:a@b@c",
        "sip:a%4@b",
        "sip:a@[::1",
        "sip:a@[::g]",
        "sip:a@[::1]x",
        "sip:a@[fe80::1%25eth0]",
        "sip:a b@c",
        "sip:a@b_ä",
        "tel:",
        "tel:abcdefg",
        "tel:+",
        "tel:1;=2",
        "1x:y",
        "http://a b",
    ],
)
def test_malformed(text: str) -> None:
    with pytest.raises(MessageError) as raised:
        parse_uri(text)
    assert raised.value.status == 400


def test_host_and_port() -> None:
    assert parse_host_port("example.com:5061") == ("example.com", 5061)
    assert parse_host_port("[::1]") == ("[::1]", None)


def test_same_host() -> None:
    assert same_host("A.example", "a.EXAMPLE")
    assert same_host("[::1]", "[0:0::1]")
    assert not same_host("[::1]", "[::2]")
    assert not same_host("[::1]", "[x]")
