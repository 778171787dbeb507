"""The calls of a trace: the INVITEs of one Call-ID, what was agreed, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.diagnosis.exchanges import Exchange
from app.diagnosis.messages import Seen
from app.sdp.description import Media, SessionDescription
from app.sdp.direction import Direction, direction_of
from app.sdp.target import audio_index

REDIRECTIONS = range(300, 400)


@dataclass(frozen=True, eq=False)
class CallSeen:
    """One call. `invites` are those that began it: the first, and its repetitions with credentials."""

    call_id: str
    invites: tuple[Exchange, ...]
    others: tuple[Exchange, ...]  # whatever else has this Call-ID: re-INVITE, UPDATE, PRACK, BYE …
    acks: tuple[Seen, ...]
    messages: tuple[Seen, ...]

    @property
    def is_out(self) -> bool:
        """Whether we called."""
        return self.invites[0].is_out

    @cached_property
    def invite(self) -> Exchange:
        """The INVITE that decided: the answered one, else the last."""
        return next((each for each in self.invites if 200 <= each.status < 300), self.invites[-1])

    @property
    def request(self) -> Seen:
        """The INVITE itself."""
        return self.invite.request

    @cached_property
    def status(self) -> int:
        """The final status; 0 while there is none."""
        return self.invite.status

    @property
    def final(self) -> Seen | None:
        """The final answer."""
        return self.invite.final

    @property
    def is_answered(self) -> bool:
        """Whether somebody took it."""
        return 200 <= self.status < 300

    @cached_property
    def is_cancelled(self) -> bool:
        """Whether the caller gave up."""
        return self.status == 487 or any(each.method == "CANCEL" for each in self.others)

    @property
    def byes(self) -> tuple[Exchange, ...]:
        """The BYEs."""
        return tuple(each for each in self.others if each.method == "BYE")

    @property
    def changes(self) -> tuple[Exchange, ...]:
        """re-INVITEs and UPDATEs, of both sides."""
        return tuple(each for each in self.others if each.method in ("INVITE", "UPDATE"))

    @cached_property
    def offers_and_answers(self) -> list[Seen]:
        """Messages whose session description counts, in order: those of a refused change do not."""
        refused = {
            seen.index
            for each in self.changes
            if each.status >= 300 or each.final is None
            for seen in each.messages
        }
        return [seen for seen in self.messages if seen.sdp is not None and seen.index not in refused]

    def description(self, *, is_ours: bool) -> SessionDescription | None:
        """The last session description of one side."""
        for seen in reversed(self.offers_and_answers):
            if seen.is_out is is_ours:
                return seen.sdp
        return None

    @property
    def is_held(self) -> bool:
        """Whether one side's last word is that nothing need be heard."""
        for is_ours in (True, False):
            described = self.description(is_ours=is_ours)
            audio = audio_of(described)
            if audio is not None and direction_of(audio, described) is not Direction.SENDRECV:
                return True
        return False

    def seconds(self, start: Seen | None, end: Seen | None) -> float | None:
        """The time between two messages, None where it is not known."""
        if start is None or end is None or start.time is None or end.time is None:
            return None
        return end.time - start.time


def audio_of(described: SessionDescription | None) -> Media | None:
    """The audio line that is not switched off."""
    if described is None:
        return None
    index = audio_index(described)
    return None if index is None else described.media[index]


def audio_host(described: SessionDescription | None) -> tuple[str, int]:
    """Where a description wants its sound: host and port, ("", 0) where it says nothing."""
    audio = audio_of(described)
    if described is None or audio is None:
        return "", 0
    connection = described.connection_of(audio)
    return (connection.host.lower() if connection is not None else "", audio.port)


def offers_video(described: SessionDescription | None) -> bool:
    """Whether a description has a video line that is not switched off."""
    return described is not None and any(m.kind.lower() == "video" and m.port for m in described.media)


def calls_of(exchanges: Sequence[Exchange], seen: Sequence[Seen]) -> list[CallSeen]:
    """Group by Call-ID; INVITEs without a tag in To begin a call."""
    by_call: dict[str, list[Exchange]] = {}
    for each in exchanges:
        if each.method != "REGISTER":
            by_call.setdefault(each.request.call_id, []).append(each)
    messages: dict[str, list[Seen]] = {}
    for one in seen:
        messages.setdefault(one.call_id, []).append(one)
    calls = []
    for call_id, members in by_call.items():
        beginning = [each for each in members if each.method == "INVITE" and not each.request.to.tag]
        if not beginning:
            continue
        calls.append(
            CallSeen(
                call_id=call_id,
                invites=tuple(each for each in beginning if each.is_out is beginning[0].is_out),
                others=tuple(each for each in members if each not in beginning),
                acks=tuple(one for one in messages[call_id] if one.request and one.method == "ACK"),
                messages=tuple(messages[call_id]),
            )
        )
    return calls
