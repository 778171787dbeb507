"""Questions about extensions: what each is doing, and on which devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.events import BindingView, ExtensionState

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["ExtensionStatus", "states"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionStatus:
    """One extension at this moment."""

    number: str
    description: str
    state: ExtensionState
    bindings: tuple[BindingView, ...]


async def states(pbx: Pbx) -> list[ExtensionStatus]:
    """All extensions, by number."""
    extensions = pbx.configuration.directory.extensions
    now = pbx.exchange.presence.states(extensions)
    return [
        ExtensionStatus(
            number=number,
            description=extensions[number].description,
            state=now[number],
            bindings=tuple(binding.view() for binding in pbx.exchange.bindings.of(number)),
        )
        for number in sorted(extensions, key=lambda number: (len(number), number))
    ]
