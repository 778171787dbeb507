"""The kind `conference`: a room in which any number of parties hear each other."""

from __future__ import annotations

import re

from peewee import BooleanField, IntegerField, Model, TextField

from app.db.field_checks import Check
from app.db.kind import Caution, Kind
from app.db.values import Values
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value


class ConferenceRow(Model):
    """The peewee side; both passwords are encrypted by the vault."""

    number = TextField(primary_key=True)
    description = TextField()
    password = TextField()
    moderator_password = TextField()
    max_parties = IntegerField()
    announce = TextField()
    music_alone = BooleanField()
    locked = BooleanField()
    record = BooleanField()
    language = TextField()
    enabled = BooleanField()

    class Meta:
        """Names."""

        table_name = "conference"


def _digits_check(field: str, label: str, most: int) -> Check:
    """Refuse what no telephone can dial behind *6*."""

    def check(value: Value) -> None:
        if not re.fullmatch(f"[0-9]{{1,{most}}}", str(value)):
            text = f"{label}: use 1 to {most} digits, so that every telephone can dial it."
            raise UserError("conference.digits", text, field=field, label=label, most=most)

    return check


SPEC = KindSpec(
    name="conference",
    label="Conference room",
    plural="Conference rooms",
    key="number",
    fields=(
        FieldSpec(
            name="number",
            label="Room",
            help="The room's number: *6*8000 is dialled to enter room 8000.",
            kind=FieldKind.DIGITS,
            required=True,
            max_length=16,
            example="8000",
            check=_digits_check("number", "Room", 16),
        ),
        FieldSpec(
            name="description",
            label="Description",
            help="What the room is for. Shown in lists only.",
            kind=FieldKind.TEXT,
            default="",
            max_length=80,
            example="Monday meeting",
        ),
        FieldSpec(
            name="password",
            label="Password",
            help="Digits that are asked for at the door, or dialled at once: *6*8000*1234. Empty: none.",
            kind=FieldKind.SECRET,
            default="",
            max_length=16,
            example="1234",
            check=_digits_check("password", "Password", 16),
        ),
        FieldSpec(
            name="moderator_password",
            label="Moderator's password",
            help="Who enters with it may lock the room and remove parties by telephone, and gets into a "
            "locked room. Empty: rooms are led from the window only.",
            kind=FieldKind.SECRET,
            default="",
            max_length=16,
            example="9876",
            check=_digits_check("moderator_password", "Moderator's password", 16),
        ),
        FieldSpec(
            name="max_parties",
            label="Most parties",
            help="How many may be in the room at once. 0: any number.",
            kind=FieldKind.INTEGER,
            default=0,
            minimum=0,
            maximum=10_000,
        ),
        FieldSpec(
            name="announce",
            label="Who comes and goes is told by",
            help="Names: each party says its name at the door.",
            kind=FieldKind.CHOICE,
            default="tones",
            choices=(Choice("none", "Nothing"), Choice("tones", "Tones"), Choice("names", "Names")),
        ),
        FieldSpec(
            name="music_alone",
            label="Music for the first",
            help="Whoever is alone in the room hears the music on hold.",
            kind=FieldKind.BOOLEAN,
            default=True,
        ),
        FieldSpec(
            name="locked",
            label="Locked at the start",
            help="Nobody enters before a moderator is there or the room is unlocked in the window.",
            kind=FieldKind.BOOLEAN,
            default=False,
        ),
        FieldSpec(
            name="record",
            label="Record",
            help="Each conference in this room is recorded, and everybody is told when entering.",
            kind=FieldKind.BOOLEAN,
            default=False,
        ),
        FieldSpec(
            name="language",
            label="Prompt language",
            help="In which language the room speaks.",
            kind=FieldKind.CHOICE,
            default="",
            choices=(Choice("", "The caller's"), Choice("en", "English"), Choice("zh", "Chinese")),
        ),
        FieldSpec(
            name="enabled",
            label="Enabled",
            help="A disabled room cannot be entered; all that is set for it is kept.",
            kind=FieldKind.BOOLEAN,
            default=True,
        ),
    ),
)


class ConferenceKind(Kind):
    """Rooms: both passwords are kept encrypted, and must differ."""

    def __init__(self) -> None:
        super().__init__(SPEC, ConferenceRow, encrypted=("password", "moderator_password"))

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse a moderator's password that everybody knows."""
        moderator = given.get("moderator_password")
        if moderator and moderator == given.get("password"):
            text = (
                "The moderator's password is the room's own: everybody would be a moderator. Choose another."
            )
            return [UserError("conference.same_password", text, field="moderator_password")]
        return []

    def warnings(self, given: Values) -> list[Caution]:
        """Mention a room that nobody gets into."""
        if given.get("locked") and given.get("moderator_password") == "":
            text = (
                "The room is locked at the start and has no moderator's password: it opens only when it is "
            )
            text += "unlocked in the window."
            return [Caution("conference.locked", text, "locked")]
        return []


KIND = ConferenceKind()
