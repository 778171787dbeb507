"""The header list."""

from __future__ import annotations

import pytest

from app.sip.errors import MessageError
from app.sip.headers import COMPACT, KEYS, HeaderList, canonical, header_key
from app.sip.message import parse


def headers(*lines: tuple[str, str]) -> HeaderList:
    made = HeaderList([])
    for name, value in lines:
        made.add(name, value)
    return made


@pytest.mark.parametrize("name", ["Via", "v", "V", "VIA", "vIa"])
def test_one_key_for_every_spelling(name: str) -> None:
    assert canonical(name) == "via"


def test_compact_forms_lead_to_full_names() -> None:
    assert all(KEYS[letter] == KEYS[letter.upper()] == name for letter, name in COMPACT.items())


def test_names_on_the_wire() -> None:
    assert header_key("v  ") == "via"
    assert header_key("X-New") == "x-new"
    for name in ("", " ", "X New", "a(b", "é"):
        with pytest.raises(MessageError):
            header_key(name)
    assert "X-New" not in KEYS


def test_reading() -> None:
    made = headers(("v", "one, two"), ("X-A", "a, b"), ("Via", "three"), ("Supported", ""))
    assert made.get("via") == "one, two"
    assert made.get("Via") == "one, two"
    assert made.get("to") is None
    assert made.get_all("via") == ["one", "two", "three"]
    assert made.get_all("x-a") == ["a, b"]  # unknown: not known to be a list
    assert made.get_all("supported") == []
    assert made.has("supported")
    assert not made.has("require")
    assert made.count("v") == 2


def test_changing_keeps_the_order_of_the_rest() -> None:
    made = headers(("Via", "1"), ("X-A", "a"), ("Via", "2"), ("To", "t"))
    made.set("Via", "3")
    made.set("Expires", "60")
    made.insert_first("v", "0")
    made.remove("to")
    assert [(name, value) for _, name, value in made.headers] == [
        ("v", "0"),
        ("Via", "3"),
        ("X-A", "a"),
        ("Expires", "60"),
    ]


def test_values_let_go_of_are_read_again() -> None:
    message = parse(b"OPTIONS sip:b@h SIP/2.0\r\nTo: <sip:b@h>;tag=1\r\nCSeq: 1 OPTIONS\r\n\r\n")
    to = message.to
    assert message.to is to
    message.forget_values()
    assert message.to is not to
    assert message.to == to
    assert message.cseq.number == 1
