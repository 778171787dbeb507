"""The fields of an external line: account, incoming and outgoing calls."""

from __future__ import annotations

from app.db.field_checks import (
    CALLER_ID_FORMS,
    NUMBER_FORMS,
    destination_check,
    host_check,
    host_port_check,
    name_check,
    time_condition_field,
    uri_params_check,
)
from app.db.tables.setting_sound import language_field
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, Value


def _check_user(value: Value) -> None:
    if any(char in str(value) for char in '<>"; \t'):
        text = (
            f"Account: “{value}” holds a character that no account name has. Enter only the name or number."
        )
        raise UserError("line.user", text, field="user", value=str(value))


BASIC = (
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
INCOMING = (
    FieldSpec(
        name="incoming_to",
        label="Calls go to",
        help="Where calls over this line ring: a number as it is dialled inside, extension:NUMBER, "
        "menu:NAME, voicemail:NUMBER, group:NUMBER or conference:ROOM. DID routes come first. Empty: "
        "the number the carrier sends must be known here.",
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
    language_field("What callers over this line hear announcements in.", "Incoming call"),
)
OUTGOING = (
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
        help="Where the carrier wants another user part than the account in From, of REGISTER and of calls. "
        "Empty: the account.",
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
