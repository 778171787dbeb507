"""The ways out that differ from the ordinary one: another DNS, another address of ours, a peer to verify."""

from __future__ import annotations

from dataclasses import dataclass

from app.net.addresses import is_numeric
from app.net.datagram_flows import DatagramFlows
from app.net.resolver import Resolver, ResolverSettings
from app.sip.flow import Address, Transport


@dataclass(frozen=True, slots=True)
class Outlet:
    """One way out. `host` is an address of ours, "" = as the kernel's routes say; `flows` its UDP socket.

    With `tls_name` TLS peers must prove who they are.
    """

    resolver: Resolver
    host: str = ""
    flows: DatagramFlows | None = None
    tls_name: str = ""

    def proof_of(self, name: str) -> str:
        """What the certificate of a peer must be made out to, where a URI with host `name` led to it.

        That host itself (RFC 5922 7.2), or `tls_name` where it is a number; "" = anything.
        """
        return self.tls_name if not self.tls_name or is_numeric(name) else name


def outlet_name(host: str, dns: tuple[str, ...], tls_name: str = "") -> str:
    """Name an outlet by what makes it special: lines that want the same share one. "" = the ordinary way."""
    proof = f"tls={tls_name}" if tls_name else ""
    return " ".join([part for part in (host, ",".join(dns), proof) if part])


class Outlets:
    """The ordinary outlet, named "", and those that were asked for."""

    __slots__ = ("_known",)

    def __init__(self, resolver: Resolver) -> None:
        self._known = {"": Outlet(resolver)}

    def get(self, name: str) -> Outlet:
        """Return an outlet; KeyError for one that nobody opened."""
        return self._known[name]

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def add(self, host: str, dns: tuple[str, ...], flows: DatagramFlows | None, tls_name: str = "") -> None:
        """Keep a new outlet under its name."""
        resolver = self._known[""].resolver
        if dns:
            resolver = Resolver(ResolverSettings(servers=dns))
        self._known[outlet_name(host, dns, tls_name)] = Outlet(resolver, host, flows, tls_name)

    def socket_at(self, host: str) -> DatagramFlows | None:
        """The UDP socket that was opened for an address of ours."""
        return next(
            (each.flows for each in self._known.values() if each.flows is not None and each.host == host),
            None,
        )

    def sockets(self) -> tuple[DatagramFlows, ...]:
        """All UDP sockets opened for outlets."""
        return tuple(dict.fromkeys(each.flows for each in self._known.values() if each.flows is not None))

    def _resolvers(self) -> tuple[Resolver, ...]:
        return tuple(dict.fromkeys(each.resolver for each in self._known.values()))

    def mark_failed(self, transport: Transport, address: Address) -> None:
        """Put a target last for a while, whoever found it."""
        for resolver in self._resolvers():
            resolver.mark_failed(transport, address)

    def network_changed(self) -> None:
        """Forget what was true of the old network."""
        for resolver in self._resolvers():
            resolver.network_changed()
        for flows in self.sockets():
            flows.refresh()

    async def close(self) -> None:
        """Give up questions under way and close the sockets."""
        for resolver in self._resolvers():
            await resolver.close()
        for flows in self.sockets():
            if flows.socket is not None:
                flows.socket.close()
        self._known = {"": self._known[""]}
