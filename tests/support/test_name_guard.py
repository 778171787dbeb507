"""The guard sees each way to look a name up."""

from __future__ import annotations

import asyncio
import socket

import pytest

from app.net.resolver import Resolver, ResolverSettings
from app.sip.uri import SipUri
from tests.support.dns_server import dns_server
from tests.support.name_guard import names_not_asked


async def test_a_resolved_domain_is_a_breach() -> None:
    async with dns_server("sip.carrier.example. 60 IN A 127.0.0.1") as dns:
        resolver = Resolver(ResolverSettings(servers=(dns.address,)))
        breach = pytest.raises(AssertionError, match=r"_sip\._udp\.sip\.carrier\.example")
        with breach, names_not_asked("carrier.example"):
            await resolver.resolve(SipUri("sip", "", None, "sip.carrier.example"))
        await resolver.close()


async def test_other_names_are_not() -> None:
    async with dns_server("other.example. 60 IN A 127.0.0.1") as dns:
        resolver = Resolver(ResolverSettings(servers=(dns.address,)))
        with names_not_asked("carrier.example", "xcarrier.example") as guard:
            await resolver.resolve(SipUri("sip", "", None, "other.example", 5060))
        assert "other.example" in guard.asked
        await resolver.close()


async def test_the_system_is_watched_too() -> None:
    with pytest.raises(AssertionError, match="localhost"), names_not_asked("localhost"):
        await asyncio.to_thread(socket.getaddrinfo, "localhost", 5060)
