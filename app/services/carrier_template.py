"""What a carrier template can say: the schema of `resources/carriers/*.toml` as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum


class Grade(StrEnum):
    """Where a fact comes from, the surest first."""

    CARRIER = "O"  # the carrier's own page
    CATALOGUE = "V"  # a catalogue or an equipment maker that cites the carrier
    CONFIGURATION = "C"  # working configurations and notes that others have published
    KNOWLEDGE = "K"  # generally known, checked nowhere


class Status(StrEnum):
    """How far a template may be trusted."""

    CHECKED = "checked"
    COMMUNITY = "community"
    UNVERIFIED = "unverified"


STATUS_OF = {
    Grade.CARRIER: Status.CHECKED,
    Grade.CATALOGUE: Status.COMMUNITY,
    Grade.CONFIGURATION: Status.COMMUNITY,
    Grade.KNOWLEDGE: Status.UNVERIFIED,
}


class Way(StrEnum):
    """How the carrier knows who calls. A carrier that offers several has the usual one first."""

    REGISTRATION = "registration"  # REGISTER with account and password: an external line
    CALL = "call"  # account and password on each call, no REGISTER: an external line that does not register
    IP = "ip"  # our address: a SIP trunk


class Transport(StrEnum):
    """How messages travel."""

    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"
    WSS = "wss"


class NumberOut(StrEnum):
    """The form of called numbers."""

    AS_DIALLED = ""
    PLUS_E164 = "+E164"
    E164 = "E164"
    DOUBLE_ZERO = "00"
    NATIONAL = "national"
    PREFIX = "prefix*"  # a number that names the customer, a star, the number as E164


class NumberIn(StrEnum):
    """Where an incoming call says which number was dialled."""

    REQUEST_URI = "R-URI"
    TO = "To"
    P_CALLED_PARTY_ID = "P-Called-Party-ID"
    PPI = "PPI"
    DIVERSION = "Diversion"


class CallerId(StrEnum):
    """Where the caller's number goes."""

    UNSAID = ""
    FROM = "From"
    PAI = "PAI"
    PPI = "PPI"
    RPID = "RPID"
    NONE = "none"  # the carrier shows the account's own number, whatever is sent


class Need(StrEnum):
    """Whether something is done."""

    UNSAID = ""
    OFF = "off"
    SUPPORTED = "supported"
    REQUIRED = "required"


class Dtmf(StrEnum):
    """How digits travel during a call."""

    UNSAID = ""
    RTP = "rfc4733"
    INFO = "info"
    INBAND = "inband"


class CallIdPolicy(StrEnum):
    """The Call-ID of registrations."""

    UNSAID = ""
    KEEP = "keep"
    NEW_EACH = "new_each"
    NEW_ON_START = "new_on_start"


class Shape(StrEnum):
    """What an answer must look like."""

    TEXT = "text"
    SECRET = "secret"
    NUMBER = "number"
    EMAIL = "email"
    HOST = "host"
    SERVER = "server"  # a host, perhaps with a port
    ADDRESS = "address"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The text for `en`, `zh_CN` and the like."""
        return self.zh if language.lower().startswith("zh") else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts were read, and when. Without `facts` it stands for all that no other source names.

    A fact is named as in Facts; `transports.tls` and `auth.ip` are one of several.
    """

    grade: Grade
    what: str
    read_on: str  # YEAR-MONTH
    url: str = ""
    facts: tuple[str, ...] = ()

    def age_months(self, today: date) -> int:
        """Full months since it was read."""
        year, month = self.read_on.split("-")
        return (today.year - int(year)) * 12 + today.month - int(month)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundProxy:
    """The server that packets really go to."""

    host: str
    port: int | None = None
    lr: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestUri:
    """What is special about the Request-URI of calls."""

    user_phone: bool | None = None
    port: bool = False
    params: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNetwork:
    """A carrier that is not reached over the internet."""

    private: bool = False
    own_dns: bool = False
    own_card: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about connecting. Texts in braces stand for answers: see carrier_forms."""

    domain: str = ""
    domain_resolves: bool = True  # off: DNS does not know the domain, so that a proxy must be set
    server: str = ""
    outbound_proxy: OutboundProxy | None = None
    transports: tuple[Transport, ...] = ()  # the usual one first
    port: int | None = None
    srv: bool = False  # the server is found by SRV records: no port is set
    realm: str = ""
    expires: int | None = None
    keepalive_s: int | None = None
    single_registration: bool = False
    user_form: str = ""
    auth_user_form: str = ""  # empty: as user_form
    from_user_form: str = ""  # empty: as user_form
    contact_user: str = ""
    request_uri: RequestUri | None = None
    number_out: NumberOut = NumberOut.AS_DIALLED
    number_in_source: tuple[NumberIn, ...] = ()
    caller_id: CallerId = CallerId.UNSAID
    privacy: str = ""
    codecs: tuple[str, ...] = ()
    dtmf: Dtmf = Dtmf.UNSAID
    rel100: Need = Need.UNSAID
    session_timer: bool | None = None
    srtp: Need = Need.UNSAID
    t38: bool | None = None
    video: bool = False
    call_id_policy: CallIdPolicy = CallIdPolicy.UNSAID
    use_service_route: bool | None = None
    network: PrivateNetwork | None = None
    match_addresses: tuple[str, ...] = ()

    def given(self) -> tuple[str, ...]:
        """The names of the facts that say something."""
        blank = Facts()
        return tuple(
            each.name for each in fields(self) if getattr(self, each.name) != getattr(blank, each.name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChoice:
    """One of the answers to a CHOICE question."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that only the customer's papers know, in the carrier's words."""

    key: str
    label: Words
    help: Words | None = None
    shape: Shape = Shape.TEXT
    example: str = ""
    default: str = ""
    required: bool = True
    pattern: str = ""  # must match the whole answer
    choices: tuple[AnswerChoice, ...] = ()
    ways: tuple[Way, ...] = ()  # empty: asked for every way


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """A setting that must not be made: field, pattern of its values (empty: leaving it empty), and why."""

    field: str
    pattern: str
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TestNumber:
    """A number of the carrier to try the line with."""

    __test__ = False  # pytest would take the name for a test

    number: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierTemplate:
    """One carrier's product. `facts` are those of each way that `auth` lists."""

    id: str
    label: Words
    country: str  # ISO 3166 code; empty: sold in many
    calling_code: str = ""
    auth: tuple[Way, ...]
    sources: tuple[Source, ...]
    facts: Mapping[Way, Facts] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    portal_steps: tuple[Words, ...] = ()
    remarks: tuple[Words, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    test_numbers: tuple[TestNumber, ...] = ()

    @property
    def status(self) -> Status:
        """How far the template as a whole may be trusted: by the source of most of its facts."""
        return STATUS_OF[self.main_source.grade]

    @property
    def main_source(self) -> Source:
        """The source that stands for whatever no other source names."""
        return next(source for source in self.sources if not source.facts)

    def source_of(self, fact: str) -> Source:
        """Where a fact was read."""
        named = (source for source in self.sources if fact in source.facts)
        return next(named, self.main_source)
