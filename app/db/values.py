"""Turns text into a field's value and back, and says in words what is wrong with it."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec, Value

Values = dict[str, Value]  # one record: field name -> value

_YES = frozenset({"yes", "true", "on", "1", "y", "是"})
_NO = frozenset({"no", "false", "off", "0", "n", "否"})
_LONGEST_TEXT = 1024


def parse_value(field: FieldSpec, raw: object) -> Value:
    """Turn what a person or program gave into the field's value.

    Text is read by the field's kind; a bool, int or None that already has the right type is taken as it is.
    Empty text means the default for everything but text-like fields. Raises UserError with `field` set.
    """
    value = _by_kind(field, raw)
    if field.required and value in (None, ""):
        raise _refusal(field, "value.required", f"{field.label} is missing. Please enter a value.")
    if field.check is not None and value not in (None, ""):
        field.check(value)
    return value


def parse_record(spec: KindSpec, raw: Mapping[str, object], *, complete: bool) -> Values:
    """Parse the given fields; `complete` (a new record) adds defaults. Raises the first error."""
    errors, values = check_record(spec, raw, complete=complete)
    if errors:
        raise errors[0]
    return values


def check_record(
    spec: KindSpec, raw: Mapping[str, object], *, complete: bool
) -> tuple[list[UserError], Values]:
    """Parse as parse_record does, but gather every error: at most one a field, in the fields' order."""
    errors: list[UserError] = []
    values: Values = {}
    known = [field.name for field in spec.fields]
    for name in raw:
        if name not in known:
            text = f"There is no field “{name}”. Known fields: {', '.join(known)}."
            errors.append(
                UserError("value.unknown_field", text, field=name, name=name, known=", ".join(known))
            )
    for field in spec.fields:
        try:
            if field.name in raw:
                values[field.name] = parse_value(field, raw[field.name])
            elif complete:
                values[field.name] = parse_value(field, field.default)
        except UserError as error:
            errors.append(error)
    return errors, values


def text_of(value: Value) -> str:
    """The text that parse_value reads back as the same value: for CSV files and tables."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def addresses(text: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Read the stored text of an ADDRESSES field; a lone address is a network of one."""
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


def keys(text: Value) -> tuple[str, ...]:
    """Read the stored text of a REFERENCES field."""
    return tuple(part.strip() for part in str(text or "").split(",") if part.strip())


def _by_kind(field: FieldSpec, raw: object) -> Value:
    if raw is None:
        return field.default if field.kind in (FieldKind.INTEGER, FieldKind.BOOLEAN) else None
    match field.kind:
        case FieldKind.BOOLEAN:
            return _boolean(field, raw)
        case FieldKind.INTEGER:
            return _integer(field, raw)
    if not isinstance(raw, str):
        raise _refusal(field, "value.not_text", f"{field.label} must be text, not {raw!r}.", value=str(raw))
    if field.kind is FieldKind.SECRET:
        return _text(field, raw)
    text = _text(field, raw.strip())
    match field.kind:
        case FieldKind.DIGITS:
            return _digits(field, text)
        case FieldKind.CHOICE:
            return _choice(field, text)
        case FieldKind.ADDRESSES:
            return _addresses(field, text)
        case FieldKind.REFERENCES:
            return _keys(field, text)
        case _:
            return text


def _keys(field: FieldSpec, text: str) -> str:
    found = keys(text)
    for place, key in enumerate(found):
        if key in found[:place]:
            sentence = f"{field.label}: {key} stands there twice. Remove one of the two."
            raise _refusal(field, "value.repeated", sentence, value=key)
    return ", ".join(found)


def _boolean(field: FieldSpec, raw: object) -> Value:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word == "":
        return field.default
    if word in _YES or word in _NO:
        return word in _YES
    text = f"{field.label}: “{raw}” is neither yes nor no. Write yes or no."
    raise _refusal(field, "value.not_boolean", text, value=str(raw))


def _integer(field: FieldSpec, raw: object) -> Value:
    word = str(raw).strip()
    if word == "":
        return field.default
    digits = word.removeprefix("-")
    if isinstance(raw, bool) or not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        text = f"{field.label}: “{raw}” is not a whole number{_range_words(field)}."
        raise _refusal(field, "value.not_integer", text, value=str(raw))
    number = int(word)
    if (field.minimum is not None and number < field.minimum) or (
        field.maximum is not None and number > field.maximum
    ):
        text = f"{field.label}: {number} is out of range. Enter a number{_range_words(field)}."
        raise _refusal(field, "value.out_of_range", text, value=number, low=field.minimum, high=field.maximum)
    return number


def _range_words(field: FieldSpec) -> str:
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is not None and field.maximum is not None:
        return f" from {field.minimum} to {field.maximum}{unit}"
    if field.minimum is not None:
        return f" of at least {field.minimum}{unit}"
    if field.maximum is not None:
        return f" of at most {field.maximum}{unit}"
    return unit and f" of{unit}"


def _text(field: FieldSpec, text: str) -> str:
    longest = field.max_length or _LONGEST_TEXT
    if len(text) > longest:
        sentence = f"{field.label} has {len(text)} characters; at most {longest} are possible. Shorten it."
        raise _refusal(field, "value.too_long", sentence, length=len(text), longest=longest)
    if not text.isprintable():
        sentence = f"{field.label} holds a line break or another character that cannot be printed. Remove it."
        raise _refusal(field, "value.not_printable", sentence)
    return text


def _digits(field: FieldSpec, text: str) -> str:
    plain = text.removeprefix("+")
    if text and not (plain and all(char in "0123456789*#" for char in plain)):
        sentence = f"{field.label}: “{text}” cannot be dialled. Use 0-9, * and #, and perhaps a leading +."
        raise _refusal(field, "value.not_digits", sentence, value=text)
    return text


def _choice(field: FieldSpec, text: str) -> str:
    if text == "" and isinstance(field.default, str):
        return field.default
    for choice in field.choices:
        if text.lower() == choice.value.lower():
            return choice.value
    known = ", ".join(choice.value for choice in field.choices)
    sentence = f"{field.label}: “{text}” is not one of the choices. Choose one of: {known}."
    raise _refusal(field, "value.not_choice", sentence, value=text, known=known)


def _addresses(field: FieldSpec, text: str) -> str:
    found: list[str] = []
    for part in (piece.strip() for piece in text.replace(";", ",").split(",")):
        if part and (name := _address(field, part)) not in found:
            found.append(name)
    return ", ".join(found)


def _address(field: FieldSpec, part: str) -> str:
    try:
        return str(ipaddress.ip_network(part) if "/" in part else ipaddress.ip_address(part))
    except ValueError:
        pass
    try:
        meant = ipaddress.ip_network(part, strict=False)
    except ValueError:
        sentence = (
            f"{field.label}: “{part}” is not an IP address. Write for example 192.168.1.20 or 192.168.1.0/24."
        )
        raise _refusal(field, "value.not_address", sentence, value=part) from None
    sentence = f"{field.label}: “{part}” is an address inside a network. Did you mean {meant}?"
    raise _refusal(field, "value.not_network", sentence, value=part, meant=str(meant))


def _refusal(field: FieldSpec, code: str, text: str, **details: object) -> UserError:
    return UserError(code, text, field=field.name, label=field.label, **details)
