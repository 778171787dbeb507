"""Fails a test in which a name is looked up that must not be: a carrier's logical domain."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from app.net.dns_client import DnsClient
from app.net.resolver import Resolver


class NameGuard:
    """The questions that were asked of the resolver, the DNS and the system, from any thread."""

    def __init__(self, *forbidden: str) -> None:
        self.forbidden = tuple(name.lower() for name in forbidden)
        self.asked: list[str] = []

    def note(self, name: object) -> None:
        """A name is looked up."""
        if isinstance(name, bytes):
            name = name.decode("ascii", "replace")
        self.asked.append(str(name or "").strip("[]").lower().rstrip("."))

    @property
    def breaches(self) -> list[str]:
        """The forbidden names that were asked for, and names below them (_sip._udp.…)."""
        return [
            name
            for name in self.asked
            if any(name == bad or name.endswith("." + bad) for bad in self.forbidden)
        ]


@contextmanager
def names_not_asked(*forbidden: str) -> Iterator[NameGuard]:
    """Watch every way to look a name up; AssertionError at the end if one of these was asked for."""
    guard = NameGuard(*forbidden)

    def watched(owner: Any, attribute: str, name_of: Callable[..., object]) -> Any:
        real = getattr(owner, attribute)

        def call(*args: Any, **kwargs: Any) -> Any:
            guard.note(name_of(*args, **kwargs))
            return real(*args, **kwargs)

        return patch.object(owner, attribute, call)

    with ExitStack() as patches:
        for attribute in ("resolve_now", "resolve"):
            patches.enter_context(watched(Resolver, attribute, lambda _self, uri, *_: uri.host))
        for attribute in ("known", "ask"):
            patches.enter_context(watched(DnsClient, attribute, lambda _self, name, *_: name))
        for attribute in ("getaddrinfo", "gethostbyname"):
            patches.enter_context(watched(socket, attribute, lambda host, *_, **__: host))
        yield guard
    assert not guard.breaches, f"looked up, and must not be: {guard.breaches}"
