"""The setting that says where the window may ask for a newer version."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.errors import UserError
from app.fields import FieldKind, FieldSpec, Value


def _check_source(value: Value) -> None:
    try:
        parts = urlsplit(str(value))
        is_one = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
        is_one = is_one and parts.username is None and not any(char.isspace() for char in str(value))
    except ValueError:  # a port or an address in brackets that is none
        is_one = False
    if not is_one:
        text = f"News of versions from: “{value}” is no address that begins with https:// and a host name."
        raise UserError("setting.update_source", text, field="update_source", value=str(value))


FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec(
        name="update_source",
        label="News of versions from",
        help="The window asks this address once a day for the newest version of OpenMSS, and says when there "
        "is one; it never downloads or installs anything. A JSON file with version, notes and url. "
        "Empty: nobody is asked.",
        kind=FieldKind.TEXT,
        default="",
        max_length=1024,
        example="https://example.com/openmss/newest.json",
        group="Advanced",
        check=_check_source,
    ),
)
