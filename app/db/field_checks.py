"""What declared fields of several kinds have in common: names, prefixes, hosts, destinations, checks."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, Value

Check = Callable[[Value], None]

_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_PREFIX = re.compile(r"\+?[0-9*#]*")
_CALLER_PREFIX = re.compile(r"[!-~]*")
_PARAM = re.compile(r"[A-Za-z0-9_.!%*+`'~-]+(=[A-Za-z0-9_.!%*+`'~:/\[\]-]+)?")
_CODEC = re.compile(r"[A-Za-z0-9.-]+")

# What a destination may name, beside a number "as dialled inside".
DESTINATION_KINDS = {
    "extension": "extension",
    "menu": "menu",
    "voicemail": "extension",
    "conference": "conference",
    "group": "ring_group",
}

EMERGENCY_NUMBERS = ("110", "119", "120", "122", "112", "911", "999")  # before anybody changes the setting

NUMBER_FORMS = (
    Choice("", "As dialled"),
    Choice("E164", "8613812345678"),
    Choice("+E164", "+8613812345678"),
    Choice("00", "008613812345678"),
    Choice("national", "13812345678"),
)
CALLER_ID_FORMS = (
    Choice("from", "From"),
    Choice("pai", "P-Asserted-Identity"),
    Choice("ppi", "P-Preferred-Identity"),
    Choice("rpid", "Remote-Party-ID"),
)


def is_host(text: str) -> bool:
    """Whether a text is an IP address or can be a name in DNS."""
    try:
        ipaddress.ip_address(text[1:-1] if text.startswith("[") and text.endswith("]") else text)
    except ValueError:
        labels = text.rstrip(".").split(".")
        return all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()
    return True


def split_host_port(text: str) -> tuple[str, int | None] | None:
    """Read `host`, `host:port`, `[v6]:port`, or a bare IPv6 address; None for anything else."""
    found = re.fullmatch(r"(?P<host>\[[^\]]+\]|[^:]*)(?::(?P<port>[0-9]{1,5}))?", text)
    if found is None:  # an IPv6 address without brackets has no port
        return (text, None) if is_host(text) else None
    host, port = found["host"], found["port"]
    if not host or not is_host(host) or (port is not None and not 0 < int(port) < 65536):
        return None
    return host.strip("[]"), int(port) if port is not None else None


def host_check(field: str, label: str) -> Check:
    """Refuse what is neither an IP address nor a host name."""

    def check(value: Value) -> None:
        if not is_host(str(value)):
            text = f"{label}: “{value}” is neither an IP address nor a host name. "
            if split_host_port(str(value)) is not None:
                text += "The port has a field of its own."
            else:
                text += "Write for example sip.example.com or 203.0.113.7."
            raise UserError("outside.host", text, field=field, label=label, value=str(value))

    return check


def host_port_check(field: str, label: str) -> Check:
    """Refuse what is not host, or host:port."""

    def check(value: Value) -> None:
        if split_host_port(str(value)) is None:
            text = f"{label}: “{value}” is not a server. Write a name or an IP address, and perhaps a port: "
            text += "sip.example.com, 203.0.113.7:5080, [2001:db8::1]:5060."
            raise UserError("outside.host_port", text, field=field, label=label, value=str(value))

    return check


def refuse_everywhere(field: str, part: str) -> None:
    """Refuse a network of all addresses where callers are let in by their address."""
    if ipaddress.ip_network(part).prefixlen == 0:
        text = f"Calls also come from: {part} is the whole world, and could call through you. Narrow it."
        raise UserError("trunk.trusted_too_wide", text, field=field, value=part)


def name_check(field: str, label: str) -> Check:
    """Refuse names that cannot stand in a command, a URI or a file name."""

    def check(value: Value) -> None:
        if not _NAME.fullmatch(str(value)):
            text = (
                f"{label}: “{value}” cannot be a name. Use letters, digits, “-”, “_” and “.”, without spaces."
            )
            raise UserError("outside.name", text, field=field, label=label, value=str(value))

    return check


def prefix_check(field: str, label: str) -> Check:
    """Refuse a called prefix with anything that is not dialled."""

    def check(value: Value) -> None:
        if not _PREFIX.fullmatch(str(value)):
            text = f"{label}: “{value}” is not a prefix. Use digits, # and *, perhaps a leading +; "
            text += "* alone means every number."
            raise UserError("routing.prefix", text, field=field, label=label, value=str(value))

    return check


def caller_prefix_check(field: str, label: str) -> Check:
    """Refuse a caller prefix with spaces; letters are right: `anonymous`, and callers with names."""

    def check(value: Value) -> None:
        if not _CALLER_PREFIX.fullmatch(str(value)):
            text = (
                f"{label}: “{value}” is not a prefix. Use digits, or anonymous; * alone means every caller."
            )
            raise UserError("routing.caller_prefix", text, field=field, label=label, value=str(value))

    return check


def destination_check(field: str, label: str) -> Check:
    """Refuse a destination that is neither a number nor KIND:KEY of a known kind."""
    return lambda value: check_destination(field, label, value)


def check_destination(field: str, label: str, value: Value, words: tuple[str, ...] = ()) -> None:
    """Raise UserError for what is no destination; `words` are what may stand there too, for the sentence."""
    kind, colon, key = str(value).partition(":")
    if colon and (kind not in DESTINATION_KINDS or not key):
        known = ", ".join((*(f"{each}:…" for each in DESTINATION_KINDS), *words))
        text = f"{label}: “{value}” is no destination. Write a number as it is dialled inside, or {known}."
        raise UserError("routing.destination", text, field=field, label=label, value=str(value), known=known)
    if not colon and not re.fullmatch(r"\+?[0-9*#]+", kind):
        text = f"{label}: “{value}” cannot be dialled. Write a number as it is dialled inside, such as 100."
        raise UserError("routing.destination", text, field=field, label=label, value=str(value))


def destination_reference(value: Value) -> tuple[str, str] | None:
    """The record a destination names by its kind: `extension:102` -> ("extension", "102")."""
    kind, colon, key = str(value or "").partition(":")
    return (DESTINATION_KINDS[kind], key) if colon and kind in DESTINATION_KINDS else None


def uri_params_check(field: str, label: str) -> Check:
    """Refuse what is not NAME or NAME=VALUE, separated by semicolons (RFC 3261 25.1)."""

    def check(value: Value) -> None:
        for part in str(value).strip(";").split(";"):
            if not _PARAM.fullmatch(part.strip()):
                text = f"{label}: “{part}” is not a parameter. Write for example user=phone;cpc=ordinary."
                raise UserError("outside.uri_params", text, field=field, label=label, value=part)

    return check


def codecs_check(field: str, label: str) -> Check:
    """Refuse what cannot be a list of codec names."""

    def check(value: Value) -> None:
        for part in str(value).split(","):
            if not _CODEC.fullmatch(part.strip()):
                text = f"{label}: “{part}” is not a codec. Write names separated by commas: PCMA, PCMU, G722."
                raise UserError("outside.codecs", text, field=field, label=label, value=part)

    return check


def zone_check(field: str) -> Check:
    """Make the check that refuses unknown time zones."""

    def check(value: Value) -> None:
        # Reads a file of the time zone database: imported when a zone is checked.
        import zoneinfo

        try:
            zoneinfo.ZoneInfo(str(value))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            text = f"Time zone: “{value}” is not known. Write it as Asia/Shanghai or Europe/Berlin."
            raise UserError("time.zone", text, field=field, value=str(value)) from None

    return check


def listed(value: Value) -> tuple[str, ...]:
    """The parts of a stored text that lists things between commas."""
    return tuple(part.strip() for part in str(value or "").split(",") if part.strip())


def id_field(label: str, example: str) -> FieldSpec:
    """The key of a rule: any short name, usually a number; lists and rules of one prefix are in its order."""
    return FieldSpec(
        name="id",
        label="ID",
        help=f"Names the {label}: a number or a short name of your choice. Rules alike in all else count in "
        "the order of their IDs.",
        kind=FieldKind.TEXT,
        required=True,
        max_length=32,
        example=example,
        check=name_check("id", "ID"),
    )


def description_field(example: str) -> FieldSpec:
    """A remark."""
    return FieldSpec(
        name="description",
        label="Description",
        help="What the record is for. Shown in lists only.",
        kind=FieldKind.TEXT,
        default="",
        max_length=80,
        example=example,
    )


def time_condition_field(what: str, group: str = "Basic") -> FieldSpec:
    """The time condition under which something counts."""
    return FieldSpec(
        name="time_condition",
        label="Time condition",
        help=f"{what} Empty: at all times.",
        kind=FieldKind.REFERENCE,
        default="",
        refers_to="time_condition",
        example="office-hours",
        group=group,
    )


def read_levels(text: str) -> frozenset[int]:
    """Read `1, 2, 5-7`; ValueError names the part that is wrong."""
    levels: set[int] = set()
    for part in listed(text):
        found = re.fullmatch(r"([0-9]{1,2})(?:\s*-\s*([0-9]{1,2}))?", part)
        if found is None:
            raise ValueError(part)
        low, high = int(found[1]), int(found[2] or found[1])
        if not 1 <= low <= high:
            raise ValueError(part)
        levels.update(range(low, high + 1))
    return frozenset(levels)


def levels_field(help_text: str, *, default: str, group: str = "Basic") -> FieldSpec:
    """A list of call levels."""

    def check(value: Value) -> None:
        try:
            read_levels(str(value))
        except ValueError as error:
            text = f"Call levels: “{error}” is none. Write numbers from 1 to 99, such as 1, 2 or 1-3."
            raise UserError("routing.levels", text, field="call_levels", value=str(error)) from None

    return FieldSpec(
        name="call_levels",
        label="Call levels",
        help=help_text,
        kind=FieldKind.TEXT,
        default=default,
        max_length=80,
        example="1, 2",
        group=group,
        check=check,
    )
