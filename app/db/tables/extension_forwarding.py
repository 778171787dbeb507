"""The fields of an extension that say where its calls go on to."""

from __future__ import annotations

from app.db.field_checks import destination_check
from app.db.values import Values
from app.errors import UserError
from app.fields import FieldKind, FieldSpec

GROUP = "Forwarding"
FORWARDS = ("forward_always", "forward_busy", "forward_no_answer", "forward_offline")
LONGEST_RINGING_S = 600


def _destination(name: str, label: str, help_text: str, code: str) -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        help=f"{help_text} A number as this extension may dial it, extension:100, voicemail:100, "
        f"group:600, menu:NAME or conference:ROOM. The phone sets it by dialling {code}*NUMBER, and clears "
        f"it by {code}#. Empty: not forwarded.",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="102",
        group=GROUP,
        check=destination_check(name, label),
    )


FORWARDING_FIELDS = (
    _destination("forward_always", "Always to", "Every call goes there; the phone does not ring.", "*93"),
    _destination("forward_busy", "When busy to", "Calls that the phone refuses as busy go there.", "*90"),
    _destination(
        "forward_no_answer", "When nobody answers to", "Calls that nobody answers in time go there.", "*91"
    ),
    _destination(
        "forward_offline", "When unreachable to", "Calls go there while no phone can be reached.", "*92"
    ),
    FieldSpec(
        name="no_answer_s",
        label="Rings for",
        help="How long the phone rings before nobody answers. 0: as long as the system's setting says.",
        kind=FieldKind.INTEGER,
        default=0,
        minimum=0,
        maximum=LONGEST_RINGING_S,
        unit="s",
        group=GROUP,
    ),
    FieldSpec(
        name="forward_by_phone",
        label="The phone may forward",
        help="The phone may set forwarding by dialling *90 to *93, and may send a call on by itself (SIP "
        "302). Whoever pays for calls to the outside may want to allow it to few.",
        kind=FieldKind.BOOLEAN,
        default=True,
        group=GROUP,
    ),
)


def check_forwarding(record: Values) -> list[UserError]:
    """Errors in the forwarding of an extension as it would stand: one that leads to itself."""
    number = str(record["number"])
    errors: list[UserError] = []
    for name in FORWARDS:
        if record.get(name) in (number, f"extension:{number}"):
            text = f"Extension {number} cannot be forwarded to itself. Enter another number."
            errors.append(UserError("extension.forward_itself", text, field=name, number=number))
    return errors
