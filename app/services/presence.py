"""What each extension is doing: off, idle, ringing, talking; told at most ten times a second."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from app.calls.active import ActiveCalls
from app.events import BindingView, CallState, EventBus, ExtensionChanged, ExtensionState
from app.services.bindings import Bindings
from app.services.devices import has_authorised_phone
from app.services.directory import DirectoryHolder

_COALESCE_S = 0.1


class Presence:
    """Gathers what changed and publishes one ExtensionChanged for each extension concerned."""

    def __init__(
        self, holder: DirectoryHolder, bindings: Bindings, calls: ActiveCalls, events: EventBus
    ) -> None:
        self._holder = holder
        self._bindings = bindings
        self._calls = calls
        self._events = events
        self._changed: dict[str, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._told: dict[str, tuple[ExtensionState, tuple[BindingView, ...]]] = {}

    def note(self, *numbers: str) -> None:
        """Something about these extensions may have changed."""
        for number in numbers:
            if number:
                self._changed[number] = None
        if self._timer is None and self._changed:
            self._timer = asyncio.get_running_loop().call_later(_COALESCE_S, self.flush)

    def flush(self) -> None:
        """Publish what is gathered, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        changed, self._changed = self._changed, {}
        directory = self._holder.current
        if not changed:
            return
        busy = self._busy()
        for number in changed:
            if directory.extension(number) is None:
                self._told.pop(number, None)
                continue
            bindings = tuple(binding.view() for binding in self._bindings.of(number))
            told = (self._state(number, busy, bool(bindings)), bindings)
            if self._told.get(number) != told:
                self._told[number] = told
                self._events.publish(ExtensionChanged(number=number, state=told[0], bindings=bindings))

    def states(self, numbers: Iterable[str]) -> dict[str, ExtensionState]:
        """What these extensions do at this moment."""
        busy = self._busy()
        return {number: self._state(number, busy, bool(self._bindings.of(number))) for number in numbers}

    def stop(self) -> None:
        """Tell what is left, and be silent."""
        self.flush()

    def _busy(self) -> dict[str, ExtensionState]:
        busy: dict[str, ExtensionState] = {}
        for call in self._calls:
            if call.state in (CallState.TALKING, CallState.HELD):
                busy[call.caller_extension] = busy[call.connected_extension] = ExtensionState.TALKING
                continue
            for number in (call.caller_extension, *call.ringing):
                busy.setdefault(number, ExtensionState.RINGING)
        return busy

    def _state(self, number: str, busy: dict[str, ExtensionState], is_registered: bool) -> ExtensionState:
        known = busy.get(number)
        if known is not None:
            return known
        if is_registered:
            return ExtensionState.IDLE
        extension = self._holder.current.extension(number)
        reachable = extension is not None and extension.enabled and has_authorised_phone(extension)
        return ExtensionState.IDLE if reachable else ExtensionState.OFF
