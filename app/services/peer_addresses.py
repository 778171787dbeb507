"""The addresses a carrier or trunk calls from: as given, and those that names lead to, looked up again."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from app.calls.legs import Endpoint
from app.net.resolver import Target
from app.sip.flow import Address, Flow
from app.sip.uri import SipUri

logger = logging.getLogger(__name__)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class OutsideNetwork(Endpoint, Protocol):
    """The part of `net.SipEndpoint` that lines and trunks use."""

    async def open_outlet(self, host: str = "", dns: tuple[str, ...] = (), tls_name: str = "") -> str:
        """Make a way out by an address of ours, by other DNS servers, to TLS peers that prove a name."""
        ...

    def proving_outlet(self, tls_name: str) -> str:
        """The ordinary way out, to TLS peers that prove a name."""
        ...

    async def find(self, uri: SipUri, outlet: str = "") -> tuple[Target, ...]:
        """Look up where a URI leads."""
        ...

    async def flows(self, uri: SipUri, outlet: str = "") -> tuple[Flow, ...]:
        """The flows that lead to a URI, the best first."""
        ...

    def keep_alive(self, flow: Flow) -> None:
        """Send two empty lines."""
        ...

    def keep_to_datagrams(self, peer: Address) -> None:
        """Send large requests to this peer over UDP too."""
        ...

    def has_moved(self, flow: Flow) -> bool:
        """Whether our address on a flow is another by now."""
        ...

    def shown(self, flow: Flow) -> Flow:
        """A flow kept from before, with our public address of now."""
        ...

    def network_changed(self) -> None:
        """Forget what was true of the old network."""
        ...


class PeerAddresses:
    """Knows whether an address is the peer's. `start` looks names up and goes on doing so until `stop`."""

    def __init__(
        self,
        network: OutsideNetwork,
        uris: Iterable[SipUri],
        networks: Iterable[Network] = (),
        *,
        outlet: str = "",
        every_s: float,
        changed: Callable[[], None] | None = None,
    ) -> None:
        self._network = network
        self._uris = tuple(uris)
        self._networks = tuple(networks)
        self._outlet = outlet
        self._every_s = every_s
        self._changed = changed
        self._found: dict[SipUri, tuple[Target, ...]] = {}
        self._hosts: frozenset[str] = frozenset()
        self._task: asyncio.Task[None] | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """The numeric addresses that names led to."""
        return self._hosts

    @property
    def networks(self) -> tuple[Network, ...]:
        """The networks as given."""
        return self._networks

    def start(self) -> None:
        """Look up now, and again from time to time."""
        if self._task is None and self._uris:
            self._task = asyncio.get_running_loop().create_task(self._look_up(), name="look up peers")

    def stop(self) -> None:
        """Look up no more; what is known stays known."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def refresh(self) -> None:
        """Look up anew: the network has changed."""
        self.stop()
        self.start()

    def holds(self, host: str) -> bool:
        """Whether a numeric address is the peer's."""
        host = plain_host(host)
        if host in self._hosts:
            return True
        return bool(self._networks) and within(host, self._networks)

    def is_exactly(self, flow: Flow) -> bool:
        """Whether a flow's far end is one of the very addresses, port included, that calls to it go to."""
        return any(flow.remote == target.address for found in self._found.values() for target in found)

    async def _look_up(self) -> None:
        while True:
            for uri in self._uris:
                found = await self._network.find(uri, self._outlet)
                if found or uri not in self._found:  # a DNS that is silent for a while takes nothing away
                    self._found[uri] = found
            hosts = frozenset(
                plain_host(target.address.host) for found in self._found.values() for target in found
            )
            if hosts != self._hosts:
                self._hosts = hosts
                if self._changed is not None:
                    self._changed()
            await asyncio.sleep(self._every_s)


def plain_host(host: str) -> str:
    """A numeric host without zone, and as IPv4 where it is mapped into IPv6."""
    host = host.partition("%")[0]
    if host.startswith("::ffff:") and "." in host:
        return host.removeprefix("::ffff:")
    return host


def within(host: str, networks: Iterable[Network]) -> bool:
    """Whether a numeric host lies in one of the networks."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in networks)
