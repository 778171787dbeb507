"""The addresses that are banned for wrong passwords, and lifting a ban."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import UserError
from app.services.defence import Ban

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["Ban", "bans", "unban"]


async def bans(pbx: Pbx) -> tuple[Ban, ...]:
    """The bans in force, the newest first."""
    return pbx.exchange.defence.bans()


async def unban(pbx: Pbx, address: str) -> None:
    """Lift a ban at once. UserError where the address is not banned."""
    if not pbx.exchange.defence.unban(address.strip()):
        text = f"{address} is not banned. The command “bans” lists who is."
        raise UserError("defence.not_banned", text, address=address)
