"""What the engine announces: frozen facts of plain values, and the bus that carries them.

Published and delivered on the engine's thread, in order. The window's bridge is one subscriber; it carries
them over to Qt's thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

logger = logging.getLogger(__name__)


class ExtensionState(StrEnum):
    """What an extension's row shows."""

    OFF = "off"
    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"


class CallState(StrEnum):
    """Where a call stands, as its caller sees it."""

    TRYING = "trying"
    RINGING = "ringing"
    TALKING = "talking"
    HELD = "held"
    ENDED = "ended"


class LineState(StrEnum):
    """What an external line's row shows."""

    REGISTERED = "registered"  # in service; also a line that needs no registration
    REGISTERING = "registering"
    FAILED = "failed"  # tried again by itself
    DISABLED = "disabled"


class TrunkState(StrEnum):
    """What a SIP trunk's row shows."""

    UNKNOWN = "unknown"  # nobody has asked, and no call has told yet
    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    DISABLED = "disabled"


class Severity(StrEnum):
    """How loudly a notice speaks."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingView:
    """One registered device of an extension."""

    contact: str
    address: str  # "ip:port" the REGISTER came from
    transport: str
    user_agent: str
    expires_at: float  # Unix seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One call in progress, or just ended. Times are Unix seconds."""

    id: int
    state: CallState
    caller: str
    caller_name: str
    called: str
    connected: str  # who answered; empty before
    started_at: float
    answered_at: float | None
    ended_at: float | None
    outcome: str  # empty while it lives, then answered | busy | no_answer | cancelled | not_found | failed …
    status: int  # the final SIP status, 0 while it lives
    media: str  # direct | relay | none
    codec: str
    recording: str = ""  # empty: not recorded; on | paused


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferencePartyView:
    """One party of a conference."""

    id: int
    number: str
    name: str
    joined_at: float  # Unix seconds
    call_id: int
    is_moderator: bool
    is_muted: bool
    is_talking: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceView:
    """One conference room that somebody is in; without parties it has just ended."""

    number: str
    since: float  # Unix seconds
    is_locked: bool
    is_recorded: bool
    parties: tuple[ConferencePartyView, ...]  # in the order they came


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One external line. Times are Unix seconds."""

    name: str
    state: LineState
    reason: str  # in words
    code: int  # the SIP status the reason comes from, 0 = none
    since: float
    expires_at: float | None = None  # of the registration
    server: str = ""  # "ip:port/udp" that answers
    contact: str = ""  # what we are registered with
    call_id: str = ""  # of the latest REGISTER: finds it in the trace
    calls_in: int = 0
    calls_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkView:
    """One SIP trunk. Times are Unix seconds."""

    name: str
    state: TrunkState
    reason: str
    since: float
    addresses: tuple[str, ...] = ()  # that calls may come from, names looked up
    calls_in: int = 0
    calls_out: int = 0


@dataclass(frozen=True, slots=True)
class EngineStarted:
    """All sockets listen. `addresses` are "udp=127.0.0.1:5060" and so on."""

    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngineStopped:
    """The last event of an engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionChanged:
    """An extension registered, unregistered, started or ended a call."""

    number: str
    state: ExtensionState
    bindings: tuple[BindingView, ...]


@dataclass(frozen=True, slots=True)
class CallChanged:
    """A call was created, moved on or ended."""

    call: CallView


@dataclass(frozen=True, slots=True)
class CallRecorded:
    """A call record reached the database."""

    record_id: int


@dataclass(frozen=True, slots=True)
class RecordingsChanged:
    """Recordings began, ended or were deleted; what is said of them stands in the database."""


@dataclass(frozen=True, slots=True)
class ConferenceChanged:
    """Somebody came to a conference, left, talked, was muted; or the room was locked. Five times a second."""

    conference: ConferenceView


@dataclass(frozen=True, slots=True)
class LineChanged:
    """A line changed its state, or the number of its calls."""

    line: LineView


@dataclass(frozen=True, slots=True)
class TrunkChanged:
    """A trunk changed its state, or the number of its calls."""

    trunk: TrunkView


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """A configuration record was saved: `action` is added | changed | deleted | imported (key empty)."""

    kind: str
    key: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxChanged:
    """Messages of a mailbox came, went or were heard, or its greeting changed."""

    mailbox: str
    new: int
    saved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceMessageLeft:
    """A caller left a message; it is in the database and on disk. MailboxChanged follows."""

    mailbox: str
    message_id: int


@dataclass(frozen=True, slots=True)
class AnnouncementsChanged:
    """Callers hear another sound of these announcements, or something is wrong with an own file."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailChanged:
    """A letter came into the queue, was tried, or went."""


@dataclass(frozen=True, slots=True)
class StopRequested:
    """Somebody said `openmss-cli stop`: whoever started the engine is to end it, and itself."""


@dataclass(frozen=True, slots=True)
class TraceGrew:
    """Messages up to `last_id` stand in the capture. Sent at most ten times a second."""

    last_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something an administrator should see. `code` is stable; `text` is the English sentence."""

    severity: Severity
    code: str
    text: str


Event = (
    EngineStarted
    | EngineStopped
    | ExtensionChanged
    | CallChanged
    | CallRecorded
    | RecordingsChanged
    | ConferenceChanged
    | LineChanged
    | TrunkChanged
    | RecordChanged
    | AnnouncementsChanged
    | MailChanged
    | MailboxChanged
    | VoiceMessageLeft
    | StopRequested
    | TraceGrew
    | Notice
)
Listener = Callable[[Event], None]


class EventBus:
    """Hands each event to every listener, in order of subscription; one that fails does not stop the rest."""

    __slots__ = ("_listeners",)

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; the returned call removes it."""
        self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            self._listeners = tuple(known for known in self._listeners if known is not listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Deliver at once, on the caller's (the engine's) thread."""
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:
                logger.exception("a listener failed on %s", type(event).__name__)
