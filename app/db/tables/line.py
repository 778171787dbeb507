"""The kind `line`: an account at a carrier, over which calls leave and come in."""

from __future__ import annotations

import ipaddress

from peewee import BooleanField, IntegerField, Model, TextField

from app.db.field_checks import (
    CALLER_ID_FORMS,
    NUMBER_FORMS,
    codecs_check,
    destination_check,
    host_check,
    host_port_check,
    name_check,
    time_condition_field,
    uri_params_check,
)
from app.db.kind import Caution, Kind
from app.db.values import Values
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value


class LineRow(Model):
    """The peewee side; the password is encrypted by the vault."""

    name = TextField(primary_key=True)
    template = TextField()
    user = TextField()
    password = TextField()
    domain = TextField()
    auth_id = TextField()
    auth_user_with_domain = BooleanField()
    register = BooleanField()
    enabled = BooleanField()
    incoming_to = TextField()
    did_source = TextField()
    proxy = TextField()
    no_answer_s = IntegerField()
    max_calls = IntegerField(null=True)
    outgoing_group = TextField()
    shared = BooleanField()
    display_name = TextField()
    from_user = TextField()
    from_domain = TextField()
    caller_id_form = TextField()
    number_form = TextField()
    user_phone = BooleanField()
    request_uri_params = TextField()
    time_condition = TextField()
    transport = TextField()
    port = IntegerField(null=True)
    expires = IntegerField()
    keepalive_s = IntegerField()
    register_call_id = TextField()
    realm = TextField()
    match_addresses = TextField()
    bind_address = TextField()
    dns_server = TextField()
    codecs = TextField()
    video = BooleanField()
    rel100 = TextField()
    session_timer = BooleanField()

    class Meta:
        """Names."""

        table_name = "line"


TRANSPORTS = (
    Choice("auto", "As DNS says"),
    Choice("udp", "UDP"),
    Choice("tcp", "TCP"),
    Choice("tls", "TLS"),
)


def _check_user(value: Value) -> None:
    if any(char in str(value) for char in '<>"; \t'):
        text = (
            f"Account: “{value}” holds a character that no account name has. Enter only the name or number."
        )
        raise UserError("line.user", text, field="user", value=str(value))


def _check_own_address(value: Value) -> None:
    try:
        ipaddress.ip_address(str(value))
    except ValueError:
        text = f"Local address: “{value}” is not an IP address. Write the address of one network card, "
        raise UserError(
            "line.bind_address", text + "such as 192.168.1.10.", field="bind_address", value=str(value)
        ) from None


_BASIC = (
    FieldSpec(
        name="name",
        label="Name",
        help="What the line is called here: in lists, rules and commands. The carrier never sees it.",
        kind=FieldKind.TEXT,
        required=True,
        max_length=32,
        example="telecom-1",
        check=name_check("name", "Name"),
    ),
    FieldSpec(
        name="template",
        label="Carrier template",
        help="The id of the carrier's template that the line was made from. It changes nothing by itself.",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="sonetel",
    ),
    FieldSpec(
        name="user",
        label="Account",
        help="The account or number at the carrier: the user part of From, To and Contact, and the user name "
        "for the password unless an authentication ID is set.",
        kind=FieldKind.TEXT,
        required=True,
        max_length=128,
        example="+8612345678",
        check=_check_user,
    ),
    FieldSpec(
        name="password",
        label="Password",
        help="The account's password at the carrier. Kept encrypted; it is never sent, only used to answer "
        "the carrier's challenge (header Authorization).",
        kind=FieldKind.SECRET,
        default="",
        max_length=128,
        example="s3cr3t-of-the-carrier",
    ),
    FieldSpec(
        name="domain",
        label="Server address or domain",
        help="The carrier's server or domain: it stands in From, To and the Request-URI. With a proxy set it "
        "is only a name and never looked up in DNS.",
        kind=FieldKind.TEXT,
        required=True,
        max_length=253,
        example="gd.ctcims.cn",
        check=host_check("domain", "Server address or domain"),
    ),
    FieldSpec(
        name="auth_id",
        label="Authentication ID",
        help="The user name for the password where the carrier gave one apart from the account (username in "
        "the header Authorization). Empty: the account.",
        kind=FieldKind.TEXT,
        default="",
        max_length=128,
        example="e12345p0",
    ),
    FieldSpec(
        name="auth_user_with_domain",
        label="Authentication user name includes the address",
        help="The user name for the password is written with the domain, such as +8612345678@gd.ctcims.cn. "
        "Some IMS networks answer 403 Forbidden without it.",
        kind=FieldKind.BOOLEAN,
        default=False,
    ),
    FieldSpec(
        name="register",
        label="Register",
        help="Announce this system to the carrier (REGISTER). Off for carriers that know you by your address "
        "and ask for the password only on calls.",
        kind=FieldKind.BOOLEAN,
        default=True,
    ),
    FieldSpec(
        name="enabled",
        label="Enabled",
        help="A disabled line neither registers nor carries calls; all that is set for it is kept.",
        kind=FieldKind.BOOLEAN,
        default=True,
    ),
)
_INCOMING = (
    FieldSpec(
        name="incoming_to",
        label="Calls go to",
        help="Where calls over this line ring: a number as it is dialled inside, or extension:NUMBER. DID "
        "routes come first. Empty: the number the carrier sends must be known here.",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="100",
        group="Incoming call",
        check=destination_check("incoming_to", "Calls go to"),
    ),
    FieldSpec(
        name="did_source",
        label="Called number from",
        help="The part of the carrier's INVITE that says which of your numbers was dialled. Automatic: "
        "P-Called-Party-ID where there is one, else the Request-URI, else To.",
        kind=FieldKind.CHOICE,
        default="auto",
        choices=(
            Choice("auto", "Automatic"),
            Choice("request_uri", "Request-URI"),
            Choice("to", "To"),
            Choice("p_called_party_id", "P-Called-Party-ID"),
            Choice("ppi", "P-Preferred-Identity"),
            Choice("diversion", "Diversion"),
        ),
        group="Incoming call",
    ),
)
_OUTGOING = (
    FieldSpec(
        name="proxy",
        label="Proxy",
        help="The server that packets really go to, where it is not the domain: name or IP address, perhaps "
        "with a port. It stands in the header Route.",
        kind=FieldKind.TEXT,
        default="",
        max_length=260,
        example="sip.sonetel.com",
        group="Outgoing call",
        check=host_port_check("proxy", "Proxy"),
    ),
    FieldSpec(
        name="no_answer_s",
        label="No-answer time",
        help="An outgoing call that nobody answers within this time is given up (CANCEL). 0: the system's "
        "time for all calls.",
        kind=FieldKind.INTEGER,
        default=0,
        minimum=0,
        maximum=3600,
        unit="s",
        example="15",
        group="Outgoing call",
    ),
    FieldSpec(
        name="max_calls",
        label="Most calls at once",
        help="How many calls the line carries at once, in both directions together. Empty: as many as come; "
        "0: none.",
        kind=FieldKind.INTEGER,
        minimum=0,
        maximum=10000,
        example="2",
        group="Outgoing call",
    ),
    FieldSpec(
        name="outgoing_group",
        label="Outgoing group",
        help="Lines with the same group stand for each other: a rule of the dial plan that leads to the "
        "group "
        "takes the first that is free.",
        kind=FieldKind.TEXT,
        default="",
        max_length=32,
        example="1",
        group="Outgoing call",
        check=name_check("outgoing_group", "Outgoing group"),
    ),
    FieldSpec(
        name="shared",
        label="Shared",
        help="Every extension may call out over this line. Off: only extensions that have it as their own "
        "line, and rules that name it.",
        kind=FieldKind.BOOLEAN,
        default=True,
        group="Outgoing call",
    ),
    FieldSpec(
        name="display_name",
        label="Display name",
        help="The name beside the number in From. Empty: none is sent.",
        kind=FieldKind.TEXT,
        default="",
        max_length=80,
        example="Example Ltd",
        group="Outgoing call",
    ),
    FieldSpec(
        name="from_user",
        label="User in From",
        help="Where the carrier wants another user part than the account in From and To of REGISTER and in "
        "From of calls. Empty: the account.",
        kind=FieldKind.TEXT,
        default="",
        max_length=128,
        example="02512345678",
        group="Outgoing call",
    ),
    FieldSpec(
        name="from_domain",
        label="Domain in From",
        help="Where the carrier wants another domain in From than the one above. Empty: the same.",
        kind=FieldKind.TEXT,
        default="",
        max_length=253,
        example="ims.example.com",
        group="Outgoing call",
        check=host_check("from_domain", "Domain in From"),
    ),
    FieldSpec(
        name="caller_id_form",
        label="Caller's number in",
        help="The header that carries the number shown to the called party, where it is not the line's own.",
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
        name="user_phone",
        label="user=phone in the Request-URI",
        help="Marks the user part as a telephone number. Most carriers want it or do not mind; a few refuse "
        "calls with it.",
        kind=FieldKind.BOOLEAN,
        default=True,
        group="Outgoing call",
    ),
    FieldSpec(
        name="request_uri_params",
        label="More Request-URI parameters",
        help="Parameters that the carrier wants at the end of the Request-URI, separated by semicolons.",
        kind=FieldKind.TEXT,
        default="",
        max_length=200,
        example="tgrp=office;trunk-context=example.com",
        group="Outgoing call",
        check=uri_params_check("request_uri_params", "More Request-URI parameters"),
    ),
    time_condition_field("When calls may leave over this line.", "Outgoing call"),
)
_NETWORK = (
    FieldSpec(
        name="transport",
        label="Transport",
        help="How SIP messages travel to the carrier (header Via).",
        kind=FieldKind.CHOICE,
        default="udp",
        choices=TRANSPORTS,
        group="Network",
    ),
    FieldSpec(
        name="port",
        label="Port",
        help="The port of the server, where the carrier names one. Empty: as DNS says (SRV), else 5060, or "
        "5061 with TLS. With a proxy write the port behind the proxy's name.",
        kind=FieldKind.INTEGER,
        minimum=1,
        maximum=65535,
        example="5070",
        group="Network",
    ),
    FieldSpec(
        name="expires",
        label="Registration time",
        help="How long a registration is asked for (header Expires). It is refreshed well before; a carrier "
        "that wants longer is obeyed.",
        kind=FieldKind.INTEGER,
        default=3600,
        minimum=30,
        maximum=86400,
        unit="s",
        group="Network",
    ),
    FieldSpec(
        name="keepalive_s",
        label="Keep-alive every",
        help="A small packet this often keeps a NAT's door open. 0: none.",
        kind=FieldKind.INTEGER,
        default=0,
        minimum=0,
        maximum=3600,
        unit="s",
        example="25",
        group="Network",
    ),
    FieldSpec(
        name="register_call_id",
        label="Call-ID of a registration",
        help="The REGISTER with the password has the same Call-ID as the one before it (RFC 3261 10.2), or a "
        "new one: for carriers that answer 400 Invalid CSeq number.",
        kind=FieldKind.CHOICE,
        default="keep",
        choices=(Choice("keep", "Keep"), Choice("new", "A new one")),
        group="Network",
    ),
    FieldSpec(
        name="realm",
        label="Realm",
        help="Answer only challenges of this realm. Empty: whatever the carrier offers.",
        kind=FieldKind.TEXT,
        default="",
        max_length=253,
        example="sip.flowroute.com",
        group="Network",
    ),
    FieldSpec(
        name="match_addresses",
        label="Calls also come from",
        help="IP addresses or networks the carrier sends calls from, beside the server it is registered at.",
        kind=FieldKind.ADDRESSES,
        default="",
        max_length=1000,
        example="203.0.113.0/28",
        group="Network",
    ),
    FieldSpec(
        name="bind_address",
        label="Local address",
        help="The address of the network card that leads to the carrier, where there are several (a card of "
        "its own for the carrier's private network). Empty: the system chooses.",
        kind=FieldKind.TEXT,
        default="",
        max_length=64,
        example="10.32.7.20",
        group="Network",
        check=_check_own_address,
    ),
    FieldSpec(
        name="dns_server",
        label="DNS server",
        help="The DNS server to ask for the carrier's names, where only the carrier's own knows them. Empty: "
        "the system's.",
        kind=FieldKind.TEXT,
        default="",
        max_length=260,
        example="10.32.7.1",
        group="Network",
        check=host_port_check("dns_server", "DNS server"),
    ),
)
_MEDIA = (
    FieldSpec(
        name="codecs",
        label="Codecs",
        help="The codecs the carrier takes, the best first, separated by commas; others are not offered. "
        "Empty: all that the phone offers.",
        kind=FieldKind.TEXT,
        default="",
        max_length=200,
        example="PCMA, PCMU",
        group="Media",
        check=codecs_check("codecs", "Codecs"),
    ),
    FieldSpec(
        name="video",
        label="Video",
        help="Offer video too. Few carriers know it, and some refuse calls that offer it.",
        kind=FieldKind.BOOLEAN,
        default=False,
        group="Media",
    ),
    FieldSpec(
        name="rel100",
        label="Reliable ringing (100rel)",
        help="Whether ringing answers are confirmed with PRACK (RFC 3262): offered in Supported, demanded in "
        "Require, or not mentioned.",
        kind=FieldKind.CHOICE,
        default="supported",
        choices=(
            Choice("off", "Off"),
            Choice("supported", "When the carrier wants it"),
            Choice("required", "Required"),
        ),
        group="Media",
    ),
    FieldSpec(
        name="session_timer",
        label="Session timer",
        help="Check long calls for being alive (RFC 4028, header Session-Expires), where the carrier takes "
        "part.",
        kind=FieldKind.BOOLEAN,
        default=True,
        group="Media",
    ),
)

SPEC = KindSpec(
    name="line",
    label="External line",
    plural="External lines",
    key="name",
    fields=(*_BASIC, *_INCOMING, *_OUTGOING, *_NETWORK, *_MEDIA),
)


class LineKind(Kind):
    """Lines: the password is kept encrypted."""

    destinations = ("incoming_to",)

    def __init__(self) -> None:
        super().__init__(SPEC, LineRow, encrypted=("password",))

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse an account with a domain of its own beside the option that adds it."""
        errors: list[UserError] = []
        user = str(record.get("auth_id") or record.get("user") or "")
        if record.get("auth_user_with_domain") and "@" in user:
            text = "The authentication user name holds an address already. Enter it without, or turn the "
            text += "option off."
            field = "auth_id" if record.get("auth_id") else "user"
            errors.append(UserError("line.auth_user_twice", text, field=field, value=user))
        return errors

    def warnings(self, given: Values) -> list[Caution]:
        """Mention a line that cannot answer a challenge, and settings that do nothing."""
        cautions: list[Caution] = []
        if given.get("register") is not False and given.get("password") == "":
            text = "The line has no password. Few carriers let a line register without one."
            cautions.append(Caution("line.no_password", text, "password"))
        if given.get("proxy") and given.get("port"):
            text = "With a proxy set, packets go to the proxy: the port that counts stands behind its name."
            cautions.append(Caution("line.port_unused", text, "port"))
        if given.get("max_calls") == 0:
            text = "Most calls at once is 0: the line carries no calls. Leave it empty for no limit."
            cautions.append(Caution("line.no_calls", text, "max_calls"))
        return cautions


KIND = LineKind()
