"""The configuration as the call path sees it: an immutable snapshot, replaced whole on every save."""

from __future__ import annotations

import dataclasses
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.options import Options
from app.services.conference_room import ConferenceRoom
from app.services.extension_rules import NO_MAILBOX, NOT_FORWARDED, Forwards, Mailbox
from app.services.menu import Menu
from app.services.outside import Line, Trunk
from app.services.recording_policy import NO_WISH, RecordingWish
from app.services.ring_group import RingGroup
from app.services.routing_tables import RoutingTables
from app.services.screening import IpRules, ScreeningTable, screening_table
from app.services.time_conditions import TimeCondition

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


EMERGENCY_NUMBERS = frozenset({"110", "119", "120", "122", "112", "911", "999"})


class LocalMedia(StrEnum):
    """How the sound of calls between extensions travels (setting `local_media`)."""

    AUTO = "auto"  # direct; through the relay when a phone is behind a NAT or a feature needs the sound
    DIRECT = "direct"
    RELAY = "relay"


@dataclass(frozen=True, slots=True)
class Ha1:
    """H(username:realm:password) in lower-case hex, one a digest algorithm (RFC 7616 3.4.2, RFC 8760).

    Empty where the extension has no password: then no credentials are right.
    """

    md5: str = ""
    sha256: str = ""
    sha512_256: str = ""

    def of(self, algorithm: str) -> str:
        """Return the hash for an algorithm as a challenge names it: MD5, SHA-256, SHA-512-256."""
        name = algorithm.upper().removesuffix("-SESS")
        return {"MD5": self.md5, "SHA-256": self.sha256, "SHA-512-256": self.sha512_256}.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One extension as saved."""

    number: str
    description: str = ""
    ha1: Ha1 = Ha1()
    multi_device: bool = False  # the one-number right
    max_devices: int = 1  # devices that may be registered at once; 1 without multi_device
    allowed_addresses: tuple[
        Network, ...
    ] = ()  # peers that are this extension without registering or a password
    call_levels: frozenset[int] = frozenset({1})
    max_calls: int | None = None  # simultaneous outgoing calls; None: unlimited
    own_line: str = ""
    own_number: str = ""  # shown outside, and where calls to it from outside ring
    time_condition: str = ""  # when it may call out
    enabled: bool = True
    language: str = ""  # of prompts; empty: the system's
    forwards: Forwards = NOT_FORWARDED
    mailbox: Mailbox = NO_MAILBOX
    recording: RecordingWish = NO_WISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The system settings, named as in the kind `setting`, the run's Options already applied."""

    realm: str = "openmss"
    bind_address: tuple[str, ...] = ()  # empty = every address of the machine, IPv4 and IPv6
    sip_port: int = 5060
    tls_port: int = 5061
    rtp_low: int = 10000
    rtp_high: int = 19999
    public_address: str = ""
    local_media: LocalMedia = LocalMedia.AUTO
    register_min_expires: int = 60
    register_default_expires: int = 3600
    register_max_expires: int = 7200
    no_answer_s: int = 60
    session_expires_s: int = 1800
    ban_failures: int = 10
    ban_minutes: int = 180  # 0 = nobody is banned
    language: str = "auto"
    user_agent: str = "OpenMSS"
    tls_certificate: str = ""
    tls_key: str = ""
    tls_ca: str = ""  # PEM: authorities beside those of the operating system
    trace_megabytes: int = 64
    log_level: str = "info"
    update_source: str = ""  # asked by the window alone; the PBX asks nobody
    out_group_prefix: str = "9"
    emergency_numbers: frozenset[str] = EMERGENCY_NUMBERS
    default_country_code: str = ""
    default_route: str = ""  # KIND:TARGET for numbers nothing else fits; empty: they are not found
    time_zone: str = ""  # IANA name; empty: the machine's
    mail_host: str = ""  # empty: no mail is sent
    mail_security: str = "starttls"
    mail_port: int = 0  # 0 = the usual one
    mail_user: str = ""
    mail_from: str = ""
    admin_email: str = ""
    prompt_language: str = "en"
    tone_country: str = ""  # of TONE_PLANS; empty: by the country code
    music_on_hold: bool = True
    early_announcements: bool = False
    codecs: tuple[str, ...] = ("opus", "g722", "pcma", "pcmu")  # that we speak ourselves, the best first
    recording_format: str = "wav"  # wav | flac | opus
    recording_channels: str = "mono"  # mono | stereo
    recording_days: int = 90  # 0 = kept whatever their age
    recording_gigabytes: int = 10  # 0 = no limit
    recording_free_megabytes: int = 1024
    recording_folder: str = ""  # empty: in the data folder

    def overruled_by(self, options: Options) -> Settings:
        """Return these settings with what the run's options say in their place."""
        changes: dict[str, object] = {
            "bind_address": options.bind,
            "sip_port": options.sip_port,
            "tls_port": options.tls_port,
            "log_level": options.log_level,
        }
        if options.rtp_ports is not None:
            changes["rtp_low"], changes["rtp_high"] = options.rtp_ports
        given = {name: value for name, value in changes.items() if value is not None}
        return dataclasses.replace(self, **given)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """All that is configured, at one moment. Lookups are by dictionary; nothing here waits."""

    extensions: Mapping[str, Extension] = field(default_factory=lambda: MappingProxyType({}))
    settings: Settings = Settings()
    lines: Mapping[str, Line] = field(default_factory=lambda: MappingProxyType({}))
    trunks: Mapping[str, Trunk] = field(default_factory=lambda: MappingProxyType({}))
    time_conditions: Mapping[str, TimeCondition] = field(default_factory=lambda: MappingProxyType({}))
    menus: Mapping[str, Menu] = field(default_factory=lambda: MappingProxyType({}))
    menu_numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # -> name
    ring_groups: Mapping[str, RingGroup] = field(default_factory=lambda: MappingProxyType({}))
    routing: RoutingTables = field(default_factory=RoutingTables)
    screening: ScreeningTable = field(default_factory=screening_table)
    ip_rules: IpRules = field(default_factory=IpRules)
    conferences: Mapping[str, ConferenceRoom] = field(default_factory=lambda: MappingProxyType({}))
    own_numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # -> extension

    def extension(self, number: str) -> Extension | None:
        """Find an extension, enabled or not."""
        return self.extensions.get(number)

    def with_extensions(
        self, saved: Mapping[str, Extension], gone: tuple[str, ...] | frozenset[str] = ()
    ) -> Directory:
        """Return a snapshot where `saved` stand new or changed, and `gone` no more."""
        extensions = {number: known for number, known in self.extensions.items() if number not in gone}
        extensions.update(saved)
        return self.of_extensions(extensions)

    def of_extensions(self, extensions: Mapping[str, Extension]) -> Directory:
        """Return a snapshot with these extensions and no others."""
        own = {each.own_number: number for number, each in extensions.items() if each.own_number}
        return dataclasses.replace(
            self, extensions=MappingProxyType({**extensions}), own_numbers=MappingProxyType(own)
        )

    def of_menus(self, menus: Mapping[str, Menu]) -> Directory:
        """Return a snapshot with these menus and no others."""
        numbers = {each.number: name for name, each in menus.items() if each.number}
        return dataclasses.replace(
            self, menus=MappingProxyType({**menus}), menu_numbers=MappingProxyType(numbers)
        )

    def replaced(self, **sections: object) -> Directory:
        """Return a snapshot with some sections exchanged: `directory.replaced(lines=…)`."""
        return dataclasses.replace(self, **sections)  # type: ignore[arg-type]

    def with_settings(self, settings: Settings) -> Directory:
        """Return a snapshot with other settings."""
        return dataclasses.replace(self, settings=settings)


class DirectoryHolder:
    """Holds the snapshot in force. Ask for `current` each time; keep a snapshot for one decision."""

    __slots__ = ("current",)

    def __init__(self, current: Directory | None = None) -> None:
        self.current = current or Directory()
