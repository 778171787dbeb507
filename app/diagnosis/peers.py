"""Peers, hosts and telephone numbers as they stand in a trace: read, compared, told private from public."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple

# Not `is_private` of the library: it has the documentation networks too. RFC 1918, 6598, 3927, 4193.
_PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"),
        *("fc00::/7", "fe80::/10", "::1/128"),
    )
)
_SCHEME = re.compile(r"^\s*<?\s*(?:sips?:)?(?://)?", re.I)


class Peer(NamedTuple):
    """Host (lower case, IPv6 without brackets), port (0 unknown) and transport (lower case, "" unknown)."""

    host: str
    port: int = 0
    transport: str = ""


@lru_cache(maxsize=4096)
def peer_of(text: str) -> Peer:
    """Read `192.0.2.1:5060/udp`, `udp:192.0.2.1:5060`, `[2001:db8::1]:5060/tcp` or a bare host."""
    where, _, transport = text.strip().partition("/")
    first, colon, rest = where.partition(":")
    if colon and first.lower() in ("udp", "tcp", "tls", "ws", "wss") and rest:
        transport, where = first, rest
    host, port = split_port(where)
    return Peer(host, port, transport.strip().lower())


def split_port(text: str) -> tuple[str, int]:
    """Cut `host:port`; the port is 0 where there is none."""
    text = text.strip()
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    elif text.count(":") > 1:
        host, port = text, ""
    else:
        host, _, port = text.partition(":")
    number = int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0
    return host.strip().rstrip(".").lower(), number


def host_of(text: str) -> str:
    """The host of what a user may write for a server: a name, host:port, a URI, `<sip:host;lr>`."""
    rest = _SCHEME.sub("", text).partition("@")
    where = (rest[2] or rest[0]).partition(">")[0].partition(";")[0].partition("/")[0]
    return split_port(where)[0]


@lru_cache(maxsize=1024)
def is_address(host: str) -> bool:
    """Whether it is an IP address rather than a name."""
    return _address(host) is not None


@lru_cache(maxsize=1024)
def is_private(host: str) -> bool:
    """Whether it is an address that the Internet cannot reach."""
    address = _address(host)
    return address is not None and any(address.version == n.version and address in n for n in _PRIVATE)


def is_public(host: str) -> bool:
    """Whether it is an address, and not a private one."""
    address = _address(host)
    return address is not None and not is_private(host) and not address.is_unspecified


def in_networks(host: str, networks: tuple[str, ...]) -> bool:
    """Whether a host is one of these addresses or names, or in one of these networks."""
    address = _address(host)
    for text in networks:
        if host == text.lower():
            return True
        try:
            if address is not None and address in ipaddress.ip_network(text.strip("[]"), strict=False):
                return True
        except ValueError:
            continue  # a name
    return False


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


_SEPARATORS = str.maketrans("", "", "-.() /")


def number_of(user: str) -> str:
    """The telephone number a user part holds, without separators and parameters; "" where it is a name."""
    plain = user.partition(";")[0].partition("@")[0].translate(_SEPARATORS)
    return plain if re.fullmatch(r"\+?[0-9*#]+", plain) else ""


def same_number(one: str, other: str) -> bool:
    """Whether two user parts mean one subscriber: equal, or numbers of which one is written longer."""
    if one.lower() == other.lower():
        return bool(one)
    first, second = _core(one), _core(other)
    if len(first) < 6 or len(second) < 6:
        return False
    return first.endswith(second) or second.endswith(first)


def _core(user: str) -> str:
    """The digits without what writings of one number differ in: plus, international and trunk prefix."""
    return number_of(user).lstrip("+").lstrip("0")
