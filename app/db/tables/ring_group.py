"""The kind `ring_group`: a number at which several extensions ring; the first to answer has the call."""

from __future__ import annotations

import re

from peewee import BooleanField, IntegerField, Model, TextField

from app.db.field_checks import EMERGENCY_NUMBERS, description_field, destination_check
from app.db.kind import Caution, Kind
from app.db.values import Values
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value

LONGEST_RINGING_S = 600


class RingGroupRow(Model):
    """The peewee side."""

    number = TextField(primary_key=True)
    description = TextField()
    members = TextField()
    strategy = TextField()
    ring_s = IntegerField()
    on_no_answer = TextField()
    name_prefix = TextField()
    enabled = BooleanField()

    class Meta:
        """Names."""

        table_name = "ring_group"


def _check_number(value: Value) -> None:
    if not re.fullmatch(r"[0-9]{1,16}", str(value)):
        text = f"“{value}” cannot be a ring group's number. Use 1 to 16 digits."
        raise UserError("ring_group.number", text, field="number", value=str(value))


SPEC = KindSpec(
    name="ring_group",
    label="Ring group",
    plural="Ring groups",
    key="number",
    fields=(
        FieldSpec(
            name="number",
            label="Number",
            help="What is dialled inside to reach the group; lines, rules and menus lead there by "
            "group:NUMBER.",
            kind=FieldKind.DIGITS,
            required=True,
            max_length=16,
            example="600",
            check=_check_number,
        ),
        description_field("Sales"),
        FieldSpec(
            name="members",
            label="Members",
            help="The extensions that ring, in this order where they ring in turn. An extension "
            "may be in several groups. Their own forwarding does not count for calls to the group.",
            kind=FieldKind.REFERENCES,
            required=True,
            refers_to="extension",
            example="100, 101, 102",
        ),
        FieldSpec(
            name="strategy",
            label="They ring",
            help="Together: the first who answers has the call. In turn: each rings alone, one after the "
            "other.",
            kind=FieldKind.CHOICE,
            default="all",
            choices=(Choice("all", "Together"), Choice("in_turn", "In turn")),
        ),
        FieldSpec(
            name="ring_s",
            label="Rings for",
            help="How long they ring, each of them where they ring in turn. 0: as long as the "
            "system's setting says.",
            kind=FieldKind.INTEGER,
            default=0,
            minimum=0,
            maximum=LONGEST_RINGING_S,
            unit="s",
        ),
        FieldSpec(
            name="on_no_answer",
            label="If nobody answers",
            help="Where the call goes when nobody answers in time, and at once when all are busy or away: a "
            "number as it is dialled inside, extension:NUMBER, voicemail:NUMBER, group:NUMBER, menu:NAME or "
            "conference:ROOM. Empty: the caller is told, and the call ends.",
            kind=FieldKind.TEXT,
            default="",
            max_length=64,
            example="voicemail:100",
            check=destination_check("on_no_answer", "If nobody answers"),
        ),
        FieldSpec(
            name="name_prefix",
            label="Before the caller's name",
            help="What telephones show before the name of whoever calls the group: Sales makes “Sales: Ann” "
            "of Ann. Empty: nothing.",
            kind=FieldKind.TEXT,
            default="",
            max_length=32,
            example="Sales",
        ),
        FieldSpec(
            name="enabled",
            label="Enabled",
            help="A disabled group is not reached; all that is set for it is kept.",
            kind=FieldKind.BOOLEAN,
            default=True,
        ),
    ),
)


class RingGroupKind(Kind):
    """Ring groups: one does not go on to itself."""

    destinations = ("on_no_answer",)

    def __init__(self) -> None:
        super().__init__(SPEC, RingGroupRow)

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse a group that goes on to itself."""
        number = str(record["number"])
        if record.get("on_no_answer") in (number, f"group:{number}"):
            text = f"Ring group {number} cannot go on to itself. Enter another destination, or none."
            return [UserError("ring_group.itself", text, field="on_no_answer", number=number)]
        return []

    def warnings(self, given: Values) -> list[Caution]:
        """Mention a number that leads elsewhere."""
        if given.get("number") in EMERGENCY_NUMBERS:
            text = f"{given['number']} is an emergency number in many countries. Dialled inside it calls for "
            text += "help, and does not reach this group."
            return [Caution("ring_group.emergency_number", text, "number")]
        return []


KIND = RingGroupKind()
