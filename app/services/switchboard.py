"""Turns a phone's INVITE into a call, and asks feature after feature what happens to it."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.calls.active import ActiveCalls
from app.calls.call import Call, Surroundings
from app.calls.causes import FAILED_INSIDE, SHUTTING_DOWN, Outcome
from app.calls.conversation import HungUp
from app.calls.media import sound_of
from app.calls.nat import is_translated
from app.calls.outbound import ALL_SOUND, SoundRules
from app.errors import EnvironmentFault
from app.sdp.description import SdpError, SessionDescription, parse
from app.sdp.negotiation import behind_nat
from app.services.actions import Action, Attempt, DialOut, Feature, Refuse
from app.services.authentication import Authenticator, Denied
from app.services.dial_plan import decide
from app.services.dial_plan_query import Party, Query
from app.services.directory import DirectoryHolder, Extension
from app.services.incoming import Guest, Incoming, Outsider, TurnedAway
from app.services.limits import Limits, Place, Way
from app.services.prompt_language import prompt_language
from app.services.service_codes import without_password
from app.sip.errors import MessageError
from app.sip.events import InviteReceived
from app.sip.flow import Transport
from app.sip.message import Request
from app.sip.uri import SipUri, TelUri

logger = logging.getLogger(__name__)

Spawn = Callable[[Coroutine[Any, Any, None], str], "asyncio.Task[None]"]

_MAX_FORWARDS = 70
# What the caller's INVITE says about the call itself, and every called phone is told.
_HANDED_ON = (("subject", "Subject"), ("priority", "Priority"))
# Many phones answer by themselves when told so here: a colleague may, a stranger would listen to the room.
_HANDED_ON_INSIDE = (*_HANDED_ON, ("alert-info", "Alert-Info"))


class Switchboard:
    """Admits calls, runs them, and sees that each ends with its record.

    `finished(call)` is called once for each call that was admitted, when it holds nothing any more;
    `prepare(call, action)` before each action.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        holder: DirectoryHolder,
        authenticator: Authenticator,
        incoming: Incoming,
        limits: Limits,
        features: Mapping[type, Feature],
        calls: ActiveCalls,
        spawn: Spawn,
        loop_time: Callable[[], float],
        finished: Callable[[Call], None],
        prepare: Callable[[Call, Action], None] = lambda call, action: None,
    ) -> None:
        self._surroundings = surroundings
        self._holder = holder
        self._authenticator = authenticator
        self._incoming = incoming
        self._limits = limits
        self._places: dict[Call, Place] = {}
        self._features = features
        self._calls = calls
        self._spawn = spawn
        self._loop_time = loop_time
        self._finished = finished
        self._prepare = prepare
        self._numbers = itertools.count(1)
        self._is_open = True
        self.calls_set_up = 0
        self.calls_failed = 0

    def close(self) -> None:
        """Admit no more calls and end those in progress."""
        self._is_open = False
        self._calls.end_all(SHUTTING_DOWN)

    def invited(self, event: InviteReceived) -> None:
        """Take a new INVITE; whatever happens, it is answered."""
        try:
            self._admit(event)
        except MessageError as error:
            self._reject(event, error.status or 400)
        except Exception:
            logger.exception("an INVITE from %s could not be served", event.flow.remote)
            self._reject(event, 500)

    def _admit(self, event: InviteReceived) -> None:
        """Know the caller, read the offer, find what is called."""
        request = event.request
        if not self._is_open:
            self._reject(event, 503, (("Retry-After", "10"),))
            return
        caller = self._caller_of(event)
        if isinstance(caller, Denied):
            self._reject(event, caller.status, caller.headers)
            return
        forwards_left = (request.max_forwards or _MAX_FORWARDS + 1) - 1
        if forwards_left < 1:  # a loop through us and other servers ends here (RFC 7332)
            self._reject(event, 483)
            return
        offer = None
        if event.sdp is not None:
            try:
                offer = parse(event.sdp)
            except SdpError as problem:
                logger.info("INVITE from %s: %s", event.flow.remote, problem)
                self._reject(event, 488)
                return
        if isinstance(caller, Extension):
            self._begin(event, _inside(caller, request), offer, forwards_left)
            return
        guest = self._incoming.admit(caller, request)
        if isinstance(guest, TurnedAway):
            self._reject(event, guest.status, reason=guest.reason)
            return
        try:
            event.session.credentials = guest.credentials
            self._begin(event, guest, offer, forwards_left)
        except BaseException:
            guest.place.release()
            raise

    def _caller_of(self, event: InviteReceived) -> Extension | Outsider | Denied:
        """An address of a line or trunk says enough; everybody else is asked for a password."""
        outsider = self._incoming.identify(event.request, event.flow)
        if outsider is not None:
            return outsider
        return self._authenticator.identify(event.request, event.flow, self._loop_time(), is_proxy=True)

    def _begin(
        self,
        event: InviteReceived,
        who: Guest | _Inside,
        offer: SessionDescription | None,
        forwards_left: int,
    ) -> None:
        directory = self._holder.current
        decision = decide(directory, Query(who.party, who.called, self._moment()))
        call = Call(
            next(self._numbers),
            self._surroundings,
            caller_number=who.party.number,
            caller_name=who.party.display,
            called=without_password(who.called),
            media_mode=who.media_mode or directory.settings.local_media,
            caller_behind_nat=_is_behind_nat(event, offer),
            forwards_left=forwards_left,
            headers=_handed_on(event.request, _HANDED_ON if isinstance(who, Guest) else _HANDED_ON_INSIDE),
        )
        call.shown_number, call.shown_name = decision.caller_number, decision.caller_name
        call.caller_sound = who.sound
        call.language = prompt_language(directory, who.party)
        call.codecs = directory.settings.codecs
        if isinstance(who, Guest):
            call.caller_extension = ""
            call.ways.append(f"{who.party.kind} {who.party.key}")
            event.session.pin_flow = who.is_at_name
        if call.caller_behind_nat or event.flow.transport is not Transport.UDP:
            event.session.pin_flow = True
        call.begin(self._surroundings.legs.incoming(event, call.on_event), event.flow, offer)
        self._calls.add(call)
        logger.debug("call %d: %s calls %s", call.id, who.party.number, call.called)
        self._surroundings.announce(call)
        action = self._with_a_place(call, who, decision.action)
        call.task = self._spawn(self._run(call, action), f"call {call.id}")

    def _with_a_place(self, call: Call, who: Guest | _Inside, action: Action) -> Action:
        """A call holds its caller's place until it is over; an emergency call needs none."""
        if isinstance(who, Guest):
            self._places[call] = who.place
            return action
        extension = who.extension
        if isinstance(action, Refuse) or (isinstance(action, DialOut) and action.is_emergency):
            return action
        place = self._limits.take("extension", extension.number, Way.OUT, extension.max_calls)
        if place is None:
            return Refuse(403 if extension.max_calls == 0 else 486, "Too Many Calls", Outcome.REFUSED)
        self._places[call] = place
        return action

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._surroundings.clock(), tz=UTC)

    async def _run(self, call: Call, action: Action | None) -> None:
        """Live the call: one action after the other, then let go of everything, whatever happened."""
        otherwise: Callable[[Refuse], Action] | None = None
        try:
            while action is not None and not call.caller.has_ended:
                match action:
                    case Attempt(first, instead):
                        action, otherwise = first, instead
                    case Refuse() if otherwise is not None:
                        action, otherwise = otherwise(action), None
                    case _:
                        action = await self._act(call, action)
        except asyncio.CancelledError:
            call.end(SHUTTING_DOWN)
            raise
        except Exception:
            logger.exception("call %d failed", call.id)
            call.end(FAILED_INSIDE)
        finally:
            place = self._places.pop(call, None)
            if place is not None:  # at once: who hung up may call again before our ports are closed
                place.release()
            try:
                await call.release()
            finally:
                self._calls.remove(call)
                if call.answered_at is not None:
                    self.calls_set_up += 1
                else:
                    self.calls_failed += 1
                self._finished(call)

    async def _act(self, call: Call, action: Action) -> Action | None:
        feature = self._features.get(type(action))
        if feature is None:
            return Refuse(501)
        self._prepare(call, action)
        try:
            return await feature(call, action)
        except HungUp:
            return None
        except EnvironmentFault as fault:
            logger.warning("call %d: %s", call.id, fault)
            return Refuse(503)

    def _reject(
        self,
        event: InviteReceived,
        status: int,
        headers: tuple[tuple[str, str], ...] = (),
        reason: str = "",
    ) -> None:
        run = self._surroundings.legs.endpoint.run
        run(event.session.reject, status, reason or None, headers=headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inside:
    """A call from an extension."""

    extension: Extension
    party: Party
    called: str
    media_mode: str = ""
    sound: SoundRules = ALL_SOUND


def _inside(caller: Extension, request: Request) -> _Inside:
    # Parameters of a number (RFC 3261 19.1.6) choose carriers and prefixes behind the dial plan's back.
    called = request.uri.user.partition(";")[0] if isinstance(request.uri, SipUri | TelUri) else ""
    is_withheld = bool({"id", "user", "full"}.intersection(request.privacy))
    party = Party.extension(caller.number, _name_of(request, caller), is_withheld=is_withheld)
    return _Inside(extension=caller, party=party, called=called)


def _name_of(request: Request, caller: Extension) -> str:
    """What the called phone shows beside the number: what the phone calls itself, else the description."""
    from_ = request.from_
    return from_.display if from_.display and from_.user == caller.number else caller.description


def _is_behind_nat(event: InviteReceived, offer: SessionDescription | None) -> bool:
    source = event.flow.remote.host
    contact = event.request.contacts[0].uri
    if isinstance(contact, SipUri) and is_translated(contact.host_address, source):
        return True
    sound = sound_of(offer) if offer is not None else None
    if offer is None or sound is None:
        return False
    connection = offer.connection_of(sound)
    return (connection is None or connection.host != source) and behind_nat(offer, source)


def _handed_on(request: Request, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for key, name in headers if (value := request.get(key)) is not None)
