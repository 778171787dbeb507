"""The kind `screening`: the number black/white list (note S7)."""

from __future__ import annotations

from peewee import IntegerField, Model, TextField

from app.db.field_checks import caller_prefix_check, description_field, id_field, prefix_check
from app.db.kind import Kind
from app.fields import FieldKind, FieldSpec, KindSpec


class ScreeningRow(Model):
    """The peewee side."""

    id = TextField(primary_key=True)
    caller_prefix = TextField()
    called_prefix = TextField()
    rate = IntegerField()
    description = TextField()

    class Meta:
        """Names."""

        table_name = "screening"


SPEC = KindSpec(
    name="screening",
    label="Black/white list entry",
    plural="System black/white list",
    key="id",
    fields=(
        id_field("entry", "1"),
        FieldSpec(
            name="caller_prefix",
            label="Caller prefix",
            help="For callers whose number begins so. * is every caller; anonymous is every caller that "
            "shows "
            "no number (From anonymous, no user part, or Privacy: id).",
            kind=FieldKind.TEXT,
            default="*",
            max_length=64,
            example="anonymous",
            check=caller_prefix_check("caller_prefix", "Caller prefix"),
        ),
        FieldSpec(
            name="called_prefix",
            label="Called prefix",
            help="For called numbers that begin so, as they were dialled. * is every number. The longest "
            "called "
            "prefix decides first, then the longest caller prefix.",
            kind=FieldKind.TEXT,
            default="*",
            max_length=32,
            example="*",
            check=prefix_check("called_prefix", "Called prefix"),
        ),
        FieldSpec(
            name="rate",
            label="Rate",
            help="How many of a hundred such calls are blocked: 100 blocks all, 0 lets all pass (white "
            "list).",
            kind=FieldKind.INTEGER,
            default=100,
            minimum=0,
            maximum=100,
            unit="%",
            example="100",
        ),
        description_field("Callers that hide their number"),
    ),
)

KIND = Kind(SPEC, ScreeningRow)
