"""The window's side of the door: awaits questions to the engine, brings its events to Qt's thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app import events

T = TypeVar("T")

_NAMES: dict[type, str] = {
    events.EngineStarted: "engine_started",
    events.EngineStopped: "engine_stopped",
    events.ExtensionChanged: "extension_changed",
    events.CallChanged: "call_changed",
    events.CallRecorded: "call_recorded",
    events.RecordingsChanged: "recordings_changed",
    events.ConferenceChanged: "conference_changed",
    events.LineChanged: "line_changed",
    events.TrunkChanged: "trunk_changed",
    events.RecordChanged: "record_changed",
    events.AnnouncementsChanged: "announcements_changed",
    events.MailChanged: "mail_changed",
    events.MailboxChanged: "mailbox_changed",
    events.VoiceMessageLeft: "voice_message_left",
    events.StopRequested: "stop_requested",
    events.TraceGrew: "trace_grew",
    events.Notice: "notice",
}


class EngineDoor(Protocol):
    """What the bridge needs of an engine; `app.engine.Engine` has it, and so has the tests' fake."""

    def submit(self, question: Callable[..., Awaitable[T]], /, *args: Any) -> Future[T]:
        """Carry a question to the engine's loop."""
        ...

    def subscribe(self, listener: events.Listener, /) -> Callable[[], None]:
        """Hear every event, on the engine's thread."""
        ...


class Bridge(QObject):
    """Asks the engine and repeats its events as signals of the window's thread.

    Events are queued under a lock and carried over in one wake-up however many there are: a burst of a
    thousand costs one crossing between threads.
    """

    engine_started = Signal(object)
    engine_stopped = Signal(object)
    extension_changed = Signal(object)
    call_changed = Signal(object)
    call_recorded = Signal(object)
    recordings_changed = Signal(object)
    conference_changed = Signal(object)
    line_changed = Signal(object)
    trunk_changed = Signal(object)
    record_changed = Signal(object)
    announcements_changed = Signal(object)
    mail_changed = Signal(object)
    mailbox_changed = Signal(object)
    voice_message_left = Signal(object)
    stop_requested = Signal(object)
    trace_grew = Signal(object)
    notice = Signal(object)
    _woken = Signal()

    def __init__(self, engine: EngineDoor) -> None:
        super().__init__()
        self._engine = engine
        self._lock = threading.Lock()
        self._waiting: list[events.Event] = []
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = engine.subscribe(self._hear)

    async def ask(self, question: Callable[..., Awaitable[T]], *args: Any) -> T:
        """Await the answer to a question of `app.api`; UserError and EnvironmentFault pass through."""
        return await asyncio.wrap_future(self._engine.submit(question, *args))

    def close(self) -> None:
        """Hear no more."""
        self._unsubscribe()
        with self._lock:
            self._waiting.clear()

    def _hear(self, event: events.Event) -> None:
        """Take an event, on the engine's thread."""
        with self._lock:
            is_first = not self._waiting
            self._waiting.append(event)
        if is_first:
            self._woken.emit()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for event in waiting:
            getattr(self, _NAMES[type(event)]).emit(event)
