"""Media counters of one leg as a case gives them, under the names that are in use for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.diagnosis.peers import split_port

_PACKETS_A_SECOND = 50  # of 20 ms each


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One leg: "sent" and "received" are ours. None or () where the case does not say."""

    name: str
    call_id: str
    local: tuple[str, int]
    sdp_address: tuple[str, int]  # where their description says they are
    sources: tuple[tuple[str, int], ...]  # where their packets came from
    sent: int | None
    received: int | None
    seconds: float | None
    pt_sent: tuple[int, ...]
    pt_received: tuple[int, ...]
    event_types: tuple[int, ...]  # payload types that carried telephone-events
    loss_percent: float | None
    jitter_ms: float | None
    silence_percent: float | None
    digits: int | None  # keys that were received; None where nobody waited for one
    foreign: int

    @property
    def lasted(self) -> float:
        """Seconds it was open: as the case says, else judged by the packets."""
        if self.seconds is not None:
            return self.seconds
        return max(self.sent or 0, self.received or 0) / _PACKETS_A_SECOND


def streams_of(legs: Sequence[Mapping[str, object]]) -> list[Stream]:
    """Read the legs."""
    return [_stream(leg, number) for number, leg in enumerate(legs)]


def _stream(leg: Mapping[str, object], number: int) -> Stream:
    return Stream(
        name=str(_first(leg, "leg", "name") or number),
        call_id=str(_first(leg, "call_id", "call") or ""),
        local=_place(_first(leg, "local", "local_address")),
        sdp_address=_place(_first(leg, "sdp_address", "remote_sdp_address")),
        sources=_places(_first(leg, "source_seen", "source_address", "sources")),
        sent=_count(_first(leg, "sent", "packets_sent", "packets_out")),
        received=_count(_first(leg, "received", "packets_received", "packets_in")),
        seconds=_number(_first(leg, "seconds", "duration_s", "duration")),
        pt_sent=_types(leg.get("pt_sent")),
        pt_received=_types(leg.get("pt_received")),
        event_types=_types(_first(leg, "pt_events", "pt_event", "telephone_event_pt_received", "dtmf_pt")),
        loss_percent=_number(_first(leg, "loss_percent", "lost_percent", "loss")),
        jitter_ms=_number(_first(leg, "jitter_ms", "jitter")),
        silence_percent=_number(
            _first(leg, "silence_percent", "silent_percent", "identical_percent", "same_bytes_percent")
        ),
        digits=_digits(
            _first(leg, "digits", "digits_received", "dtmf_received", "dtmf_events", "dtmf", "keys")
        ),
        foreign=_count(_first(leg, "foreign_packets", "foreign")) or 0,
    )


def _first(leg: Mapping[str, object], *names: str) -> object:
    return next((leg[name] for name in names if leg.get(name) is not None), None)


def _number(given: object) -> float | None:
    try:
        return None if given is None or isinstance(given, bool) else float(str(given).rstrip("% "))
    except ValueError:
        return None


def _count(given: object) -> int | None:
    value = _number(given)
    return None if value is None or value != value or value < 0 else int(min(value, 2**53))


def _place(given: object) -> tuple[str, int]:
    if isinstance(given, list | tuple) and len(given) == 2:
        return str(given[0]).lower(), _count(given[1]) or 0
    return split_port(str(given)) if isinstance(given, str) else ("", 0)


def _places(given: object) -> tuple[tuple[str, int], ...]:
    if isinstance(given, list | tuple) and not (len(given) == 2 and isinstance(given[1], int)):
        return tuple(place for each in given if (place := _place(each))[0])
    place = _place(given)
    return (place,) if place[0] else ()


def _types(given: object) -> tuple[int, ...]:
    rows = given if isinstance(given, list | tuple) else [given]
    return tuple(
        int(found[0]) for each in rows if each is not None and (found := re.match(r"\d{1,3}", str(each)))
    )


def _digits(given: object) -> int | None:
    if isinstance(given, str) and not given.isdigit():
        return len(given)
    if isinstance(given, list | tuple):
        return len(given)
    return _count(given)
