"""The action RingExtension: ring all devices of an extension until one answers."""

from __future__ import annotations

from app.calls.call import Call
from app.calls.causes import Outcome
from app.services.actions import Action, Refuse, RingExtension
from app.services.devices import Devices
from app.services.directory import DirectoryHolder


class Extensions:
    """Connects the caller with the first device of the called extension that answers."""

    def __init__(self, holder: DirectoryHolder, devices: Devices) -> None:
        self._holder = holder
        self._devices = devices

    async def run(self, call: Call, action: RingExtension) -> Action | None:
        """Ring, talk, and say what comes after; the codes are those of docs/calls.md."""
        directory = self._holder.current
        extension = directory.extension(action.number)
        if extension is None or not extension.enabled:
            return Refuse(404)
        devices = self._devices.of(extension, call)
        if not devices:
            # Who calls the own number from its only phone is the one who is busy.
            return (
                Refuse(486)
                if action.number == call.caller_extension
                else Refuse(480, outcome=Outcome.OFFLINE)
            )
        result = await call.ring(devices, directory.settings.no_answer_s)
        if result.is_answered:
            await call.until_end()
            return None
        if result.status == 487:
            return None  # the caller gave up
        return Refuse(
            result.status, outcome=Outcome.NO_ANSWER if result.timed_out and result.status == 480 else ""
        )
