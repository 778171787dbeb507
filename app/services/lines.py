"""All external lines: each follows its record, every change of state is told and kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from typing import Protocol

from app.db.tables.line_event import LineEventRow
from app.events import EventBus, LineChanged, LineState, LineView
from app.services.directory import Directory, DirectoryHolder
from app.services.limits import Limits, Way
from app.services.line_registration import LineRegistration
from app.services.peer_addresses import OutsideNetwork
from app.sip.events import Registered, RegistrationFailed, StackEvent, Unregistered
from app.variables import Variables

logger = logging.getLogger(__name__)

_SLEPT_S = 30.0


class Queue(Protocol):
    """The part of `db.write_behind.WriteBehind` that is used."""

    def add(self, row: LineEventRow) -> None:
        """Queue a row."""
        ...


class Lines:
    """The lines by name. `start` begins to register, `stop` takes all bindings away."""

    def __init__(
        self,
        network: OutsideNetwork,
        *,
        holder: DirectoryHolder,
        variables: Variables,
        events: EventBus,
        history: Queue,
        limits: Limits,
        clock: Callable[[], float],
    ) -> None:
        self._network = network
        self._holder = holder
        self._variables = variables
        self._events = events
        self._history = history
        self._limits = limits
        self._clock = clock
        self._lines: dict[str, LineRegistration] = {}
        self._gone: set[LineRegistration] = set()  # deleted, and not yet unregistered
        self._probe: asyncio.TimerHandle | None = None
        self._drift: float | None = None  # of the wall clock against the loop's, which stands while we sleep
        self._is_running = False

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[LineRegistration]:
        return iter(self._lines.values())

    def get(self, name: str) -> LineRegistration | None:
        """Find a line that is configured."""
        return self._lines.get(name)

    @property
    def is_idle(self) -> bool:
        """Whether no deleted line is still taking leave."""
        return not self._gone

    def start(self) -> None:
        """Begin with all lines."""
        self._is_running = True
        self._follow(self._holder.current)
        self._arm_probe()

    def directory_changed(self, before: Directory, after: Directory) -> None:
        """Lines were saved: only those that changed are touched."""
        if self._is_running and before.lines is not after.lines:
            self._follow(after)

    def take(self, event: StackEvent) -> bool:
        """Take an event of a registration; False where it is something else."""
        if not isinstance(event, Registered | RegistrationFailed | Unregistered):
            return False
        if not any(line.take(event) for line in self._lines.values()):
            for line in tuple(self._gone):
                if line.take(event) and line.has_left:
                    self._gone.discard(line)
        return True

    def network_changed(self) -> None:
        """Our address has changed: all lines register at once."""
        self._network.network_changed()
        for line in self._lines.values():
            line.network_changed()

    def retry_failed(self) -> None:
        """Lines that have failed register at once: what they failed for may have changed."""
        for line in self._lines.values():
            if line.status.state is LineState.FAILED:
                line.register_now()

    def views(self) -> list[LineView]:
        """How all lines stand, by name."""
        return [self.view(self._lines[name]) for name in sorted(self._lines)]

    def view(self, line: LineRegistration) -> LineView:
        """How a line stands."""
        status = line.status
        return LineView(
            name=line.name,
            state=status.state,
            reason=status.reason,
            code=status.code,
            since=status.since,
            expires_at=line.expires_at,
            server=line.server,
            contact=line.contact if status.state is LineState.REGISTERED else "",
            call_id=line.call_id,
            calls_in=self._limits.count("line", line.name, Way.IN),
            calls_out=self._limits.count("line", line.name, Way.OUT),
        )

    def calls_changed(self, name: str) -> None:
        """A call of the line began or ended."""
        line = self._lines.get(name)
        if line is not None:
            self._events.publish(LineChanged(self.view(line)))

    async def stop(self, patience_s: float = 2.0) -> None:
        """Unregister politely; carriers that do not answer in time are left alone."""
        self._is_running = False
        if self._probe is not None:
            self._probe.cancel()
            self._probe = None
        everyone = [*self._lines.values(), *self._gone]
        for line in self._lines.values():
            line.leave()
        try:
            async with asyncio.timeout(patience_s):
                for line in everyone:
                    await line.left()
        except TimeoutError:
            logger.info("not all carriers have confirmed that the lines are gone")
        for line in everyone:
            line.close()
        self._lines.clear()
        self._gone.clear()

    def _follow(self, directory: Directory) -> None:
        for name in [name for name in self._lines if name not in directory.lines]:
            line = self._lines.pop(name)
            self._gone.add(line)  # first: a line without a binding says farewell at once
            line.leave()
            if line.has_left:
                self._gone.discard(line)
        for name, record in directory.lines.items():
            known = self._lines.get(name)
            if known is None:
                line = LineRegistration(
                    record, self._network, self._variables, clock=self._clock, changed=self._line_changed
                )
                self._lines[name] = line
                line.start()
            elif known.line is not record:
                known.replace(record)

    def _line_changed(self, line: LineRegistration) -> None:
        status = line.status
        self._history.add(
            LineEventRow(
                line=line.name,
                at=self._clock(),
                state=status.state.value,
                code=status.code,
                reason=status.reason,
                server=line.server,
                call_id=line.call_id,
            )
        )
        self._events.publish(LineChanged(self.view(line)))

    def _arm_probe(self) -> None:
        """Look from time to time whether our address toward the carriers is still the same."""
        if self._is_running:
            loop = asyncio.get_running_loop()
            self._probe = loop.call_later(self._variables.network_check_s, self._look_around)

    def _has_slept(self) -> bool:
        """Whether the wall clock ran ahead of the loop's: bindings may be gone that we believe in."""
        before, self._drift = self._drift, self._clock() - asyncio.get_running_loop().time()
        return before is not None and self._drift - before > _SLEPT_S

    def _look_around(self) -> None:
        if self._has_slept():
            logger.info("this computer has slept: all lines register anew")
            self.network_changed()
            self._arm_probe()
            return
        moved = [line for line in self._lines.values() if line.has_moved()]
        if moved:
            logger.info("our address toward %s has changed", ", ".join(line.name for line in moved))
            self.network_changed()
        self._arm_probe()
