"""A feature made for a test: who calls its number talks with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from app.calls.call import Call
from app.exchange import Exchange
from app.services.actions import Action, Feature, RingExtension
from app.services.directory import DirectoryHolder, Extension

Serve = Callable[[Call], Awaitable[Action | None]]


def serve(exchange: Exchange, holder: DirectoryHolder, number: str, feature: Serve) -> None:
    """Let the feature take the calls to a number, which is one of the house from now on."""
    table = cast("dict[type, Feature]", exchange.switchboard._features)
    ring = table[RingExtension]

    async def chosen(call: Call, action: RingExtension) -> Action | None:
        return await (feature(call) if action.number == number else ring(call, action))

    table[RingExtension] = chosen
    known = holder.current.extensions
    example = next(iter(known.values()))
    own = Extension(number=number, ha1=example.ha1)
    holder.current = holder.current.with_extensions({**known, number: own})
