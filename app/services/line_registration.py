"""One line's life at its carrier: registered or why not, the way calls take, addresses calls come from."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from app.errors import EnvironmentFault
from app.events import LineState
from app.services.line_account import (
    binding_of,
    hop_of,
    order_of,
    registration_facts,
    shown_flow,
    tls_name_of,
)
from app.services.line_words import why_failed
from app.services.outside import Line
from app.services.peer_addresses import OutsideNetwork, PeerAddresses
from app.sip.errors import MessageError
from app.sip.events import Registered, RegistrationFailed, Unregistered
from app.sip.flow import Flow
from app.sip.registration import RegistrationClient
from app.variables import Variables

logger = logging.getLogger(__name__)

_DOUBT_S = 60.0  # between registrations that silent calls ask for
_FAREWELL_S = 4.0  # an old binding is given that long to be taken away before a new one is made


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStatus:
    """How a line stands. `since` is Unix seconds."""

    state: LineState
    reason: str
    code: int = 0
    since: float = 0.0


class LineRegistration:
    """Keeps one line in the state its record wants.

    `changed(self)` is called after each change of `status`. Made and used on the loop.
    """

    def __init__(
        self,
        line: Line,
        network: OutsideNetwork,
        variables: Variables,
        *,
        clock: Callable[[], float],
        changed: Callable[[LineRegistration], None],
    ) -> None:
        self.line = line
        self.status = LineStatus(state=LineState.DISABLED, reason="Switched off.", since=clock())
        self.client: RegistrationClient | None = None
        self.outlet = ""
        self.addresses = PeerAddresses(network, (), every_s=variables.dns_refresh_s)
        self.expires_at: float | None = None
        self._network = network
        self._variables = variables
        self._clock = clock
        self._changed = changed
        self._doubted_at = 0.0
        self._leaving: dict[RegistrationClient, asyncio.Event] = {}
        self._task: asyncio.Task[None] | None = None
        self._keepalive: asyncio.TimerHandle | None = None

    def __str__(self) -> str:
        return f"line {self.line.name}"

    # What calls ask

    @property
    def name(self) -> str:
        """The line's name."""
        return self.line.name

    @property
    def is_ready(self) -> bool:
        """Whether calls may go out by it: registered, in no need of it, or registering anew in time."""
        state = self.status.state
        if state is LineState.REGISTERING:
            return self.expires_at is not None and self.expires_at > self._clock()
        return state is LineState.REGISTERED

    @property
    def flow(self) -> Flow | None:
        """The very flow the registrar answered on: calls leave by the same socket."""
        return self.client.flow if self.client is not None and self.is_ready else None

    @property
    def service_route(self) -> tuple[str, ...]:
        """Route of requests to this carrier (RFC 3608)."""
        return self.client.service_route if self.client is not None else ()

    @property
    def associated_uris(self) -> tuple[str, ...]:
        """The identities the carrier lets us use, the usual one first (RFC 7315 4.1)."""
        return self.client.associated_uris if self.client is not None else ()

    @property
    def call_id(self) -> str:
        """The Call-ID of the latest REGISTER, "" where there was none."""
        request = self.client.request if self.client is not None else None
        return request.call_id if request is not None else ""

    @property
    def server(self) -> str:
        """Where the carrier answered from, as in captures."""
        return shown_flow(self.client.flow if self.client is not None else None)

    @property
    def contact(self) -> str:
        """The URI we are registered with."""
        return self.client.contact if self.client is not None else ""

    def is_from(self, flow: Flow) -> bool:
        """Whether what came over a flow came from this line's carrier; a line switched off has none."""
        if not self.line.enabled:
            return False
        client = self.client
        if client is not None and client.flow is not None:
            if flow.connection and flow.connection == client.flow.connection:
                return True
            if flow.remote.host == client.flow.remote.host:
                return True
        return self.addresses.holds(flow.remote.host)

    def is_exactly_from(self, flow: Flow) -> bool:
        """Whether it came from the very address and port that requests to the carrier go to."""
        if not self.line.enabled:
            return False
        client = self.client
        if client is not None and client.flow is not None:
            if flow.connection and flow.connection == client.flow.connection:
                return True
            if flow.remote == client.flow.remote:
                return True
        return self.addresses.is_exactly(flow)

    # Its life

    def start(self) -> None:
        """Do what the record says."""
        self._task = asyncio.get_running_loop().create_task(self._begin(), name=f"start {self}")

    def replace(self, line: Line) -> None:
        """Follow a changed record; a registration it does not concern goes on untouched."""
        before, self.line = self.line, line
        if registration_facts(before) == registration_facts(line):
            if before.match_addresses != line.match_addresses:
                self._watch_addresses()
            return
        self._halt(takes_binding_away=binding_of(before) != binding_of(line))
        self.start()

    def network_changed(self) -> None:
        """Our address is another now: register at once."""
        self.addresses.refresh()
        if self.client is not None:
            self._tell(LineState.REGISTERING, "Our network address has changed.")
            self._network.run(self.client.renew, is_elsewhere=True)

    def register_now(self) -> None:
        """Register at once, as the user asks; a line that could not even begin begins anew."""
        if self.client is None:
            self._halt(takes_binding_away=False)
            self.start()
            return
        self._tell(LineState.REGISTERING, "Registering as asked.")
        self._network.run(self.client.renew)

    def doubt(self) -> None:
        """A call met silence: look whether the carrier is there, and if not, for another server of it."""
        client = self.client
        if client is not None and client.is_registered and self._clock() >= self._doubted_at + _DOUBT_S:
            self._doubted_at = self._clock()
            self._network.run(client.renew)

    def leave(self) -> None:
        """Take the binding away and end; `left` waits until the carrier has answered."""
        self._halt(takes_binding_away=True)

    @property
    def has_left(self) -> bool:
        """Whether no binding is being taken away."""
        return not self._leaving

    async def left(self) -> None:
        """Wait until bindings that were taken away are gone."""
        for event in list(self._leaving.values()):
            await event.wait()

    def close(self) -> None:
        """Let go of everything at once."""
        self._halt(takes_binding_away=False)
        for client, event in list(self._leaving.items()):
            client.drop()
            event.set()
        self._leaving.clear()

    def take(self, event: Registered | RegistrationFailed | Unregistered) -> bool:
        """Take an event of one of its clients; False where it is none of them."""
        client = event.client
        if isinstance(event, Unregistered):
            gone = self._leaving.pop(client, None)
            if gone is not None:
                gone.set()
            return gone is not None
        if client is not self.client:
            return client in self._leaving
        if isinstance(event, Registered):
            self.expires_at = self._clock() + event.expires
            self._tell(LineState.REGISTERED, f"Registered at {self.server}.", 200)
            self._arm_keepalive()
        else:
            self.expires_at = None
            self._tell(LineState.FAILED, why_failed(event, self.line), event.status)
        return True

    async def _begin(self) -> None:
        line = self.line
        if not line.enabled:
            self._tell(LineState.DISABLED, "Switched off.")
            return
        if line.password_problem:
            self._tell(LineState.FAILED, line.password_problem)
            return
        try:
            async with asyncio.timeout(_FAREWELL_S):
                await self.left()
        except TimeoutError:
            logger.info("%s: the old registration was not given up in time", self)
        try:
            hop_of(line)
            dns = tuple(each.strip() for each in line.dns_server.split(",") if each.strip())
            self.outlet = await self._network.open_outlet(line.bind_address, dns, tls_name_of(line))
            self._watch_addresses()
            if line.register:
                self._tell(LineState.REGISTERING, "Waiting for the carrier's answer.")
                self.client = self._network.run(self._register)
            else:
                self._tell(LineState.REGISTERED, "In service; this line needs no registration.")
        except MessageError as problem:
            self._tell(LineState.FAILED, f"The server address cannot be used: {problem.reason}.")
        except EnvironmentFault as fault:
            self._tell(
                LineState.FAILED, f"The address {line.bind_address} cannot be used to send from: {fault.text}"
            )

    def _register(self, *, now: float) -> RegistrationClient:
        order = order_of(self.line, self._variables, self.outlet)
        return RegistrationClient(self._network.stack, order, now)

    def _watch_addresses(self) -> None:
        self.addresses.stop()
        self.addresses = PeerAddresses(
            self._network,
            (hop_of(self.line),),
            self.line.match_addresses,
            outlet=self.outlet,
            every_s=self._variables.dns_refresh_s,
        )
        self.addresses.start()

    def _halt(self, *, takes_binding_away: bool) -> None:
        """Stop all that runs for the record as it was."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._keepalive is not None:
            self._keepalive.cancel()
            self._keepalive = None
        self.addresses.stop()
        self.expires_at = None
        client, self.client = self.client, None
        if client is None:
            return
        if takes_binding_away:
            self._leaving[client] = asyncio.Event()
            self._network.run(client.unregister)
        else:
            client.drop()

    def _arm_keepalive(self) -> None:
        every = self.line.keepalive_s or self._variables.keepalive_s
        if self._keepalive is None and every:
            self._keepalive = asyncio.get_running_loop().call_later(every, self._keep_alive)

    def _keep_alive(self) -> None:
        self._keepalive = None
        flow = self.flow
        if flow is not None:
            self._network.keep_alive(flow)
            self._arm_keepalive()

    def _tell(self, state: LineState, reason: str, code: int = 0) -> None:
        status = self.status
        if (state, reason, code) == (status.state, status.reason, status.code):
            return
        since = status.since if state is status.state else self._clock()
        self.status = LineStatus(state=state, reason=reason, code=code, since=since)
        level = logging.WARNING if state is LineState.FAILED else logging.INFO
        logger.log(level if state is not status.state else logging.DEBUG, "%s: %s: %s", self, state, reason)
        self._changed(self)

    def has_moved(self) -> bool:
        """Whether our address toward the carrier is another than the one it knows us by."""
        flow = self.client.flow if self.client is not None else None
        return flow is not None and self._network.has_moved(flow)
