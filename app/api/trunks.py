"""SIP trunks: how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.events import TrunkState, TrunkView

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["TrunkState", "TrunkView", "states"]


async def states(pbx: Pbx) -> list[TrunkView]:
    """How all trunks stand, by name."""
    return pbx.exchange.gateway.trunks.views()
