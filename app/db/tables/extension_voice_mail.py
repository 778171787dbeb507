"""The fields of an extension's mailbox."""

from __future__ import annotations

import re

from app.db.field_checks import destination_check
from app.db.values import Values
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, Value

GROUP = "Voice mail"
MOST_MESSAGES = 1000
LONGEST_MESSAGE_S = 600
LONGEST_TOO_SHORT_S = 10
SHORTEST_PIN, LONGEST_PIN = 4, 10

_MAIL_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+")


def check_pin(value: Value) -> None:
    """Refuse a PIN that cannot be dialled or is guessed at once."""
    pin = str(value)
    if not re.fullmatch(rf"[0-9]{{{SHORTEST_PIN},{LONGEST_PIN}}}", pin):
        text = f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits."
        raise UserError(
            "voicemail.pin", text, field="voicemail_pin", shortest=SHORTEST_PIN, longest=LONGEST_PIN
        )
    if is_easy(pin):
        text = "This PIN is the first that others try: equal digits, or one after the other. Choose another."
        raise UserError("voicemail.pin_easy", text, field="voicemail_pin")


def is_easy(pin: str) -> bool:
    """Whether a PIN is one digit again and again, or counts up or down."""
    return len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210"


def _check_mail(value: Value) -> None:
    if not _MAIL_ADDRESS.fullmatch(str(value)):
        text = f"“{value}” is not a mail address. Write for example anna@example.com."
        raise UserError("voicemail.email", text, field="voicemail_email", value=str(value))


VOICE_MAIL_FIELDS = (
    FieldSpec(
        name="voicemail",
        label="Voice mail",
        help="Callers may leave a message: when the line is busy, nobody answers or no phone can be "
        "reached, unless such calls are forwarded elsewhere. *97 plays the messages.",
        kind=FieldKind.BOOLEAN,
        default=False,
        group=GROUP,
    ),
    FieldSpec(
        name="voicemail_pin",
        label="PIN",
        help="Opens the mailbox from other phones (*98). 4 to 10 digits. Only a fingerprint of it is kept. "
        "While there is none, only the own phone opens the mailbox.",
        kind=FieldKind.SECRET,
        default="",
        max_length=LONGEST_PIN,
        example="4711",
        group=GROUP,
        check=check_pin,
    ),
    FieldSpec(
        name="voicemail_ask_pin",
        label="Ask for the PIN on the own phone too",
        help="*97 asks for the PIN: for phones that others can reach.",
        kind=FieldKind.BOOLEAN,
        default=False,
        group=GROUP,
    ),
    FieldSpec(
        name="voicemail_messages",
        label="Most messages",
        help="How many messages the mailbox holds. Callers of a full mailbox are told so.",
        kind=FieldKind.INTEGER,
        default=100,
        minimum=1,
        maximum=MOST_MESSAGES,
        group=GROUP,
    ),
    FieldSpec(
        name="voicemail_max_s",
        label="Longest message",
        help="A message ends by itself after that long.",
        kind=FieldKind.INTEGER,
        default=180,
        minimum=10,
        maximum=LONGEST_MESSAGE_S,
        unit="s",
        group=GROUP,
    ),
    FieldSpec(
        name="voicemail_min_s",
        label="Shortest message",
        help="What is shorter is not kept: callers who hang up at the tone leave no empty messages.",
        kind=FieldKind.INTEGER,
        default=2,
        minimum=0,
        maximum=LONGEST_TOO_SHORT_S,
        unit="s",
        group=GROUP,
    ),
    FieldSpec(
        name="voicemail_operator",
        label="Key 0 leads to",
        help="Where callers come who press 0 instead of leaving a message: a number as this extension may "
        "dial it, extension:100 or menu:NAME. Empty: 0 does nothing.",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="extension:100",
        group=GROUP,
        check=destination_check("voicemail_operator", "Key 0 leads to"),
    ),
    FieldSpec(
        name="voicemail_email",
        label="Mail to",
        help="A mail is sent to this address for each message. Empty: none.",
        kind=FieldKind.TEXT,
        default="",
        max_length=254,
        example="anna@example.com",
        group=GROUP,
        check=_check_mail,
    ),
    FieldSpec(
        name="voicemail_attach",
        label="Attach the message",
        help="The mail carries the message itself as a sound file.",
        kind=FieldKind.BOOLEAN,
        default=True,
        group=GROUP,
    ),
    FieldSpec(
        name="voicemail_delete",
        label="Delete when mailed",
        help="The message is deleted here when its mail, with the message attached, has been accepted.",
        kind=FieldKind.BOOLEAN,
        default=False,
        group=GROUP,
    ),
)


def check_voice_mail(record: Values) -> list[UserError]:
    """Errors in a mailbox as it would stand: messages deleted that nobody was sent."""
    errors: list[UserError] = []
    if record.get("voicemail_delete") and not (
        record.get("voicemail_email") and record.get("voicemail_attach")
    ):
        text = "Messages can be deleted when mailed only where they are attached to a mail with an address."
        errors.append(UserError("voicemail.delete_unmailed", text, field="voicemail_delete"))
    if record.get("voicemail_ask_pin") and record.get("voicemail_pin") == "":
        text = "The own phone is to be asked for a PIN, and there is none. Enter a PIN."
        errors.append(UserError("voicemail.pin_missing", text, field="voicemail_pin"))
    return errors
