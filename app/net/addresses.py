"""Local addresses: what to bind, and which of our addresses a peer sees."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable

from app.errors import UserError
from app.sip.flow import Address

logger = logging.getLogger(__name__)

WILDCARDS = frozenset({"0.0.0.0", "::"})
_EXPIRY = 60.0  # seconds; a laptop changes networks without telling us
_LIMIT = 20_000  # peers remembered
_PROBE_PORT = 9  # any: connecting a datagram socket sends nothing


def is_numeric(host: str) -> bool:
    """Whether a host is an IP address, not a name. IPv6 may stand in brackets and carry a zone."""
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def family_of(host: str) -> socket.AddressFamily:
    """Tell the address family of a numeric host."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def parse_bind(text: str) -> tuple[str, ...]:
    """Read the addresses to listen on: one or several numeric hosts, separated by commas.

    Raises UserError("net.bind_address") for anything that is not an address.
    """
    hosts = []
    for part in text.split(","):
        host = part.strip().removeprefix("[").removesuffix("]")
        if not is_numeric(host):
            raise UserError(
                "net.bind_address",
                f"“{part.strip()}” is not an IP address to listen on. Give for example 0.0.0.0 or ::.",
                field="bind",
                value=part.strip(),
            )
        if host not in hosts:
            hosts.append(host)
    return tuple(hosts)


def from_socket(raw: tuple[str, int] | tuple[str, int, int, int]) -> Address:
    """Make an Address of what the socket module gives; the zone of a link-local IPv6 address is kept."""
    host = raw[0]
    if len(raw) == 4 and raw[3] and "%" not in host:
        host = f"{host}%{raw[3]}"
    return Address(host, raw[1])


def probe_local(remote_host: str) -> str:
    """Ask the kernel which of our addresses it would send from to a host.

    Connecting a datagram socket chooses the route and sends nothing. Without a route: the loopback address,
    so that a message can still be built; sending it then fails in the ordinary way.
    """
    family = family_of(remote_host)
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((remote_host, _PROBE_PORT))
            host = str(probe.getsockname()[0])
        except OSError as problem:
            logger.debug("no route to %s: %s", remote_host, problem)
            return "::1" if family == socket.AF_INET6 else "127.0.0.1"
    return host.partition("%")[0]


class LocalAddresses:
    """Our address toward each peer, remembered for a minute and forgotten when the network changes.

    `clock` is the loop's time; `probe` asks the kernel.
    """

    __slots__ = ("_clock", "_expires_at", "_known", "_probe")

    def __init__(self, clock: Callable[[], float], probe: Callable[[str], str] = probe_local) -> None:
        self._clock = clock
        self._probe = probe
        self._known: dict[str, str] = {}
        self._expires_at = 0.0

    def toward(self, remote_host: str) -> str:
        """Our address as that host can reach it."""
        now = self._clock()
        if now >= self._expires_at or len(self._known) >= _LIMIT:
            self._known.clear()
            self._expires_at = now + _EXPIRY
        local = self._known.get(remote_host)
        if local is None:
            local = self._known[remote_host] = self._probe(remote_host)
        return local

    def refresh(self) -> None:
        """Forget everything: the network has changed."""
        self._known.clear()


def own_addresses() -> tuple[str, ...]:
    """List the addresses worth naming in a certificate: loopback, those of our name, those of our routes."""
    found = ["127.0.0.1", "::1"]
    try:
        for *_, raw in socket.getaddrinfo(socket.gethostname(), None):
            found.append(str(raw[0]).partition("%")[0])
    except OSError as problem:
        logger.debug("the machine's own name does not resolve: %s", problem)
    # Documentation addresses: nothing is sent to them, only the default route is looked up.
    found.extend(probe_local(host) for host in ("192.0.2.1", "2001:db8::1"))
    return tuple(dict.fromkeys(found))
