"""All SIP trunks: whose calls are theirs, whether they answer, and how they are reached."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Callable, Iterator

from app.events import EventBus, TrunkChanged, TrunkState, TrunkView
from app.services.directory import Directory, DirectoryHolder
from app.services.limits import Limits, Way
from app.services.line_words import unreached
from app.services.outside import OutsideTransport, Trunk
from app.services.peer_addresses import Network, OutsideNetwork, PeerAddresses
from app.sip.client_request import ClientRequest
from app.sip.events import ResponseReceived
from app.sip.flow import Flow
from app.sip.outgoing import OutgoingRequest
from app.sip.uri import SipUri
from app.variables import Variables

logger = logging.getLogger(__name__)


class TrunkPeer:
    """One trunk: its addresses, and whether it answers. `changed(self)` is called after a change of state."""

    def __init__(
        self,
        trunk: Trunk,
        network: OutsideNetwork,
        variables: Variables,
        *,
        clock: Callable[[], float],
        changed: Callable[[TrunkPeer], None],
    ) -> None:
        self.trunk = trunk
        self.state = TrunkState.UNKNOWN
        self.reason = ""
        self.since = clock()
        self._network = network
        self._variables = variables
        self._clock = clock
        self._changed = changed
        self._ping: asyncio.TimerHandle | None = None
        self._asked: ClientRequest | None = None
        uris, networks = _named_and_numbered(trunk)
        self.addresses = PeerAddresses(
            network, uris, networks, every_s=variables.dns_refresh_s, changed=self._addresses_changed
        )

    @property
    def name(self) -> str:
        """The trunk's name."""
        return self.trunk.name

    @property
    def hop(self) -> SipUri:
        """Where calls to it go."""
        return trunk_hop(self.trunk)

    @property
    def outlet(self) -> str:
        """The way out that calls to it take: over TLS it must prove its name."""
        name = trunk_tls_name(self.trunk)
        return self._network.proving_outlet(name) if name else ""

    def is_from(self, flow: Flow) -> bool:
        """Whether what came over a flow came from this trunk."""
        return self.trunk.enabled and self.addresses.holds(flow.remote.host)

    def is_exactly_from(self, flow: Flow) -> bool:
        """Whether it came from the very address and port that calls to it go to."""
        return self.trunk.enabled and self.addresses.is_exactly(flow)

    @property
    def is_known_dead(self) -> bool:
        """Whether it is switched off, or did not answer the last time it was asked."""
        return self.state in (TrunkState.UNREACHABLE, TrunkState.DISABLED)

    def start(self) -> None:
        """Look its addresses up, and ask whether it is there."""
        if not self.trunk.enabled:
            self.tell(TrunkState.DISABLED, "Switched off.")
            return
        self.addresses.start()
        if self.trunk.options_ping:
            self._ping = asyncio.get_running_loop().call_later(0, self._ask)

    def replace(self, trunk: Trunk) -> bool:
        """Follow a changed record that reaches the same peer; False where it has to be met anew."""
        if _peer_facts(self.trunk) != _peer_facts(trunk):
            return False
        self.trunk = trunk
        return True

    def stop(self) -> None:
        """Ask no more."""
        self.addresses.stop()
        if self._ping is not None:
            self._ping.cancel()
            self._ping = None
        self._asked = None

    def take(self, event: ResponseReceived) -> bool:
        """Take the answer to an OPTIONS; False where it is another's."""
        if self._asked is None or event.request is not self._asked:
            return False
        self._asked = None
        self._ping = asyncio.get_running_loop().call_later(self._variables.options_interval_s, self._ask)
        if event.response is not None:
            self.heard(f"Answers ({event.status} to OPTIONS).")
        else:
            self.missed(unreached(event.request) or "No answer to OPTIONS.")
        return True

    def heard(self, reason: str) -> None:
        """It has answered something."""
        self.tell(TrunkState.REACHABLE, reason)

    def missed(self, reason: str) -> None:
        """It has not answered."""
        self.tell(TrunkState.UNREACHABLE, reason)

    def tell(self, state: TrunkState, reason: str) -> None:
        """Enter a state, if it is another."""
        if state is self.state:
            return
        self.state, self.reason, self.since = state, reason, self._clock()
        level = logging.WARNING if state is TrunkState.UNREACHABLE else logging.INFO
        logger.log(level, "trunk %s: %s: %s", self.name, state, reason)
        self._changed(self)

    def _ask(self) -> None:
        self._ping = None
        hop = self.hop
        uri = str(SipUri("sip", "", None, hop.host, hop.port, hop.params))
        sender = SipUri("sip", "ping", None, hop.host)
        request = OutgoingRequest(
            method="OPTIONS",
            uri=uri,
            from_=f"<{sender}>",
            to=f"<{uri}>",
            headers=(("Accept", "application/sdp"),),
            contact_user="ping",
            hop=hop,
            outlet=self.outlet,
        )
        self._asked = self._network.run(self._network.stack.send_request, request)

    def _addresses_changed(self) -> None:
        if not self.addresses.hosts and not self.addresses.networks:
            self.missed(f"The name {self.trunk.address} does not resolve.")
        self._changed(self)


class Trunks:
    """The trunks by name."""

    def __init__(
        self,
        network: OutsideNetwork,
        *,
        holder: DirectoryHolder,
        variables: Variables,
        events: EventBus,
        limits: Limits,
        clock: Callable[[], float],
    ) -> None:
        self._network = network
        self._holder = holder
        self._variables = variables
        self._events = events
        self._limits = limits
        self._clock = clock
        self._trunks: dict[str, TrunkPeer] = {}
        self._is_running = False

    def __len__(self) -> int:
        return len(self._trunks)

    def __iter__(self) -> Iterator[TrunkPeer]:
        return iter(self._trunks.values())

    def get(self, name: str) -> TrunkPeer | None:
        """Find a trunk that is configured."""
        return self._trunks.get(name)

    def start(self) -> None:
        """Begin with all trunks."""
        self._is_running = True
        self._follow(self._holder.current)

    def stop(self) -> None:
        """Ask nobody any more."""
        self._is_running = False
        for trunk in self._trunks.values():
            trunk.stop()
        self._trunks.clear()

    def directory_changed(self, before: Directory, after: Directory) -> None:
        """Trunks were saved: only those that changed are touched."""
        if self._is_running and before.trunks is not after.trunks:
            self._follow(after)

    def network_changed(self) -> None:
        """Names may lead elsewhere by now."""
        for trunk in self._trunks.values():
            trunk.addresses.refresh()

    def take(self, event: ResponseReceived) -> bool:
        """Take the answer to an OPTIONS of ours; False where it is none."""
        return any(trunk.take(event) for trunk in self._trunks.values())

    def views(self) -> list[TrunkView]:
        """How all trunks stand, by name."""
        return [self.view(self._trunks[name]) for name in sorted(self._trunks)]

    def view(self, trunk: TrunkPeer) -> TrunkView:
        """How a trunk stands."""
        networks = (
            str(each.network_address if each.num_addresses == 1 else each)
            for each in trunk.addresses.networks
        )
        return TrunkView(
            name=trunk.name,
            state=trunk.state,
            reason=trunk.reason,
            since=trunk.since,
            addresses=tuple(dict.fromkeys([*sorted(trunk.addresses.hosts), *networks])),
            calls_in=self._limits.count("trunk", trunk.name, Way.IN),
            calls_out=self._limits.count("trunk", trunk.name, Way.OUT),
        )

    def calls_changed(self, name: str) -> None:
        """A call of the trunk began or ended."""
        trunk = self._trunks.get(name)
        if trunk is not None:
            self._trunk_changed(trunk)

    def _trunk_changed(self, trunk: TrunkPeer) -> None:
        self._events.publish(TrunkChanged(self.view(trunk)))

    def _follow(self, directory: Directory) -> None:
        for name in [name for name in self._trunks if name not in directory.trunks]:
            self._trunks.pop(name).stop()
        for name, record in directory.trunks.items():
            known = self._trunks.get(name)
            if known is not None and known.trunk is record:
                continue
            if known is not None:
                if known.replace(record):
                    continue
                known.stop()
            trunk = TrunkPeer(
                record, self._network, self._variables, clock=self._clock, changed=self._trunk_changed
            )
            self._trunks[name] = trunk
            trunk.start()
            self._trunk_changed(trunk)


def _peer_facts(trunk: Trunk) -> tuple[object, ...]:
    """What makes a trunk the peer it is: where it changes, names are looked up and OPTIONS sent anew."""
    return (
        *(trunk.enabled, trunk.address, trunk.port, trunk.transport, trunk.tls_verify),
        *(trunk.trusted_addresses, trunk.options_ping),
    )


def trunk_hop(trunk: Trunk) -> SipUri:
    """Where calls to a trunk go: its address by its transport and port."""
    params: dict[str, str | None] = {}
    if trunk.transport is not OutsideTransport.AUTO:
        params["transport"] = trunk.transport.value
    return SipUri("sip", "", None, _bracketed(trunk.address), trunk.port or None, params)


def trunk_tls_name(trunk: Trunk) -> str:
    """The name or number the trunk's TLS certificate must be made out to; "" where nothing is checked."""
    if not trunk.tls_verify or trunk.transport in (OutsideTransport.UDP, OutsideTransport.TCP):
        return ""
    return trunk_hop(trunk).host_address


def _named_and_numbered(trunk: Trunk) -> tuple[list[SipUri], list[Network]]:
    """The trunk's own address and further names to look up; networks and numbers as they are."""
    uris, networks = [trunk_hop(trunk)], []
    for text in trunk.trusted_addresses:
        try:
            networks.append(ipaddress.ip_network(text.strip("[]"), strict=False))
        except ValueError:
            uris.append(SipUri("sip", "", None, text, None))
    return uris, networks


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
