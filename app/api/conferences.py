"""The conferences of this moment, and what may be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.events import ConferencePartyView, ConferenceView

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = [
    "ConferencePartyView",
    "ConferenceView",
    "end",
    "invite",
    "lock",
    "meetings",
    "mute",
    "record",
    "send_away",
]


async def meetings(pbx: Pbx) -> list[ConferenceView]:
    """All rooms that somebody is in."""
    return pbx.exchange.conferences.views()


async def mute(pbx: Pbx, room: str, party_id: int, is_muted: bool) -> None:
    """Take a party's voice away, or give it back. Raises UserError where it is gone."""
    pbx.exchange.conferences.meeting(room).mute(int(party_id), is_muted)


async def send_away(pbx: Pbx, room: str, party_id: int) -> None:
    """Remove a party; it is told. Raises UserError where it is gone."""
    pbx.exchange.conferences.meeting(room).send_away(int(party_id))


async def lock(pbx: Pbx, room: str, is_locked: bool) -> None:
    """Lock or unlock a room, also an empty one. Raises UserError where there is no such room."""
    pbx.exchange.conferences.lock(room, is_locked)


async def end(pbx: Pbx, room: str) -> None:
    """Send everybody home. Raises UserError where nobody is in the room."""
    pbx.exchange.conferences.meeting(room).end()


async def record(pbx: Pbx, room: str, is_on: bool) -> None:
    """Begin or end recording a room; everybody in it is told. Raises UserError."""
    pbx.exchange.conferences.record(room, is_on)


async def invite(pbx: Pbx, room: str, number: str) -> None:
    """Call an extension into a room; does not wait for an answer. Raises UserError where nobody can ring."""
    pbx.exchange.invitations.invite(room, number)
