"""Questions about recordings, and the commands to begin, end, copy and delete them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.db.tables.recording import RecordingQuery, RecordingRow
from app.errors import UserError
from app.services.recording_shelf import RecordingShelf

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.pbx import Pbx

__all__ = [
    "RecordingFilter",
    "RecordingView",
    "delete",
    "export",
    "get",
    "page",
    "pause",
    "resume",
    "start",
    "stop",
]

_MOST_ROWS = 1_000


class HasRecordings(Protocol):
    """What these functions need of a Pbx. The command line has a smaller one for a folder nobody serves."""

    @property
    def recordings(self) -> RecordingShelf:
        """The finished recordings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFilter:
    """Which recordings to show; empty and None mean any. `number`: a party or room begins with it."""

    number: str = ""
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingView:
    """One recording. Times are Unix seconds; `file` is the whole path on the machine the PBX runs on."""

    id: int
    started_at: float
    seconds: float
    bytes: int
    state: str  # running | complete | cut (by the disk) | repaired (after a crash) | lost
    file: str
    caller: str
    caller_name: str
    called: str
    connected: str
    room: str  # of a conference
    sip_call_id: str
    started_by: str  # always | window | command | extension NUMBER | conference NUMBER


async def page(
    pbx: HasRecordings,
    wanted: RecordingFilter | None = None,
    limit: int = 200,
    before_id: int | None = None,
) -> list[RecordingView]:
    """The newest matching recordings, newest first; `before_id` continues a page."""
    wanted = wanted or RecordingFilter()
    query = RecordingQuery(number=wanted.number, since=wanted.since, until=wanted.until)
    rows = await pbx.recordings.page(query, max(1, min(limit, _MOST_ROWS)), before_id)
    return [_view(row) for row in rows]


async def get(pbx: HasRecordings, recording_id: int) -> RecordingView:
    """One recording. Raises UserError `recording.unknown`."""
    return _view(await pbx.recordings.row(int(recording_id)))


async def export(pbx: HasRecordings, recording_id: int, target: str) -> None:
    """Copy a finished recording to a whole path. Raises UserError, or EnvironmentFault."""
    await pbx.recordings.export(int(recording_id), Path(target))


async def delete(pbx: HasRecordings, ids: Sequence[int]) -> int:
    """Delete recordings for good; returns how many. Raises UserError for one that still runs."""
    return await pbx.recordings.delete([int(each) for each in ids])


async def start(pbx: Pbx, call_id: int, started_by: str = "window") -> None:
    """Record a call from now on. Raises UserError where that cannot be."""
    await pbx.exchange.recordings.start(_call(pbx, call_id), started_by)


async def stop(pbx: Pbx, call_id: int) -> None:
    """End the recording of a call. Raises UserError where none runs."""
    pbx.exchange.recordings.stop(_call(pbx, call_id))


async def pause(pbx: Pbx, call_id: int) -> None:
    """Leave out of a call's recording what is said from now on. Raises UserError where none runs."""
    pbx.exchange.recordings.pause(_call(pbx, call_id))


async def resume(pbx: Pbx, call_id: int) -> None:
    """Go on with a call's recording after a pause. Raises UserError where none runs."""
    pbx.exchange.recordings.resume(_call(pbx, call_id))


def _call(pbx: Pbx, call_id: int) -> Call:
    call = pbx.exchange.calls.find(int(call_id))
    if call is None:
        raise UserError("call.gone", f"Call {call_id} has ended already.", id=call_id)
    return call


def _view(row: RecordingRow) -> RecordingView:
    return RecordingView(
        id=row.id,
        started_at=row.started_at,
        seconds=row.seconds,
        bytes=row.bytes,
        state=row.state,
        file=row.file,
        caller=row.caller,
        caller_name=row.caller_name,
        called=row.called,
        connected=row.connected,
        room=row.room,
        sip_call_id=row.sip_call_id,
        started_by=row.started_by,
    )
