"""Puts together the case of a line or trunk for the doctor: its settings, messages, DNS and socket errors."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from app.diagnosis.case import BLANK, Case, CaseMessage, SocketError
from app.errors import UserError
from app.events import LineView
from app.net.sip_endpoint import FlowFailure
from app.services.directory import Directory, Settings
from app.services.line_account import hop_of
from app.services.outside import Line, Trunk
from app.services.peer_addresses import plain_host
from app.sip.errors import MessageError
from app.sip.flow import Direction, Flow
from app.trace.capture import Capture, Captured, TraceFilter
from app.trace.masking import mask
from app.trace.summary import Summary, summarize

if TYPE_CHECKING:
    from app.services.gateway import Gateway

Record = Line | Trunk

_NEWEST = 4_000  # messages that are looked through
_REGISTERS = 80  # of the line, however long ago
_MOST = 600  # messages of one case
_SETTINGS = (
    "public_address",
    "rtp_low",
    "rtp_high",
    "sip_port",
    "tls_port",
    "session_expires_s",
    "user_agent",
)


def record_of(directory: Directory, name: str) -> Record:
    """The line of this name, else the trunk; UserError."""
    record = directory.lines.get(name) or directory.trunks.get(name)
    if record is None:
        raise UserError("diagnose.unknown", f"There is no line or trunk {name}.", name=name)
    return record


async def case_of(
    name: str,
    directory: Directory,
    capture: Capture | None,
    *,
    gateway: Gateway | None = None,
    failures: Sequence[FlowFailure] = (),
    call_ids: Collection[str] = (),
) -> Case:
    """The case of a line or trunk; only of some calls where `call_ids` are given.

    Without a gateway (no server runs) there is neither DNS nor state. Never holds a password. Raises
    UserError `diagnose.unknown`.
    """
    record = record_of(directory, name)
    hosts, ends, dns, view = await _reach(record, gateway)
    messages = []
    if capture is not None:
        messages = await asyncio.to_thread(_messages_of, capture, record, directory, hosts, ends, call_ids)
    ends |= {_end_of(each.flow) for each in messages}
    hosts |= {host for host, _ in ends}
    start = messages[0].time if messages else min((each.time for each in failures), default=0.0)
    return Case(
        config=settings_of(record, directory.settings, view),
        dns=dns,
        messages=tuple(_case_message(each, start) for each in messages),
        socket_errors=tuple(
            SocketError(error=each.reason, peer=_peer(each.flow), time=round(each.time - start, 3))
            for each in failures
            if _leads_there(each.flow, hosts, ends)
        ),
    )


_End = tuple[str, int]  # numeric host, port


def _end_of(flow: Flow) -> _End:
    return plain_host(flow.remote.host), flow.remote.port


def _leads_there(flow: Flow, hosts: Collection[str], ends: Collection[_End]) -> bool:
    """Whether a flow is the record's: by host and port where its port there is known."""
    host, port = _end_of(flow)
    ports = {number for name, number in ends if name == host}
    return port in ports if ports else host in hosts


async def _reach(
    record: Record, gateway: Gateway | None
) -> tuple[set[str], set[_End], dict[str, object], LineView | None]:
    """The carrier's addresses, those with ports, what DNS says of its name now, and the line's state."""
    hosts, ends = set(_numeric(record)), set[_End]()
    if gateway is None:
        return hosts, ends, {}, None
    if isinstance(record, Trunk):
        peer = gateway.trunks.get(record.name)
        found = set(peer.addresses.hosts) if peer is not None else set()
        return found | hosts, ends, {record.address.lower(): _answer(found)}, None
    line = gateway.lines.get(record.name)
    if line is None:
        return hosts, ends, {}, None
    try:
        hop = hop_of(record)  # the proxy where there is one: then nobody may ask for the domain
    except MessageError:
        return hosts, ends, {}, gateway.lines.view(line)
    for each in await gateway.network.find(hop, line.outlet):
        ends.add((plain_host(each.address.host), each.address.port))
    found = {host for host, _ in ends}
    if line.flow is not None:
        ends.add(_end_of(line.flow))
    hosts |= set(line.addresses.hosts) | {host for host, _ in ends}
    return hosts, ends, {hop.host.lower(): _answer(found)}, gateway.lines.view(line)


def _answer(found: Collection[str]) -> object:
    return tuple(sorted(found)) if found else "nxdomain"


def _numeric(record: Record) -> Iterable[str]:
    """Addresses that stand in the record itself."""
    if isinstance(record, Trunk):
        yield record.address.strip("[]").lower()
        yield from (each.lower() for each in record.trusted_addresses)
        return
    yield from (str(each.network_address) for each in record.match_addresses if each.num_addresses == 1)
    yield re.sub(r":\d+$", "", record.proxy).strip("[]").lower()


def settings_of(record: Record, settings: Settings, view: LineView | None = None) -> dict[str, object]:
    """The record's fields and the settings that matter as plain values; a password only as set or not."""
    values = {
        field.name: _plain(getattr(record, field.name))
        for field in dataclasses.fields(record)
        if field.name != "recording"  # says nothing of a line's troubles
    }
    for name in _SETTINGS:
        values.setdefault(name, _plain(getattr(settings, name)))
    if "password" in values:
        values["password"] = BLANK if values["password"] else ""
    if view is not None:
        values.update(state=view.state.value, code=view.code)
    return values


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | frozenset | list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else value


def _messages_of(
    capture: Capture,
    record: Record,
    directory: Directory,
    hosts: set[str],
    ends: set[_End],
    call_ids: Collection[str],
) -> list[Captured]:
    """The record's messages, oldest first. Reads files: not for the engine's loop."""
    if call_ids:
        return capture.messages(TraceFilter(), call_ids=call_ids, limit=_MOST)
    seen = capture.messages(TraceFilter(), limit=_NEWEST)
    if isinstance(record, Line) and record.user:
        wanted = TraceFilter(method="REGISTER", extension=record.user)
        known = {each.id for each in seen}
        seen += [each for each in capture.messages(wanted, limit=_REGISTERS) if each.id not in known]
        seen.sort(key=lambda each: each.id)
    summaries = [(each, summarize(each.data)) for each in seen]
    theirs = _other_users(record, directory)
    mine = {
        summary.call_id
        for each, summary in summaries
        if summary.call_id and _is_of(record, each, summary, hosts, ends, theirs)
    }
    phones = {
        summary.call_id
        for each, summary in summaries
        if each.direction is Direction.IN and summary.title == "REGISTER"
    }
    asked = {
        each.flow.remote
        for each, summary in summaries
        if each.direction is Direction.OUT and summary.call_id in mine - phones
    }
    chosen = [
        each
        for each, summary in summaries
        if summary.call_id in mine - phones or (not summary.title and each.flow.remote in asked)
    ]
    return chosen[-_MOST:]


def _other_users(record: Record, directory: Directory) -> frozenset[str]:
    """Accounts of the other lines at the same carrier."""
    if isinstance(record, Trunk):
        return frozenset()
    others = {each.user for each in directory.lines.values() if each.name != record.name}
    return frozenset(others - {record.user, ""})


def _is_of(
    record: Record,
    message: Captured,
    summary: Summary,
    hosts: set[str],
    ends: set[_End],
    others: frozenset[str],
) -> bool:
    is_theirs = plain_host(message.flow.remote.host) in hosts
    if isinstance(record, Trunk):
        return is_theirs
    if summary.method == "REGISTER" and is_theirs and not _leads_there(message.flow, hosts, ends):
        return False  # of another line, or of this one before its port was changed
    users = {summary.from_user, summary.to_user, summary.request_user, summary.contact_user}
    if record.user in users or (record.from_user and record.from_user in users):
        # A call for us from an address that is not the carrier's is what the doctor may have to explain.
        is_register = summary.method == "REGISTER" and record.domain.encode() in message.data
        return is_theirs or is_register or _is_call_for(record, message, summary)
    return is_theirs and not users & others and record.domain.encode() in message.data


def _is_call_for(record: Line, message: Captured, summary: Summary) -> bool:
    is_call = message.direction is Direction.IN and summary.title == "INVITE"
    return is_call and record.user in (summary.request_user, summary.to_user)


def _case_message(message: Captured, start: float) -> CaseMessage:
    return CaseMessage(
        text=message.data.decode("utf-8", "replace"),
        is_out=message.direction is Direction.OUT,
        peer=_peer(message.flow),
        time=round(message.time - start, 3),
        id=message.id,
    )


def _peer(flow: Flow) -> str:
    return f"{flow.remote}/{flow.transport.value.lower()}"


_DIGITS = re.compile(r"\d(?=[\d().-]*\d\d)")
_ADDRESS = re.compile(r"\d+(?:\.\d+){3}")


def masked(case: Case, *, numbers: bool = False) -> Case:
    """A copy to be shown to others: without secrets, with `numbers` also without telephone numbers."""

    def mask_text(text: str) -> str:
        return mask(text.encode("utf-8", "surrogateescape"), numbers=numbers).decode(
            "utf-8", "surrogateescape"
        )

    def mask_number(text: str) -> str:
        return text if _ADDRESS.search(text) or "/" in text else _DIGITS.sub("x", text)

    return case.masked(mask_text, mask_number if numbers else None)
