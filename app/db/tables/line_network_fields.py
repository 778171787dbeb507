"""The fields of an external line that say how SIP and sound travel."""

from __future__ import annotations

import ipaddress

from app.db.field_checks import codecs_check, host_port_check, listed, refuse_everywhere
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, Value

TRANSPORTS = (
    Choice("auto", "As DNS says"),
    Choice("udp", "UDP"),
    Choice("tcp", "TCP"),
    Choice("tls", "TLS"),
)


def tls_verify_field(peer: str, group: str) -> FieldSpec:
    """The field that makes TLS prove who the peer is."""
    return FieldSpec(
        name="tls_verify",
        label="Check the TLS certificate",
        help=f"Over TLS, {peer}'s certificate must be made out to the server's name and signed by an "
        "authority this computer knows. Off: encrypted, but whoever stands in between can listen.",
        kind=FieldKind.BOOLEAN,
        default=True,
        group=group,
    )


def _check_own_address(value: Value) -> None:
    try:
        ipaddress.ip_address(str(value))
    except ValueError:
        text = f"Local address: “{value}” is not an IP address. Write the address of one network card, "
        raise UserError(
            "line.bind_address", text + "such as 192.168.1.10.", field="bind_address", value=str(value)
        ) from None


def _check_sources(value: Value) -> None:
    for part in listed(value):
        refuse_everywhere("match_addresses", part)


NETWORK = (
    FieldSpec(
        name="transport",
        label="Transport",
        help="How SIP messages travel to the carrier (header Via).",
        kind=FieldKind.CHOICE,
        default="udp",
        choices=TRANSPORTS,
        group="Network",
    ),
    tls_verify_field("the carrier", "Network"),
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
        check=_check_sources,
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
MEDIA = (
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
