"""Our address as peers outside see it: who is outside, and what they are told instead of our own address."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Awaitable, Callable

from app.net.addresses import family_of, is_numeric
from app.sip.flow import Address

logger = logging.getLogger(__name__)

_Number = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_outside(remote_host: str, local_host: str, public_host: str) -> bool:
    """Whether our packets to a host leave by a router that makes `public_host` of our address.

    So it is where the peer's address is one of the Internet's and ours toward it is not. A private address of
    another network (a branch office behind a VPN) is reached without translation, and could not reach the
    router's public side. Where that side is a private address itself, the router leads to a carrier's own
    network: outside is who has more of the address in common with it than with us.
    """
    remote, local, public = (_number(host) for host in (remote_host, local_host, public_host))
    if remote is None or local is None or public is None or local.is_global:
        return False
    if public.is_global:
        return remote.is_global
    return remote.is_global or _common_bits(remote, public) > _common_bits(remote, local)


def _number(host: str) -> _Number | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _common_bits(one: _Number, other: _Number) -> int:
    """How many leading bits two addresses of one family share."""
    return one.max_prefixlen - (int(one) ^ int(other)).bit_length()


class PublicAddress:
    """What the setting `public_address` says, as numbers: one IPv4 and one IPv6 address at most.

    `find(name)` looks a name up; `changed()` is called when peers outside are to be told something else;
    `outside(remote_host, local_host, public_host)` says who they are.
    """

    def __init__(
        self,
        find: Callable[[str], Awaitable[tuple[str, ...]]],
        changed: Callable[[], None],
        outside: Callable[[str, str, str], bool] = is_outside,
    ) -> None:
        self._find = find
        self._changed = changed
        self.outside = outside
        self._name = ""
        self._hosts: tuple[str, ...] = ()
        self._question: asyncio.Task[None] | None = None

    def set(self, text: str) -> None:
        """Take an address at once, or begin to look a name up; "" = none."""
        host = text.strip().removeprefix("[").removesuffix("]")
        self._cancel()
        self._name = "" if not host or is_numeric(host) else host
        self._take((host,) if host and not self._name else ())
        self.refresh()

    def refresh(self) -> None:
        """Look the name up again: behind it may stand an address that changes."""
        if self._name and self._question is None:
            self._question = asyncio.get_running_loop().create_task(
                self._ask(self._name), name=f"public address {self._name}"
            )

    def toward(self, local: Address, remote_host: str) -> Address | None:
        """What a peer is told instead of `local`; None = that itself. The router keeps our port."""
        for host in self._hosts:
            if family_of(host) == family_of(remote_host) and self.outside(remote_host, local.host, host):
                return Address(host, local.port)
        return None

    async def close(self) -> None:
        """Give up the question under way."""
        question = self._question
        self._cancel()
        if question is not None:
            await asyncio.gather(question, return_exceptions=True)

    async def _ask(self, name: str) -> None:
        try:
            found = await self._find(name)
            if found:
                self._take(tuple({family_of(host): host for host in reversed(found)}.values()))
            else:  # what was known goes on to count
                logger.warning("the public address %s does not resolve", name)
        finally:
            self._question = None

    def _take(self, hosts: tuple[str, ...]) -> None:
        if set(hosts) != set(self._hosts):
            logger.info("phones and servers outside are told %s", " and ".join(hosts) or "our own address")
            self._hosts = hosts
            self._changed()

    def _cancel(self) -> None:
        question, self._question = self._question, None
        if question is not None:
            question.cancel()
