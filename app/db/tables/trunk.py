"""The kind `trunk`: a server trusted by its address, to which calls go and from which they come."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, Model, TextField

from app.db.field_checks import (
    CALLER_ID_FORMS,
    NUMBER_FORMS,
    host_check,
    is_host,
    listed,
    name_check,
    refuse_everywhere,
    time_condition_field,
    uri_params_check,
)
from app.db.kind import Caution, Kind
from app.db.tables.line_network_fields import TRANSPORTS, tls_verify_field
from app.db.values import Values
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec, Value


class TrunkRow(Model):
    """The peewee side."""

    name = TextField(primary_key=True)
    address = TextField()
    port = IntegerField()
    transport = TextField()
    tls_verify = BooleanField()
    trusted_addresses = TextField()
    options_ping = BooleanField()
    enabled = BooleanField()
    max_incoming = IntegerField(null=True)
    transit = BooleanField()
    max_outgoing = IntegerField(null=True)
    relay_media = BooleanField()
    unified_caller = TextField()
    caller_id_form = TextField()
    number_form = TextField()
    request_uri_params = TextField()
    tel_uri = BooleanField()
    next_trunk = TextField()
    time_condition = TextField()

    class Meta:
        """Names."""

        table_name = "trunk"


def _check_trusted(value: Value) -> None:
    for part in listed(value):
        if is_host(part):
            continue
        try:
            refuse_everywhere("trusted_addresses", part)
        except ValueError:
            text = f"Calls also come from: “{part}” is neither an IP address, a network nor a host name. "
            text += "Write for example 203.0.113.7, 203.0.113.0/28 or sbc.example.com."
            raise UserError("trunk.trusted", text, field="trusted_addresses", value=part) from None


_FIELDS = (
    FieldSpec(
        name="name",
        label="Name",
        help="What the trunk is called here: in lists, rules and commands. The other side never sees it.",
        kind=FieldKind.TEXT,
        required=True,
        max_length=32,
        example="branch-office",
        check=name_check("name", "Name"),
    ),
    FieldSpec(
        name="address",
        label="Server address",
        help="The other server's IP address or name. Calls go there (Request-URI), and calls from it are let "
        "in without a password; several addresses behind one name are all recognised.",
        kind=FieldKind.TEXT,
        required=True,
        max_length=253,
        example="203.0.113.7",
        check=host_check("address", "Server address"),
    ),
    FieldSpec(
        name="port",
        label="Server port",
        help="The other server's SIP port.",
        kind=FieldKind.INTEGER,
        default=5060,
        minimum=1,
        maximum=65535,
        example="5060",
    ),
    FieldSpec(
        name="transport",
        label="Transport",
        help="How SIP messages travel to the other server (header Via).",
        kind=FieldKind.CHOICE,
        default="udp",
        choices=TRANSPORTS,
    ),
    tls_verify_field("the other server", "Basic"),
    FieldSpec(
        name="trusted_addresses",
        label="Calls also come from",
        help="More IP addresses, networks or names that the other side sends calls from, separated by "
        "commas. "
        "Calls from any other address are not served.",
        kind=FieldKind.TEXT,
        default="",
        max_length=1000,
        example="203.0.113.0/28, sbc2.example.com",
        check=_check_trusted,
    ),
    FieldSpec(
        name="options_ping",
        label="Check with OPTIONS",
        help="Ask the other server every minute whether it is there (OPTIONS). Calls take the next trunk "
        "while it is silent.",
        kind=FieldKind.BOOLEAN,
        default=False,
    ),
    FieldSpec(
        name="enabled",
        label="Enabled",
        help="A disabled trunk carries no calls in either direction; all that is set for it is kept.",
        kind=FieldKind.BOOLEAN,
        default=True,
    ),
    FieldSpec(
        name="max_incoming",
        label="Most incoming calls",
        help="How many calls may come in at once; further ones are refused. Empty: no limit; 0: no incoming "
        "calls.",
        kind=FieldKind.INTEGER,
        minimum=0,
        maximum=100000,
        example="10",
        group="Incoming call",
    ),
    FieldSpec(
        name="transit",
        label="May call out through us",
        help="Calls from this trunk may leave again by lines and trunks, as the dial plan says. Off: they "
        "reach "
        "only what is inside.",
        kind=FieldKind.BOOLEAN,
        default=False,
        group="Incoming call",
    ),
    FieldSpec(
        name="max_outgoing",
        label="Most outgoing calls",
        help="How many calls may go out at once; further ones take the next way or are refused. Empty: no "
        "limit; 0: no outgoing calls.",
        kind=FieldKind.INTEGER,
        minimum=0,
        maximum=100000,
        example="10",
        group="Outgoing call",
    ),
    FieldSpec(
        name="relay_media",
        label="Relay media",
        help="The sound of calls over this trunk goes through OpenMSS (its address stands in the SDP). Sound "
        "only: video is refused.",
        kind=FieldKind.BOOLEAN,
        default=False,
        group="Outgoing call",
    ),
    FieldSpec(
        name="unified_caller",
        label="Unified caller number",
        help="The one number that all calls over this trunk show as their caller (user part of From). Empty: "
        "the caller's own.",
        kind=FieldKind.DIGITS,
        default="",
        max_length=32,
        example="+862512345678",
        group="Outgoing call",
    ),
    FieldSpec(
        name="caller_id_form",
        label="Caller's number in",
        help="The header that carries the caller's number beside From.",
        kind=FieldKind.CHOICE,
        default="from",
        choices=CALLER_ID_FORMS,
        group="Outgoing call",
    ),
    FieldSpec(
        name="number_form",
        label="Numbers are written",
        help="The form in which called numbers go out in Request-URI and To. Needs the country code in the "
        "system settings.",
        kind=FieldKind.CHOICE,
        default="",
        choices=NUMBER_FORMS,
        group="Outgoing call",
    ),
    FieldSpec(
        name="request_uri_params",
        label="Additional Request-URI parameter",
        help="Parameters that the other side wants at the end of the Request-URI, separated by semicolons.",
        kind=FieldKind.TEXT,
        default="",
        max_length=200,
        example="user=phone",
        group="Outgoing call",
        check=uri_params_check("request_uri_params", "Additional Request-URI parameter"),
    ),
    FieldSpec(
        name="tel_uri",
        label="tel: URI",
        help="Write called numbers as tel:+8613812345678 rather than sip:+8613812345678@server in "
        "Request-URI "
        "and To (RFC 3966).",
        kind=FieldKind.BOOLEAN,
        default=False,
        group="Outgoing call",
    ),
    FieldSpec(
        name="next_trunk",
        label="On failure try trunk",
        help="The trunk that takes calls over when this one is full, silent or out of order (busy, 5xx).",
        kind=FieldKind.REFERENCE,
        default="",
        refers_to="trunk",
        example="branch-backup",
        group="Outgoing call",
    ),
    time_condition_field("When calls may leave over this trunk.", "Outgoing call"),
)

SPEC = KindSpec(name="trunk", label="SIP trunk", plural="SIP trunks", key="name", fields=_FIELDS)


class TrunkKind(Kind):
    """Trunks: the next one is another one."""

    def __init__(self) -> None:
        super().__init__(SPEC, TrunkRow)

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse a trunk that would take over from itself."""
        if record.get("next_trunk") and record["next_trunk"] == record["name"]:
            text = "On failure try trunk: this is the trunk itself. Choose another, or none."
            return [UserError("trunk.next_is_itself", text, field="next_trunk")]
        return []

    def warnings(self, given: Values) -> list[Caution]:
        """Mention a trunk that carries nothing, and one that lets strangers call at your cost."""
        cautions: list[Caution] = []
        if given.get("max_incoming") == 0 and given.get("max_outgoing") == 0:
            text = "Both limits are 0: the trunk carries no calls. Leave them empty for no limit."
            cautions.append(Caution("trunk.no_calls", text, "max_outgoing"))
        if given.get("transit"):
            text = "Whoever sends calls from the trunk's addresses can now call out at your cost."
            cautions.append(Caution("trunk.transit", text, "transit"))
        return cautions


KIND = TrunkKind()
