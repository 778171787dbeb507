"""The telephone exchange: registrar, switchboard and all that serves them, between endpoint and queues.

It knows neither sockets nor database, so that tests run the whole of it on a simulated wire in virtual time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any

from app.calls.active import ActiveCalls
from app.calls.call import Call, Surroundings
from app.calls.legs import Legs
from app.calls.media import Relay
from app.calls.voice import CallSounds, Voice
from app.db.tables.binding import BindingRow
from app.errors import UserError
from app.events import CallChanged, EventBus
from app.services.announcements import Announcements
from app.services.authentication import Authenticator
from app.services.binding_store import BindingStore
from app.services.binding_store import Queue as BindingQueue
from app.services.bindings import Bindings
from app.services.call_records import CallRecords
from app.services.call_records import Queue as RecordQueue
from app.services.conference_invitations import ConferenceInvitations
from app.services.conferences import Conferences
from app.services.defence import Defence
from app.services.devices import Devices
from app.services.directory import Directory, DirectoryHolder
from app.services.doorkeeper import Doorkeeper
from app.services.extension_rules import ChangeExtension
from app.services.features import all_features
from app.services.forwarding import Forwarder
from app.services.gateway import Gateway
from app.services.lines import Queue as HistoryQueue
from app.services.lost_connections import LostConnections
from app.services.mailboxes import EMPTY, Mailboxes
from app.services.message_waiting import MessageWaiting
from app.services.messages import Messages
from app.services.music import Sounds
from app.services.peer_addresses import OutsideNetwork
from app.services.phone_recording import PhoneRecording
from app.services.presence import Presence
from app.services.recordings import RecordingOutlet, Recordings, nowhere
from app.services.registrar import Registrar
from app.services.requests import Requests
from app.services.switchboard import Switchboard
from app.sip.events import InviteReceived, RequestReceived, ResponseReceived, StackEvent
from app.sip.flow import Flow
from app.variables import Variables

logger = logging.getLogger(__name__)

_RESTART_GRACE_S = 0.05  # what runs out within this is dropped at once, so that one timer serves a burst


class Exchange:
    """Made on the loop it will live on. `on_event` takes the stack's events; `clock` gives Unix seconds."""

    def __init__(
        self,
        endpoint: OutsideNetwork,
        *,
        holder: DirectoryHolder,
        relay: Relay,
        voice: Voice,
        announcements: Announcements,
        sounds: CallSounds | None = None,
        bindings_queue: BindingQueue,
        records_queue: RecordQueue,
        history_queue: HistoryQueue,
        events: EventBus,
        variables: Variables | None = None,
        mailboxes: Mailboxes | None = None,
        change_extension: ChangeExtension | None = None,
        recordings_to: RecordingOutlet | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._events = events
        self._clock = clock
        self._holder = holder
        self._tasks: set[asyncio.Task[None]] = set()
        self._expiry: asyncio.TimerHandle | None = None
        self.announcements = announcements
        self.calls = ActiveCalls()
        self.legs = Legs(endpoint)
        self.bindings = Bindings(clock, self._bindings_changed, endpoint.shown)
        self.binding_store = BindingStore(bindings_queue)
        self.presence = Presence(holder, self.bindings, self.calls, events)
        self.records = CallRecords(records_queue, events)
        self.defence = Defence(holder, events, is_known=self._is_known, clock=clock)
        self.authenticator = Authenticator(holder, defence=self.defence)
        self.gateway = Gateway(
            endpoint,
            holder=holder,
            bindings=self.bindings,
            history=history_queue,
            events=events,
            variables=variables or Variables(),
            clock=clock,
        )
        self.lost_connections = LostConnections(endpoint, self.calls, self.bindings, self._loop.call_later)
        self.registrar = Registrar(holder, self.bindings, clock)
        self.messages = Messages(endpoint, holder, self.bindings)
        self.message_waiting = MessageWaiting(
            endpoint,
            holder=holder,
            bindings=self.bindings,
            counts=mailboxes.counts if mailboxes is not None else lambda _: EMPTY,
            call_later=self._loop.call_later,
        )
        if mailboxes is not None:
            mailboxes.changed = self.message_waiting.changed
        self.requests = Requests(
            endpoint,
            authenticator=self.authenticator,
            registrar=self.registrar,
            messages=self.messages,
            message_waiting=self.message_waiting,
            loop_time=self._loop.time,
        )
        self.recordings = Recordings(
            holder,
            recordings_to or nowhere(),
            events=events,
            announcements=announcements,
            spawn=self.spawn,
            clock=clock,
        )
        self.conferences = Conferences(
            holder,
            events=events,
            announcements=announcements,
            recordings=self.recordings,
            spawn=self.spawn,
            clock=clock,
        )
        endpoint.stack.core.doorkeeper = Doorkeeper(self.authenticator, self.gateway.incoming, self.requests)
        surroundings = Surroundings(
            legs=self.legs,
            relay=relay,
            voice=voice,
            announce=self._announce,
            clock=clock,
            sounds=sounds or Sounds(announcements, holder, self.spawn),
        )
        self.phone_recording = PhoneRecording(surroundings, self.bindings, holder, announcements)
        devices = Devices(self.bindings)
        self.invitations = ConferenceInvitations(self.conferences, devices, holder, surroundings, self.spawn)
        self.switchboard = Switchboard(
            surroundings,
            holder=holder,
            authenticator=self.authenticator,
            incoming=self.gateway.incoming,
            limits=self.gateway.limits,
            features=all_features(
                holder,
                devices,
                self.gateway,
                forwarder=Forwarder(holder, self.gateway.limits, clock),
                conferences=self.conferences,
                announcements=announcements,
                clock=clock,
                events=events,
                mailboxes=mailboxes,
                change_extension=change_extension or _no_change,
            ),
            calls=self.calls,
            spawn=self.spawn,
            loop_time=self._loop.time,
            finished=self._call_finished,
            prepare=self.recordings.prepare,
        )

    @property
    def is_idle(self) -> bool:
        """Whether no call, leg, message or task is left."""
        quiet = self.legs.is_idle and self.messages.is_idle and self.gateway.is_idle
        sound = self.recordings.is_idle and self.conferences.is_idle
        return quiet and sound and not self.calls and not self._tasks

    def start(self) -> None:
        """Reach for the outside: the sockets are open now."""
        self.gateway.start()

    def restore(self, rows: Iterable[BindingRow]) -> int:
        """Take over the bindings of an earlier run; returns how many still hold."""
        directory = self._holder.current
        found = [
            binding
            for binding in self.binding_store.restored(rows)
            if (extension := directory.extension(binding.number)) is not None and extension.enabled
        ]
        self.bindings.restore(found)
        self.defence.befriend(binding.flow.remote.host for binding in found)
        self._arm_expiry()
        self.presence.note(*self.bindings.numbers())
        return len(self.bindings)

    def on_event(self, event: StackEvent) -> None:
        """Hand an event of the stack to whom it concerns."""
        if isinstance(event, RequestReceived):
            self.requests.received(event)
        elif isinstance(event, InviteReceived):
            self.switchboard.invited(event)
        elif self.legs.handle(event) or self.gateway.take(event) or self.message_waiting.take(event):
            return
        elif isinstance(event, ResponseReceived) and not self.lost_connections.answered(event):
            self.messages.answered(event)

    def flow_closed(self, flow: Flow) -> None:
        """A stream connection is gone: its bindings too, and its calls if the phone does not come back."""
        if flow.connection:
            self.lost_connections.closed(flow)
            self.bindings.drop_connection(flow.connection)

    def directory_changed(self, before: Directory, after: Directory) -> None:
        """Records were saved: who is concerned follows."""
        if before.extensions is not after.extensions:
            self._extensions_changed(before, after)
        self.gateway.directory_changed(before, after)
        self.defence.settings_changed()

    def _extensions_changed(self, before: Directory, after: Directory) -> None:
        """Extensions deleted or disabled lose their devices, or some of them; all may look different."""
        gone = []
        changed = []
        for number, extension in after.extensions.items():
            known = before.extensions.get(number)
            if known is extension:
                continue
            changed.append(number)
            if not extension.enabled or (known is not None and known.ha1 != extension.ha1):
                gone.append(number)
            else:
                self.bindings.keep_newest(number, extension.max_devices)
        gone += [number for number in before.extensions if number not in after.extensions]
        self.bindings.drop_numbers(gone)
        self.message_waiting.drop(gone)
        for number in changed:
            known = before.extensions.get(number)
            if known is not None and known.mailbox.is_on is not after.extensions[number].mailbox.is_on:
                self.message_waiting.changed(number)
        self.presence.note(*changed)

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run a coroutine in a task that `stop` waits for."""
        task = self._loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._task_done)
        return task

    async def stop(self, patience_s: float = 2.0) -> None:
        """End all calls politely; what does not end in time is cancelled."""
        self.requests.close()
        self.lost_connections.stop()
        self.message_waiting.stop()
        self.switchboard.close()
        self.invitations.stop()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=patience_s)
            for task in late:
                logger.warning("%s did not end in time", task.get_name())
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=patience_s)
        self.recordings.stop_all()
        self.conferences.stop()
        await self.gateway.stop(patience_s)
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        self.presence.stop()

    def _is_known(self, flow: Flow) -> bool:
        """Whether an address is a line's or trunk's, or an extension's that needs no password."""
        host = flow.remote.host
        return self.gateway.incoming.is_known(flow) or self.authenticator.speaks_for_any(host)

    def _task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            logger.error("%s failed", task.get_name(), exc_info=problem)

    def _announce(self, call: Call) -> None:
        self.recordings.follow(call)
        self._events.publish(CallChanged(call.view()))
        self.presence.note(call.caller_extension, call.connected_extension, *call.rung)

    def _call_finished(self, call: Call) -> None:
        self.records.record(call)
        self.presence.note(call.caller_extension, call.connected_extension, call.called, *call.rung)

    def _bindings_changed(self, number: str) -> None:
        self.binding_store.save(number, self.bindings.of(number))
        self.presence.note(number)
        self.message_waiting.registered(number)
        self._arm_expiry()

    def _arm_expiry(self) -> None:
        """One timer for the binding that runs out first; a later one needs no new timer."""
        due = self.bindings.next_expiry()
        if due is None:
            return
        at = self._loop.time() + max(due - self._clock(), 0.0) + _RESTART_GRACE_S
        if self._expiry is not None:
            if self._expiry.when() <= at:
                return
            self._expiry.cancel()
        self._expiry = self._loop.call_at(at, self._expire)

    def _expire(self) -> None:
        self._expiry = None
        self.bindings.expire()
        self._arm_expiry()


async def _no_change(number: str, _values: Mapping[str, object]) -> None:
    text = f"Extension {number} cannot be changed: nothing is saved here."
    raise UserError("extension.not_saved", text, number=number)
