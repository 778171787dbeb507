"""The seven things a leg can say: neutral facts that no feature needs SIP to understand."""

from __future__ import annotations

from dataclasses import dataclass

from app.calls.causes import Cause


@dataclass(frozen=True, slots=True)
class Incoming:
    """A phone calls us. `sdp` is its offer; None = it leaves the offer to the called side."""

    sdp: bytes | None


@dataclass(frozen=True, slots=True)
class Ringing:
    """The called phone is alerting (180) or says something on the way (181–183), maybe with early sound."""

    status: int
    sdp: bytes | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The called phone took the call. `is_offer`: it waits for our answer to `sdp` (RFC 3261 13.2.1)."""

    sdp: bytes | None
    is_offer: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """The phone wants the session changed; None = it asks us to make the offer (RFC 3261 14.2)."""

    sdp: bytes | None


@dataclass(frozen=True, slots=True)
class Digit:
    """A key was pressed and came by signalling (INFO)."""

    digit: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Referred:
    """The phone asks us to connect its peer to somebody else (REFER)."""

    target: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The leg is over; the last event, exactly once."""

    cause: Cause


LegEvent = Incoming | Ringing | Answered | Offered | Digit | Referred | Ended
