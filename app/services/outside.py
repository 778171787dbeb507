"""External lines and SIP trunks as the call path sees them: frozen records of the two ways out and in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network

from app.services.recording_policy import NO_WISH, RecordingWish

Network = IPv4Network | IPv6Network


class OutsideTransport(StrEnum):
    """How a carrier is reached. AUTO asks DNS (NAPTR and SRV, RFC 3263 4.1)."""

    AUTO = "auto"
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


class RegisterCallId(StrEnum):
    """The Call-ID of a REGISTER that answers a challenge: the same (RFC 3261 10.2), or a new one."""

    KEEP = "keep"
    NEW = "new"


class Rel100(StrEnum):
    """Reliable provisional responses (RFC 3262) on calls of a line."""

    OFF = "off"
    SUPPORTED = "supported"
    REQUIRED = "required"


class CallerIdForm(StrEnum):
    """The header that carries the caller's number to the carrier."""

    FROM = "from"
    PAI = "pai"  # P-Asserted-Identity, RFC 3325 9.1
    PPI = "ppi"  # P-Preferred-Identity, RFC 3325 9.2
    RPID = "rpid"  # Remote-Party-ID, an old draft many switches still read


class DidSource(StrEnum):
    """Where an incoming call says which of our numbers was dialled."""

    AUTO = "auto"  # P-Called-Party-ID where there is one, else the Request-URI, else To
    REQUEST_URI = "request_uri"
    TO = "to"
    P_CALLED_PARTY_ID = "p_called_party_id"
    PPI = "ppi"
    DIVERSION = "diversion"


class NumberForm(StrEnum):
    """How numbers are written towards a carrier."""

    AS_DIALLED = ""
    E164 = "E164"  # 8613812345678
    PLUS_E164 = "+E164"  # +8613812345678
    DOUBLE_ZERO = "00"  # 008613812345678
    NATIONAL = "national"  # 13812345678, 01062345678


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An external line: an account at a carrier. Field names are those of the kind `line`."""

    name: str
    template: str = ""  # the id of the carrier template it was made from
    enabled: bool = True
    register: bool = True  # off: the carrier knows us by our address, or asks for credentials on INVITE only
    user: str = ""
    password: str = field(default="", repr=False)
    password_problem: str = ""  # why the kept password cannot be read; then `password` is empty
    domain: str = ""  # logical; never resolved when there is a proxy
    auth_id: str = ""
    auth_user_with_domain: bool = False
    realm: str = ""  # empty: whatever the carrier offers
    display_name: str = ""
    from_user: str = ""
    from_domain: str = ""
    proxy: str = ""  # host[:port], the loose route all requests take
    transport: OutsideTransport = OutsideTransport.UDP
    tls_verify: bool = True  # over TLS the server's certificate must fit its name
    port: int | None = None  # None: by DNS, else the transport's usual port
    expires: int = 3600
    register_call_id: RegisterCallId = RegisterCallId.KEEP
    keepalive_s: int = 0  # 0: none
    bind_address: str = ""
    dns_server: str = ""
    match_addresses: tuple[Network, ...] = ()
    incoming_to: str = ""
    language: str = ""  # of prompts; empty: the system's
    did_source: DidSource = DidSource.AUTO
    outgoing_group: str = ""
    shared: bool = True
    no_answer_s: int = 0  # 0: the system's timer
    max_calls: int | None = None  # None: unlimited
    user_phone: bool = True
    request_uri_params: str = ""
    number_form: NumberForm = NumberForm.AS_DIALLED
    caller_id_form: CallerIdForm = CallerIdForm.FROM
    time_condition: str = ""
    rel100: Rel100 = Rel100.SUPPORTED
    session_timer: bool = True
    codecs: tuple[str, ...] = ()  # empty: all that the phones offer
    video: bool = False
    recording: RecordingWish = NO_WISH

    @property
    def identity_user(self) -> str:
        """The user part that stands for the line itself in From and To."""
        return self.from_user or self.user

    @property
    def identity_domain(self) -> str:
        """The domain that stands behind the user in From."""
        return self.from_domain or self.domain

    @property
    def digest_user(self) -> str:
        """The user name for authentication (note S4: some cores want it with the domain)."""
        name = self.auth_id or self.user
        return f"{name}@{self.domain}" if self.auth_user_with_domain and "@" not in name else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """A SIP trunk: a server trusted by its address. Field names are those of the kind `trunk`."""

    name: str
    enabled: bool = True
    address: str = ""  # an IP address or a name
    port: int = 5060
    transport: OutsideTransport = OutsideTransport.UDP
    tls_verify: bool = True
    trusted_addresses: tuple[str, ...] = ()  # IP addresses, networks and names that calls may come from too
    options_ping: bool = False
    max_incoming: int | None = None  # None: unlimited, 0: forbidden
    max_outgoing: int | None = None
    transit: bool = False  # calls from here may leave again by lines and trunks
    relay_media: bool = False
    unified_caller: str = ""
    request_uri_params: str = ""
    tel_uri: bool = False
    number_form: NumberForm = NumberForm.AS_DIALLED
    caller_id_form: CallerIdForm = CallerIdForm.FROM
    next_trunk: str = ""
    time_condition: str = ""
