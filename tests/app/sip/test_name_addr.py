"""From, To, Contact and their kin."""

from __future__ import annotations

import pytest

from app.sip.errors import MessageError
from app.sip.name_addr import Contact, NameAddr
from app.sip.uri import parse_uri


@pytest.mark.parametrize(
    ("text", "display", "uri", "params"),
    [
        ("sip:a@b", "", "sip:a@b", {}),
        ("sip:a@b;tag=1", "", "sip:a@b", {"tag": "1"}),
        ("sip:a@b ;   tag    = 1", "", "sip:a@b", {"tag": "1"}),
        ("<sip:a@b;lr>;tag=1", "", "sip:a@b;lr", {"tag": "1"}),
        ("caller<sip:a@b>", "caller", "sip:a@b", {}),
        ("Mr. Watson  <sip:a@b> ; x", "Mr. Watson", "sip:a@b", {"x": None}),
        ('"Bell, \\"A\\" <x>"<sip:a@b>', 'Bell, "A" <x>', "sip:a@b", {}),
        ("Jürgen <sip:a@b>", "Jürgen", "sip:a@b", {}),
        ("<tel:+1234>;tag=x", "", "tel:+1234", {"tag": "x"}),
    ],
)
def test_shapes(text: str, display: str, uri: str, params: dict[str, str | None]) -> None:
    value = NameAddr.parse(text)
    assert value == NameAddr(display, parse_uri(uri), params)
    assert NameAddr.parse(str(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        '"Mr. J. User <sip:a@b>',
        '"A" sip:a@b',
        "Bell, Alexander <sip:a@b>",
        "<sip:a@b",
        "< sip:a@b >",
        "<sip:a@b>;",
        "<sip:a@b>tag=1",
        "<sip:a@b>;;;;",
        "sip:a@b;",
        "sip:a@b?Route=%3Csip:x%3E",
        "sip:a,b@c",
        "<>",
    ],
)
def test_malformed(text: str) -> None:
    with pytest.raises(MessageError):
        NameAddr.parse(text)


def test_reading_and_adding() -> None:
    value = NameAddr.parse('"Al" <sip:101@pbx>')
    assert (value.tag, value.user) == ("", "101")
    assert str(value.with_params(tag="t9", x=None)) == '"Al" <sip:101@pbx>;tag=t9;x'
    assert NameAddr.parse("<tel:+1-2>").user == "+12"
    assert NameAddr.parse("<http://x>").user == ""


@pytest.mark.parametrize(
    ("text", "thousandths"), [("1", 1000), ("0.33", 330), ("0", 0), ("1.000", 1000), ("0.", 0)]
)
def test_q(text: str, thousandths: int) -> None:
    assert Contact.parse(f"<sip:a@b>;q={text}").q == thousandths


@pytest.mark.parametrize("text", ["2", "1.5", "0.1234", "x", "-0.5", "0.5.5"])
def test_malformed_q(text: str) -> None:
    with pytest.raises(MessageError):
        _ = Contact.parse(f"<sip:a@b>;q={text}").q


def test_expires_of_a_contact() -> None:
    assert Contact.parse("<sip:a@b>").expires is None
    assert Contact.parse("<sip:a@b>").q == 1000
    assert Contact.parse("<sip:a@b>;expires=60").expires == 60
    assert Contact.parse("<sip:a@b>;expires=soon").expires == 3600  # RFC 3261 10.2.1.1
