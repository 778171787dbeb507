"""The dial-plan tracer: what would happen to a call, by which rules, and what would be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Protocol

from app.errors import Bug, UserError
from app.services import outgoing_identity
from app.services.actions import (
    Action,
    CallGroup,
    CheckMessages,
    DialOut,
    JoinConference,
    LeaveMessage,
    OpenMenu,
    OutKind,
    OutRoute,
    Refuse,
    RingExtension,
    SetForwarding,
)
from app.services.configuration import Configuration
from app.services.dial_plan import decide
from app.services.dial_plan_explanation import SENTENCES, Explanation, Stage, Step
from app.services.dial_plan_query import Blocked, Decision, Party, PartyKind, Query
from app.services.directory import Directory
from app.services.gateway import Gateway
from app.services.outgoing_leg import said_by_line, said_by_trunk
from app.services.screening import ANONYMOUS, caller_to_screen
from app.services.service_codes import CODES
from app.services.time_conditions import zone_of
from app.sip.errors import MessageError
from app.sip.status import reason_phrase

SERVICE_WORDS = tuple(code.words for code in CODES)  # what service codes do, as steps say it

__all__ = ["SENTENCES", "SERVICE_WORDS", "Blocked", "Sent", "Step", "Trace", "Way", "explain"]


class HasConfiguration(Protocol):
    """What the tracer needs of a Pbx, running or not."""

    @property
    def configuration(self) -> Configuration:
        """The records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What will stand in the INVITE. Empty texts: the header is not there."""

    request_uri: str
    from_: str
    to: str
    p_asserted_identity: str
    route: str
    headers: tuple[tuple[str, str], ...]  # the identity headers, P-Asserted-Identity among them

    def as_json(self) -> dict[str, Any]:
        """Give it as values that JSON knows."""
        return {
            "request_uri": self.request_uri,
            "from": self.from_,
            "to": self.to,
            "p_asserted_identity": self.p_asserted_identity,
            "route": self.route,
            "headers": [{"name": name, "value": value} for name, value in self.headers],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a call goes; `status` only of a refusal.

    `kind` is extension, line, trunk, menu, voicemail (leave a message), messages (hear them; an empty name:
    whose is asked), conference, group, forwarding (`name` says when, `number` where; empty: off) or refused.
    """

    kind: str
    name: str = ""
    number: str = ""
    status: int = 0
    reason: str = ""
    sent: Sent | None = None

    def as_json(self) -> dict[str, Any]:
        """Give it as values that JSON knows, without what is sent."""
        if self.kind == "refused":
            return {"kind": self.kind, "status": self.status, "reason": self.reason}
        return {"kind": self.kind, "name": self.name, "number": self.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The whole story of one call that was not made.

    `ways` are the route and, after it, what is tried when it fails; `shown_*` is what a phone of ours shows
    of the caller. `screened_by` is the entry of the black/white list that decided, either way.
    """

    caller: str
    dialled: str
    at: str  # ISO 8601, with time zone
    blocked_by: Blocked | None
    screened_by: Blocked | None
    is_emergency: bool
    steps: tuple[Step, ...]
    ways: tuple[Way, ...]
    shown_number: str
    shown_name: str

    @property
    def is_blocked(self) -> bool:
        """Whether a record forbids the call."""
        return self.blocked_by is not None

    @property
    def route(self) -> Way:
        """Where the call goes first."""
        return self.ways[0]

    @property
    def sent(self) -> Sent | None:
        """What the route's message carries; None where the call stays inside or is refused."""
        return self.route.sent

    def as_json(self) -> dict[str, Any]:
        """Give it as values that JSON knows."""
        return {
            "caller": self.caller,
            "dialled": self.dialled,
            "at": self.at,
            "blocked": self.is_blocked,
            "blocked_by": _record(self.blocked_by),
            "screened_by": _record(self.screened_by),
            "emergency": self.is_emergency,
            "steps": [
                {"stage": step.stage.value, "code": step.code, "kind": step.kind, "key": step.key}
                | {"before": step.before, "after": step.after, "text": step.text}
                for step in self.steps
            ],
            "route": self.route.as_json(),
            "sent": self.sent.as_json() if self.sent is not None else None,
            "candidates": [
                {**way.as_json(), "sent": way.sent.as_json() if way.sent is not None else None}
                for way in self.ways
            ],
            "shown": {"number": self.shown_number, "name": self.shown_name},
        }


async def explain(
    pbx: HasConfiguration, caller: str, dialled: str, at: datetime | str | None = None
) -> Trace:
    """Tell what would happen to a call at a moment (now, where none is given).

    `caller` is an extension's number, or `line:NAME` or `trunk:NAME`, which `:NUMBER` may follow: the caller
    outside. A number that is no extension is traced as one with the usual rights. Entries of the black list
    with a rate below 100 are passed; the steps name them. Raises UserError for an unknown line or trunk, and
    for a time that cannot be read.
    """
    directory = pbx.configuration.directory
    explanation = Explanation()
    party = _party(directory, caller.strip(), explanation)
    moment = _moment(at, zone_of(directory.settings.time_zone))
    decision = decide(directory, Query(party, dialled.strip(), moment), explanation, chance=_never_by_chance)
    action = decision.action
    return Trace(
        caller=caller.strip(),
        dialled=dialled.strip(),
        at=moment.isoformat(timespec="seconds"),
        blocked_by=decision.blocked_by,
        screened_by=_screened_by(decision),
        is_emergency=isinstance(action, DialOut) and action.is_emergency,
        steps=decision.steps,
        ways=await _ways(pbx, directory, action),
        shown_number=decision.caller_number,
        shown_name=decision.caller_name,
    )


def _never_by_chance() -> float:
    return 1.0


def _record(blocked: Blocked | None) -> dict[str, str] | None:
    return {"kind": blocked.kind, "key": blocked.key} if blocked is not None else None


def _screened_by(decision: Decision) -> Blocked | None:
    for step in decision.steps:
        if step.stage is Stage.SCREEN and step.key:
            return Blocked(step.kind, step.key)
    return None


def _party(directory: Directory, caller: str, explanation: Explanation) -> Party:
    kind, colon, rest = caller.partition(":")
    if not caller:
        raise UserError("explain.no_caller", "Say who calls: the number of an extension.", field="caller")
    if not colon:
        extension = directory.extension(caller)
        if extension is None:
            explanation.note(Stage.CALLER, "caller.assumed", kind="extension", key=caller)
        is_withheld = caller_to_screen(caller) == ANONYMOUS
        return Party.extension(
            caller, extension.description if extension is not None else "", is_withheld=is_withheld
        )
    name, _, number = rest.partition(":")
    known = {"line": directory.lines, "trunk": directory.trunks}.get(kind)
    if known is None or name not in known:
        text = f"There is no {kind} {name}. " if known is not None else f"“{caller}” is no caller. "
        text += "Write an extension's number, line:NAME or trunk:NAME, and perhaps :NUMBER of who calls."
        raise UserError("explain.caller", text, field="caller", value=caller)
    return Party(PartyKind(kind), name, number, is_withheld=caller_to_screen(number) == ANONYMOUS)


def _moment(at: datetime | str | None, zone: tzinfo | None) -> datetime:
    """Read a moment; without a zone it is meant in the system's."""
    if at is None:
        return datetime.now().astimezone(zone)
    if isinstance(at, str):
        at = _read_moment(at.strip(), zone)
    return at.replace(tzinfo=zone) if at.tzinfo is None and zone is not None else at.astimezone(zone)


def _read_moment(text: str, zone: tzinfo | None) -> datetime:
    try:
        if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", text):
            today = datetime.now().astimezone(zone)
            hour, minute = text.split(":")
            return today.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        return datetime.fromisoformat(text)
    except ValueError:
        sentence = f"“{text}” is no moment. Write 2026-11-23T10:30, 2026-11-23, or 10:30 for today."
        raise UserError("explain.moment", sentence, field="at", value=text) from None


async def _ways(pbx: HasConfiguration, directory: Directory, action: Action) -> tuple[Way, ...]:
    if not isinstance(action, DialOut):
        return (way_inside(action),)
    gateway = _gateway_of(pbx)
    return tuple(
        [
            Way(
                kind=route.kind.value,
                name=route.name,
                number=route.number,
                sent=await _sent(gateway, directory, route),
            )
            for route in action.candidates
        ]
    )


def way_inside(action: Action) -> Way:
    """Where an action leads that is no call outside."""
    match action:
        case RingExtension(number):
            return Way(kind="extension", name=number, number=number)
        case Refuse(status, reason):
            return Way(kind="refused", status=status, reason=reason or reason_phrase(status))
        case OpenMenu(name):
            return Way(kind="menu", name=name)
        case LeaveMessage(mailbox):
            return Way(kind="voicemail", name=mailbox)
        case CheckMessages(mailbox):
            return Way(kind="messages", name=mailbox)
        case CallGroup(number):
            return Way(kind="group", name=number)
        case JoinConference(room):
            return Way(kind="conference", name=room)
        case SetForwarding(rule, number):
            return Way(kind="forwarding", name=rule.value, number=number)
    raise Bug(f"the dial plan decided on {action!r}, which the tracer does not know")


def _gateway_of(pbx: HasConfiguration) -> Gateway | None:
    """The lines and trunks at work; a folder that nobody serves has none."""
    return pbx.exchange.gateway if hasattr(pbx, "exchange") else None


async def _sent(gateway: Gateway | None, directory: Directory, route: OutRoute) -> Sent | None:
    try:
        found = await _said(gateway, directory, route)
    except MessageError:
        return None  # the record gives no address; saving it refuses that
    if found is None:
        return None
    return Sent(
        request_uri=found.request_uri,
        from_=found.from_,
        to=found.to,
        p_asserted_identity=found.p_asserted_identity,
        route=", ".join(found.route),
        headers=found.headers,
    )


async def _said(
    gateway: Gateway | None, directory: Directory, route: OutRoute
) -> outgoing_identity.Sent | None:
    """As the real call would say it where the server runs: registrars and sockets know more than records."""
    if gateway is not None and route.kind is OutKind.LINE:
        line = gateway.lines.get(route.name)
        if line is not None:
            return said_by_line(directory, line, route)
    if gateway is not None and route.kind is OutKind.TRUNK:
        trunk = gateway.trunks.get(route.name)
        flows = await gateway.network.flows(trunk.hop) if trunk is not None else ()
        if flows:
            return said_by_trunk(directory, flows[0], route)
    return outgoing_identity.sent(directory, route)
