"""Rings devices for a call: first answer wins, the rest are cancelled, the best refusal goes back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.calls.bridge import Bridge
from app.calls.causes import COMPLETED_ELSEWHERE, HUNG_UP, Cause, Why, best_status
from app.calls.diversion import headers_inside
from app.calls.events import Answered, Ended, LegEvent, Offered, Ringing
from app.calls.leg import Leg
from app.calls.media import CALLER, DIRECT, MediaPath, SdpOrigin, carried, needs_relay
from app.calls.outbound import ALL_SOUND, Outbound, SoundRules
from app.sdp.description import SdpError
from app.sip.grammar import quote
from app.sip.invite_state import SessionState
from app.sip.outgoing import OutgoingInvite
from app.sip.uri import escape_user

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.sip.flow import Flow
    from app.sip.uri import SipUri

logger = logging.getLogger(__name__)

SILENT = Cause(Why.LOCAL, 408, "No reply", 'SIP;cause=408;text="No reply"')
NO_ANSWER = Cause(Why.LOCAL, 480, "No answer", 'SIP;cause=480;text="No answer"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One device to ring: what its INVITE is addressed to, and the way there (None = as the URI says)."""

    number: str
    uri: SipUri | str
    flow: Flow | None
    route: tuple[str, ...] = ()
    pin_flow: bool = False
    is_behind_nat: bool = False
    outbound: Outbound | None = None  # for a line or trunk


@dataclass(frozen=True, slots=True)
class RingResult:
    """What came of ringing. `status`: 200, or what the caller is to be told; 487 = it gave up itself.

    `refusals` are the final answers as they came, `targets` where a phone would send the call instead (3xx).
    """

    status: int
    timed_out: bool = False
    refusals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether somebody took the call."""
        return self.status == 200


class Origination:
    """One round of ringing. Whatever its end, no leg it made is left ringing."""

    __slots__ = (
        "_bridges",
        "_call",
        "_destinations",
        "_is_placing",
        "_is_single",
        "_no_answer_s",
        "_refusals",
        "_result",
        "_silences",
        "_targets",
        "_told",
    )

    def __init__(self, call: Call, destinations: Sequence[Destination], no_answer_s: float) -> None:
        self._call = call
        self._destinations = destinations
        self._is_single = len(destinations) == 1
        self._is_placing = True
        self._no_answer_s = no_answer_s
        self._bridges: dict[Leg, tuple[Bridge, Destination]] = {}  # devices that may still answer
        self._refusals: list[int] = []
        self._targets: tuple[str, ...] = ()
        self._told = 0  # the provisional status the caller was given last
        self._result: asyncio.Future[RingResult] | None = None
        self._silences: list[asyncio.TimerHandle] = []

    async def run(self) -> RingResult:
        """Ring, and wait for what comes of it."""
        call = self._call
        if call.caller.has_ended:
            return RingResult(487)
        loop = asyncio.get_running_loop()
        self._result = loop.create_future()
        call.stage = self
        call.ringing = frozenset(each.number for each in self._destinations if each.outbound is None)
        timer = loop.call_later(self._no_answer_s, self._time_is_over)
        try:
            for destination in self._destinations:
                path = await self._path(destination)
                if self._result.done():
                    break
                self._place(destination, path)
            self._is_placing = False
            self._check_refusals()
            result = await self._result
            await call.close_paths(keep=call.bridge.path if call.bridge is not None else None)
            return result
        finally:
            for each in (timer, *self._silences):
                each.cancel()
            self._give_up(HUNG_UP)
            call.ringing = frozenset()
            if call.stage is self:
                call.stage = None

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take an event of the caller's leg or of a device's."""
        if leg is self._call.caller:
            if type(event) is Ended:
                self._give_up(event.cause)
                self._settle(RingResult(487))
            elif type(event) is Offered:
                self._offered_early(leg, event)
        elif type(event) is Ringing:
            self._rings(leg, event)
        elif type(event) is Answered:
            self._answered(leg, event)
        elif type(event) is Ended:
            self._ended(leg, event.cause)
        elif type(event) is Offered:
            self._offered_early(leg, event)

    async def _path(self, destination: Destination) -> MediaPath:
        call = self._call
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

    def _place(self, destination: Destination, path: MediaPath) -> None:
        call = self._call
        flow = _local(destination, call)
        local = flow.shown
        origin = SdpOrigin(local.host)
        outbound = destination.outbound
        sound = (call.caller_sound, outbound.sound if outbound is not None else ALL_SOUND)
        sdp = None
        if call.offer is not None:
            sdp = origin.dress(carried(path, sound, call.offer, CALLER))
        if outbound is not None:
            self._connect(destination, path, sound, origin, _outside_invite(call, destination, outbound, sdp))
            return
        host = str(local) if local.port != flow.transport.default_port else _bracketed(local.host)
        user = escape_user(call.shown_number)
        invite = OutgoingInvite(
            uri=destination.uri,
            from_=f"{quote(call.shown_name)} <sip:{user}@{host}>"
            if call.shown_name
            else f"<sip:{user}@{host}>",
            to=f"<sip:{escape_user(destination.number)}@{host}>",
            contact_user=call.shown_number,
            sdp=sdp,
            flows=() if destination.flow is None else (destination.flow,),
            route=destination.route,
            headers=(*call.headers, *headers_inside(call.diversions, host)),
            # A reliable 183 to an INVITE without offer would itself be an offer; the caller could not
            # answer it.
            rel100=sdp is not None,
            pin_flow=destination.pin_flow,
            max_forwards=call.forwards_left,
        )
        self._connect(destination, path, sound, origin, invite)

    def _connect(
        self,
        destination: Destination,
        path: MediaPath,
        sound: tuple[SoundRules, SoundRules],
        origin: SdpOrigin,
        invite: OutgoingInvite,
    ) -> None:
        call = self._call
        early: list[tuple[Leg, LegEvent]] = []
        leg = call.surroundings.legs.place(invite, origin, lambda leg, event: early.append((leg, event)))
        bridge = Bridge(call.caller, leg, path, call.note_media, sound)
        if call.offer is not None:
            bridge.offered(call.offer)
        self._bridges[leg] = (bridge, destination)
        call.sip_call_ids.append(leg.session.call_id)
        leg.listener = call.on_event
        if destination.outbound is not None and destination.outbound.patience_s:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(destination.outbound.patience_s, self._check_silence, leg)
            self._silences.append(timer)
        for which, event in early:
            call.on_event(which, event)

    def _check_silence(self, leg: Leg) -> None:
        """Leave a peer that has not even said that it tries."""
        if leg in self._bridges and leg.session.state is SessionState.CALLING:
            leg.hang_up(SILENT)

    def _rings(self, leg: Leg, event: Ringing) -> None:
        call = self._call
        known = self._bridges.get(leg)
        if known is None:
            return
        call.note_ringing()
        if event.sdp is None or not self._is_single or call.offer is None:
            # Early sound of one of several devices would change hands when another answers: ringing only.
            status = event.status if self._is_single else 180
            if status != self._told:
                self._told = status
                call.caller.ring(status=status)
            return
        self._told = event.status
        try:
            call.caller.ring(known[0].answered(event.sdp), event.status)
        except SdpError as problem:
            logger.info("early sound with an unusable description: %s", problem)
            call.caller.ring()

    def _answered(self, leg: Leg, event: Answered) -> None:
        known = self._bridges.pop(leg, None)
        if known is None or self._result is None or self._result.done():
            leg.hang_up(COMPLETED_ELSEWHERE)
            return
        bridge, destination = known
        self._give_up(COMPLETED_ELSEWHERE)
        self._call.bridge = bridge
        bridge.connect(event.sdp, event.is_offer)
        if leg.has_ended:
            self._call.bridge = None
            self._settle(RingResult(488))
            return
        self._call.note_answered(bridge, destination.number, is_inside=destination.outbound is None)
        self._settle(RingResult(200))

    def _ended(self, leg: Leg, cause: Cause) -> None:
        if self._bridges.pop(leg, None) is None:
            return
        self._refusals.append(cause.status or 480)
        self._targets = self._targets or cause.targets
        if cause.status >= 600:
            self._give_up(HUNG_UP)  # RFC 3261 16.7 step 5: a 6xx speaks for all devices
            self._settle(RingResult(cause.status, refusals=tuple(self._refusals)))
        self._check_refusals()

    def _offered_early(self, leg: Leg, event: Offered) -> None:
        """UPDATE before the answer (RFC 3311): from a single device or to it, else not now."""
        if self._is_single and self._bridges:
            bridge, _ = next(iter(self._bridges.values()))
            bridge.on_event(leg, event)
        else:
            leg.refuse_offer(491)

    def _check_refusals(self) -> None:
        if not self._bridges and not self._is_placing:
            refusals = tuple(self._refusals)
            self._settle(RingResult(best_status(refusals), refusals=refusals, targets=self._targets))

    def _time_is_over(self) -> None:
        if self._result is not None and not self._result.done():
            logger.debug("%r: nobody answered in %g s", self._call, self._no_answer_s)
            if self._is_silent:
                self._give_up(SILENT)
                self._settle(RingResult(480, refusals=(SILENT.status,)))
                return
            refused = best_status(self._refusals) if self._refusals else 480
            self._give_up(NO_ANSWER)
            self._settle(RingResult(refused if refused == 486 else 480, timed_out=True))

    @property
    def _is_silent(self) -> bool:
        """Whether a line or trunk is called that has said nothing at all: that is no phone that rings."""
        waiting = [(leg, destination) for leg, (_, destination) in self._bridges.items()]
        return bool(waiting) and all(
            destination.outbound is not None and leg.session.state is SessionState.CALLING
            for leg, destination in waiting
        )

    def _give_up(self, cause: Cause) -> None:
        """Cancel every device that still rings."""
        bridges, self._bridges = self._bridges, {}
        for leg in bridges:
            leg.hang_up(cause)

    def _settle(self, result: RingResult) -> None:
        if self._result is not None and not self._result.done():
            self._result.set_result(result)


def _outside_invite(
    call: Call, destination: Destination, outbound: Outbound, sdp: bytes | None
) -> OutgoingInvite:
    return OutgoingInvite(
        uri=destination.uri,
        from_=outbound.from_,
        to=outbound.to,
        contact_user=outbound.contact_user,
        sdp=sdp,
        flows=outbound.flows,
        route=destination.route,
        hop=outbound.hop,
        outlet=outbound.outlet,
        headers=outbound.headers,
        credentials=outbound.credentials,
        rel100=outbound.has_rel100 and sdp is not None,
        require_100rel=outbound.needs_rel100 and sdp is not None,
        session_expires=outbound.session_expires,
        pin_flow=destination.pin_flow,
        max_forwards=call.forwards_left,
    )


def _local(destination: Destination, call: Call) -> Flow:
    """The flow that knows our address toward the device; the caller's where the way is not known yet."""
    return destination.flow if destination.flow is not None else call.caller_flow


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
