"""The kind `display_number`: the number that called parties see in place of, or beside, a caller's own."""

from __future__ import annotations

from peewee import Model, TextField

from app.db.kind import Kind
from app.fields import Choice, FieldKind, FieldSpec, KindSpec


class DisplayNumberRow(Model):
    """The peewee side."""

    caller = TextField(primary_key=True)
    shown = TextField()
    mode = TextField()

    class Meta:
        """Names."""

        table_name = "display_number"


SPEC = KindSpec(
    name="display_number",
    label="Caller display number",
    plural="Caller display numbers",
    key="caller",
    fields=(
        FieldSpec(
            name="caller",
            label="Caller",
            help="The number of the caller it is for: an extension, or a number from outside after the "
            "caller rules.",
            kind=FieldKind.DIGITS,
            required=True,
            max_length=32,
            example="101",
        ),
        FieldSpec(
            name="shown",
            label="Shown number",
            help="The number that the called party sees (user part of From, or the header the line is set "
            "to).",
            kind=FieldKind.DIGITS,
            required=True,
            max_length=32,
            example="02512345600",
        ),
        FieldSpec(
            name="mode",
            label="Mode",
            help="Show it in place of the caller's own number, or both: the shown one as the number and the "
            "caller's own as the name.",
            kind=FieldKind.CHOICE,
            default="replace",
            choices=(Choice("replace", "Replace"), Choice("both", "Show both")),
        ),
    ),
)

KIND = Kind(SPEC, DisplayNumberRow)
