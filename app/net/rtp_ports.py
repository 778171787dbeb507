"""Which pairs of ports media may use: an even one for RTP and the next for RTCP, each resting after use."""

from __future__ import annotations

import random
from collections import deque

from app.errors import EnvironmentFault

REST_SECONDS = 5.0


class PortsExhausted(EnvironmentFault):
    """Every pair of ports is in use, or rests."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__(
            "media.ports_exhausted",
            f"All RTP ports from {low} to {high} are in use. Widen the range of RTP ports in the settings.",
            low=low,
            high=high,
        )


class RtpPorts:
    """One pool of even/odd pairs from `low` to `high`, both included (RFC 3550 11).

    A freed pair rests, so that late packets of the call before are not heard in the next one. The order is
    shuffled where `shuffle` is given (strangers should not guess it), and first in first out from then on.
    """

    def __init__(
        self, low: int, high: int, *, rest: float = REST_SECONDS, shuffle: random.Random | None = None
    ) -> None:
        first = low + low % 2
        if not 1 <= low <= high <= 65_535 or first + 1 > high:
            raise ValueError(f"no pair of ports from {low} to {high}")
        self.low, self.high = low, high
        self._rest = rest
        pairs = list(range(first, high, 2))
        if shuffle is not None:
            shuffle.shuffle(pairs)
        self._free = deque((port, float("-inf")) for port in pairs)  # in order of the time they are rested
        self._taken: set[int] = set()

    def take(self, now: float) -> int:
        """The even port of a rested pair; PortsExhausted."""
        if not self._free or self._free[0][1] > now:
            raise PortsExhausted(self.low, self.high)
        port, _ = self._free.popleft()
        self._taken.add(port)
        return port

    def give_back(self, port: int, now: float) -> None:
        """Let a pair rest; giving one back twice does nothing."""
        if port in self._taken:
            self._taken.remove(port)
            self._free.append((port, now + self._rest))

    @property
    def taken(self) -> int:
        """How many pairs are in use."""
        return len(self._taken)

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return len(self._taken) + len(self._free)
