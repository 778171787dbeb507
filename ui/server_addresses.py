"""Where phones reach the server, in words: the engine's list of sockets made short and concrete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtNetwork import QAbstractSocket, QNetworkInterface


def reachable(addresses: Sequence[str]) -> list[str]:
    """The addresses to enter in a phone: `udp=192.0.2.1:5060` gives `192.0.2.1:5060`.

    A wildcard stands for each address of this machine that another one can reach.
    """
    found: dict[str, None] = {}
    for transport, address in _pairs(addresses):
        host, _, port = address.rpartition(":")
        if transport != "udp":
            continue
        if host == "0.0.0.0":
            for own in own_addresses() or ["127.0.0.1"]:
                found[f"{own}:{port}"] = None
        elif host != "[::]":
            found[address] = None
    return list(found)


def in_words(addresses: Sequence[str]) -> list[str]:
    """`udp=127.0.0.1:5060`, `tcp=127.0.0.1:5060` become `127.0.0.1:5060 UDP TCP`.

    The IPv6 wildcard beside IPv4's goes without saying.
    """
    transports: dict[str, list[str]] = {}
    for transport, address in _pairs(addresses):
        host, _, port = address.rpartition(":")
        if host == "[::]" and f"0.0.0.0:{port}" in transports:
            continue
        transports.setdefault(address, []).append(transport.upper())
    return [f"{address.replace('0.0.0.0:', '*:')} {' '.join(names)}" for address, names in transports.items()]


def own_addresses() -> list[str]:
    """The IPv4 addresses of this machine but the loopback's."""
    return [
        address.toString()
        for address in QNetworkInterface.allAddresses()
        if address.protocol() == QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
        and not address.isLoopback()
    ]


def _pairs(addresses: Iterable[str]) -> Iterable[tuple[str, str]]:
    for listed in addresses:
        transport, _, address = listed.partition("=")
        yield transport, address
