"""The kind `did_route`: where calls from outside to one of our numbers go."""

from __future__ import annotations

from peewee import Model, TextField

from app.db.field_checks import destination_check, time_condition_field
from app.db.kind import Kind
from app.db.values import Values
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec


class DidRouteRow(Model):
    """The peewee side."""

    number = TextField(primary_key=True)
    line = TextField()
    destination = TextField()
    time_condition = TextField()
    else_destination = TextField()

    class Meta:
        """Names."""

        table_name = "did_route"


SPEC = KindSpec(
    name="did_route",
    label="DID route",
    plural="DID routes",
    key="number",
    fields=(
        FieldSpec(
            name="number",
            label="Number",
            help="The number that was dialled outside, or how it begins; the longest that fits decides. It "
            "is "
            "found in any form the carrier writes it in (+86…, 0086…) once the country code is set.",
            kind=FieldKind.DIGITS,
            required=True,
            max_length=32,
            example="+862512345600",
        ),
        FieldSpec(
            name="line",
            label="External line",
            help="Only for calls over this external line. Empty: over any line or trunk.",
            kind=FieldKind.REFERENCE,
            default="",
            refers_to="line",
            example="telecom-1",
        ),
        FieldSpec(
            name="destination",
            label="Goes to",
            help="A number as it is dialled inside, extension:NUMBER, menu:NAME, voicemail:NUMBER, "
            "group:NUMBER or conference:ROOM.",
            kind=FieldKind.TEXT,
            required=True,
            max_length=64,
            example="100",
            check=destination_check("destination", "Goes to"),
        ),
        time_condition_field("When calls go there."),
        FieldSpec(
            name="else_destination",
            label="Otherwise goes to",
            help="Where calls go at other times. Empty: they are refused then.",
            kind=FieldKind.TEXT,
            default="",
            max_length=64,
            example="101",
            check=destination_check("else_destination", "Otherwise goes to"),
        ),
    ),
)


class DidRouteKind(Kind):
    """DID routes: destinations may name records."""

    destinations = ("destination", "else_destination")

    def __init__(self) -> None:
        super().__init__(SPEC, DidRouteRow)

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse an “otherwise” that never comes."""
        if record.get("else_destination") and not record.get("time_condition"):
            text = "Otherwise goes to: without a time condition there are no other times. Choose one."
            return [UserError("did_route.no_condition", text, field="time_condition")]
        return []


KIND = DidRouteKind()
