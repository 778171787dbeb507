"""Tokens, quoted strings, lists, parameters and escapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sip.errors import MessageError
from app.sip.grammar import (
    escape,
    format_params,
    is_token,
    number,
    parse_params,
    quote,
    split_outside,
    unescape,
    unquote,
)


@pytest.mark.parametrize("text", ["INVITE", "!interesting-Method0123456789_*+`.%indeed'~", "1"])
def test_tokens(text: str) -> None:
    assert is_token(text)


@pytest.mark.parametrize("text", ["", "a b", "a;b", "é", "<a>"])
def test_what_is_no_token(text: str) -> None:
    assert not is_token(text)


def test_numbers() -> None:
    assert number(" 0068 ", "Max-Forwards") == 68
    assert number(str(2**32 - 1), "Expires") == 2**32 - 1


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "٣", "²", "4294967296", "9" * 5000])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(MessageError):
        number(text, "Expires")


@given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f")))
def test_quoting_is_undone(text: str) -> None:
    assert unquote(quote(text)) == text


def test_a_quoted_string_cannot_break_the_line() -> None:
    assert quote('a"\r\nVia: x\\') == '"a\\"  Via: x\\\\"'


def test_unquote_leaves_other_text_alone() -> None:
    assert unquote("token") == "token"
    assert unquote('"') == '"'


def test_split_respects_quotes_and_brackets() -> None:
    text = '"a, \\"b" <sip:a,b@c> , <sip:d;x=1,2>;q=1,plain'
    assert split_outside(text, ",") == ['"a, \\"b" <sip:a,b@c>', "<sip:d;x=1,2>;q=1", "plain"]


def test_split_keeps_empty_parts_for_the_caller_to_judge() -> None:
    assert split_outside("a,, b", ",") == ["a", "", "b"]
    assert split_outside("", ",") == [""]


@pytest.mark.parametrize("text", ['"a, b', '"a\\", b', "<a, b"])
def test_split_refuses_what_is_not_closed(text: str) -> None:
    with pytest.raises(MessageError):
        split_outside(text, ",")


def test_parameters() -> None:
    assert parse_params(';Tag=a1;lr;received=[::1];text="x;\\"y"') == {
        "tag": "a1",
        "lr": None,
        "received": "[::1]",
        "text": '"x;\\"y"',
    }
    assert parse_params("") == {}
    assert parse_params(" ; a = 1 ;\tb") == {"a": "1", "b": None}


def test_the_first_of_two_equal_parameters_counts() -> None:
    assert parse_params("tag=1;TAG=2") == {"tag": "1"}
    assert parse_params('tag=1;TAG="2"') == {"tag": "1"}


def test_letters_beyond_ascii_in_a_parameter_survive() -> None:
    assert parse_params("name=Jürgen") == {"name": "Jürgen"}


@pytest.mark.parametrize(
    "text", [";;", ";", "a=", "=a", "a b=1", "a=<b>", 'a="b', 'a="b"c', "a=b,c", "é=1", "a=b c"]
)
def test_malformed_parameters(text: str) -> None:
    with pytest.raises(MessageError):
        parse_params(text)


def test_parameters_are_written_as_they_were_read() -> None:
    assert format_params(parse_params('a=1;lr;b="x y"')) == ';a=1;lr;b="x y"'
    assert format_params({}) == ""


@given(st.text(st.characters(codec="utf-8")))
def test_escaping_is_undone(text: str) -> None:
    assert unescape(escape(text)) == text


def test_escapes_of_bytes_that_are_no_utf8_survive() -> None:
    assert escape(unescape("%FF%00a")) == "%FF%00a"


@pytest.mark.parametrize("text", ["%", "%4", "%zz", "a%4g"])
def test_broken_escapes(text: str) -> None:
    with pytest.raises(MessageError):
        unescape(text)
