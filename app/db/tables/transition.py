"""The kind `transition`: a change of a number, used by rules for called and calling numbers."""

from __future__ import annotations

import re

from peewee import IntegerField, Model, TextField

from app.db.field_checks import id_field
from app.db.kind import Kind
from app.db.values import Values
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value


class TransitionRow(Model):
    """The peewee side."""

    id = TextField(primary_key=True)
    operation = TextField()
    start = IntegerField()
    length = IntegerField()
    string = TextField()

    class Meta:
        """Names."""

        table_name = "transition"


def _check_string(value: Value) -> None:
    if not re.fullmatch(r"\+|\+?[0-9*#]+", str(value)):  # a plus alone: 86138… becomes +86138…
        text = f"String: “{value}” cannot be dialled. Use 0-9, * and #, and perhaps a leading +."
        raise UserError("transition.string", text, field="string", value=str(value))


SPEC = KindSpec(
    name="transition",
    label="Transition",
    plural="Transitions",
    key="id",
    fields=(
        id_field("transition", "strip-9"),
        FieldSpec(
            name="operation",
            label="Type",
            help="Replace digits by others, insert some, or delete some.",
            kind=FieldKind.CHOICE,
            default="replace",
            choices=(Choice("replace", "Replace"), Choice("insert", "Insert"), Choice("delete", "Delete")),
        ),
        FieldSpec(
            name="start",
            label="Start",
            help="The place of the first digit concerned; 0 is the first digit of the number.",
            kind=FieldKind.INTEGER,
            default=0,
            minimum=0,
            maximum=64,
            example="0",
        ),
        FieldSpec(
            name="length",
            label="Length",
            help="How many digits are replaced or deleted. Does not count for inserting.",
            kind=FieldKind.INTEGER,
            default=0,
            minimum=0,
            maximum=64,
            example="1",
        ),
        FieldSpec(
            name="string",
            label="String",
            help="The digits that are put there. Replacing 1 digit at 0 by 0086 turns 0138… into 0086138….",
            kind=FieldKind.TEXT,
            default="",
            max_length=32,
            example="0086",
            check=_check_string,
        ),
    ),
)


class TransitionKind(Kind):
    """Transitions: each says something."""

    def __init__(self) -> None:
        super().__init__(SPEC, TransitionRow)

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse an insertion of nothing and a deletion of nothing."""
        if record["operation"] == "delete" and not record["length"]:
            text = "Length: enter how many digits to delete."
            return [UserError("transition.no_length", text, field="length")]
        if record["operation"] == "insert" and not record["string"]:
            text = "String: enter the digits to insert."
            return [UserError("transition.no_string", text, field="string")]
        if record["operation"] == "replace" and not record["string"] and not record["length"]:
            text = "Length and string are both empty: the transition would change nothing."
            return [UserError("transition.nothing", text, field="length")]
        return []


KIND = TransitionKind()
