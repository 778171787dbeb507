"""The settings of recordings: format, place, and how long they are kept."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, Value

_GROUP = "Recording"


def _check_folder(value: Value) -> None:
    text = str(value)
    if not (PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()):
        sentence = f"Folder of recordings: “{text}” is not a whole path. Write for example /srv/recordings, "
        sentence += "or nothing for the data folder."
        raise UserError("setting.recording_folder", sentence, field="recording_folder", value=text)


RECORDING_SETTINGS: tuple[FieldSpec, ...] = (
    FieldSpec(
        name="recording_format",
        label="Format of recordings",
        help="WAV plays everywhere and costs the least time; FLAC takes half the room without loss; Opus a "
        "tenth, with a loss that speech hardly shows.",
        kind=FieldKind.CHOICE,
        default="wav",
        choices=(Choice("wav", "WAV"), Choice("flac", "FLAC"), Choice("opus", "Ogg Opus")),
        group=_GROUP,
    ),
    FieldSpec(
        name="recording_channels",
        label="Channels of recordings",
        help="Mono: both parties mixed. Stereo: the caller left, the called party right. Conferences are "
        "always mono.",
        kind=FieldKind.CHOICE,
        default="mono",
        choices=(Choice("mono", "Mono"), Choice("stereo", "Stereo")),
        group=_GROUP,
    ),
    FieldSpec(
        name="recording_days",
        label="Recordings are kept for",
        help="Older ones are deleted. 0: kept whatever their age.",
        kind=FieldKind.INTEGER,
        default=90,
        minimum=0,
        maximum=3650,
        unit="days",
        group=_GROUP,
    ),
    FieldSpec(
        name="recording_gigabytes",
        label="Recordings take at most",
        help="Beyond it the oldest are deleted. 0: no limit but the disk's.",
        kind=FieldKind.INTEGER,
        default=10,
        minimum=0,
        maximum=100_000,
        unit="GB",
        group=_GROUP,
    ),
    FieldSpec(
        name="recording_free_megabytes",
        label="Free space to leave",
        help="With less than this free on the disk nothing is recorded; calls go on all the same.",
        kind=FieldKind.INTEGER,
        default=1024,
        minimum=0,
        maximum=1_000_000,
        unit="MB",
        group=_GROUP,
    ),
    FieldSpec(
        name="recording_folder",
        label="Folder of recordings",
        help="Where new recordings are put, in a folder a day. Empty: the folder “recordings” in the data "
        "folder.",
        kind=FieldKind.TEXT,
        default="",
        max_length=1024,
        example="/srv/recordings",
        group=_GROUP,
        check=_check_folder,
    ),
)
