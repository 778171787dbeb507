"""Says what a field takes, for the command line, programs and the generated documentation."""

from __future__ import annotations

from app.db.values import text_of
from app.fields import FieldKind, FieldSpec

_WORDS = {
    FieldKind.TEXT: "text",
    FieldKind.DIGITS: "digits",
    FieldKind.INTEGER: "number",
    FieldKind.BOOLEAN: "yes or no",
    FieldKind.SECRET: "password",
    FieldKind.ADDRESSES: "IP addresses or networks",
    FieldKind.WEEKDAYS: "days: mon-fri, sun",
}


def values_of(field: FieldSpec) -> str:
    """What may stand in the field: "5-600 s", "auto, direct, relay", "yes or no"."""
    match field.kind:
        case FieldKind.CHOICE:
            return ", ".join(choice.value for choice in field.choices)
        case FieldKind.REFERENCE:
            return f"a record of {field.refers_to}"
        case FieldKind.REFERENCES:
            return f"records of {field.refers_to}, separated by commas"
        case FieldKind.INTEGER if field.minimum is not None and field.maximum is not None:
            return f"{field.minimum}-{field.maximum} {field.unit}".strip()
    return _WORDS[field.kind]


def default_of(field: FieldSpec) -> str:
    """The default as text; what must be entered says so."""
    return "(required)" if field.required and field.default is None else text_of(field.default)


def describe(field: FieldSpec) -> dict[str, object]:
    """A declaration as JSON knows it."""
    return {
        "name": field.name,
        "label": field.label,
        "help": field.help,
        "kind": field.kind.value,
        "default": field.default,
        "required": field.required,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "max_length": field.max_length,
        "choices": [choice.value for choice in field.choices],
        "refers_to": field.refers_to,
        "example": field.example,
        "group": field.group,
        "unit": field.unit,
        "needs_restart": field.needs_restart,
        "read_only": field.read_only,
    }
