"""The kind `caller_rule`: what is made of callers' numbers (analysis of calling numbers)."""

from __future__ import annotations

from peewee import Model, TextField

from app.db.field_checks import caller_prefix_check, description_field, id_field, levels_field
from app.db.kind import Kind
from app.fields import FieldKind, FieldSpec, KindSpec


class CallerRuleRow(Model):
    """The peewee side."""

    id = TextField(primary_key=True)
    caller_prefix = TextField()
    transition = TextField()
    call_levels = TextField()
    description = TextField()

    class Meta:
        """Names."""

        table_name = "caller_rule"


SPEC = KindSpec(
    name="caller_rule",
    label="Caller number rule",
    plural="Caller number rules",
    key="id",
    fields=(
        id_field("rule", "from-abroad"),
        FieldSpec(
            name="caller_prefix",
            label="Caller prefix",
            help="The rule is for callers whose number begins so. The longest prefix decides; * is every "
            "caller.",
            kind=FieldKind.TEXT,
            default="*",
            max_length=64,
            example="+86",
            check=caller_prefix_check("caller_prefix", "Caller prefix"),
        ),
        FieldSpec(
            name="transition",
            label="Transition",
            help="The change that the caller's number undergoes before all other rules see it: +86138… may "
            "become 9138…, so that calling back works.",
            kind=FieldKind.REFERENCE,
            default="",
            refers_to="transition",
            example="replace-86-by-9",
        ),
        levels_field(
            "The call levels such callers have in place of their own: numbers from 1 to 99, separated by "
            "commas. Empty: their own.",
            default="",
        ),
        description_field("Calls back to mobile phones"),
    ),
)

KIND = Kind(SPEC, CallerRuleRow)
