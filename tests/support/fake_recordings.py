"""What the fake engine answers of recordings and conferences, and views of them for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from app.api import conferences, recordings
from app.api.recordings import RecordingFilter, RecordingView
from app.errors import UserError
from app.events import ConferenceChanged, ConferencePartyView, ConferenceView, RecordingsChanged

if TYPE_CHECKING:
    from tests.support.fake_engine import FakeEngine

NOW = 1_800_000_000.0


class FakeRecordings:
    """Part of a FakeEngine: `rows` are its recordings, `led` is what was asked of conferences."""

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine
        self.rows: list[RecordingView] = []
        self.exported: list[tuple[int, str]] = []
        self.meetings: dict[str, ConferenceView] = {}
        self.led: list[tuple[Any, ...]] = []
        self.answers: dict[Any, Callable[..., Any]] = {
            recordings.page: self._page,
            recordings.delete: self._delete,
            recordings.export: lambda number, target: self.exported.append((number, target)),
            recordings.start: partial(self._record, "on"),
            recordings.stop: partial(self._record, ""),
            recordings.pause: partial(self._record, "paused"),
            recordings.resume: partial(self._record, "on"),
            conferences.meetings: lambda: list(self.meetings.values()),
        }
        for question in (
            conferences.mute,
            conferences.send_away,
            conferences.lock,
            conferences.end,
            conferences.record,
            conferences.invite,
        ):
            self.answers[question] = partial(self._lead, question.__name__)

    def meeting(self, view: ConferenceView) -> None:
        """A conference changes."""
        self.meetings[view.number] = view
        self._engine.publish(ConferenceChanged(view))

    def _page(self, wanted: RecordingFilter, limit: int, before_id: int | None) -> list[RecordingView]:
        found = [
            row
            for row in sorted(self.rows, key=lambda row: -row.id)
            if row.caller.startswith(wanted.number)
            and (wanted.since is None or row.started_at >= wanted.since)
            and (before_id is None or row.id < before_id)
        ]
        return found[:limit]

    def _delete(self, ids: list[int]) -> int:
        self.rows = [row for row in self.rows if row.id not in ids]
        self._engine.publish(RecordingsChanged())
        return len(ids)

    def _record(self, state: str, call_id: int) -> None:
        live = self._engine.live
        if call_id not in live:
            raise UserError("call.gone", f"Call {call_id} has ended already.", id=call_id)
        self._engine.call(replace(live[call_id], recording=state))

    def _lead(self, what: str, *args: Any) -> None:
        self.led.append((what, *args))


def recording_view(recording_id: int, **changes: Any) -> RecordingView:
    """A finished recording of 65 seconds."""
    values: dict[str, Any] = {
        "id": recording_id,
        "started_at": NOW + recording_id,
        "seconds": 65.0,
        "bytes": 2_080_044,
        "state": "complete",
        "file": f"/recordings/2026-11-23/{recording_id}.wav",
        "caller": "100",
        "caller_name": "Front desk",
        "called": "101",
        "connected": "101",
        "room": "",
        "sip_call_id": f"call-{recording_id}",
        "started_by": "always",
    }
    return RecordingView(**(values | changes))


def party_view(party_id: int, number: str, **changes: Any) -> ConferencePartyView:
    """A party that listens."""
    values: dict[str, Any] = {
        "id": party_id,
        "number": number,
        "name": "",
        "joined_at": NOW,
        "call_id": party_id,
        "is_moderator": False,
        "is_muted": False,
        "is_talking": False,
    }
    return ConferencePartyView(**(values | changes))


def conference_view(number: str, *parties: ConferencePartyView, **changes: Any) -> ConferenceView:
    """A conference of these."""
    values: dict[str, Any] = {"since": NOW, "is_locked": False, "is_recorded": False}
    return ConferenceView(number=number, parties=parties, **(values | changes))
