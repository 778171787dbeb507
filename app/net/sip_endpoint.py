"""The SIP endpoint: carries bytes, time and answers between the network and the one SipStack."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.net.addresses import WILDCARDS, family_of, probe_local
from app.net.datagram_flows import DatagramFlows
from app.net.large_requests import CONNECT_PATIENCE, LargeRequests
from app.net.outlets import Outlets, outlet_name
from app.net.public_address import PublicAddress
from app.net.resolver import Resolver, Target
from app.net.sockets import DatagramSockets
from app.net.stream import StreamLimits, Streams
from app.net.tls import TlsClientSettings, TlsFiles, server_context
from app.net.tls_client import TlsClient
from app.net.udp import UdpSockets
from app.sip.draft import contact_uri
from app.sip.errors import MessageError
from app.sip.flow import Address, Direction, Flow, Transport
from app.sip.output import Resolve, Send
from app.sip.refusal import refuse
from app.sip.uri import SipUri

if TYPE_CHECKING:
    from app.sip.events import StackEvent
    from app.sip.stack import SipStack

logger = logging.getLogger(__name__)

T = TypeVar("T")

_REFRESH = 60.0  # seconds; how soon a changed address of ours is noticed on a wildcard socket
_MOST_NAMES = 5_000
_FAILURES_KEPT = 200
_PING = b"\r\n\r\n"
_TLS_CLIENT = TlsClientSettings()


class Recorder(Protocol):
    """Where messages are kept; app.trace.capture.Capture is one."""

    def record(self, time_unix: float, direction: Direction, flow: Flow, data: bytes) -> None:
        """Keep one message, without waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """A socket to open. `host` is numeric, port 0 = any; TLS needs files."""

    transport: Transport
    host: str
    port: int
    tls: TlsFiles | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A socket that is open, with the port it really has."""

    transport: Transport
    address: Address


@dataclass(slots=True)
class EndpointCounters:
    """What has gone through since the start."""

    messages_in: int = 0
    messages_out: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    keep_alives: int = 0  # empty datagrams and their like
    garbage: int = 0  # datagrams that cannot be SIP
    flow_failures: int = 0
    refused: int = 0  # from hosts that are not admitted
    faults: int = 0  # exceptions of handlers or of the stack: bugs
    dropped: int = 0  # not sent: the send queue was full, or there was no socket
    retransmissions: int = 0


@dataclass(frozen=True, slots=True)
class FlowFailure:
    """What the system said of a flow: refused, unreachable, a TLS alert. `time` is in Unix seconds."""

    time: float
    flow: Flow
    reason: str


class SipEndpoint:
    """The only owner of a SipStack; everything happens on the engine's loop, in the order it comes.

    `sockets` carries datagrams (a simulated wire in tests); `wall_clock` gives Unix seconds; `on_closed`
    hears of each stream connection that has ended. What comes from a host that `admits` refuses is dropped
    unread: not parsed, not answered, not traced.
    """

    def __init__(
        self,
        stack: SipStack,
        resolver: Resolver,
        capture: Recorder,
        on_event: Callable[[StackEvent], None],
        *,
        sockets: DatagramSockets | None = None,
        stream_limits: StreamLimits | None = None,
        tls_client: TlsClientSettings = _TLS_CLIENT,
        wall_clock: Callable[[], float] = time.time,
        on_closed: Callable[[Flow], None] | None = None,
        admits: Callable[[str], bool] | None = None,
    ) -> None:
        self.stack = stack
        self._outlets = Outlets(resolver)
        self._record = capture.record
        self._on_event = on_event
        self._sockets: DatagramSockets = sockets if sockets is not None else UdpSockets()
        self._stream_limits = stream_limits
        self.tls = TlsClient(tls_client)
        self._wall_clock = wall_clock
        self._on_closed = on_closed
        self._admits = admits
        self.public = PublicAddress(self._hosts_of, self._public_changed)
        self._counters = EndpointCounters()
        self.failures: deque[FlowFailure] = deque(maxlen=_FAILURES_KEPT)
        self._loop: asyncio.AbstractEventLoop
        self._now: Callable[[], float]
        self._udp: list[DatagramFlows] = []
        self._udp_by_local: dict[Address, DatagramFlows] = {}
        self._streams: Streams
        self._large: LargeRequests
        self._bound: tuple[Bound, ...] = ()
        self._stream_flows: dict[tuple[Transport, Address, str], Flow] = {}
        self._questions: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0
        self._refresher: asyncio.TimerHandle | None = None
        self._is_draining = False
        self._is_running = False

    async def start(self, listen: Sequence[Listen]) -> tuple[Bound, ...]:
        """Open all sockets, or none: EnvironmentFault("net.port"), UserError("tls.…")."""
        self._loop = asyncio.get_running_loop()
        self._now = self._loop.time
        self._streams = Streams(
            self,
            client_tls=self.tls.context,
            server_name=self.tls.server_name,
            limits=self._stream_limits,
            admits=self._admits,
            public=self.public.toward,
        )
        self._large = LargeRequests(
            stream_to=self._stream_instead, is_open=self._streams.is_open, clock=self._now
        )
        bound = []
        self._is_running = True
        try:
            for each in listen:
                address = await self._open(each)
                bound.append(Bound(each.transport, address))
        except BaseException:
            await self.stop()
            raise
        self._bound = tuple(bound)
        self._refresher = self._loop.call_later(_REFRESH, self._refresh)
        return self._bound

    async def _open(self, listen: Listen) -> Address:
        if listen.transport is Transport.UDP:
            flows = DatagramFlows(self._sockets, self, self.public)
            address = await flows.open(listen.host, listen.port)
            self._udp.append(flows)
            return address
        context = None
        if listen.transport is Transport.TLS:
            if listen.tls is None:
                raise ValueError("a TLS listener needs a certificate")
            context = server_context(listen.tls)
            self.tls.files = listen.tls
        return await self._streams.listen(listen.transport, listen.host, listen.port, context)

    async def stop(self) -> None:
        """Send what is queued and close everything; the stack is left as it is."""
        if not self._is_running:
            return
        self._is_running = False
        for timer in (self._timer, self._refresher):
            if timer is not None:
                timer.cancel()
        questions = list(self._questions)
        for question in questions:
            question.cancel()
        await asyncio.gather(*questions, return_exceptions=True)
        await self.public.close()
        await self._outlets.close()
        await self._streams.close()
        for flows in self._udp:
            if flows.socket is not None:
                flows.socket.close()
                self._counters.dropped += flows.socket.dropped
        self._udp.clear()

    def run(self, command: Callable[..., T], *args: object, **kw: object) -> T:
        """Call `command(*args, **kw, now=loop.time())`, a method of the stack or its objects, then drain.

        Inside an event handler the command takes effect at once, and what it wants sent goes out before
        the next event is handed up.
        """
        now = self._now()
        try:
            return command(*args, **kw, now=now)
        finally:
            self._drain(now)

    def contact_uri(self, flow: Flow, user: str) -> str:
        """Write our address on a flow as a URI the peer can send to."""
        return contact_uri(flow, user)

    @property
    def counters(self) -> EndpointCounters:
        """What has gone through since the start."""
        counters = self._counters
        counters.retransmissions = self.stack.counters.retransmissions_out
        return counters

    @property
    def connections(self) -> int:
        """How many stream connections are open."""
        return len(self._streams)

    async def open_outlet(self, host: str = "", dns: tuple[str, ...] = (), tls_name: str = "") -> str:
        """Make a way out by an address of ours and by other DNS servers; the name is for orders to the stack.

        With `tls_name` its TLS peers must prove who they are (`Outlet.proof_of`).
        EnvironmentFault("net.port") where the address is not this machine's.
        """
        name = outlet_name(host, dns, tls_name)
        if name not in self._outlets:
            flows = self._outlets.socket_at(host) if host else None
            if host and flows is None:
                flows = next((each for each in self._udp if each.host == host), None)
            if host and flows is None:
                flows = DatagramFlows(self._sockets, self, self.public)
                await flows.open(host, 0)
            self._outlets.add(host, dns, flows, tls_name)
        return name

    def proving_outlet(self, tls_name: str) -> str:
        """The ordinary way out, but its TLS peers must prove who they are; "" = they need not."""
        name = outlet_name("", (), tls_name)
        if name not in self._outlets:
            self._outlets.add("", (), None, tls_name)
        return name

    async def find(self, uri: SipUri, outlet: str = "") -> tuple[Target, ...]:
        """Look up where a URI leads, for those who want to know without sending."""
        return await self._outlets.get(outlet).resolver.resolve(uri)

    async def flows(self, uri: SipUri, outlet: str = "") -> tuple[Flow, ...]:
        """The flows that lead to a URI, the best first; () = there is no way."""
        resolver = self._outlets.get(outlet).resolver
        targets = resolver.resolve_now(uri)
        if targets is None:
            targets = await resolver.resolve(uri)
        return tuple([flow for target in targets if (flow := self.flow_to(target, outlet)) is not None])

    def keep_alive(self, flow: Flow) -> None:
        """Send two empty lines: they keep a router's mapping, or a connection, open (RFC 5626 3.5.1)."""
        if flow.transport is Transport.UDP:
            self._send_datagram(_PING, flow)
        else:
            self._streams.send(_PING, flow)

    def shown(self, flow: Flow) -> Flow:
        """A flow kept from before, with our public address of now."""
        public = self.public.toward(flow.local, flow.remote.host)
        return flow if flow.public == public else replace(flow, public=public)

    def keep_to_datagrams(self, peer: Address) -> None:
        """Send large requests to this peer over UDP too: its record says so (against RFC 3261 18.1.1)."""
        self._large.exempt(peer)

    def has_moved(self, flow: Flow) -> bool:
        """Whether the peer knows us by an address that is another by now.

        That is the public one; or of a UDP flow, the one the kernel would send from.
        """
        if self.shown(flow) is not flow:
            return True
        if flow.transport is not Transport.UDP:
            return False
        flows = self._find_udp(flow)
        if flows is None or not flows.is_wildcard:
            return False
        toward = probe_local if isinstance(self._sockets, UdpSockets) else self._sockets.local_toward
        return toward(flow.remote.host) != flow.local.host

    def network_changed(self) -> None:
        """Forget what was true of the old network: our addresses and the answers of the DNS."""
        self._outlets.network_changed()
        if isinstance(self._sockets, UdpSockets):
            self._sockets.network_changed()
        self._stream_flows.clear()
        for flows in self._udp:
            flows.refresh()

    # What comes in

    def message_received(self, data: bytes, flow: Flow) -> None:
        """One datagram, or one message cut out of a stream."""
        counters = self._counters
        if self._admits is not None and not self._admits(flow.remote.host):
            counters.refused += 1
            return
        if not data or not 0x41 <= data[0] <= 0x7A:  # a letter begins every message; STUN, RTP, zeros do not
            if data.strip(b"\r\n\0"):
                if data[:1] in b"\r\n" and data.lstrip()[:1].isalpha():  # RFC 3261 7.5: empty lines before it
                    self.message_received(data.lstrip(), flow)
                    return
                counters.garbage += 1
            else:
                counters.keep_alives += 1
            return
        counters.messages_in += 1
        counters.bytes_in += len(data)
        self._record(self._wall_clock(), Direction.IN, flow, data)
        now = self._now()
        try:
            self.stack.receive(data, flow, now)
        except Exception:
            self._fault("a message from %s made the stack fail", flow.remote)
        self._drain(now)

    def datagrams_refused(self, flow: Flow, reason: str) -> None:
        """An ICMP error, or a datagram the kernel would not send."""
        self._outlets.mark_failed(flow.transport, flow.remote)
        self._flow_failed(flow, reason)

    def connection_failed(self, flow: Flow, reason: str) -> None:
        """A connection that could not be opened, or has ended."""
        if not flow.connection:
            self._outlets.mark_failed(flow.transport, flow.remote)
            self._stream_flows.pop((flow.transport, flow.remote, flow.proof), None)
            for data, datagram_flow in self._large.give_back(flow):
                self._note_sent(data, datagram_flow)
                self._send_datagram(data, datagram_flow)
        elif self._on_closed is not None and self._is_running:
            try:
                self._on_closed(flow)
            except Exception:
                self._fault("noting the closed connection to %s failed", flow.remote)
        self._flow_failed(flow, reason)

    def unframed_received(self, head: bytes, error: MessageError, flow: Flow) -> None:
        """The head of a message after which a stream cannot be followed: answered if it can be."""
        if head:
            self._record(self._wall_clock(), Direction.IN, flow, head)
            answer = refuse(head, error, flow.remote)
            if answer is not None:
                self._send(Send(answer.encode(), flow))

    def _flow_failed(self, flow: Flow, reason: str) -> None:
        if not self._is_running:
            return
        logger.debug("%s %s failed: %s", flow.transport, flow.remote, reason)
        self._counters.flow_failures += 1
        self.failures.append(FlowFailure(self._wall_clock(), flow, reason))
        now = self._now()
        try:
            self.stack.flow_failed(flow, reason, now)
        except Exception:
            self._fault("the failure of %s made the stack fail", flow.remote)
        self._drain(now)

    def _on_timer(self) -> None:
        self._timer = None
        # uvloop counts whole milliseconds: a timer may come a fraction early, and need not come again for it.
        now = max(self._now(), self._timer_at)
        try:
            self.stack.tick(now)
        except Exception:
            self._fault("a timer made the stack fail%s", "")
        self._drain(now)

    # What goes out

    def _drain(self, now: float) -> None:
        """Do all that the stack wants: first what is to be sent, then one event, and again."""
        if self._is_draining or not self._is_running:
            return
        stack = self.stack
        self._is_draining = True
        try:
            while True:
                outputs = stack.take_output()
                while outputs:
                    for output in outputs:
                        if isinstance(output, Send):
                            self._send(output)
                        else:
                            self._resolve(output, now)
                    outputs = stack.take_output()
                event = stack.next_event()
                if event is None:
                    break
                try:
                    self._on_event(event)
                except Exception:
                    self._fault("handling %s failed", type(event).__name__)
        finally:
            self._is_draining = False
        self._arm()

    def _arm(self) -> None:
        """Have one timer no later than the deadline; one too early costs less than a new one each time."""
        deadline = self.stack.deadline()
        if deadline is None:
            return
        if self._timer is not None:
            if self._timer_at <= deadline:
                return
            self._timer.cancel()
        self._timer_at = deadline
        self._timer = self._loop.call_later(max(deadline - self._now(), 0.001), self._on_timer)

    def _send(self, send: Send) -> None:
        data, flow = send
        if flow.transport is Transport.UDP:
            diverted = self._large.divert(data, flow) if self._large.concerns(data) else None
            if diverted is None:
                self._note_sent(data, flow)
                self._send_datagram(data, flow)
                return
            if diverted.data:  # else: a repetition of what a stream carries already
                self._note_sent(diverted.data, diverted.flow)
                self._streams.send(diverted.data, diverted.flow, CONNECT_PATIENCE)
            return
        self._note_sent(data, flow)
        self._streams.send(data, flow)

    def _note_sent(self, data: bytes, flow: Flow) -> None:
        counters = self._counters
        counters.messages_out += 1
        counters.bytes_out += len(data)
        self._record(self._wall_clock(), Direction.OUT, flow, data)

    def _send_datagram(self, data: bytes, flow: Flow) -> None:
        flows = self._udp_by_local.get(flow.local) or self._find_udp(flow)
        if flows is None or flows.socket is None:
            self._counters.dropped += 1
            self._loop.call_soon(self._flow_failed, flow, "no UDP socket for this address family")
        else:
            flows.socket.send(data, flow.remote)

    def _find_udp(self, flow: Flow) -> DatagramFlows | None:
        """Choose a socket for a flow that is new, or kept from before a restart on other ports."""
        found = self._outlets.socket_at(flow.local.host)
        if found is None or found.port != flow.local.port:
            found = self._udp_toward(flow.remote.host, flow.local)
        if found is not None:
            if len(self._udp_by_local) > 1_000:
                self._udp_by_local.clear()
            self._udp_by_local[flow.local] = found
        return found

    def _udp_toward(self, remote_host: str, local: Address | None = None) -> DatagramFlows | None:
        family = family_of(remote_host)
        able = [
            flows
            for flows in self._udp
            if flows.socket is not None and family_of(flows.socket.address.host) == family
        ]
        if len(able) > 1:
            local_host = local.host if local is not None else self._sockets.local_toward(remote_host)
            port = local.port if local is not None else 0

            def fitness(flows: DatagramFlows) -> tuple[bool, bool, bool]:
                address = flows.socket.address if flows.socket is not None else Address("", 0)
                return address.host == local_host, address.host in WILDCARDS, address.port == port

            able.sort(key=fitness, reverse=True)
        return able[0] if able else None

    # Where to

    def _resolve(self, question: Resolve, now: float) -> None:
        resolver = self._outlets.get(question.outlet).resolver
        targets = resolver.resolve_now(question.uri, question.transport)
        if targets is not None:
            self._answer(question, targets, now)
            return
        task = self._loop.create_task(self._ask(question), name=f"resolve {question.uri.host}")
        self._questions.add(task)
        task.add_done_callback(self._questions.discard)

    async def _ask(self, question: Resolve) -> None:
        try:
            resolver = self._outlets.get(question.outlet).resolver
            targets = await resolver.resolve(question.uri, question.transport)
        except Exception:
            self._fault("resolving %s failed", question.uri.host)
            targets = ()
        now = self._now()
        self._answer(question, targets, now)
        self._drain(now)

    def _answer(self, question: Resolve, targets: Sequence[Target], now: float) -> None:
        flows = [flow for target in targets if (flow := self.flow_to(target, question.outlet)) is not None]
        try:
            self.stack.resolved(question.token, flows, now)
        except Exception:
            self._fault("the way to %s made the stack fail", question.uri.host)

    def flow_to(self, target: Target, outlet: str = "") -> Flow | None:
        """The flow to a target; None where we have no socket of its kind."""
        transport, address, name = target
        own = self._outlets.get(outlet)
        if own.host and family_of(own.host) != family_of(address.host):
            return None
        if transport is Transport.UDP:
            if own.flows is not None:
                return own.flows.toward(address)
            udp = self._udp_toward(address.host)
            return udp.toward(address) if udp is not None else None
        proof = own.proof_of(name) if transport is Transport.TLS else ""
        if proof != own.tls_name and self._streams.leads_to(transport, address, own.tls_name):
            proof = own.tls_name  # another name of who has proved himself at this very address
        flow = self._stream_flows.get((transport, address, proof))
        if flow is None:
            if len(self._stream_flows) >= _MOST_NAMES:
                self._stream_flows.clear()
            local = self._stream_local(transport, address.host)
            if own.host:
                local = Address(own.host, local.port)
            public = self.public.toward(local, address.host)
            flow = Flow(transport, local, address, public=public, proof=proof)
            self._stream_flows[transport, address, proof] = flow
        if transport is Transport.TLS:
            self.tls.note_name(address, name)
        return flow

    def _stream_instead(self, address: Address) -> Flow | None:
        """The flow on which a large request goes; none where TCP is not listened on (18.1.1 wants both)."""
        if not any(bound.transport is Transport.TCP for bound in self._bound):
            return None
        return self.flow_to(Target(Transport.TCP, address, address.host))

    def _stream_local(self, transport: Transport, remote_host: str) -> Address:
        """Our address for a connection to come: where we listen with that transport, if we do."""
        family = family_of(remote_host)
        own = [bound.address for bound in self._bound if bound.transport is transport]
        own = [address for address in own if family_of(address.host) == family]
        toward = self._sockets.local_toward(remote_host)
        for address in own:
            if address.host in WILDCARDS or address.host == toward:
                return Address(toward, address.port)
        return own[0] if own else Address(toward, transport.default_port)

    async def _hosts_of(self, name: str) -> tuple[str, ...]:
        targets = await self._outlets.get("").resolver.resolve(SipUri.of("", name, 5060))
        return tuple([target.address.host for target in targets])

    def _public_changed(self) -> None:
        for flows in (*self._udp, *self._outlets.sockets()):
            flows.refresh()
        self._stream_flows.clear()
        self._streams.public_changed()

    def _refresh(self) -> None:
        for flows in self._udp:
            if flows.is_wildcard:
                flows.refresh()
        self._stream_flows.clear()
        self.public.refresh()
        self._refresher = self._loop.call_later(_REFRESH, self._refresh)

    def _fault(self, text: str, subject: object) -> None:
        """Note a mistake of ours: it ends the one thing that was being done, never the PBX."""
        self._counters.faults += 1
        logger.exception(text, subject)
