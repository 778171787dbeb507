"""The settings of outgoing mail, and whom notices go to."""

from __future__ import annotations

import re

from app.db.field_checks import Check, host_check
from app.db.kind import Caution
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, Value

_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,64}@(?P<domain>[^@\s<>\"(),:;\[\]\\]{1,255})")
_GROUP = "Mail"

# Providers known to turn away mail that programs send from offices: it bounces, or vanishes without a word.
REFUSING_PROVIDERS = frozenset({"qq.com", "vip.qq.com", "foxmail.com"})


def domain_of(address: str) -> str:
    """The domain of an address in lower case; "" for what is no address."""
    found = _ADDRESS.fullmatch(address)
    labels = found["domain"].lower().split(".") if found else []
    return ".".join(labels) if len(labels) > 1 and all(labels) else ""


def address_check(field: str, label: str) -> Check:
    """Refuse what cannot be an e-mail address."""

    def check(value: Value) -> None:
        if not domain_of(str(value)):
            text = f"{label}: “{value}” is no e-mail address. Write it as name@example.com."
            raise UserError("mail.address", text, field=field, label=label, value=str(value))

    return check


def provider_caution(address: str, field: str) -> Caution | None:
    """A warning where the provider is known to turn such mail away."""
    domain = domain_of(address)
    if domain not in REFUSING_PROVIDERS:
        return None
    text = f"{domain} is known to turn away or bounce mail like ours. Use an address at another provider, or "
    text += "make sure that the code arrives."
    return Caution("mail.refusing_provider", text, field)


FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec(
        name="mail_host",
        label="Mail server",
        help="The SMTP server that takes our mail: voice messages, and notices to the administrator. Empty: "
        "no mail is sent.",
        kind=FieldKind.TEXT,
        default="",
        max_length=255,
        example="smtp.example.com",
        group=_GROUP,
        check=host_check("mail_host", "Mail server"),
    ),
    FieldSpec(
        name="mail_security",
        label="Encryption to the mail server",
        help="STARTTLS and TLS check the server's certificate. Without encryption the password can be read "
        "on the way.",
        kind=FieldKind.CHOICE,
        default="starttls",
        choices=(
            Choice("starttls", "STARTTLS (port 587)"),
            Choice("tls", "TLS from the start (port 465)"),
            Choice("none", "None (port 25)"),
        ),
        group=_GROUP,
    ),
    FieldSpec(
        name="mail_port",
        label="Port of the mail server",
        help="0: the usual one for the encryption.",
        kind=FieldKind.INTEGER,
        default=0,
        minimum=0,
        maximum=65535,
        group=_GROUP,
    ),
    FieldSpec(
        name="mail_user",
        label="User at the mail server",
        help="Often the whole e-mail address. Empty: the server asks for no password.",
        kind=FieldKind.TEXT,
        default="",
        max_length=255,
        example="office@example.com",
        group=_GROUP,
    ),
    FieldSpec(
        name="mail_password",
        label="Password at the mail server",
        help="Many providers want a password made for programs here, not the one of the mailbox. It is kept "
        "encrypted and not shown again.",
        kind=FieldKind.SECRET,
        default="",
        max_length=255,
        example="tR7-oak-93",
        group=_GROUP,
    ),
    FieldSpec(
        name="mail_from",
        label="Sender of our mail",
        help="The address our mail comes from. Empty: the user at the mail server, where that is an address.",
        kind=FieldKind.TEXT,
        default="",
        max_length=320,
        example="office@example.com",
        group=_GROUP,
        check=address_check("mail_from", "Sender of our mail"),
    ),
    FieldSpec(
        name="admin_email",
        label="Administrator's e-mail",
        help="Where notices go: faults, a full disk, a line that fails. Nothing is sent there before the "
        "address is confirmed by a code that we mail to it.",
        kind=FieldKind.TEXT,
        default="",
        max_length=320,
        example="owner@example.com",
        group=_GROUP,
        check=address_check("admin_email", "Administrator's e-mail"),
    ),
)
