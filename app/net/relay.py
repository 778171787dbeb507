"""The relay of sound between two legs, as a contract of plain values and as sockets on the engine's loop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Protocol

from app.net.leg_counters import LegCounters
from app.net.relay_leg import RelayLeg
from app.net.rtp_ports import PortsExhausted, RtpPorts
from app.net.rtp_socket import allow_many_sockets, open_pair
from app.net.source_lock import RELEARN_AFTER
from app.sdp.target import MediaTarget
from app.sip.flow import Address

__all__ = ["Address2", "LegCounters", "MediaRelay", "MediaTarget", "PortsExhausted", "SocketRelay"]

logger = logging.getLogger(__name__)

Address2 = Address  # our host and RTP port; RTCP is the next port


class MediaRelay(Protocol):
    """Carries the packets of calls. It speaks plain values, so that it can live in another process."""

    async def open(self, call: str, hosts: tuple[str, str]) -> tuple[Address2, Address2]:
        """Take a pair of ports at each of our two addresses and begin; PortsExhausted, EnvironmentFault."""

    def connect(self, call: str, leg: int, target: MediaTarget | None) -> None:
        """Say where a leg's SDP listens (again on every change). A call that is gone is passed over."""

    async def counters(self, call: str) -> tuple[LegCounters, LegCounters]:
        """What was seen so far; zeros for a call that is gone."""

    async def close(self, call: str) -> tuple[LegCounters, LegCounters]:
        """End it, give the ports back and say what was seen; the second time only zeros."""


class SocketRelay:
    """A MediaRelay on the sockets of the running loop. Use it on that loop only."""

    def __init__(
        self,
        ports: RtpPorts,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        relearn_after: float = RELEARN_AFTER,
    ) -> None:
        self._ports, self._clock, self._wall = ports, clock, wall
        self._relearn_after = relearn_after
        self._calls: dict[str, tuple[RelayLeg, RelayLeg]] = {}
        self._packets_of_ended = 0
        allow_many_sockets()

    async def open(self, call: str, hosts: tuple[str, str]) -> tuple[Address2, Address2]:
        """Take a pair of ports at each of our two addresses and begin; PortsExhausted, EnvironmentFault."""
        if call in self._calls:
            raise ValueError(f"call {call!r} is relayed already")
        loop = asyncio.get_running_loop()
        now = self._clock()
        first = open_pair(hosts[0], self._ports, now)
        try:
            second = open_pair(hosts[1], self._ports, now)
        except BaseException:
            first.close()
            self._ports.give_back(first.port, now)
            raise
        one = RelayLeg(loop, first, self._clock, self._relearn_after)
        two = RelayLeg(loop, second, self._clock, self._relearn_after)
        one.other, two.other = two, one
        self._calls[call] = (one, two)
        try:
            await one.start()
            await two.start()
        except BaseException:
            await self.close(call)
            raise
        logger.debug("call %s is relayed by %s and %s", call, one.address, two.address)
        return one.address, two.address

    def connect(self, call: str, leg: int, target: MediaTarget | None) -> None:
        """Say where a leg's SDP listens (again on every change). A call that is gone is passed over."""
        legs = self._calls.get(call)
        if legs is None:
            return
        legs[leg].connect(target)
        uses_mux = legs[0].offers_mux and legs[1].offers_mux
        for each in legs:
            each.sockets.uses_mux = uses_mux

    async def counters(self, call: str) -> tuple[LegCounters, LegCounters]:
        """What was seen so far; zeros for a call that is gone."""
        legs = self._calls.get(call)
        if legs is None:
            return LegCounters(), LegCounters()
        offset = self._wall() - self._clock()
        return legs[0].counters(offset), legs[1].counters(offset)

    async def close(self, call: str) -> tuple[LegCounters, LegCounters]:
        """End it, give the ports back and say what was seen; the second time only zeros."""
        seen = await self.counters(call)
        legs = self._calls.pop(call, ())
        for leg in legs:
            leg.close()
            self._ports.give_back(leg.address.port, self._clock())
            self._packets_of_ended += leg.packets_in
        return seen

    async def close_all(self) -> None:
        """End every call."""
        for call in tuple(self._calls):
            await self.close(call)

    @property
    def calls(self) -> int:
        """How many calls are relayed now."""
        return len(self._calls)

    @property
    def relayed_packets(self) -> int:
        """How many packets of sound came since the start, on all legs."""
        live = sum(leg.packets_in for legs in self._calls.values() for leg in legs)
        return self._packets_of_ended + live
