"""One device of a round of ringing: called for a bridge between the phones, or for one with voice ports."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.calls.bridge import Bridge
from app.calls.events import LegEvent
from app.calls.hosted import HostedBridge, hosted
from app.calls.invites import Destination, Shown, invite_for
from app.calls.media import CALLER, DIRECT, MediaPath, SdpOrigin, carried, needs_relay
from app.calls.outbound import ALL_SOUND
from app.calls.voice_leg import UNFIT, VoiceLeg
from app.calls.voice_session import VoiceSession
from app.sdp.description import SessionDescription
from app.sdp.target import audio_target

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.calls.leg import Leg
    from app.sip.flow import Flow


@dataclass(frozen=True, slots=True)
class Attempt:
    """A device that is called, and what will join it with the caller."""

    leg: Leg
    bridge: Bridge | HostedBridge
    destination: Destination
    passes_early_sound: bool = True

    @property
    def is_hosted(self) -> bool:
        """Whether it talks with a port of ours."""
        return isinstance(self.bridge, HostedBridge)


async def place(call: Call, destination: Destination, *, is_hosted: bool) -> tuple[Attempt, list[LegEvent]]:
    """Call a device; gives what it has said already, which is still to be handled.

    A caller that talks with us is joined by voice ports, as is one whose call somebody wants to hear, if it
    speaks a codec of ours. HungUp, PortsExhausted.
    """
    if is_hosted or call.voice is not None or (call.wants_sound and may_be_hosted(call)):
        return await _place_hosted(call, destination)
    return _place_bridged(call, destination, await _path(call, destination))


async def adapt(call: Call, attempt: Attempt) -> Attempt | None:
    """Bring a device that has answered onto voice ports, by re-INVITE; None where it does not follow.

    HungUp, PortsExhausted: its leg is over then.
    """
    leg = attempt.leg
    try:
        caller = await call.caller_voice()
        session = await _session(call, attempt.destination, leg.origin, caller)
    except BaseException:
        leg.hang_up(UNFIT)
        raise
    callee = VoiceLeg(session, asyncio.get_running_loop().time)
    if leg.has_ended:
        callee.close()
        return None
    callee.attach(leg, call.on_event)
    outcome: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    callee.offer_anew(lambda status: None if outcome.done() else outcome.set_result(status))
    try:
        status = await outcome
    except BaseException:
        leg.hang_up(UNFIT)
        raise
    if status >= 300:
        leg.hang_up(UNFIT)
        return None
    return Attempt(leg, hosted(call, caller, callee), attempt.destination)


def may_be_hosted(call: Call) -> bool:
    """Whether the caller has not been led elsewhere yet, and speaks a codec of ours."""
    if call.voice is not None:
        return True
    if call.caller.origin.sent is not None:
        return False
    return call.offer is None or bool(call.codecs_in_common())


def has_no_common_codec(attempt: Attempt, told: SessionDescription) -> bool:
    """Whether a device took the call with an answer that has no codec of the offer."""
    asked = attempt.leg.origin.sent
    if attempt.is_hosted or asked is None:
        return False
    voices = _voices(asked)
    return bool(voices) and voices.isdisjoint(_voices(told))


def _voices(desc: SessionDescription) -> set[tuple[str, int, int]]:
    target = audio_target(desc)
    return {codec.key for codec in target.codecs if codec.is_voice} if target is not None else set()


async def _path(call: Call, destination: Destination) -> MediaPath:
    flows = (call.caller_flow, _local(destination, call))
    hosts = (flows[0].local.host, flows[1].local.host)
    outbound = destination.outbound
    if not needs_relay(
        (outbound.media_mode if outbound is not None else "") or call.media_mode,
        caller_behind_nat=call.caller_behind_nat,
        callee_behind_nat=destination.is_behind_nat,
        crosses_border=(flows[0].public is None) is not (flows[1].public is None),
        hosts=hosts,
    ):
        return DIRECT
    return await call.paths.relayed(hosts, (flows[0].shown.host, flows[1].shown.host))


def _place_bridged(call: Call, destination: Destination, path: MediaPath) -> tuple[Attempt, list[LegEvent]]:
    outbound = destination.outbound
    origin = SdpOrigin(_local(destination, call).shown.host)
    sound = (call.caller_sound, outbound.sound if outbound is not None else ALL_SOUND)
    sdp = None
    if call.offer is not None:
        sdp = origin.dress(carried(path, sound, call.offer, CALLER))
    leg, early = _invite(call, destination, origin, sdp)
    bridge = Bridge(call.caller, leg, path, call.note_media, sound, call.take_hold)
    if call.offer is not None:
        bridge.offered(call.offer)
    leg.listener = call.on_event
    return Attempt(leg, bridge, destination, call.offer is not None), early


async def _place_hosted(call: Call, destination: Destination) -> tuple[Attempt, list[LegEvent]]:
    caller = await call.caller_voice()
    session = await _session(call, destination, SdpOrigin(_local(destination, call).shown.host), caller)
    callee = VoiceLeg(session, asyncio.get_running_loop().time)
    try:
        leg, early = _invite(call, destination, session.origin, session.offer())
    except BaseException:
        callee.close()
        raise
    callee.attach(leg, call.on_event)
    return Attempt(leg, hosted(call, caller, callee), destination), early


async def _session(call: Call, destination: Destination, origin: SdpOrigin, caller: VoiceLeg) -> VoiceSession:
    """A port for a device, whose codecs begin with those that spare us transcoding."""
    flow = _local(destination, call)
    outbound = destination.outbound
    port = await call.surroundings.voice.open(flow.local.host)
    rules = outbound.sound if outbound is not None else ALL_SOUND
    session = VoiceSession(port, origin, flow.shown.host, lambda: call.codecs, rules)
    spoken = caller.session.codec
    session.prefer((spoken,) if spoken else call.codecs_in_common())
    return session


def _invite(
    call: Call, destination: Destination, origin: SdpOrigin, sdp: bytes | None
) -> tuple[Leg, list[LegEvent]]:
    shown = Shown(
        number=call.shown_number,
        name=call.shown_name,
        headers=call.headers,
        diversions=call.diversions,
        forwards_left=call.forwards_left,
    )
    early: list[LegEvent] = []
    invite = invite_for(destination, shown, _local(destination, call), sdp)
    leg = call.surroundings.legs.place(invite, origin, lambda _leg, event: early.append(event))
    call.sip_call_ids.append(leg.session.call_id)
    return leg, early


def _local(destination: Destination, call: Call) -> Flow:
    """The flow that knows our address toward the device; the caller's where the way is not known yet."""
    return destination.flow if destination.flow is not None else call.caller_flow
