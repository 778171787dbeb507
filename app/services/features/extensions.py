"""The action RingExtension: ring all devices of an extension until one answers, or send the call on."""

from __future__ import annotations

from app.calls.call import Call
from app.calls.causes import Outcome
from app.calls.originate import RingResult
from app.services.actions import Action, MessageReason, Refuse, RingExtension
from app.services.devices import Devices
from app.services.directory import DirectoryHolder
from app.services.forwarding import AWAY, BUSY, Forwarder


class Extensions:
    """Connects the caller with the first device of the called extension that answers."""

    def __init__(self, holder: DirectoryHolder, devices: Devices, forwarder: Forwarder) -> None:
        self._holder = holder
        self._devices = devices
        self._forwarder = forwarder

    async def run(self, call: Call, action: RingExtension) -> Action | None:
        """Ring, talk, and say what comes after; the codes are those of docs/calls.md."""
        directory = self._holder.current
        extension = directory.extension(action.number)
        if extension is None or not extension.enabled:
            return Refuse(404)
        is_own = action.number == call.caller_extension
        onward = None if is_own else self._forwarder.at_once(call, extension)
        if onward is not None:
            return onward
        devices = self._devices.of(extension, call)
        if not devices:
            if is_own:  # who calls the own number from its only phone is the one who is busy
                return Refuse(486)
            away = Refuse(480, outcome=Outcome.OFFLINE)
            return self._forwarder.instead(call, extension, MessageReason.OFFLINE, away)
        result = await call.ring(devices, extension.forwards.no_answer_s or directory.settings.no_answer_s)
        if result.is_answered:
            await call.until_end()
            return None
        if result.status == 487:
            return None  # the caller gave up
        refusal = Refuse(
            result.status, outcome=Outcome.NO_ANSWER if result.timed_out and result.status == 480 else ""
        )
        if is_own:
            return refusal
        if result.targets:
            return self._forwarder.deflected(call, extension, result.targets, refusal)
        return self._forwarder.instead(call, extension, _reason(result), refusal)


def _reason(result: RingResult) -> MessageReason:
    """Why nobody took the call."""
    if result.status in BUSY or BUSY.intersection(result.refusals):
        return MessageReason.BUSY
    if not result.timed_out and result.refusals and AWAY.issuperset(result.refusals):
        return MessageReason.OFFLINE
    return MessageReason.NO_ANSWER
