"""How a record's field is declared, once, for forms, validation, command line and documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | bool | None


class FieldKind(StrEnum):
    """What a field holds, hence which widget shows it and how text becomes a value."""

    TEXT = "text"
    DIGITS = "digits"  # a number that is dialled: 0-9 * # and a leading +
    INTEGER = "integer"
    BOOLEAN = "boolean"
    SECRET = "secret"  # shown as dots; never listed or exported unless asked
    CHOICE = "choice"
    ADDRESSES = "addresses"  # IP addresses or networks, separated by commas
    WEEKDAYS = "weekdays"  # days and stretches of days, as text: mon-fri, sun
    REFERENCE = "reference"  # the key of a record of kind `refers_to`
    REFERENCES = "references"  # the keys of several such records, separated by commas, in their order


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a CHOICE field and its English label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field. Texts are English source strings; the window translates them in context "fields"."""

    name: str
    label: str
    help: str
    kind: FieldKind
    default: Value = None
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    choices: tuple[Choice, ...] = ()
    refers_to: str = ""
    example: str = ""
    group: str = "Basic"  # the tab of the dialog
    unit: str = ""
    needs_restart: bool = False
    read_only: bool = False
    check: Callable[[Value], None] | None = None  # raises UserError(code, text, field=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """One kind of record: extension, setting, and each to come."""

    name: str  # as in `openmss-cli add extension …`
    label: str  # "Extension"
    plural: str  # "Extensions"
    key: str  # the name of the key field
    fields: tuple[FieldSpec, ...]

    def field(self, name: str) -> FieldSpec | None:
        """Find a field by its name."""
        return next((field for field in self.fields if field.name == name), None)
