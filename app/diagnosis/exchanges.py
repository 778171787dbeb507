"""Requests of a trace with their repetitions and answers, whatever order the messages were noted in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.diagnosis.messages import Seen


@dataclass(slots=True, eq=False)
class Exchange:
    """One request as first seen, its repetitions, and every answer, repeated ones too."""

    request: Seen
    copies: list[Seen] = field(default_factory=list)
    answers: list[Seen] = field(default_factory=list)

    @property
    def is_out(self) -> bool:
        """Whether it is ours."""
        return self.request.is_out

    @property
    def method(self) -> str:
        """INVITE, REGISTER …"""
        return self.request.method

    @property
    def final(self) -> Seen | None:
        """The final answer: a 2xx where there is one, else the first."""
        finals = [seen for seen in self.answers if seen.status >= 200]
        return next((seen for seen in finals if seen.status < 300), finals[0] if finals else None)

    @property
    def status(self) -> int:
        """The status of the final answer, 0 where there is none."""
        return self.final.status if self.final is not None else 0

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all came back."""
        return not self.answers

    @property
    def provisionals(self) -> list[Seen]:
        """101 to 199."""
        return [seen for seen in self.answers if 100 < seen.status < 200]

    @property
    def messages(self) -> list[Seen]:
        """All of it, to show as evidence."""
        return [self.request, *self.copies, *self.answers]

    @property
    def outcome(self) -> list[Seen]:
        """The request and its final answer: the evidence of most rules."""
        return [self.request] if self.final is None else [self.request, self.final]

    @property
    def duration(self) -> float:
        """Seconds from the first sending to the last repetition."""
        times = [each.time for each in (self.request, *self.copies) if each.time is not None]
        return max(times) - min(times) if times else 0.0


def in_order(seen: Iterable[Seen]) -> list[Seen]:
    """Sort by time where every message has one; else believe the order given."""
    rows = list(seen)
    if any(each.time is None for each in rows):
        return rows
    return sorted(rows, key=lambda each: each.time or 0.0)


def exchanges_of(seen: Sequence[Seen]) -> list[Exchange]:
    """Pair requests and responses by Call-ID, CSeq and branch (RFC 3261 17.1.3); ACKs are left out.

    A response whose branch is not ours (a router may have changed it) goes to the last request of its CSeq.
    """
    exchanges: list[Exchange] = []
    by_key: dict[tuple[bool, str, int, str], list[Exchange]] = {}
    for each in seen:
        if each.request is None or each.method == "ACK":
            continue
        same = by_key.setdefault((each.is_out, each.call_id, each.cseq, each.method), [])
        known = next((one for one in same if one.request.branch == each.branch), None)
        if known is None:
            known = Exchange(each)
            same.append(known)
            exchanges.append(known)
        else:
            known.copies.append(each)
    for each in seen:
        if each.response is None:
            continue
        candidates = by_key.get((not each.is_out, each.call_id, each.cseq, each.method), [])
        match = next((one for one in candidates if one.request.branch == each.branch), None)
        if match is None and candidates:
            match = candidates[-1]
        if match is not None:
            match.answers.append(each)
    return exchanges
