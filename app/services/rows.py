"""Turns rows of the database into the frozen records of the directory, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.db.field_checks import listed, read_levels
from app.db.tables.menu import KEYS
from app.db.tables.time_condition import read_holidays, read_time, read_weekdays
from app.db.values import Values, addresses, keys
from app.errors import EnvironmentFault
from app.services.conference_room import Announce, ConferenceRoom
from app.services.directory import Extension, Ha1, LocalMedia, Settings
from app.services.extension_rules import NO_MAILBOX, NOT_FORWARDED, Forwards, Mailbox
from app.services.menu import Menu, OnFailure
from app.services.outside import (
    CallerIdForm,
    DidSource,
    Line,
    NumberForm,
    OutsideTransport,
    RegisterCallId,
    Rel100,
    Trunk,
)
from app.services.recording_policy import RecordingMode, RecordingNotice, RecordingWish
from app.services.ring_group import RingGroup, Strategy
from app.services.routing_tables import (
    CalledRule,
    CallerRule,
    DidRoute,
    DisplayMode,
    DisplayNumber,
    Operation,
    RefineRule,
    RouteKind,
    Transition,
)
from app.services.screening import IpRule, IpVerdict, ScreeningRule
from app.services.time_conditions import Holiday, OnHolidays, TimeCondition

Row = Mapping[str, Any]
Decrypt = Callable[[str], str]


def extension(row: Row, _: Decrypt) -> Extension:
    """Make an extension."""
    return Extension(
        number=row["number"],
        description=row["description"],
        ha1=Ha1(row["ha1_md5"], row["ha1_sha256"], row["ha1_sha512_256"]),
        multi_device=row["multi_device"],
        max_devices=row["max_devices"] if row["multi_device"] else 1,
        allowed_addresses=addresses(row["allowed_address"]),
        call_levels=read_levels(row["call_levels"]),
        max_calls=row["max_calls"],
        own_line=row["own_line"],
        own_number=row["own_number"],
        time_condition=row["time_condition"],
        enabled=row["enabled"],
        language=row["language"],
        forwards=_forwards(row),
        mailbox=_mailbox(row),
        recording=_recording(row),
    )


def _recording(row: Row) -> RecordingWish:
    mode, notice = RecordingMode(row["recording"]), RecordingNotice(row["recording_notice"])
    return RecordingWish(mode, notice)


def _forwards(row: Row) -> Forwards:
    found = Forwards(
        always=row["forward_always"],
        busy=row["forward_busy"],
        no_answer=row["forward_no_answer"],
        offline=row["forward_offline"],
        no_answer_s=row["no_answer_s"],
        by_phone=row["forward_by_phone"],
    )
    return NOT_FORWARDED if found == NOT_FORWARDED else found  # thousands of extensions share one


def _mailbox(row: Row) -> Mailbox:
    found = Mailbox(
        is_on=row["voicemail"],
        pin=row["voicemail_pin"],
        asks_pin=row["voicemail_ask_pin"],
        most_messages=row["voicemail_messages"],
        longest_s=row["voicemail_max_s"],
        shortest_s=row["voicemail_min_s"],
        operator=row["voicemail_operator"],
        email=row["voicemail_email"],
        attach=row["voicemail_attach"],
        delete_when_mailed=row["voicemail_delete"],
    )
    return NO_MAILBOX if found == NO_MAILBOX else found


def line(row: Row, decrypt: Decrypt) -> Line:
    """Make a line; a password that cannot be read is told with the line, and stops nothing else."""
    values = dict(row)
    values["recording"] = _recording(row)
    del values["recording_notice"]
    try:
        values["password"] = decrypt(row["password"]) if row["password"] else ""
    except EnvironmentFault as fault:
        values |= {"password": "", "password_problem": fault.text}
    return Line(
        **values
        | {
            "did_source": DidSource(row["did_source"]),
            "caller_id_form": CallerIdForm(row["caller_id_form"]),
            "number_form": NumberForm(row["number_form"]),
            "transport": OutsideTransport(row["transport"]),
            "register_call_id": RegisterCallId(row["register_call_id"]),
            "match_addresses": addresses(row["match_addresses"]),
            "codecs": listed(row["codecs"]),
            "rel100": Rel100(row["rel100"]),
        }
    )


def trunk(row: Row, _: Decrypt) -> Trunk:
    """Make a trunk."""
    return Trunk(
        **dict(row)
        | {
            "transport": OutsideTransport(row["transport"]),
            "trusted_addresses": listed(row["trusted_addresses"]),
            "caller_id_form": CallerIdForm(row["caller_id_form"]),
            "number_form": NumberForm(row["number_form"]),
        }
    )


def time_condition(row: Row, _: Decrypt) -> TimeCondition:
    """Make a time condition."""
    return TimeCondition(
        **dict(row)
        | {
            "weekdays": read_weekdays(row["weekdays"]),
            "from_time": read_time(row["from_time"]),
            "to_time": read_time(row["to_time"]),
            "holidays": tuple(Holiday(*days) for days in read_holidays(row["holidays"])),
            "on_holidays": OnHolidays(row["on_holidays"]),
        }
    )


def menu(row: Row, _: Decrypt) -> Menu:
    """Make a menu; keys that do nothing are left out."""
    columns = frozenset(KEYS.values())
    plain = {name: value for name, value in row.items() if name not in columns}
    keys = {key: row[column] for key, column in KEYS.items() if row[column]}
    return Menu(**plain | {"keys": MappingProxyType(keys), "on_failure": OnFailure(row["on_failure"])})


def ring_group(row: Row, _: Decrypt) -> RingGroup:
    """Make a ring group."""
    members = keys(row["members"])
    return RingGroup(**dict(row) | {"members": members, "strategy": Strategy(row["strategy"])})


def conference(row: Row, decrypt: Decrypt) -> ConferenceRoom:
    """Make a conference room; with a password that cannot be read nobody enters."""
    values = dict(row) | {"announce": Announce(row["announce"])}
    for name in ("password", "moderator_password"):
        try:
            values[name] = decrypt(row[name]) if row[name] else ""
        except EnvironmentFault as fault:
            values |= {name: "", "password_problem": fault.text}
    return ConferenceRoom(**values)


def called_rule(row: Row, _: Decrypt) -> CalledRule:
    """Make a rule for called numbers."""
    return CalledRule(**{**row, "route_kind": RouteKind(row["route_kind"])})


def transition(row: Row, _: Decrypt) -> Transition:
    """Make a transition."""
    return Transition(**{**row, "operation": Operation(row["operation"])})


def refine_rule(row: Row, _: Decrypt) -> RefineRule:
    """Make a refine rule."""
    return RefineRule(**row)


def caller_rule(row: Row, _: Decrypt) -> CallerRule:
    """Make a rule for callers."""
    levels = read_levels(row["call_levels"]) if row["call_levels"] else None
    return CallerRule(**{**row, "call_levels": levels})


def display_number(row: Row, _: Decrypt) -> DisplayNumber:
    """Make a display number."""
    return DisplayNumber(**{**row, "mode": DisplayMode(row["mode"])})


def did_route(row: Row, _: Decrypt) -> DidRoute:
    """Make a DID route."""
    return DidRoute(**row)


def screening(row: Row, _: Decrypt) -> ScreeningRule:
    """Make an entry of the number list."""
    return ScreeningRule(**row)


def ip_rule(row: Row, _: Decrypt) -> IpRule:
    """Make an entry of the IP list."""
    (address,) = addresses(row["address"])
    return IpRule(**{**row, "address": address, "verdict": IpVerdict(row["verdict"])})


def settings(stored: Values) -> Settings:
    """Make the settings of the stored ones, which are complete."""
    values: dict[str, Any] = {name: value for name, value in stored.items() if value is not None}
    del values["mail_password"]  # asked for when a letter is sent
    values["bind_address"] = listed(values["bind_address"])
    values["local_media"] = LocalMedia(values["local_media"])
    values["codecs"] = tuple(name.lower() for name in listed(values["codecs"]))
    values["emergency_numbers"] = frozenset(listed(values["emergency_numbers"]))
    return Settings(**values)
