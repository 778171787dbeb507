"""The kind `menu`: an automatic attendant that speaks a prompt, takes keys and sends the caller on."""

from __future__ import annotations

import re

from peewee import BooleanField, IntegerField, Model, TextField

from app.db.field_checks import (
    check_destination,
    description_field,
    destination_check,
    name_check,
    time_condition_field,
)
from app.db.kind import Kind, Reference
from app.db.values import Values
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value

KEYS: dict[str, str] = {"0": "key_0"} | {digit: f"key_{digit}" for digit in "123456789"}
KEYS |= {"*": "key_star", "#": "key_hash"}  # a key of the telephone -> its field

# What a key may do beside leading to a destination.
KEY_WORDS = ("repeat", "back", "operator", "name", "hangup")

DEFAULT_MENU = "default"  # made by the schema, for lines to be sent to at once

_PROMPT = re.compile(r"[^\W_][\w .-]*")


class MenuRow(Model):
    """The peewee side: one column a field."""

    name = TextField(primary_key=True)
    description = TextField()
    number = TextField()
    language = TextField()
    time_condition = TextField()
    else_destination = TextField()
    direct_dial = BooleanField()
    operator = TextField()
    key_0 = TextField()
    key_1 = TextField()
    key_2 = TextField()
    key_3 = TextField()
    key_4 = TextField()
    key_5 = TextField()
    key_6 = TextField()
    key_7 = TextField()
    key_8 = TextField()
    key_9 = TextField()
    key_star = TextField()
    key_hash = TextField()
    prompt = TextField()
    closed_prompt = TextField()
    invalid_prompt = TextField()
    timeout_prompt = TextField()
    goodbye_prompt = TextField()
    tries = IntegerField()
    first_key_s = IntegerField()
    next_key_s = IntegerField()
    on_failure = TextField()

    class Meta:
        """Names."""

        table_name = "menu"


def _check_number(value: Value) -> None:
    if not re.fullmatch(r"[0-9]{1,16}", str(value)):
        text = f"“{value}” cannot be a menu's number. Use 1 to 16 digits, or leave it empty."
        raise UserError("menu.number", text, field="number", value=str(value))


def _key_field(key: str, name: str) -> FieldSpec:
    label = f"Key {key}"

    def check(value: Value) -> None:
        if str(value) not in KEY_WORDS:
            check_destination(name, label, value, KEY_WORDS)

    return FieldSpec(
        name=name,
        label=label,
        help="What the key does: a number as it is dialled inside, extension:NUMBER, menu:NAME, "
        "voicemail:NUMBER, group:NUMBER, conference:ROOM, or one of the words repeat (say it again), back "
        "(to the menu before), operator, name (dial by name), hangup. Empty: nothing.",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="extension:100",
        group="Keys",
        check=check,
    )


def _prompt_field(name: str, label: str, help_text: str, default: str) -> FieldSpec:
    def check(value: Value) -> None:
        if not _PROMPT.fullmatch(str(value)):
            text = f"{label}: “{value}” cannot be the name of a recording. Use letters, digits, “-” and “.”."
            raise UserError("menu.prompt", text, field=name, label=label, value=str(value))

    return FieldSpec(
        name=name,
        label=label,
        help=f"{help_text} The name of an announcement, or of a recording of your own in cust_ann.",
        kind=FieldKind.TEXT,
        default=default,
        max_length=64,
        example=default,
        group="What is said",
        check=check,
    )


def _seconds(name: str, label: str, help_text: str, default: int, most: int) -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        help=help_text,
        kind=FieldKind.INTEGER,
        default=default,
        minimum=1,
        maximum=most,
        unit="s",
        group="Behaviour",
    )


SPEC = KindSpec(
    name="menu",
    label="Attendant menu",
    plural="Attendant menus",
    key="name",
    fields=(
        FieldSpec(
            name="name",
            label="Name",
            help="What lines, rules and other menus call it by.",
            kind=FieldKind.TEXT,
            required=True,
            max_length=32,
            example="sales",
            check=name_check("name", "Name"),
        ),
        description_field("Sales department"),
        FieldSpec(
            name="number",
            label="Number",
            help="What is dialled inside to hear the menu. Empty: it is reached from outside and from other "
            "menus only.",
            kind=FieldKind.DIGITS,
            default="",
            max_length=16,
            example="800",
            check=_check_number,
        ),
        FieldSpec(
            name="language",
            label="Language",
            help="The language the menu speaks, and whatever comes after it.",
            kind=FieldKind.CHOICE,
            default="",
            choices=(Choice("", "The caller's"), Choice("en", "English"), Choice("zh", "Chinese")),
        ),
        time_condition_field("When the menu is open."),
        FieldSpec(
            name="else_destination",
            label="Otherwise goes to",
            help="Where callers go at other times, after the announcement for closed hours. Empty: they hear "
            "the announcement, and the call ends.",
            kind=FieldKind.TEXT,
            default="",
            max_length=64,
            example="voicemail:100",
            check=destination_check("else_destination", "Otherwise goes to"),
        ),
        FieldSpec(
            name="direct_dial",
            label="Callers may dial an extension",
            help="Callers may dial the number of an extension, a ring group or another menu in place of a "
            "key. They never get out over a line this way.",
            kind=FieldKind.BOOLEAN,
            default=True,
            group="Keys",
        ),
        FieldSpec(
            name="operator",
            label="Operator",
            help="Where key 0 leads while it has nothing else to do, and where callers go that press nothing "
            "or nothing right in all tries. Empty: the call ends then.",
            kind=FieldKind.TEXT,
            default="",
            max_length=64,
            example="100",
            group="Keys",
            check=destination_check("operator", "Operator"),
        ),
        *(_key_field(key, name) for key, name in KEYS.items()),
        _prompt_field("prompt", "Greeting", "What callers hear first.", "menu-greeting"),
        _prompt_field(
            "closed_prompt", "Closed", "What they hear while the time condition does not hold.", "menu-closed"
        ),
        _prompt_field(
            "invalid_prompt", "Wrong key", "What they hear after a key that does nothing.", "menu-invalid"
        ),
        _prompt_field(
            "timeout_prompt", "No key", "What they hear when they have pressed nothing.", "menu-timeout"
        ),
        _prompt_field(
            "goodbye_prompt", "Goodbye", "What they hear before the menu ends the call.", "menu-goodbye"
        ),
        FieldSpec(
            name="tries",
            label="Tries",
            help="How often callers may press nothing, or a wrong key, before they go to the operator or the "
            "call ends.",
            kind=FieldKind.INTEGER,
            default=3,
            minimum=1,
            maximum=9,
            group="Behaviour",
        ),
        _seconds(
            "first_key_s",
            "Time for the first key",
            "How long callers may think once the greeting is over.",
            6,
            60,
        ),
        _seconds(
            "next_key_s",
            "Time between keys",
            "How long the menu waits for one more key where the number dialled could go on.",
            3,
            20,
        ),
        FieldSpec(
            name="on_failure",
            label="If nobody answers",
            help="What happens when the extension is busy, does not answer or is not there, and has no "
            "forwarding of its own.",
            kind=FieldKind.CHOICE,
            default="menu",
            choices=(
                Choice("menu", "The caller is told, and comes back to the menu"),
                Choice("voicemail", "The extension's voice mail"),
                Choice("operator", "The operator"),
                Choice("hangup", "The caller is told, and the call ends"),
            ),
            group="Behaviour",
        ),
    ),
)


class MenuKind(Kind):
    """Menus: keys, operator and closed hours may name records; the words that keys know are none."""

    destinations = ("else_destination", "operator", *KEYS.values())

    def __init__(self) -> None:
        super().__init__(SPEC, MenuRow)

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse an “otherwise” that never comes, and an operator that a key or a failure needs."""
        errors: list[UserError] = []
        if record.get("else_destination") and not record.get("time_condition"):
            text = "Otherwise goes to: without a time condition there are no other times. Choose one."
            errors.append(UserError("did_route.no_condition", text, field="time_condition"))
        needs = [name for name in KEYS.values() if record.get(name) == "operator"]
        if not record.get("operator") and (needs or record.get("on_failure") == "operator"):
            text = "Operator: a key or “If nobody answers” leads there. Say who it is."
            errors.append(UserError("menu.no_operator", text, field="operator"))
        return errors

    def references(self, record: Values) -> list[Reference]:
        """What the menu names; `back` is no extension's number."""
        return [each for each in super().references(record) if each.is_certain or each.key not in KEY_WORDS]


KIND = MenuKind()
