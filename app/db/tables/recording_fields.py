"""The fields that say whether the calls of an extension or a line are recorded, and who is told."""

from __future__ import annotations

from app.fields import Choice, FieldKind, FieldSpec

RECORDING_MODES = (
    Choice("off", "Never"),
    Choice("on_demand", "On demand"),
    Choice("always", "Always"),
)
NOTICES = (
    Choice("nobody", "Nobody"),
    Choice("outside", "The party outside"),
    Choice("both", "Both parties"),
)


def recording_fields(whose: str) -> tuple[FieldSpec, ...]:
    """Make both fields; `whose` is "the extension" or "the line"."""
    return (
        FieldSpec(
            name="recording",
            label="Recording",
            help=f"Whether calls of {whose} are recorded. On demand: an extension in the call dials *1 to "
            "begin and to end. The sound of calls that are, or could be, recorded goes through OpenMSS, "
            "without video.",
            kind=FieldKind.CHOICE,
            default="off",
            choices=RECORDING_MODES,
            group="Recording",
        ),
        FieldSpec(
            name="recording_notice",
            label="Recording is announced to",
            help="Who hears “This call is recorded.” before the recording begins. In many countries all "
            "parties must be told.",
            kind=FieldKind.CHOICE,
            default="nobody",
            choices=NOTICES,
            group="Recording",
        ),
    )
