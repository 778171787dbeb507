"""Text becomes values, or a sentence about what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.values import addresses, check_record, parse_record, parse_value, text_of
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value


def field(kind: FieldKind, **more: object) -> FieldSpec:
    return FieldSpec(name="f", label="Field", help="", kind=kind, **more)  # type: ignore[arg-type]


NUMBER = field(FieldKind.INTEGER, default=5, minimum=1, maximum=100, unit="s")
SWITCH = field(FieldKind.BOOLEAN, default=False)
CHOICE = field(FieldKind.CHOICE, default="auto", choices=(Choice("auto", "A"), Choice("relay", "R")))
PEERS = field(FieldKind.ADDRESSES, default="")


@pytest.mark.parametrize(
    ("spec", "text", "value"),
    [
        (NUMBER, " 7 ", 7),
        (NUMBER, "", 5),
        (NUMBER, 12, 12),
        (NUMBER, None, 5),
        (SWITCH, "Yes", True),
        (SWITCH, "off", False),
        (SWITCH, True, True),
        (SWITCH, "是", True),
        (SWITCH, "", False),
        (CHOICE, "RELAY", "relay"),
        (CHOICE, "", "auto"),
        (PEERS, "10.0.0.1;10.1.0.0/16, ::1", "10.0.0.1, 10.1.0.0/16, ::1"),
        (PEERS, "10.0.0.1, 10.0.0.1", "10.0.0.1"),
        (field(FieldKind.DIGITS), "+86*21#", "+86*21#"),
        (field(FieldKind.TEXT), "  前台 ", "前台"),
        (field(FieldKind.SECRET), " a b ", " a b "),
        (field(FieldKind.TEXT), None, None),
    ],
)
def test_text_becomes_a_value(spec: FieldSpec, text: object, value: Value) -> None:
    assert parse_value(spec, text) == value


@pytest.mark.parametrize(
    ("spec", "text", "code", "words"),
    [
        (NUMBER, "x", "value.not_integer", "not a whole number from 1 to 100 s"),
        (NUMBER, "1.5", "value.not_integer", "not a whole number"),
        (NUMBER, "٣", "value.not_integer", "not a whole number"),
        (NUMBER, True, "value.not_integer", "not a whole number"),
        (NUMBER, "9" * 5000, "value.not_integer", "not a whole number"),
        (NUMBER, "0", "value.out_of_range", "Enter a number from 1 to 100 s"),
        (NUMBER, "101", "value.out_of_range", "101 is out of range"),
        (SWITCH, "maybe", "value.not_boolean", "neither yes nor no"),
        (CHOICE, "never", "value.not_choice", "Choose one of: auto, relay"),
        (PEERS, "10.0.0.300", "value.not_address", "not an IP address"),
        (PEERS, "192.168.1.5/24", "value.not_network", "Did you mean 192.168.1.0/24?"),
        (field(FieldKind.DIGITS), "12a", "value.not_digits", "cannot be dialled"),
        (field(FieldKind.DIGITS), "+", "value.not_digits", "cannot be dialled"),
        (field(FieldKind.TEXT, max_length=3), "four", "value.too_long", "has 4 characters; at most 3"),
        (field(FieldKind.TEXT), "a\nb", "value.not_printable", "line break"),
        (field(FieldKind.TEXT), 7, "value.not_text", "must be text"),
        (field(FieldKind.TEXT, required=True), "  ", "value.required", "is missing"),
    ],
)
def test_what_is_wrong_is_said_in_words(spec: FieldSpec, text: object, code: str, words: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse_value(spec, text)
    assert refusal.value.code == code
    assert refusal.value.field == "f"
    assert words in refusal.value.text


def test_a_range_open_on_one_side_is_said() -> None:
    with pytest.raises(UserError, match="of at least 3"):
        parse_value(field(FieldKind.INTEGER, minimum=3), "1")
    with pytest.raises(UserError, match="of at most 3"):
        parse_value(field(FieldKind.INTEGER, maximum=3), "4")


def test_a_fields_own_check_runs_on_what_is_entered() -> None:
    def refuse(value: Value) -> None:
        raise UserError("own", f"not {value}", field="f")

    checked = field(FieldKind.TEXT, check=refuse)
    assert parse_value(checked, "") == ""
    with pytest.raises(UserError, match="not this"):
        parse_value(checked, "this")


KIND = KindSpec(
    name="k",
    label="K",
    plural="Ks",
    key="a",
    fields=(
        FieldSpec(name="a", label="A", help="", kind=FieldKind.TEXT, required=True),
        FieldSpec(name="b", label="B", help="", kind=FieldKind.INTEGER, default=3),
    ),
)


def test_a_new_record_gets_the_defaults_and_a_change_does_not() -> None:
    assert parse_record(KIND, {"a": "x"}, complete=True) == {"a": "x", "b": 3}
    assert parse_record(KIND, {"b": "4"}, complete=False) == {"b": 4}


def test_every_error_of_a_record_is_found() -> None:
    errors, values = check_record(KIND, {"b": "x", "c": "1"}, complete=True)
    assert [(error.code, error.field) for error in errors] == [
        ("value.unknown_field", "c"),
        ("value.required", "a"),
        ("value.not_integer", "b"),
    ]
    assert values == {}
    with pytest.raises(UserError, match="Known fields: a, b"):
        parse_record(KIND, {"c": "1"}, complete=False)


@given(st.integers(1, 100))
def test_numbers_survive_text(number: int) -> None:
    assert parse_value(NUMBER, text_of(number)) == number


@given(st.text())
def test_any_text_is_a_value_or_a_refusal(text: str) -> None:
    for spec in (NUMBER, SWITCH, CHOICE, PEERS, field(FieldKind.DIGITS), field(FieldKind.TEXT)):
        try:
            value = parse_value(spec, text)
        except UserError:
            continue
        assert parse_value(spec, text_of(value)) == value


def test_stored_addresses_are_networks() -> None:
    assert [str(each) for each in addresses("10.0.0.1, fd00::/8")] == ["10.0.0.1/32", "fd00::/8"]
    assert addresses("") == ()
