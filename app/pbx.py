"""The composition root: builds configuration, capture, network, exchange in order; stops them in reverse."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import random
import socket
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from app import variables as variables_file
from app.db.database import Database
from app.db.tables import binding as binding_table
from app.db.tables import call_record as call_record_table
from app.db.tables import line_event as line_event_table
from app.db.tables import recording as recording_table
from app.db.tables import setting as setting_table
from app.db.tables.binding import BindingsOf
from app.db.tables.call_record import CallRecordRow
from app.db.tables.line_event import LineEventRow
from app.db.tables.recording import RecordingRow
from app.db.write_behind import WriteBehind
from app.errors import EnvironmentFault, UserError
from app.events import EngineStarted, EventBus, Notice, RecordingsChanged, Severity, TraceGrew
from app.exchange import Exchange
from app.net.addresses import own_addresses
from app.net.relay import SocketRelay
from app.net.resolver import Resolver
from app.net.rtp_ports import RtpPorts
from app.net.sip_endpoint import Bound, Listen, SipEndpoint
from app.net.tls import TlsClientSettings, TlsFiles, own_files
from app.net.tls import check as check_tls
from app.net.voice_engine import VoiceEngine
from app.options import Options
from app.services.announcement_places import places
from app.services.announcements import Announcements
from app.services.configuration import Change, Configuration
from app.services.directory import Settings
from app.services.mail import Mail
from app.services.mail_addresses import MailAddresses
from app.services.mail_delivery import MailServer
from app.services.mailboxes import Mailboxes
from app.services.mailed_notices import MailedNotices
from app.services.recording_disk import RecordingDisk
from app.services.recording_shelf import RecordingShelf
from app.services.recordings import RecordingOutlet
from app.services.screening import IpVerdict
from app.services.voice_mail_letters import VoiceMailLetters
from app.sip.events import StackEvent
from app.sip.flow import Flow, Transport
from app.sip.settings import StackSettings
from app.sip.stack import SipStack
from app.trace.capture import Capture
from app.variables import Variables

logger = logging.getLogger(__name__)

_MIB = 1024 * 1024
_FAREWELL_S = 3.0  # for BYEs and their answers when we stop
_EVERYWHERE = ("0.0.0.0", "::")


class Pbx:
    """One PBX on one data folder, on the loop that `start` runs on."""

    configuration: Configuration
    capture: Capture
    endpoint: SipEndpoint
    relay: SocketRelay
    voice: VoiceEngine
    mailboxes: Mailboxes
    recordings: RecordingShelf
    announcements: Announcements
    exchange: Exchange

    def __init__(self, options: Options, events: EventBus | None = None) -> None:
        self.options = options
        self.events = events or EventBus()
        self.started_at = 0.0
        self.addresses: tuple[str, ...] = ()
        self._needs_restart: dict[str, None] = {}
        self._closing = AsyncExitStack()
        self._bindings: WriteBehind[BindingsOf, None]
        self._records: WriteBehind[CallRecordRow, list[int]]
        self._history: WriteBehind[LineEventRow, None]
        self._recordings: WriteBehind[RecordingRow, None]
        self._tapes: RecordingDisk

    @property
    def needs_restart(self) -> tuple[str, ...]:
        """Settings that were changed and count from the next start."""
        return tuple(self._needs_restart)

    @property
    def is_idle(self) -> bool:
        """Whether nothing of any call is left: legs, tasks, ports, dialogs. Lines may be registered."""
        core = self.endpoint.stack.core
        lasting = core.registrations | self.exchange.message_waiting.usages
        has_ports = self.relay.calls > 0 or self.voice.ports > 0
        return self.exchange.is_idle and not has_ports and core.usages <= lasting

    async def start(self) -> None:
        """Start everything. Raises EnvironmentFault or UserError, and then nothing is left behind."""
        try:
            await self._start()
        except BaseException:
            await self._closing.aclose()
            raise

    async def stop(self) -> None:
        """End calls politely and stop everything, in reverse."""
        await self._closing.aclose()

    async def _start(self) -> None:
        loop = asyncio.get_running_loop()
        closing = self._closing
        self.configuration = Configuration(self.options, self.events)
        await self.configuration.open()
        closing.push_async_callback(self.configuration.close)
        settings = self.configuration.directory.settings

        self.capture = self._make_capture(settings, loop)
        await asyncio.to_thread(self.capture.start)
        closing.push_async_callback(asyncio.to_thread, self.capture.stop)

        database = self.configuration.database
        self._bindings = WriteBehind(database, binding_table.write, failed=self._disk_failed)
        self._records = WriteBehind(
            database, call_record_table.write, written=self._records_written, failed=self._disk_failed
        )
        self._history = WriteBehind(database, line_event_table.write, failed=self._disk_failed)
        closing.push_async_callback(self._flush)
        self.recordings = await self._make_recordings(database)
        variables = await self._variables()
        self.mailboxes = Mailboxes(database, self.options.paths.voice_mail, self.events)
        closing.push_async_callback(self.mailboxes.close)
        await self.mailboxes.open()
        await self.mailboxes.forget(self.mailboxes.in_use() - self.configuration.directory.extensions.keys())

        self.endpoint = SipEndpoint(
            SipStack(_stack_settings(settings, variables)),
            Resolver(),
            self.capture,
            self._on_event,
            on_closed=self._on_closed,
            admits=self._admits,
            tls_client=_tls_client(settings),
        )
        ports = RtpPorts(settings.rtp_low, settings.rtp_high, shuffle=random.SystemRandom())
        self.relay, self.voice = SocketRelay(ports), VoiceEngine(ports)
        self.mail = Mail(database, self._mail_server, self.events, clock=time.time)
        self.mail_addresses = MailAddresses(
            database, self.mail, lambda: self.configuration.directory.settings.admin_email, clock=time.time
        )
        self.announcements = Announcements(
            places(self.options), holder=self.configuration.holder, events=self.events
        )
        closing.push_async_callback(self.announcements.stop)
        await self.announcements.start()
        self.exchange = Exchange(
            self.endpoint,
            holder=self.configuration.holder,
            relay=self.relay,
            voice=self.voice,
            announcements=self.announcements,
            bindings_queue=self._bindings,
            records_queue=self._records,
            history_queue=self._history,
            events=self.events,
            variables=variables,
            mailboxes=self.mailboxes,
            change_extension=partial(self.configuration.set, "extension"),
            recordings_to=RecordingOutlet(self._tapes, self.options.paths.recordings, self._recordings),
        )
        closing.push_async_callback(self.relay.close_all)
        closing.push_async_callback(self.voice.close_all)
        closing.push_async_callback(self.endpoint.stop)
        closing.push_async_callback(self._farewell)
        self.exchange.restore(await database.run(binding_table.load, time.time()))
        bound = await self._listen(settings)
        self.endpoint.public.set(settings.public_address)
        self.configuration.subscribe(self._on_change)
        self.exchange.start()
        self._start_mail()

        self.addresses = tuple(f"{each.transport.value.lower()}={each.address}" for each in bound)
        self.started_at = time.time()
        logger.info("listening on %s", " ".join(self.addresses))
        self.events.publish(EngineStarted(self.addresses))

    async def _make_recordings(self, database: Database) -> RecordingShelf:
        """The sound goes to the disk before the rows that tell of it, these before the database closes."""
        self._recordings = WriteBehind(
            database,
            recording_table.write,
            written=lambda _: self.events.publish(RecordingsChanged()),
            failed=self._disk_failed,
        )
        self._tapes = RecordingDisk()
        self._closing.push_async_callback(self._tapes.stop)
        folder = self.options.paths.recordings
        shelf = RecordingShelf(database, self.configuration.holder, self._tapes, folder, self.events)
        self._closing.push_async_callback(shelf.stop)
        await shelf.start()
        return shelf

    def _start_mail(self) -> None:
        """Send what waits, and what comes; before the exchange ends, which waits for the last notes."""
        self.mail.start()
        self._closing.push_async_callback(self.mail.stop)
        spawn = self.exchange.spawn
        notices = MailedNotices(self.mail, self.mail_addresses, self.events, spawn=spawn, clock=time.time)
        self._closing.callback(notices.stop)
        holder = self.configuration.holder
        letters = VoiceMailLetters(self.mail, self.mailboxes, holder, self.events, spawn=spawn)
        self._closing.callback(letters.stop)

    async def _mail_server(self) -> MailServer | None:
        """The mail server as it is configured now."""
        settings = self.configuration.directory.settings
        if not settings.mail_host:
            return None
        return MailServer(
            host=settings.mail_host,
            port=settings.mail_port,
            security=settings.mail_security,
            user=settings.mail_user,
            password=await self.configuration.secret_setting("mail_password"),
            sender=settings.mail_from,
            authorities=settings.tls_ca,
        )

    async def _variables(self) -> Variables:
        """Read mss_var_param.ini, and tell what in it does not count."""
        reading = await asyncio.to_thread(variables_file.load, self.options.paths.data)
        for problem in reading.problems:
            logger.warning("%s", problem.text)
            self.events.publish(Notice(severity=Severity.WARNING, code=problem.code, text=problem.text))
        return reading.variables

    def _make_capture(self, settings: Settings, loop: asyncio.AbstractEventLoop) -> Capture:
        def on_loop(call: Callable[[], None]) -> None:
            try:
                loop.call_soon_threadsafe(call)
            except RuntimeError:
                logger.debug("the loop has ended before the trace's last word")

        return Capture(
            self.options.paths.trace,
            disk_bytes=settings.trace_megabytes * _MIB,
            on_grew=lambda last: on_loop(partial(self.events.publish, TraceGrew(last))),
            on_problem=lambda fault: on_loop(partial(self._disk_failed, fault)),
        )

    async def _listen(self, settings: Settings) -> tuple[Bound, ...]:
        """Open the sockets: on every address of the machine where none is set."""
        files = await asyncio.to_thread(_tls_files, settings, self.options.paths.certificates)
        hosts = settings.bind_address or (_EVERYWHERE if _has_ipv6() else _EVERYWHERE[:1])
        return await self.endpoint.start(_sockets(hosts, settings, files))

    def _admits(self, host: str) -> bool:
        """What the IP black list rejects, or the defence has banned, does not exist for us."""
        if self.configuration.directory.ip_rules.verdict(host) is IpVerdict.REJECT:
            return False
        return self.exchange.defence.admits(host)

    def _on_event(self, event: StackEvent) -> None:
        self.exchange.on_event(event)

    def _on_closed(self, flow: Flow) -> None:
        self.exchange.flow_closed(flow)

    def _on_change(self, change: Change) -> None:
        """A record was saved: what can be done at once is done, the rest is noted."""
        self.exchange.directory_changed(change.before, change.after)
        if change.kind == "extension" and change.action == "deleted":
            self.exchange.spawn(self.mailboxes.forget(change.keys), "forgetting a mailbox")
        if change.before.settings.public_address != change.after.settings.public_address:
            self.endpoint.public.set(change.after.settings.public_address)
        if change.before.settings.tls_ca != change.after.settings.tls_ca:
            self.endpoint.tls.trust(_tls_client(change.after.settings).authorities)
            self.exchange.gateway.lines.retry_failed()
        if change.before.settings.session_expires_s != change.after.settings.session_expires_s:
            core = self.endpoint.stack.core  # each new session asks it
            seconds = change.after.settings.session_expires_s
            core.settings = dataclasses.replace(core.settings, session_expires=seconds)
        if change.kind == "setting" and any(key.startswith("mail_") for key in change.keys):
            self.exchange.spawn(self._try_mail(), "mail after a change")
        for field in dataclasses.fields(Settings):
            name = field.name
            spec = setting_table.BY_NAME.get(name)
            if spec is None or not spec.needs_restart:
                continue
            if getattr(change.before.settings, name) != getattr(change.after.settings, name):
                self._needs_restart[name] = None

    async def _try_mail(self) -> None:
        await self.mail.try_now()

    def _disk_failed(self, fault: EnvironmentFault) -> None:
        self.events.publish(Notice(severity=Severity.ERROR, code=fault.code, text=fault.text))

    def _records_written(self, ids: list[int]) -> None:
        self.exchange.records.written(ids)

    async def _flush(self) -> None:
        """Write what waits; a disk that does not take it costs the rows, not the end of the program."""
        for queue in (self._bindings, self._records, self._history, self._recordings):
            try:
                await queue.flush()
            except EnvironmentFault as fault:
                logger.error("rows are lost: %s", fault)

    async def flush_history(self) -> None:
        """Write what waits of the lines' history, so that it can be read."""
        await self._history.flush()

    async def _farewell(self) -> None:
        """End the calls, and wait a moment for the phones to say goodbye too."""
        await self.exchange.stop()
        loop = asyncio.get_running_loop()
        end = loop.time() + _FAREWELL_S
        # The stack knows no asyncio and has no event to wait for.
        while self.endpoint.stack.core.usages and loop.time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def _has_ipv6() -> bool:
    """Whether this machine takes IPv6 at all: many containers do not."""
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::", 0))
    except OSError as problem:
        logger.info("no IPv6 on this machine: %s", problem)
        return False
    return True


def _stack_settings(settings: Settings, variables: Variables) -> StackSettings:
    return StackSettings(
        t1=variables.t1,
        t2=variables.t2,
        t4=variables.t4,
        user_agent=variables.user_agent or settings.user_agent,
        session_expires=settings.session_expires_s,
        first_cseq=variables.first_cseq,
        call_id_host=variables.call_id_host,
        register_refresh_at=variables.reg_refresh_percent / 100,
        register_retry_first=variables.reg_retry_first_s,
        register_retry_longest=variables.reg_retry_longest_s,
        register_refused_wait=variables.reg_refused_wait_s,
    )


def _sockets(hosts: tuple[str, ...], settings: Settings, files: TlsFiles) -> tuple[Listen, ...]:
    found: list[Listen] = []
    for host in hosts:
        found.append(Listen(transport=Transport.UDP, host=host, port=settings.sip_port))
        found.append(Listen(transport=Transport.TCP, host=host, port=settings.sip_port))
        found.append(Listen(transport=Transport.TLS, host=host, port=settings.tls_port, tls=files))
    return tuple(found)


def _tls_client(settings: Settings) -> TlsClientSettings:
    return TlsClientSettings(authorities=Path(settings.tls_ca) if settings.tls_ca else None)


def _tls_files(settings: Settings, folder: Path) -> TlsFiles:
    """The administrator's certificate where one is set, else our own; UserError where theirs is unusable."""
    if settings.tls_certificate or settings.tls_key:
        if not settings.tls_certificate or not settings.tls_key:
            raise UserError(
                "tls.incomplete",
                "A TLS certificate needs its private key: set both files, or neither.",
                field="tls_key" if settings.tls_certificate else "tls_certificate",
            )
        files = TlsFiles(Path(settings.tls_certificate), Path(settings.tls_key))
        check_tls(files)
        return files
    return own_files(folder, own_addresses())
