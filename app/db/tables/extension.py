"""The kind `extension`: a number that phones register as and that can be called."""

from __future__ import annotations

import re
from collections.abc import Callable

from peewee import BooleanField, IntegerField, Model, SqliteDatabase, TextField

from app.db.field_checks import EMERGENCY_NUMBERS, levels_field, time_condition_field
from app.db.ha1 import ha1_columns
from app.db.kind import Caution, Kind, SaveContext
from app.db.pin_hash import hash_pin
from app.db.sqlite import raw
from app.db.tables.extension_forwarding import FORWARDING_FIELDS, FORWARDS, check_forwarding
from app.db.tables.extension_voice_mail import VOICE_MAIL_FIELDS, check_voice_mail
from app.db.tables.recording_fields import recording_fields
from app.db.tables.setting_sound import language_field
from app.db.values import Values
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec, Value

MOST_DEVICES = 10
_USUAL_DEVICES = 3
_STRONG_LENGTH = 8


class ExtensionRow(Model):
    """The peewee side."""

    number = TextField(primary_key=True)
    description = TextField()
    ha1_md5 = TextField()
    ha1_sha256 = TextField()
    ha1_sha512_256 = TextField()
    multi_device = BooleanField()
    max_devices = IntegerField()
    allowed_address = TextField()
    call_levels = TextField()
    max_calls = IntegerField(null=True)
    own_line = TextField()
    recording = TextField()
    recording_notice = TextField()
    own_number = TextField()
    time_condition = TextField()
    enabled = BooleanField()
    language = TextField()
    forward_always = TextField()
    forward_busy = TextField()
    forward_no_answer = TextField()
    forward_offline = TextField()
    no_answer_s = IntegerField()
    forward_by_phone = BooleanField()
    voicemail = BooleanField()
    voicemail_pin = TextField()
    voicemail_ask_pin = BooleanField()
    voicemail_messages = IntegerField()
    voicemail_max_s = IntegerField()
    voicemail_min_s = IntegerField()
    voicemail_operator = TextField()
    voicemail_email = TextField()
    voicemail_attach = BooleanField()
    voicemail_delete = BooleanField()

    class Meta:
        """Names."""

        table_name = "extension"


def _check_number(value: Value) -> None:
    if not re.fullmatch(r"[0-9]{1,16}", str(value)):
        text = f"“{value}” cannot be an extension's number. Use 1 to 16 digits."
        raise UserError("extension.number", text, field="number", value=str(value))


SPEC = KindSpec(
    name="extension",
    label="Extension",
    plural="Extensions",
    key="number",
    fields=(
        FieldSpec(
            name="number",
            label="Number",
            help="What is dialled, and the user name the phone registers with. 1 to 16 digits.",
            kind=FieldKind.DIGITS,
            required=True,
            max_length=16,
            example="2000",
            check=_check_number,
        ),
        FieldSpec(
            name="password",
            label="Password",
            help="What the phone registers with. Only a fingerprint of it is kept: it cannot be shown again.",
            kind=FieldKind.SECRET,
            max_length=128,
            example="tR7-oak-93",
        ),
        FieldSpec(
            name="description",
            label="Description",
            help="A person or a place. Shown in lists, and to the called party as the caller's name.",
            kind=FieldKind.TEXT,
            default="",
            max_length=80,
            example="Front desk",
        ),
        FieldSpec(
            name="multi_device",
            label="One number, several phones",
            help="Several devices may be registered at once: all ring, and any of them may call. Without it "
            "a newer registration replaces the older.",
            kind=FieldKind.BOOLEAN,
            default=False,
        ),
        FieldSpec(
            name="max_devices",
            label="Most devices",
            help="How many devices may be registered at once. Counts only with “One number, several phones”.",
            kind=FieldKind.INTEGER,
            default=_USUAL_DEVICES,
            minimum=1,
            maximum=MOST_DEVICES,
        ),
        FieldSpec(
            name="allowed_address",
            label="Authorised addresses",
            help="A phone at one of these IP addresses or networks may call as this extension without "
            "registering and without a password. Whoever can forge these addresses can too: use them inside "
            "your own network only. Empty: the password is always needed.",
            kind=FieldKind.ADDRESSES,
            default="",
            max_length=400,
            example="192.168.1.20, 10.0.5.0/24",
        ),
        FieldSpec(
            name="enabled",
            label="Enabled",
            help="A disabled extension cannot register, call or be called; all that is set for it is kept.",
            kind=FieldKind.BOOLEAN,
            default=True,
        ),
        language_field("What this extension hears announcements in when it calls.", "Basic"),
        levels_field(
            "Which numbers may be dialled: rules of the dial plan that carry a call level are only for "
            "extensions that have it. Numbers from 1 to 99, separated by commas.",
            default="1",
            group="Outgoing call",
        ),
        FieldSpec(
            name="max_calls",
            label="Most outgoing calls",
            help="How many calls the extension may make at once. Empty: as many as its phones can; 0: none.",
            kind=FieldKind.INTEGER,
            minimum=0,
            maximum=1000,
            example="2",
            group="Outgoing call",
        ),
        FieldSpec(
            name="own_line",
            label="Own line",
            help="The external line that this extension's calls take first, shared or not.",
            kind=FieldKind.REFERENCE,
            default="",
            refers_to="line",
            example="telecom-1",
            group="Outgoing call",
        ),
        FieldSpec(
            name="own_number",
            label="Own outside number",
            help="The extension's direct number: shown to called parties outside, and calls to it ring here. "
            "Empty: the line's own number is shown.",
            kind=FieldKind.DIGITS,
            default="",
            max_length=32,
            example="+862512345601",
            group="Outgoing call",
        ),
        time_condition_field("When the extension may call out by lines and trunks.", "Outgoing call"),
        *recording_fields("the extension"),
        *FORWARDING_FIELDS,
        *VOICE_MAIL_FIELDS,
    ),
)


class ExtensionKind(Kind):
    """Extensions: the password becomes hashes, and is one of the few things that can be too weak."""

    destinations = (*FORWARDS, "voicemail_operator")

    def __init__(self) -> None:
        super().__init__(SPEC, ExtensionRow)

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse a missing password, one that is the number, and an authorised network of everyone."""
        errors: list[UserError] = []
        password, number = given.get("password"), record["number"]
        if ("password" in given and password == "") or (
            is_new and not password and not record.get("allowed_address")
        ):
            text = (
                "The extension has no password. Enter one, so that nobody else can register with the number."
            )
            errors.append(UserError("extension.password_missing", text, field="password"))
        elif password and password == number:
            text = "The password is the number itself, which is the first that attackers try. Choose another."
            errors.append(UserError("extension.password_is_number", text, field="password"))
        if any(part.strip().endswith("/0") for part in str(record.get("allowed_address") or "").split(",")):
            text = (
                "Authorised addresses: a network /0 lets the whole world call without a password. Narrow it."
            )
            errors.append(UserError("extension.address_too_wide", text, field="allowed_address"))
        return errors + check_forwarding(record) + check_voice_mail(record)

    def warnings(self, given: Values) -> list[Caution]:
        """Mention a weak password, and a number of devices that does not count."""
        cautions: list[Caution] = []
        password = given.get("password")
        if isinstance(password, str) and password and is_weak(password):
            text = "The password is weak: use at least 8 characters, and letters and digits mixed."
            cautions.append(Caution("extension.password_weak", text, "password"))
        if given.get("number") in EMERGENCY_NUMBERS and "password" in given:
            text = f"{given['number']} is an emergency number in many countries. Dialled alone it now rings "
            text += "this extension; help is reached with the out-group prefix before it."
            cautions.append(Caution("extension.emergency_number", text, "number"))
        if given.get("multi_device") is False and given.get("max_devices") not in (None, 1, _USUAL_DEVICES):
            text = "The number of devices counts only with “One number, several phones”, which is off."
            cautions.append(Caution("extension.devices_unused", text, "max_devices"))
        return cautions

    def columns(self, values: Values, context: SaveContext) -> dict[str, object]:
        """Put the hashes where the password and the PIN were."""
        columns: dict[str, object] = dict(values)
        password, pin = columns.pop("password", None), columns.pop("voicemail_pin", None)
        if pin is not None:
            columns["voicemail_pin"] = hash_pin(str(pin)) if pin else ""
        if password:
            columns |= ha1_columns(str(values["number"]), context.realm, str(password))
        return columns

    def readable_secrets(self, db: SqliteDatabase, decrypt: Callable[[str], str]) -> dict[str, Values]:
        """The generated passwords that nobody has changed or put away; of the others only hashes are kept."""
        rows = raw(db).execute("SELECT number, secret FROM first_password").fetchall()
        return {number: {"password": decrypt(secret)} for number, secret in rows}

    def add(self, db: SqliteDatabase, values: Values, context: SaveContext) -> None:
        """Insert; an extension that only calls from authorised addresses has empty hashes."""
        no_password = {"ha1_md5": "", "ha1_sha256": "", "ha1_sha512_256": "", "voicemail_pin": ""}
        self.model.insert(no_password | self.columns(values, context)).execute(db)

    def set(self, db: SqliteDatabase, key: str, values: Values, context: SaveContext) -> None:
        """Write; a changed password is no longer the generated one."""
        super().set(db, key, {**values, "number": key}, context)
        if values.get("password"):
            raw(db).execute("DELETE FROM first_password WHERE number = ?", (key,))


def is_weak(password: str) -> bool:
    """Whether guessing the password takes little: short, or of one sort of characters only."""
    if len(password) < _STRONG_LENGTH or len(set(password)) < 4:
        return True
    return password.isdigit() or (password.isalpha() and (password.islower() or password.isupper()))


KIND = ExtensionKind()
