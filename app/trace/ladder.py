"""A call as a ladder: who took part, and an arrow for each message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.sip.flow import Direction
from app.trace.capture import TraceRow

_OURSELVES = "OpenMSS"
_COLUMN = 30  # characters between two lines of the text form


@dataclass(frozen=True, slots=True)
class Participant:
    """One vertical line. `address` is empty for ourselves."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One message: from the line of index `source` to `target`, `offset` seconds after the first.

    `is_repeat` marks a retransmission: the same message once more on the same way.
    """

    id: int
    offset: float
    source: int
    target: int
    label: str
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole picture, from left to right and from top to bottom."""

    participants: tuple[Participant, ...]
    arrows: tuple[Arrow, ...]


def draw(rows: Sequence[TraceRow]) -> Ladder:
    """Make the ladder of the rows of a call's legs.

    The peer that appears first stands left of us, all others right of us, in order of appearance.
    """
    if not rows:
        return Ladder((), ())
    users: dict[str, str] = {}
    for row in rows:
        is_request = not row.title[:1].isdigit()
        # A request names its sender in From, a response its sender in To (RFC 3261 8.2.6.2).
        is_sender_from = is_request == (row.direction is Direction.IN)
        users.setdefault(row.remote, row.from_user if is_sender_from else row.to_user)
    first, *others = users
    participants = [Participant(users[first], first), Participant(_OURSELVES, "")]
    participants.extend(Participant(users[remote], remote) for remote in others)
    index = {participant.address: number for number, participant in enumerate(participants)}

    seen = set()
    arrows = []
    for row in rows:
        peer, ours = index[row.remote], index[""]
        same = (row.remote, row.direction, row.title, row.cseq, row.call_id, row.size)
        arrows.append(
            Arrow(
                id=row.id,
                offset=row.time - rows[0].time,
                source=peer if row.direction is Direction.IN else ours,
                target=ours if row.direction is Direction.IN else peer,
                label=row.title,
                is_repeat=same in seen,
            )
        )
        seen.add(same)
    return Ladder(tuple(participants), tuple(arrows))


def as_text(ladder: Ladder) -> str:
    """Draw it in characters, for a terminal or a mail."""
    if not ladder.participants:
        return ""
    columns = len(ladder.participants)
    lines = [
        " " * 10 + "".join(text[: _COLUMN - 2].ljust(_COLUMN) for text in texts).rstrip()
        for texts in (
            [participant.label for participant in ladder.participants],
            [participant.address for participant in ladder.participants],
        )
    ]
    for arrow in ladder.arrows:
        left, right = sorted((arrow.source, arrow.target))
        width = (right - left) * _COLUMN - 1
        label = f" {arrow.label}{' (repeated)' if arrow.is_repeat else ''} "[: width - 2]
        shaft = label.center(width - 1, "-")
        shaft = f"{shaft}>" if arrow.target == right else f"<{shaft}"
        before = ("|" + " " * (_COLUMN - 1)) * left
        after = (" " * (_COLUMN - 1) + "|") * (columns - 1 - right)
        lines.append(f"{arrow.offset:8.3f}  {before}|{shaft}|{after}")
    return "\n".join(lines) + "\n"
