"""Values and errors travel as lines of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import pytest

from app.control.messages import decode, encode, error_message, error_of, plain
from app.errors import EnvironmentFault, UserError


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    colour: Colour


@dataclass(frozen=True, slots=True)
class Outer:
    inner: tuple[Inner, ...]
    by_name: MappingProxyType[str, Inner]
    data: bytes
    path: Path


def test_dataclasses_become_what_json_knows() -> None:
    inner = Inner(Colour.RED)
    value = plain(Outer((inner,), MappingProxyType({"a": inner}), b"\xffx", Path("/a")))
    assert json.loads(json.dumps(value)) == {
        "inner": [{"colour": "red"}],
        "by_name": {"a": {"colour": "red"}},
        "data": "\ufffdx",
        "path": "/a",
    }


def test_a_message_is_one_line_whatever_it_holds() -> None:
    line = encode({"text": "a\r\n前台\udcff"})
    assert line.count(b"\n") == 1
    assert decode(line) == {"text": "a\r\n前台?"}


@pytest.mark.parametrize("line", [b"", b"[]", b"7", b"{", b"\xff"])
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(line)


def test_errors_travel() -> None:
    refusal = UserError("value.range", "Out of range.", field="x", low=1, places=(1, 2))
    back = error_of(decode(encode(error_message(refusal)))["error"])
    assert isinstance(back, UserError)
    assert (back.code, back.text, back.field) == ("value.range", "Out of range.", "x")
    assert back.details == {"low": 1, "places": "(1, 2)"}
    fault = error_of(decode(encode(error_message(EnvironmentFault("disk", "Full.", path="/a"))))["error"])
    assert isinstance(fault, EnvironmentFault)
    assert fault.details == {"path": "/a"}
