"""What the line doctor finds on a line, trunk or call, each finding with the messages that show it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.api import diagnosis
from app.diagnosis import Case, Finding
from app.diagnosis.doctor import diagnose
from app.diagnosis.forms import AuthForm, candidates, names_tried
from app.diagnosis.texts import TEXTS
from app.services.outside import Line
from app.trace.capture import Captured, TraceFilter

if TYPE_CHECKING:
    from app.pbx import Pbx
    from app.services.gateway import Gateway
    from app.services.line_registration import LineRegistration
    from app.services.trunks import TrunkPeer

__all__ = ["TEXTS", "AuthForm", "Evidence", "Examination", "Finding", "auth_forms", "examine", "examine_call"]

_MOST = 400  # messages of a call


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One message that was looked at. `id` is the trace's."""

    id: int
    title: str  # "REGISTER", "403 Forbidden"
    is_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found, most likely first. A finding's `evidence` are places in `messages`."""

    kind: str  # line | trunk
    name: str
    findings: tuple[Finding, ...]
    messages: tuple[Evidence, ...]


async def examine(pbx: Pbx, name: str, call_ids: Collection[str] = ()) -> Examination:
    """Examine a line or trunk, or only some of its calls. UserError `diagnose.unknown`."""
    case = await diagnosis.case(pbx, name, call_ids)
    kind = "line" if name in pbx.configuration.directory.lines else "trunk"
    return Examination(
        kind=kind, name=name, findings=await asyncio.to_thread(diagnose, case), messages=_evidence(case)
    )


async def auth_forms(pbx: Pbx, name: str) -> tuple[AuthForm, ...]:
    """Other ways to write a line's authentication name, the likeliest first, but for those refused."""
    case = await diagnosis.case(pbx, name)
    return candidates(case.config, tried=names_tried(case))


async def examine_call(pbx: Pbx, call_ids: Collection[str]) -> Examination | None:
    """Examine a call by the Call-IDs of its legs; None where no message of it went over a line or trunk."""
    wanted = tuple(filter(None, call_ids))
    if not wanted:
        return None
    messages = await asyncio.to_thread(pbx.capture.messages, TraceFilter(), call_ids=wanted, limit=_MOST)
    name = _whose(pbx.exchange.gateway, messages)
    return await examine(pbx, name, wanted) if name else None


def _whose(gateway: Gateway, messages: list[Captured]) -> str:
    """The line or trunk that most messages went over; of several at one carrier the one that is named."""
    found: dict[str, int] = {}
    for message in messages:
        for peer in (*gateway.lines, *gateway.trunks):
            if peer.is_from(message.flow):
                found[peer.name] = found.get(peer.name, 0) + (10 if _is_named(peer, message) else 1)
    return max(found, key=lambda name: found[name], default="")


def _is_named(peer: LineRegistration | TrunkPeer, message: Captured) -> bool:
    line = getattr(peer, "line", None)
    return isinstance(line, Line) and bool(line.user) and line.user.encode() in message.data


def _evidence(case: Case) -> tuple[Evidence, ...]:
    return tuple(Evidence(id=each.id, title=_title(each.text), is_out=each.is_out) for each in case.messages)


def _title(text: str) -> str:
    first = text.partition("\n")[0].strip()
    if first.startswith("SIP/2.0 "):
        return first.removeprefix("SIP/2.0 ")
    return first.partition(" ")[0]
