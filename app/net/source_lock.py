"""Which source a leg's sound is believed to come from: the rule that locks, learns and lets go."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Any

LEARN_PACKETS = 3
RELEARN_AFTER = 5.0


class Verdict(Enum):
    """What becomes of a packet."""

    ACCEPT = "accept"
    LEARNING = "learning"  # not passed on yet
    FOREIGN = "foreign"


class Trust(IntEnum):
    """Why a source is believed; a source of higher trust takes over from one of lower."""

    NONE = 0
    LEARNED = 1  # it went on sending one stream
    SAME_HOST = 2  # the host that the SDP names, another port
    EXACT = 3  # the address that the SDP names


class SourceLock:
    """Symmetric RTP with a source lock for one leg.

    The address of the SDP, and its host, are believed at once. Another source is a phone behind a NAT, or an
    intruder: it must send LEARN_PACKETS RTP packets of one SSRC in sequence, while no better one is heard.
    Once locked, others are foreign until the locked source has been quiet for `relearn_after` seconds, or
    until `expect` is called again; even then the known source is believed until another takes its place.
    """

    __slots__ = (
        "_candidate",
        "_count",
        "_next",
        "_relearn_after",
        "_ssrc",
        "expected",
        "is_open",
        "source",
        "trust",
    )

    def __init__(self, relearn_after: float = RELEARN_AFTER) -> None:
        self.expected: tuple[str, int] | None = None
        self.source: tuple[Any, ...] | None = None  # as the socket gave it
        self.trust = Trust.NONE
        self._relearn_after = relearn_after
        self.is_open = True
        self._candidate: tuple[Any, ...] | None = None
        self._ssrc = self._next = self._count = 0

    def expect(self, expected: tuple[str, int] | None) -> None:
        """Take what the SDP says now (a numeric host and a port) and be ready to learn a new source.

        The known source is forgotten where the SDP names another address than before.
        """
        if expected != self.expected:
            self.source, self.trust = None, Trust.NONE
            self.expected = expected
        self.is_open = True
        self._candidate = None

    def judge(self, address: tuple[Any, ...], rtp: tuple[int, int] | None, quiet: float = 0.0) -> Verdict:
        """Say what becomes of a packet from `address`.

        `rtp` is its (sequence, ssrc), None where it is no RTP; `quiet` is for how many seconds the locked
        source has not been heard.
        """
        if address == self.source:
            self.is_open = False
            return Verdict.ACCEPT
        trust = self._trust_in(address)
        is_free = self.source is None or self.is_open or quiet >= self._relearn_after
        if trust <= self.trust and not is_free:
            return Verdict.FOREIGN
        if trust is Trust.LEARNED and not self._has_learned(address, rtp):
            return Verdict.LEARNING
        self.source, self.trust, self.is_open, self._candidate = address, trust, False, None
        return Verdict.ACCEPT

    def _trust_in(self, address: tuple[Any, ...]) -> Trust:
        if self.expected is None or address[0] != self.expected[0]:
            return Trust.LEARNED
        return Trust.EXACT if address[1] == self.expected[1] else Trust.SAME_HOST

    def _has_learned(self, address: tuple[Any, ...], rtp: tuple[int, int] | None) -> bool:
        if rtp is None:
            return False
        sequence, ssrc = rtp
        if address == self._candidate and ssrc == self._ssrc and sequence == self._next:
            self._count += 1
        else:
            self._candidate, self._ssrc, self._count = address, ssrc, 1
        self._next = sequence + 1 & 0xFFFF
        return self._count >= LEARN_PACKETS
