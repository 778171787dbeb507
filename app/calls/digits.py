"""Keys that come inside an INFO request: application/dtmf-relay and application/dtmf."""

from __future__ import annotations

_KEYS = frozenset("0123456789*#ABCD")
DEFAULT_DURATION_MS = 160


def digit_of(content_type: str, body: bytes) -> tuple[str, int] | None:
    """Read the key and its duration in milliseconds; None where the body holds none."""
    kind = content_type.partition(";")[0].strip().lower()
    text = body.decode("ascii", "replace")
    if kind == "application/dtmf":
        key = text.strip().upper()
        return (key, DEFAULT_DURATION_MS) if key in _KEYS else None
    if kind != "application/dtmf-relay":
        return None
    fields: dict[str, str] = {}
    for line in text.splitlines():
        name, _, value = line.partition("=")
        fields[name.strip().lower()] = value.strip().upper()
    # Some phones number the keys as RFC 4733 does: 10 is the star, 11 the hash.
    key = {"10": "*", "11": "#"}.get(fields.get("signal", ""), fields.get("signal", ""))
    if key not in _KEYS or len(key) != 1:
        return None
    duration = fields.get("duration", "")
    return key, int(duration) if duration.isascii() and duration.isdigit() and len(
        duration
    ) < 6 else DEFAULT_DURATION_MS
