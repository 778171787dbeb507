"""The commands of the control channel: a name and arguments become a question to `app.api`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from app.api import calls, defence, status
from app.control.announcement_commands import ANNOUNCEMENT_COMMANDS
from app.control.call_trace import call_page, follow_call, legs_of
from app.control.diagnosis_commands import DIAGNOSIS_COMMANDS
from app.control.mail_commands import MAIL_COMMANDS
from app.control.record_commands import RECORD_COMMANDS, Command
from app.control.recording_commands import RECORDING_COMMANDS
from app.control.trace_commands import PAGE, follow, trace_page
from app.control.voice_mail_commands import VOICE_MAIL_COMMANDS
from app.errors import UserError
from app.events import StopRequested

if TYPE_CHECKING:
    from app.pbx import Pbx


class Commands:
    """Carries commands out on a Pbx."""

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx

    async def answer(self, name: str, arguments: dict[str, Any]) -> object:
        """Carry a command out and return plain values or dataclasses. Raises UserError `control.unknown`."""
        command = COMMANDS.get(name)
        if command is None:
            text = f"The running server does not know the command “{name}”. Is it another version?"
            raise UserError("control.unknown", text, command=name)
        return await command(self._pbx, **arguments)

    def stream(self, name: str, arguments: dict[str, Any]) -> AsyncIterator[object] | None:
        """The trace as it grows; None for any other command."""
        return _follow(self._pbx, **arguments) if name == "trace.follow" else None


async def _follow(pbx: Pbx, call_id: str = "", limit: int = PAGE, full: bool = True) -> AsyncIterator[object]:
    """Follow a call by its number, else a Call-ID or everything."""
    is_call = bool(await legs_of(pbx, call_id))
    async for message in follow_call(pbx, call_id, full) if is_call else follow(pbx, call_id, limit, full):
        yield message


async def _trace(pbx: Pbx, call_id: str = "", limit: int = PAGE, full: bool = True) -> object:
    legs = await legs_of(pbx, call_id)
    return await (call_page(pbx, legs, limit, full) if legs else trace_page(pbx, call_id, limit, full))


async def _status(pbx: Pbx) -> object:
    return (await status.status(pbx)).as_json()


async def _stop(pbx: Pbx) -> object:
    """Ask whoever runs the PBX to end it; the answer leaves before it does."""
    pbx.events.publish(StopRequested())
    return None


COMMANDS: dict[str, Command] = {
    **RECORD_COMMANDS,
    **DIAGNOSIS_COMMANDS,
    **RECORDING_COMMANDS,
    **VOICE_MAIL_COMMANDS,
    **ANNOUNCEMENT_COMMANDS,
    **MAIL_COMMANDS,
    "status": _status,
    "calls": calls.live_calls,
    "calls.hang_up": calls.hang_up,
    "bans": defence.bans,
    "bans.lift": defence.unban,
    "stop": _stop,
    "trace": _trace,
}
