"""The flows of one datagram socket: one object a peer, with our address as that peer sees it."""

from __future__ import annotations

from typing import Protocol

from app.net.addresses import WILDCARDS
from app.net.public_address import PublicAddress
from app.net.sockets import DatagramSocket, DatagramSockets
from app.sip.flow import Address, Flow, Transport

_MOST_PEERS = 20_000


class FlowReceiver(Protocol):
    """Who takes what comes over a flow."""

    def message_received(self, data: bytes, flow: Flow) -> None:
        """One datagram."""

    def datagrams_refused(self, flow: Flow, reason: str) -> None:
        """Nothing sent over that flow arrives."""


class DatagramFlows:
    """Stands between a socket and the endpoint, on every datagram's path: a dictionary by raw address."""

    __slots__ = ("_flows", "_host", "_port", "_public", "_receiver", "_sockets", "_stale", "socket")

    def __init__(
        self, sockets: DatagramSockets, receiver: FlowReceiver, public: PublicAddress | None = None
    ) -> None:
        self._sockets = sockets
        self._public = public
        self._receiver = receiver
        self._flows: dict[tuple[str, int], Flow] = {}
        self._stale: dict[tuple[str, int], Flow] = {}
        self._host = ""  # ours; "" = depends on the peer
        self._port = 0
        self.socket: DatagramSocket | None = None

    async def open(self, host: str, port: int) -> Address:
        """Bind the socket and return where."""
        # Known before the first datagram, which may come before we hear that the socket is open.
        self._host = "" if host in WILDCARDS else host.partition("%")[0]
        self._port = port
        self.socket = await self._sockets.open(host, port, self)
        bound = self.socket.address
        self._port = bound.port
        return bound

    @property
    def host(self) -> str:
        """The one address it is bound to, "" for a wildcard."""
        return self._host

    @property
    def port(self) -> int:
        """The port it is bound to."""
        return self._port

    @property
    def is_wildcard(self) -> bool:
        """Whether our address depends on the peer."""
        return not self._host

    def datagram_received(self, data: bytes, remote: Address) -> None:
        """Hand up a datagram with its flow."""
        flow = self._flows.get(remote)
        self._receiver.message_received(data, flow if flow is not None else self._add(remote))

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        """Hand up an error with its flow."""
        self._receiver.datagrams_refused(self.toward(remote), reason)

    def toward(self, remote: Address) -> Flow:
        """The flow to a peer."""
        return self._flows.get(remote) or self._add(remote)

    def _add(self, remote: tuple[str, int]) -> Flow:
        if len(self._flows) >= _MOST_PEERS:  # more than anyone registers: a scan or a flood
            self.refresh()
        host = self._host or self._sockets.local_toward(remote[0])
        flow = self._stale.get(remote)
        local = Address(host, self._port)
        public = self._public.toward(local, remote[0]) if self._public is not None else None
        if flow is None or flow.local.host != host or flow.public != public:
            flow = Flow(Transport.UDP, local, Address(remote[0], remote[1]), public=public)
        self._flows[remote[0], remote[1]] = flow
        return flow

    def refresh(self) -> None:
        """Ask again for our address toward each peer; peers unheard of since the last time are forgotten."""
        self._stale, self._flows = self._flows, {}
