"""The way to the outside and back: lines, trunks, limits and who calls, started and stopped as one."""

from __future__ import annotations

from collections.abc import Callable

from app.events import EventBus
from app.services.bindings import Bindings
from app.services.directory import Directory, DirectoryHolder
from app.services.incoming import Incoming
from app.services.limits import Limits
from app.services.lines import Lines
from app.services.lines import Queue as HistoryQueue
from app.services.peer_addresses import OutsideNetwork
from app.services.trunks import Trunks
from app.sip.events import ResponseReceived, StackEvent
from app.variables import Variables


class Gateway:
    """Made on the loop it will live on. Nothing is sent before `start`."""

    def __init__(
        self,
        network: OutsideNetwork,
        *,
        holder: DirectoryHolder,
        bindings: Bindings,
        history: HistoryQueue,
        events: EventBus,
        variables: Variables,
        clock: Callable[[], float],
    ) -> None:
        self.network = network
        self.variables = variables
        self.limits = Limits(self._calls_changed)
        self.lines = Lines(
            network,
            holder=holder,
            variables=variables,
            events=events,
            history=history,
            limits=self.limits,
            clock=clock,
        )
        self.trunks = Trunks(
            network, holder=holder, variables=variables, events=events, limits=self.limits, clock=clock
        )
        self.incoming = Incoming(
            holder=holder,
            lines=self.lines,
            trunks=self.trunks,
            limits=self.limits,
            bindings=bindings,
            variables=variables,
        )

    @property
    def is_idle(self) -> bool:
        """Whether no call has a place and no deleted line is still taking leave."""
        return self.limits.is_idle and self.lines.is_idle

    def start(self) -> None:
        """Register all lines, look all trunks up."""
        self.lines.start()
        self.trunks.start()

    async def stop(self, patience_s: float = 2.0) -> None:
        """Unregister politely. Calls must have ended before."""
        self.trunks.stop()
        await self.lines.stop(patience_s)

    def directory_changed(self, before: Directory, after: Directory) -> None:
        """Records were saved: lines and trunks that changed follow at once."""
        self.lines.directory_changed(before, after)
        self.trunks.directory_changed(before, after)

    def network_changed(self) -> None:
        """Our address is another now."""
        self.lines.network_changed()
        self.trunks.network_changed()

    def take(self, event: StackEvent) -> bool:
        """Take an event of a registration, or the answer to an OPTIONS; False where it is another's."""
        if isinstance(event, ResponseReceived):
            return self.trunks.take(event)
        return self.lines.take(event)

    def _calls_changed(self, kind: str, name: str) -> None:
        if kind == "line":
            self.lines.calls_changed(name)
        elif kind == "trunk":
            self.trunks.calls_changed(name)
