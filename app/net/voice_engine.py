"""All voice ports of the PBX: opens and joins them, and moves their sound by one clock of 20 ms.

The codecs and what they need are loaded when the first port is opened.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.net.rtp_ports import RtpPorts
from app.net.rtp_socket import allow_many_sockets, open_pair
from app.net.source_lock import RELEARN_AFTER
from app.net.ticker import INTERVAL, Lateness, Ticker

if TYPE_CHECKING:
    from app.net.voice_port import Step, VoicePort

logger = logging.getLogger(__name__)

_AT_ONCE = 40  # steps until the loop may look after other things: less than half a millisecond


class VoiceEngine:
    """Voice ports on the sockets of the running loop. Use it on that loop only.

    On each tick first all ports are heard and then all speak, so that a source can mix what the sinks were
    given in the same tick. Tick numbers grow with the clock, also over times without any port.
    """

    def __init__(
        self,
        ports: RtpPorts,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        relearn_after: float = RELEARN_AFTER,
    ) -> None:
        self.clock, self.wall = clock, wall
        self._pool = ports
        self._relearn_after = relearn_after
        self._started_at = clock()
        self._ports: dict[VoicePort, None] = {}
        self._hearing: dict[Step, None] = {}
        self._speaking: dict[Step, None] = {}
        self._reports: list[tuple[int, int, VoicePort]] = []  # when each is due
        self._serial = itertools.count()
        self._ticker: Ticker | None = None
        self._first_tick = 0
        self._lateness: Lateness | None = None
        self._loop: asyncio.AbstractEventLoop
        self._pass: list[tuple[Step, dict[Step, None]]] = []  # what is left of this tick's, the last first
        self._passing = 0
        self._rest: asyncio.Handle | None = None
        allow_many_sockets()

    async def open(self, host: str) -> VoicePort:
        """Take a pair of ports at this address of ours; PortsExhausted, EnvironmentFault."""
        from app.net.voice_port import VoicePort

        loop = asyncio.get_running_loop()
        pair = open_pair(host, self._pool, self.clock())
        port = VoicePort(loop, pair, self, self._relearn_after)
        self._ports[port] = None
        try:
            await port.start()
        except BaseException:
            port.close()
            raise
        self._plan_report(port, 0.5)
        self._run(loop)
        logger.debug("voice port %s is open", port.address)
        return port

    def join(self, one: VoicePort, other: VoicePort) -> Callable[[], None]:
        """Let both hear each other until the returned call, or until one is closed or joined with another."""
        from app.net.voice_join import VoiceJoin

        for port in (one, other):
            if port.join is not None:
                port.join.end()
        if one not in self._ports or other not in self._ports:
            return lambda: None
        join = VoiceJoin(one.way_to(other), other.way_to(one))

        def end() -> None:
            join.end()
            for port in (one, other):
                if port.join is join:
                    port.join = None

        one.join = other.join = join
        return end

    @property
    def ports(self) -> int:
        """How many are open."""
        return len(self._ports)

    def lateness(self, latest: int = 4_096) -> Lateness:
        """How late the latest ticks were since the clock last started: it stands still without a port."""
        if self._ticker is not None:
            return self._ticker.lateness(latest)
        if self._lateness is not None:
            return self._lateness
        return Lateness(ticks=0, skipped=0, p50_ms=0.0, p95_ms=0.0, p99_ms=0.0, worst_ms=0.0)

    async def close_all(self) -> None:
        """Close every port."""
        for port in tuple(self._ports):
            port.close()

    # For the ports

    def tick(self) -> int:
        """The number of the tick that is now."""
        return int((self.clock() - self._started_at) / INTERVAL)

    def hear(self, step: Step) -> None:
        """Call this on every tick while it returns True, before anything is sent."""
        self._hearing[step] = None

    def speak(self, step: Step) -> None:
        """The same, after all have been heard."""
        self._speaking[step] = None

    def closed(self, port: VoicePort) -> None:
        """Give the ports of a closed one back."""
        if self._ports.pop(port, self) is self:
            return
        self._pool.give_back(port.address.port, self.clock())
        if not self._ports:
            self._stop()

    # The clock

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._ticker is None:
            self._loop = loop
            self._first_tick = self.tick()
            self._ticker = Ticker(loop, clock=self.clock)
            self._ticker.subscribe(self._on_tick)

    def _stop(self) -> None:
        if self._ticker is not None:
            self._lateness = self._ticker.lateness()
            self._ticker.stop()
            self._ticker = None
        self._hearing.clear()
        self._speaking.clear()
        self._reports.clear()
        self._pass.clear()
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _on_tick(self, number: int) -> None:
        while self._pass:  # the last tick's are not done: the machine is slow
            self._go_on()
        self._passing = self._first_tick + number
        self._pass = [(step, self._speaking) for step in self._speaking]
        self._pass += [(step, self._hearing) for step in self._hearing]
        while self._reports and self._reports[0][0] <= self._passing:
            self._report(heapq.heappop(self._reports)[2])
        self._go_on()

    def _go_on(self) -> None:
        """Take some steps of this tick, and the rest when the loop has seen to what waits."""
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        work, tick = self._pass, self._passing
        for _ in range(min(_AT_ONCE, len(work))):
            if not work:  # the last port was closed by a step
                break
            step, rota = work.pop()
            if step not in rota:
                continue
            try:
                if not step(tick):
                    rota.pop(step, None)
            except Exception:
                logger.exception("a voice port failed and is left out until it is used again")
                rota.pop(step, None)
        if self._pass:
            self._rest = self._loop.call_soon(self._go_on)

    def _report(self, port: VoicePort) -> None:
        try:
            wait = port.report()
        except Exception:
            logger.exception("a voice port could not report")
            wait = 5.0
        if wait is not None:
            self._plan_report(port, wait)

    def _plan_report(self, port: VoicePort, wait_s: float) -> None:
        due = self.tick() + int(wait_s / INTERVAL)
        heapq.heappush(self._reports, (due, next(self._serial), port))
