"""The kind `setting`: the system settings, each declared once; the table holds those that were changed."""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Callable, Mapping

from peewee import Model, SqliteDatabase, TextField

from app.db.field_checks import EMERGENCY_NUMBERS, listed, zone_check
from app.db.kind import Caution, Kind, Reference, SaveContext
from app.db.tables import setting_mail, setting_update
from app.db.tables.setting_recording import RECORDING_SETTINGS
from app.db.tables.setting_sound import SOUND_SETTINGS
from app.db.values import Values, parse_value, text_of
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value


class SettingRow(Model):
    """The peewee side: values as text, as text_of writes them."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        """Names."""

        table_name = "setting"


_MAY_BE_EMPTY = frozenset({FieldKind.TEXT, FieldKind.DIGITS, FieldKind.ADDRESSES})
_ROUTE_TARGETS = ("line", "trunk")  # kinds whose records the default route may name


def _check_bind(value: Value) -> None:
    if "/" in str(value):
        text = "Listen on: enter addresses of this machine, not networks. Empty means all of them."
        raise UserError("setting.bind_address", text, field="bind_address", value=str(value))


def _check_host(value: Value) -> None:
    text = str(value)
    try:
        ipaddress.ip_address(text)
    except ValueError:
        labels = text.rstrip(".").split(".")
        is_name = all(re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)", label) for label in labels)
        if not is_name or labels[-1].isdigit():
            sentence = f"Public address: “{text}” is neither an IP address nor a host name. "
            sentence += "Write for example 203.0.113.7 or pbx.example.com."
            raise UserError("setting.public_address", sentence, field="public_address", value=text) from None


def _check_authorities(value: Value) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(str(value))
    except (OSError, ValueError):
        text = f"Further TLS authorities: “{value}” is no PEM file with certificates that can be read."
        raise UserError("setting.tls_ca", text, field="tls_ca", value=str(value)) from None


def _check_default_route(value: Value) -> None:
    kind, colon, target = str(value).partition(":")
    if kind not in (*_ROUTE_TARGETS, "line_group") or not colon or not target.strip():
        text = f"Default route: “{value}” is none. Write line:NAME, line_group:GROUP or trunk:NAME."
        raise UserError("setting.default_route", text, field="default_route", value=str(value))


def _check_country_code(value: Value) -> None:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", str(value)):
        text = f"Country code: “{value}” is none. Write the digits only, without + or 00: 86."
        raise UserError("setting.country_code", text, field="default_country_code", value=str(value))


def _check_emergency_numbers(value: Value) -> None:
    for part in listed(value):
        if not re.fullmatch(r"[0-9*#]{2,8}", part):
            text = f"Emergency numbers: “{part}” is none. Write them separated by commas: 110, 119, 120."
            raise UserError("setting.emergency", text, field="emergency_numbers", value=part)


def _check_user_agent(value: Value) -> None:
    if not str(value).isascii():
        text = "Program name in messages: use plain ASCII letters; some phones refuse others."
        raise UserError("setting.user_agent", text, field="user_agent", value=str(value))


def _port(name: str, label: str, help_text: str, default: int) -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        help=help_text,
        kind=FieldKind.INTEGER,
        default=default,
        minimum=1,
        maximum=65535,
        group="Network",
        needs_restart=True,
    )


def _seconds(
    name: str, label: str, help_text: str, default: int, low: int, high: int, group: str
) -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        help=help_text,
        kind=FieldKind.INTEGER,
        default=default,
        minimum=low,
        maximum=high,
        unit="s",
        group=group,
    )


SETTINGS: tuple[FieldSpec, ...] = (
    FieldSpec(
        name="realm",
        label="Realm",
        help="The name phones see when they are asked for a password. Passwords are kept as fingerprints "
        "that hold it, so it is fixed when the database is made.",
        kind=FieldKind.TEXT,
        default="openmss",
        read_only=True,
        group="Basic",
    ),
    FieldSpec(
        name="language",
        label="Language",
        help="The language of the window.",
        kind=FieldKind.CHOICE,
        default="auto",
        choices=(Choice("auto", "As the system"), Choice("en", "English"), Choice("zh_CN", "简体中文")),
        group="Basic",
    ),
    _seconds(
        "no_answer_s",
        "No answer after",
        "How long a called extension rings before the call is given up.",
        60,
        1,
        3600,
        "Basic",
    ),
    FieldSpec(
        name="time_zone",
        label="Time zone",
        help="Where the hours of time conditions are counted, unless they name a zone. Empty: this "
        "machine's.",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="Asia/Shanghai",
        group="Basic",
        check=zone_check("time_zone"),
    ),
    FieldSpec(
        name="out_group_prefix",
        label="Out-group prefix",
        help="Numbers that begin so, and no rule or extension fits, go out over an external line without it. "
        "Empty: no such prefix.",
        kind=FieldKind.DIGITS,
        default="9",
        max_length=8,
        example="9",
        group="Dial plan",
    ),
    FieldSpec(
        name="default_route",
        label="Default route",
        help="Where numbers go that nothing else fits: line:NAME, line_group:GROUP or trunk:NAME. Empty: "
        "such "
        "numbers do not exist (404).",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="trunk:branch-office",
        group="Dial plan",
        check=_check_default_route,
    ),
    FieldSpec(
        name="default_country_code",
        label="Country code",
        help="The country your lines are in, as digits: 86, 49, 1. Needed to write numbers in another form "
        "and to recognise your own in any form.",
        kind=FieldKind.TEXT,
        default="",
        max_length=4,
        example="86",
        group="Dial plan",
        check=_check_country_code,
    ),
    FieldSpec(
        name="emergency_numbers",
        label="Emergency numbers",
        help="Always put through, with or without the out-group prefix, whatever black lists, call levels "
        "and "
        "limits say. Separated by commas.",
        kind=FieldKind.TEXT,
        default=", ".join(EMERGENCY_NUMBERS),
        max_length=200,
        example="110, 119, 120, 122, 112",
        group="Dial plan",
        check=_check_emergency_numbers,
    ),
    FieldSpec(
        name="local_media",
        label="Sound of local calls",
        help="How sound travels between two extensions. Automatic: directly, but through OpenMSS (sound "
        "only, no video) when a phone is behind a NAT or a feature needs the sound.",
        kind=FieldKind.CHOICE,
        default="auto",
        choices=(
            Choice("auto", "Automatic"),
            Choice("direct", "Directly between the phones"),
            Choice("relay", "Through OpenMSS"),
        ),
        group="Media",
    ),
    *SOUND_SETTINGS,
    *RECORDING_SETTINGS,
    *setting_mail.FIELDS,
    FieldSpec(
        name="bind_address",
        label="Listen on",
        help="The addresses of this machine that phones can reach. Empty: all of them.",
        kind=FieldKind.ADDRESSES,
        default="",
        max_length=400,
        example="192.168.1.10, fd00::10",
        group="Network",
        needs_restart=True,
        check=_check_bind,
    ),
    _port("sip_port", "SIP port", "The UDP and TCP port that phones send to.", 5060),
    _port("tls_port", "SIP port for TLS", "The TCP port that phones send to when they encrypt.", 5061),
    _port("rtp_low", "Lowest RTP port", "The first UDP port for relayed sound.", 10000),
    _port("rtp_high", "Highest RTP port", "The last UDP port for relayed sound. A call takes four.", 19999),
    FieldSpec(
        name="public_address",
        label="Public address",
        help="The address or name of your router as the Internet sees it: what phones and carriers on the "
        "Internet are told. The router must pass the SIP and RTP ports on to this machine, unchanged.",
        kind=FieldKind.TEXT,
        default="",
        max_length=253,
        example="203.0.113.7",
        group="Network",
        check=_check_host,
    ),
    _seconds(
        "register_min_expires",
        "Shortest registration",
        "A phone that asks for less is told to ask for this much (423, RFC 3261 10.3).",
        60,
        10,
        86400,
        "Registration",
    ),
    _seconds(
        "register_default_expires",
        "Usual registration",
        "What a phone gets that asks for no particular time.",
        3600,
        10,
        86400,
        "Registration",
    ),
    _seconds(
        "register_max_expires",
        "Longest registration",
        "A phone that asks for more gets this much.",
        7200,
        10,
        86400,
        "Registration",
    ),
    FieldSpec(
        name="ban_failures",
        label="Wrong passwords before a ban",
        help="An address that gives this many wrong passwords within a minute is banned. Phones of an office "
        "often share one address: it is spared while one of them has logged in within a week.",
        kind=FieldKind.INTEGER,
        default=10,
        minimum=3,
        maximum=1000,
        group="Registration",
    ),
    FieldSpec(
        name="ban_minutes",
        label="Length of a ban",
        help="How long everything from a banned address is dropped unread. 0: nobody is banned.",
        kind=FieldKind.INTEGER,
        default=180,
        minimum=0,
        maximum=43200,
        unit="min",
        group="Registration",
    ),
    _seconds(
        "session_expires_s",
        "Session timer",
        "How often a call in progress is checked for being alive, where the phone supports it (RFC 4028).",
        1800,
        90,
        86400,
        "Advanced",
    ),
    FieldSpec(
        name="user_agent",
        label="Program name in messages",
        help="What stands in the headers User-Agent and Server.",
        kind=FieldKind.TEXT,
        default="OpenMSS",
        required=True,
        max_length=64,
        group="Advanced",
        needs_restart=True,
        check=_check_user_agent,
    ),
    FieldSpec(
        name="tls_certificate",
        label="TLS certificate file",
        help="A PEM file with your certificate and its chain. Empty: OpenMSS makes its own.",
        kind=FieldKind.TEXT,
        default="",
        max_length=1024,
        group="Advanced",
        needs_restart=True,
    ),
    FieldSpec(
        name="tls_key",
        label="TLS key file",
        help="The PEM file with the certificate's private key, without a password.",
        kind=FieldKind.TEXT,
        default="",
        max_length=1024,
        group="Advanced",
        needs_restart=True,
    ),
    FieldSpec(
        name="tls_ca",
        label="Further TLS authorities",
        help="A PEM file with certificates of authorities to believe beside those this computer knows, where "
        "a carrier signs its own.",
        kind=FieldKind.TEXT,
        default="",
        max_length=1024,
        example="/etc/openmss/carrier-ca.pem",
        group="Advanced",
        check=_check_authorities,
    ),
    FieldSpec(
        name="trace_megabytes",
        label="Size of the SIP trace",
        help="How much disk the kept SIP messages may take; the oldest make room.",
        kind=FieldKind.INTEGER,
        default=64,
        minimum=1,
        maximum=65536,
        unit="MB",
        group="Advanced",
        needs_restart=True,
    ),
    FieldSpec(
        name="log_level",
        label="Log level",
        help="How much the log tells.",
        kind=FieldKind.CHOICE,
        default="info",
        choices=(
            Choice("error", "Errors"),
            Choice("warning", "Warnings"),
            Choice("info", "Information"),
            Choice("debug", "Everything"),
        ),
        group="Advanced",
        needs_restart=True,
    ),
    *setting_update.FIELDS,
)
BY_NAME = {field.name: field for field in SETTINGS}

SPEC = KindSpec(
    name="setting",
    label="Setting",
    plural="Settings",
    key="key",
    fields=(
        FieldSpec(
            name="key",
            label="Setting",
            help="The setting's name.",
            kind=FieldKind.TEXT,
            required=True,
            read_only=True,
            example="local_media",
        ),
        FieldSpec(
            name="value",
            label="Value",
            help="The setting's value. Empty puts the default back where a setting cannot be empty.",
            kind=FieldKind.TEXT,
            example="relay",
        ),
    ),
)


def check_together(settings: Values) -> list[UserError]:
    """Errors between settings: ports that clash, limits out of order. `field` is the setting's name."""
    number = {name: value for name, value in settings.items() if isinstance(value, int)}
    errors: list[UserError] = []

    def refuse(code: str, field: str, text: str) -> None:
        errors.append(UserError(code, text, field=field, **{k: v for k, v in number.items() if k != "field"}))

    sip, tls, low, high = (number[name] for name in ("sip_port", "tls_port", "rtp_low", "rtp_high"))
    if sip == tls:
        refuse("setting.ports_equal", "tls_port", f"SIP and TLS cannot share port {sip}. Choose two ports.")
    if high - low < 3:
        text = f"RTP ports {low}-{high}: a call takes four ports. "
        text += f"Set the highest to at least {low + 3}, or lower the lowest first."
        refuse("setting.rtp_range", "rtp_high", text)
    elif low <= sip <= high:
        text = f"SIP port {sip} lies within the RTP ports {low}-{high}. Choose a port outside."
        refuse("setting.sip_port_in_rtp", "sip_port", text)
    shortest, usual, longest = (number[f"register_{which}_expires"] for which in ("min", "default", "max"))
    if not shortest <= usual <= longest:
        text = (
            f"Registration times must rise from shortest to usual to longest; {shortest}, {usual}, {longest} "
        )
        refuse("setting.expires_order", "register_default_expires", text + "do not.")
    return errors


class SettingKind(Kind):
    """Settings as records of key and value. Each declared one exists; deleting restores the default."""

    also_refers_to = frozenset(_ROUTE_TARGETS)

    def __init__(self) -> None:
        super().__init__(SPEC, SettingRow)

    def check(
        self, key: str, raw: Mapping[str, object], known: Values | None
    ) -> tuple[list[UserError], Values]:
        """Parse `value` by the setting's own declaration. Errors name the field `value`."""
        try:
            field = self.declared(key)
            extra = sorted(set(raw) - {"key", "value"})
            if extra:
                text = f"A setting has no field “{extra[0]}”. Write: set setting {key} value=…"
                raise UserError("value.unknown_field", text, field=extra[0], name=extra[0])
            if "value" not in raw:
                raise UserError(
                    "setting.no_value", f"Write: set setting {key} value=…", field="value", key=key
                )
            # the same value again is no change: an export that comes back holds it
            is_same = known is not None and known.get("value") == raw["value"]
            if field.read_only and not is_same:
                text = f"{field.label} is fixed when the database is made and cannot be changed."
                raise UserError("setting.read_only", text, field="value", key=key)
            given = raw["value"]
            if given == "" and (field.required or field.kind not in _MAY_BE_EMPTY):
                given = field.default
            return [], {"key": key, "value": parse_value(field, given)}
        except UserError as error:
            error.field = "value" if error.field == key else error.field
            return [error], {}

    def references(self, record: Values) -> list[Reference]:
        """The line or trunk of the default route."""
        kind, _, target = str(record.get("value") or "").partition(":")
        is_one = record.get("key") == "default_route" and kind in _ROUTE_TARGETS
        return [Reference("value", kind, target)] if is_one else []

    def warnings(self, given: Values) -> list[Caution]:
        """Mention a provider that is known to turn our mail away."""
        if given.get("key") not in ("admin_email", "mail_from"):
            return []
        caution = setting_mail.provider_caution(str(given.get("value") or ""), "value")
        return [caution] if caution else []

    def declared(self, key: str) -> FieldSpec:
        """The declaration of a setting; UserError for a name that is none."""
        field = BY_NAME.get(key)
        if field is None:
            text = f"There is no setting “{key}”. Known settings: {', '.join(BY_NAME)}."
            raise UserError("setting.unknown", text, field="key", key=key)
        return field

    def read(self, db: SqliteDatabase) -> Values:
        """Every setting by its name."""
        stored = {row["key"]: row["value"] for row in self.rows(db)}
        return {
            field.name: parse_value(field, stored[field.name])
            if field.name in stored and field.kind is not FieldKind.SECRET
            else field.default
            for field in SETTINGS
        }

    def secret(self, db: SqliteDatabase, name: str, decrypt: Callable[[str], str]) -> str:
        """A setting that is kept encrypted; "" where it is not set. EnvironmentFault."""
        stored = next((row["value"] for row in self.rows(db, name)), "")
        return decrypt(stored) if stored else ""

    def all(self, db: SqliteDatabase) -> list[Values]:
        """All settings, in the order they are declared."""
        return [{"key": name, "value": value} for name, value in self.read(db).items()]

    def one(self, db: SqliteDatabase, key: str) -> Values | None:
        """One setting."""
        return {"key": key, "value": self.read(db)[key]} if key in BY_NAME else None

    def add(self, db: SqliteDatabase, values: Values, context: SaveContext) -> None:
        """Write a setting: there is no difference between new and known ones."""
        self.set(db, str(values["key"]), values, context)

    def set(self, db: SqliteDatabase, key: str, values: Values, context: SaveContext) -> None:
        """Write one setting."""
        text = text_of(values["value"])
        if text and BY_NAME[key].kind is FieldKind.SECRET:
            text = context.encrypt(text)
        row = {"key": key, "value": text}
        self.model.insert(row).on_conflict_replace().execute(db)


KIND = SettingKind()
