"""The switches of the simulated carrier: what real registrars and soft switches do that the RFCs do not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DidPlace(StrEnum):
    """Where an incoming call names the number that was dialled; the Request-URI is our Contact."""

    REQUEST_URI = "request_uri"  # trunks, and registrars that keep the user of the Request-URI
    TO = "to"  # most hosted registrars
    CALLED_PARTY_ID = "p_called_party_id"  # IMS cores (RFC 7315 4.2)
    PREFERRED_IDENTITY = "ppi"  # some soft switches of resellers
    DIVERSION = "diversion"  # numbers that reach the account by a forwarding (RFC 5806)


class UserPhone(StrEnum):
    """What the carrier thinks of `;user=phone` in a Request-URI."""

    ANY = "any"
    REFUSED = "refused"  # strict URI parsers: 400 Bad Request or 416 Unsupported URI Scheme
    DEMANDED = "demanded"  # China Mobile's IMS: else 403 or 484


class Prack(StrEnum):
    """How the carrier treats reliable provisional responses (RFC 3262)."""

    NONE = "none"
    REQUIRED = "required"  # IMS cores: 421 without 100rel, and Require: 100rel in their own 18x and INVITE
    ANSWERED_405 = "405"  # soft switches that ask for PRACK and do not know it when it comes


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierQuirks:
    """What this carrier does. Without arguments: a plain registrar that challenges with MD5 and is friendly.

    Whose behaviour each switch is stands beside it; statuses of 0 mean that the switch is off.
    """

    # Who we are to it
    challenges: bool = True  # False: a trunk that knows its peers by their addresses
    realm: str = ""  # empty = the account's domain; FRITZ!Box says `fritz.box`, however it was reached
    algorithms: tuple[str, ...] = ("MD5",)  # SHA-256 alone: hardened registrars; AKAv1-MD5: SIM cards (IMS)
    qop: str = "auth"  # "" = RFC 2069 without qop (old Cisco); "auth-int,auth": some hardened proxies
    digest_user_with_domain: bool = False  # China Telecom's ZTE core: `user@domain` as digest user, else 403
    wrong_password: int = 401  # 401: challenged again (Kamailio, Asterisk); 403: IMS cores, after the first
    repeats_nonce: bool = False  # the new challenge has the old nonce: nothing but a refusal (sipgate, Cisco)
    nonce_uses: int = 0  # a nonce serves this often, then a new one is demanded; 0 = for ever
    says_stale: bool = True  # False: the new challenge lacks `stale=true` (older Huawei and ZTE cores)
    refuses_first: int = 0  # this status to a REGISTER without credentials: barred addresses, unknown From

    # Registering
    refuses_same_call_id: bool = False  # 400 to a REGISTER that answers a 401 on the same Call-ID (note S8)
    refuses_register: int = 0  # 405, 501: an IP trunk; 404: unknown number; 500: out of order
    refuses_extension: str = ""  # 420 with this as Unsupported, where it stands in Supported or Require
    min_expires: int = 0  # 423 with Min-Expires below this
    min_expires_grows: bool = False  # asks for more each time: broken registrars that never are content
    grants: int = 0  # seconds granted, whatever was asked; 0 = as asked
    unavailable: int = 0  # the first so many requests get 503: overloaded edge proxies
    retry_after: int = 0  # seconds in the Retry-After of that 503
    omits_contact: bool = False  # the 200 lists no Contact of ours: registrars behind a rewriting router
    contact_rewritten: str = ""  # host:port that the 200 shows in place of ours: a router's SIP ALG
    other_contacts: tuple[str, ...] = ()  # URIs of other devices on the same account in the 200
    service_route: tuple[str, ...] = ()  # Service-Route of the 200 (RFC 3608): IMS cores
    demands_service_route: bool = False  # 403 to an INVITE that does not carry it as Route
    associated_uris: tuple[str, ...] = ()  # P-Associated-URI of the 200 (RFC 7315 4.1): IMS cores

    # Reaching it
    is_silent: bool = False  # a server that was retired, or the wrong network card
    silent_to: frozenset[str] = frozenset()  # methods that it never answers: OPTIONS at many carriers
    tcp_only: bool = False  # Deutsche Telekom's SIP trunk: nothing is heard on UDP

    compact_headers: bool = False  # v:, f:, t: … as some gateways write (RFC 3261 7.3.3)
    record_route: bool = False  # its proxy stays in the dialog (Kamailio, every IMS core)
    contact_host: str = ""  # host of the Contact in calls: behind the proxy, out of our reach

    # Calls that we make
    challenges_invites: bool = True  # an INVITE without credentials is challenged
    invites_challenged_with: int = (
        407  # 407: proxies; 401: registrars that are back-to-back agents (Asterisk)
    )
    refuses_credentials_of_invites: bool = False  # 407 again and again: the INVITE wants another account
    user_phone: UserPhone = UserPhone.ANY
    user_phone_status: int = 0  # 400 or 416 where refused, 403 or 484 where demanded; 0 = 416, 403
    caller_ids: frozenset[str] = frozenset()  # the numbers that may be shown, else 403
    caller_id_in: str = "from"  # where it looks: from, pai (RFC 3325), ppi, rpid (sipgate, resellers)
    number_pattern: str = ""  # what the called number must look like (regular expression), else:
    number_status: int = 404  # 404, 484 or 604 to a number of another form
    refuses_video: int = 0  # 484 or 488 to an INVITE with an m=video line (China Mobile)
    codecs: tuple[int, ...] = (0, 8)  # static payload types it takes; none in common: 488
    demands_srtp: bool = False  # 488 to RTP/AVP: TLS trunks of Telekom, Swisscom, Teams
    prack: Prack = Prack.NONE
    channels: int = -1  # calls at once, both directions; -1 = any number
    channels_status: int = 486  # 486 or 503 to the call above it
    session_expires: int = 0  # a session timer is demanded: 421 without it, BYE where no refresh comes
    min_se: int = 90  # 422 below
    early_media: bool = False  # a ringing tone or an announcement in a 183 with SDP before the answer

    # What goes wrong in calls
    loses_acks: bool = False  # our ACK never reaches it: 200 repeated for 32 s, then BYE (a router's ALG)
    sends_no_acks: bool = False  # its ACK never reaches us: our 200 goes unacknowledged
    ends_on_prack_failure: bool = True  # an INVITE that requires 100rel is given up when a 180 comes plain

    # Calls to us
    did_in: DidPlace = DidPlace.TO
    calls_from_elsewhere: bool = False  # INVITEs leave from another address than the registrar's
    invites_with_tel: bool = False  # tel: in From and To (IMS cores)
    anonymous: str = ""  # the From of a caller who withholds his number, if not the RFC 3323 form
    media_host: str = ""  # the address in its SDP, where the sound comes from another one (NAT on their side)
