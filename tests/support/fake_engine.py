"""An engine in memory with the surface the window uses: answers questions of `app.api`, publishes events."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from app.api import (
    announcements,
    call_records,
    calls,
    diagnosis,
    dial_plan,
    examination,
    extensions,
    lines,
    mail,
    records,
    status,
    trace,
    trunks,
)
from app.api.announcements import AnnouncementView, WritableFolder
from app.api.call_records import CallRecordView, RecordFilter
from app.api.dial_plan import Blocked, Sent, Step, Trace, Way
from app.api.examination import AuthForm, Evidence, Examination, Finding
from app.api.extensions import ExtensionStatus
from app.api.lines import LineEventRow
from app.api.mail import AddressState, LetterView
from app.api.records import CsvExport, ImportResult, RowError, Saved
from app.api.status import Counters, FirstPassword, Status
from app.api.trace import TracedMessage, TraceFilter, TraceRow
from app.errors import UserError
from app.events import (
    BindingView,
    CallChanged,
    CallState,
    CallView,
    Event,
    EventBus,
    ExtensionChanged,
    ExtensionState,
    LineChanged,
    LineState,
    LineView,
    Listener,
    RecordChanged,
    TraceGrew,
    TrunkChanged,
    TrunkState,
    TrunkView,
)
from app.fields import FieldKind
from app.services.dial_plan_explanation import Stage
from tests.support import fake_menus
from tests.support.fake_log import FakeLog
from tests.support.fake_recordings import FakeRecordings
from tests.support.fake_voice_mail import FakeMailboxes

Values = dict[str, Any]
NOW = 1_800_000_000.0  # Unix seconds of everything that happened in the fake's past


class FakeEngine:
    """Answers at once. `refuse` makes the next question fail, `asked` lists the questions."""

    def __init__(self) -> None:
        self.events = EventBus()
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.refuse: Exception | None = None
        self.start_errors: list[Exception] = []
        self.is_running = False
        self.addresses: tuple[str, ...] = ("udp=127.0.0.1:5060", "tcp=127.0.0.1:5060", "tls=127.0.0.1:5061")
        self.tables: dict[str, dict[str, Values]] = {
            "extension": {number: extension_values(number) for number in ("100", "101", "102")},
            "setting": {
                field.name: {"key": field.name, "value": field.default} for field in records.settings()
            },
        }
        self.states: dict[str, tuple[ExtensionState, tuple[BindingView, ...]]] = {}
        self.lines: dict[str, LineView] = {}
        self.line_history: dict[str, list[LineEventRow]] = {}
        self.trunks: dict[str, TrunkView] = {}
        self.examinations: dict[str, Examination] = {}  # by name of the line, or by Call-ID
        self.auth_forms: tuple[AuthForm, ...] = ()
        self.explanation: Trace | None = None
        self.letters: list[LetterView] = []
        self.announcements: list[AnnouncementView] = []
        self.sounds: dict[tuple[str, str], bytes] = {}  # by id and language
        self.announcement_folder = WritableFolder(Path("cust_ann"))
        self.spoken_by_phone: dict[str, bytes] = {}  # what the phone of a number says
        self.mailboxes = FakeMailboxes(self)
        self.log = FakeLog()
        self.address = AddressState("", False, False)
        self.live: dict[int, CallView] = {}
        self.past: list[CallRecordView] = []
        self.sound = FakeRecordings(self)
        self.messages: list[TracedMessage] = []
        self.legs: dict[str, tuple[str, ...]] = {}  # by Call-ID, or "call N"
        self.passwords = tuple(
            FirstPassword(number, f"pw-{number}-secret") for number in ("100", "101", "102")
        )
        self.import_result = ImportResult(0, 0, 0, (), 0, is_applied=False)
        self._answers: dict[Any, Callable[..., Any]] = {
            records.list_records: self._list,
            records.get_record: self._get,
            records.add_record: self._add,
            records.set_record: self._set,
            records.set_settings: self._set_settings,
            records.delete_record: self._delete,
            records.import_csv: self._import,
            records.export_csv: self._export,
            extensions.states: self._states,
            lines.states: lambda: list(self.lines.values()),
            lines.history: lambda name, limit=200, before_id=None: self.line_history.get(name, []),
            lines.state: lambda name: self.lines[name],
            lines.register_now: self._register_now,
            trunks.states: lambda: list(self.trunks.values()),
            examination.examine: lambda name, call_ids=(): self.examinations.get(name, examined(name)),
            examination.examine_call: lambda call_ids: next(
                (self.examinations[each] for each in call_ids if each in self.examinations), None
            ),
            examination.auth_forms: lambda name: self.auth_forms,
            diagnosis.save_case: lambda name: {"config": {"name": name}},
            dial_plan.explain: lambda caller, dialled, at=None: self.explanation,
            **self.sound.answers,
            calls.live_calls: lambda: list(self.live.values()),
            calls.hang_up: self._hang_up,
            calls.call_ids: lambda number: self.legs.get(f"call {number}", (f"call-{number}",)),
            calls.legs_of: lambda call_id: self.legs.get(call_id, (call_id,)),
            call_records.page: self._page,
            trace.page: self._trace_page,
            trace.message: self._message,
            trace.clear: self.messages.clear,
            trace.export_pcapng: lambda wanted=None: b"pcapng",
            mail.letters: lambda limit=200, before_id=None: list(self.letters),
            mail.address: lambda: self.address,
            mail.send_code: self._send_code,
            mail.confirm: self._confirm,
            mail.send_test: self._send_test,
            mail.try_again: self._try_again,
            mail.forget: self._forget_letter,
            status.status: self._status,
            **fake_menus.answers(self),
            **self.mailboxes.answers(),
            **self.log.answers(),
            announcements.entries: lambda: list(self.announcements),
            announcements.sound: self._sound_of,
            announcements.save: self._save_sound,
            announcements.import_file: lambda name, language, path: self._save_sound(
                name, language, Path(path).read_bytes()
            ),
            announcements.restore: self._restore_sound,
            announcements.writable_folder: lambda: self.announcement_folder,
            announcements.record_by_phone: self._record_by_phone,
            status.first_passwords: lambda only_new=False: self.passwords,
            status.dismiss_first_passwords: self._dismiss,
        }

    def _sound_of(self, name: str, language: str = "") -> bytes:
        try:
            return self.sounds[name, language]
        except KeyError:
            raise UserError("announcement.no_sound", f"“{name}” has no sound.", field="id") from None

    def _save_sound(self, name: str, language: str, content: bytes) -> str:
        self.sounds[name, language] = content
        self._mark_announcement(name, language, "custom")
        return f"cust_ann/{name}.wav"

    def _restore_sound(self, name: str, language: str) -> None:
        self.sounds.pop((name, language), None)
        self._mark_announcement(name, language, "default")

    def _mark_announcement(self, name: str, language: str, source: str) -> None:
        self.announcements = [
            dataclasses.replace(each, source=source, fault="")
            if (each.id, each.language) == (name, language)
            else each
            for each in self.announcements
        ]

    def _record_by_phone(self, number: str) -> bytes:
        if number not in self.spoken_by_phone:
            raise UserError("announcement.no_phone", f"Extension {number} does not answer.", number=number)
        return self.spoken_by_phone[number]

    def _send_code(self) -> None:
        self.address = AddressState(self.address.address, False, True)

    def _confirm(self, code: str) -> None:
        if code != "123456":
            raise UserError("mail.wrong_code", f"{code} is not the code.", value=code, left=4)
        self.address = AddressState(self.address.address, True, False)

    def _send_test(self, recipient: str) -> int:
        self.letters.insert(0, letter_view(len(self.letters) + 1, "waiting", recipient=recipient))
        return len(self.letters)

    def _try_again(self, number: int) -> None:
        self.letters = [letter_view(number, "sent") if each.id == number else each for each in self.letters]

    def _forget_letter(self, number: int) -> None:
        self.letters = [each for each in self.letters if each.id != number]

    # the engine's surface

    def start(self) -> tuple[str, ...]:
        if self.start_errors:
            raise self.start_errors.pop(0)
        self.is_running = True
        return self.addresses

    def stop(self) -> None:
        self.is_running = False

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        return self.events.subscribe(listener)

    def submit(self, question: Callable[..., Awaitable[Any]], *args: Any) -> Future[Any]:
        named: dict[str, Any] = {}
        if isinstance(question, partial):
            named, question = question.keywords, question.func
        self.asked.append((question.__name__, args))
        future: Future[Any] = Future()
        refusal, self.refuse = self.refuse, None
        try:
            if refusal is not None:
                raise refusal
            future.set_result(self._answers[question](*args, **named))
        except Exception as error:
            future.set_exception(error)
        return future

    # what a test makes happen

    def publish(self, event: Event) -> None:
        self.events.publish(event)

    def register(self, number: str, *, state: ExtensionState = ExtensionState.IDLE) -> None:
        bindings = () if state is ExtensionState.OFF else (binding(number),)
        self.states[number] = (state, bindings)
        self.publish(ExtensionChanged(number=number, state=state, bindings=bindings))

    def line(self, view: LineView) -> None:
        self.lines[view.name] = view
        self.tables.setdefault("line", {}).setdefault(view.name, default_values("line", view.name))
        self.publish(LineChanged(view))

    def trunk(self, view: TrunkView) -> None:
        self.trunks[view.name] = view
        self.tables.setdefault("trunk", {}).setdefault(view.name, default_values("trunk", view.name))
        self.publish(TrunkChanged(view))

    def call(self, call: CallView) -> None:
        self.live[call.id] = call
        if call.state is CallState.ENDED:
            del self.live[call.id]
        self.publish(CallChanged(call))

    def hear(self, *messages: TracedMessage) -> None:
        self.messages.extend(messages)
        self.publish(TraceGrew(self.messages[-1].row.id))

    # answers

    def _list(self, kind: str) -> list[Values]:
        return [self._readable(kind, row) for row in self.tables.get(kind, {}).values()]

    def _get(self, kind: str, key: str) -> Values:
        if key not in self.tables.get(kind, {}):
            raise UserError("record.unknown", f"There is no {kind} {key}.", kind=kind, key=key)
        return self._readable(kind, self.tables[kind][key])

    def _add(self, kind: str, key: str, values: Values) -> Saved:
        table = self.tables.setdefault(kind, {})
        if key in table:
            text = f"There is a {kind} {key} already."
            raise UserError("record.duplicate", text, field=records.kind(kind).key, kind=kind, key=key)
        table[key] = default_values(kind, key) | values
        self.publish(RecordChanged(kind, key, "added"))
        return Saved(key)

    def _set(self, kind: str, key: str, values: Values) -> Saved:
        self.tables[kind][key].update(values)
        self.publish(RecordChanged(kind, key, "changed"))
        return Saved(key)

    def _set_settings(self, values: Values) -> tuple[Saved, ...]:
        restart = {field.name for field in records.settings() if field.needs_restart}
        for name, value in values.items():
            self.tables["setting"][name]["value"] = value
            self.publish(RecordChanged("setting", name, "changed"))
        return tuple(Saved(name, needs_restart=name in restart) for name in values)

    def _delete(self, kind: str, key: str) -> None:
        self._get(kind, key)
        del self.tables[kind][key]
        self.publish(RecordChanged(kind, key, "deleted"))

    def _import(self, kind: str, content: bytes, *, dry_run: bool) -> ImportResult:
        result = self.import_result
        return ImportResult(
            result.added,
            result.changed,
            result.unchanged,
            result.errors,
            result.cautions,
            is_applied=not dry_run and not result.errors,
        )

    def _export(self, kind: str) -> CsvExport:
        return CsvExport(
            "\ufeffnumber\r\n" + "".join(f"{key}\r\n" for key in self.tables[kind]), len(self.tables[kind])
        )

    def _states(self) -> list[ExtensionStatus]:
        found = []
        for number, row in self.tables["extension"].items():
            state, bindings = self.states.get(number, (ExtensionState.OFF, ()))
            description = str(row.get("description") or "")
            found.append(
                ExtensionStatus(number=number, description=description, state=state, bindings=bindings)
            )
        return found

    def _register_now(self, name: str) -> LineView:
        self.line(line_view(name, LineState.REGISTERING, reason="Asked to register now."))
        return self.lines[name]

    def _hang_up(self, call_id: int) -> None:
        if call_id not in self.live:
            raise UserError("call.gone", f"Call {call_id} has ended already.", id=call_id)
        self.call(call_view(call_id, CallState.ENDED))

    def _page(self, wanted: RecordFilter, limit: int, before_id: int | None) -> list[CallRecordView]:
        found = [
            row
            for row in sorted(self.past, key=lambda row: -row.id)
            if (not wanted.outcomes or row.outcome in wanted.outcomes)
            and (
                not wanted.number
                or row.caller.startswith(wanted.number)
                or row.called.startswith(wanted.number)
            )
            and (before_id is None or row.id < before_id)
        ]
        return found[:limit]

    def _trace_page(self, wanted: TraceFilter, after: int, before: int | None, limit: int) -> list[TraceRow]:
        found = [
            message.row
            for message in self.messages
            if message.row.id > after
            and wanted.extension in ("", message.row.from_user, message.row.to_user)
            and (not wanted.call_ids or message.row.call_id in wanted.call_ids)
            and wanted.method in ("", message.row.cseq.split()[-1])
            and wanted.text.lower() in message.text.lower()
        ]
        return found[:limit] if after else found[-limit:]

    def _message(self, number: int) -> TracedMessage:
        return next(message for message in self.messages if message.row.id == number)

    def _dismiss(self) -> None:
        self.passwords = ()

    def _status(self) -> Status:
        return Status(
            started_at=time.time() - 60,
            addresses=self.addresses,
            needs_restart=(),
            extensions=tuple(self._states()),
            lines=tuple(self.lines.values()),
            trunks=tuple(self.trunks.values()),
            calls=tuple(self.live.values()),
            counters=Counters(
                messages_in=12,
                messages_out=11,
                registrations=3,
                calls_set_up=2,
                calls_failed=1,
                retransmissions=0,
                relayed_packets=0,
                refused_logins=0,
                bytes_in=1,
                bytes_out=1,
                faults=0,
            ),
        )

    def _readable(self, kind: str, row: Values) -> Values:
        secret = {field.name for field in records.kind(kind).fields if field.kind is FieldKind.SECRET}
        return {name: value for name, value in row.items() if name not in secret}


def default_values(kind: str, key: str) -> Values:
    """A record with nothing but its key."""
    spec = records.kind(kind)
    values: Values = {field.name: field.default for field in spec.fields}
    return values | {spec.key: key}


def extension_values(number: str) -> Values:
    return default_values("extension", number)


def binding(number: str, device: str = "Testphone 1.0") -> BindingView:
    return BindingView(
        contact=f"sip:{number}@127.0.0.9:5060",
        address="127.0.0.9:5060",
        transport="UDP",
        user_agent=device,
        expires_at=NOW + 600,
    )


def line_view(name: str, state: LineState = LineState.REGISTERED, **changes: Any) -> LineView:
    is_up = state is LineState.REGISTERED
    values: dict[str, Any] = {
        "name": name,
        "state": state,
        "reason": "200 OK"
        if is_up
        else "The carrier does not accept the user name or password (403 Forbidden).",
        "code": 200 if is_up else 403,
        "since": NOW,
        "expires_at": NOW + 3600 if is_up else None,
        "server": "203.0.113.5:5060/udp",
        "contact": f"sip:{name}@127.0.0.1:5060" if is_up else "",
        "call_id": f"reg-{name}",
    }
    return LineView(**(values | changes))


def trunk_view(name: str, state: TrunkState = TrunkState.REACHABLE, **changes: Any) -> TrunkView:
    values: dict[str, Any] = {
        "name": name,
        "state": state,
        "reason": "Answers (200 to OPTIONS)." if state is TrunkState.REACHABLE else "",
        "since": NOW,
        "addresses": ("203.0.113.9",),
    }
    return TrunkView(**(values | changes))


def examined(name: str, *findings: Finding, kind: str = "line") -> Examination:
    seen = (
        Evidence(id=1, title="REGISTER", is_out=True),
        Evidence(id=2, title="403 Forbidden", is_out=False),
    )
    return Examination(kind=kind, name=name, findings=findings, messages=seen)


def traced(*ways: Way, dialled: str = "9123", blocked_by: Blocked | None = None) -> Trace:
    """What the dial-plan tracer answers."""
    return Trace(
        caller="101",
        dialled=dialled,
        at="2026-11-23T10:00:00+08:00",
        blocked_by=blocked_by,
        screened_by=blocked_by,
        is_emergency=False,
        steps=(
            Step(stage=Stage.SCREEN, code="screen.none", before="101", after=dialled),
            Step(
                stage=Stage.CALLED, code="called.rule", kind="called_rule", key="7", before=dialled, name="9"
            ),
            Step(stage=Stage.ROUTE, code="way.line", kind="line", key="telecom"),
        ),
        ways=ways,
        shown_number="101",
        shown_name="Gate",
    )


def way_out(name: str, number: str = "123") -> Way:
    sent = Sent(
        request_uri=f"sip:{number}@gd.example;user=phone",
        from_="<sip:+8612345678@gd.example>",
        to=f"<sip:{number}@gd.example>",
        p_asserted_identity="<sip:101@gd.example>",
        route="<sip:203.0.113.5;lr>",
        headers=(("P-Asserted-Identity", "<sip:101@gd.example>"),),
    )
    return Way(kind="line", name=name, number=number, sent=sent)


def call_view(call_id: int, state: CallState = CallState.RINGING, **changes: Any) -> CallView:
    is_over = state is CallState.ENDED
    values: dict[str, Any] = {
        "id": call_id,
        "state": state,
        "caller": "100",
        "caller_name": "",
        "called": "101",
        "connected": "",
        "started_at": NOW,
        "answered_at": None,
        "ended_at": NOW + 5 if is_over else None,
        "outcome": "cancelled" if is_over else "",
        "status": 487 if is_over else 0,
        "media": "none",
        "codec": "",
    }
    return CallView(**(values | changes))


def record_view(record_id: int, outcome: str = "answered", **changes: Any) -> CallRecordView:
    values: dict[str, Any] = {
        "id": record_id,
        "started_at": NOW + record_id,
        "answered_at": NOW + record_id + 2 if outcome == "answered" else None,
        "ended_at": NOW + record_id + 67,
        "caller": "100",
        "caller_name": "",
        "caller_address": "127.0.0.9:5060",
        "called": "101",
        "connected": "101" if outcome == "answered" else "",
        "outcome": outcome,
        "status": 200 if outcome == "answered" else 486,
        "media": "direct",
        "codec": "PCMU",
        "sip_call_ids": (f"call-{record_id}",),
        "legs": (),
    }
    return CallRecordView(**(values | changes))


def message(number: int, title: str = "INVITE", *, call_id: str = "c1", user: str = "100") -> TracedMessage:
    method = title if title.isalpha() else "INVITE"
    row = TraceRow(
        id=number,
        time=NOW + number,
        direction=trace_direction(number),
        transport="UDP",
        local="127.0.0.1:5060",
        remote="127.0.0.9:5060",
        title=title,
        from_user=user,
        to_user="101",
        call_id=call_id,
        cseq=f"1 {method}",
        size=400,
    )
    first = f"{title} sip:101@127.0.0.1 SIP/2.0" if title.isalpha() else f"SIP/2.0 {title}"
    return TracedMessage(row, f"{first}\r\nCall-ID: {call_id}\r\nX-Number: {number}\r\n\r\n")


def trace_direction(number: int) -> Any:
    from app.sip.flow import Direction

    return Direction.IN if number % 2 else Direction.OUT


def row_error(line: int, key: str, field: str, code: str, text: str, **details: Any) -> RowError:
    return RowError(line, key, field, code, text, details)


def letter_view(number: int, state: str, **more: Any) -> LetterView:
    """One letter."""
    values: dict[str, Any] = {
        "id": number,
        "kind": "notice",
        "about": "",
        "recipient": "owner@example.net",
        "subject": "OpenMSS: the disk is full",
        "state": state,
        "made_at": NOW + number,
        "next_at": NOW + 60.0 if state == "waiting" else None,
        "attempts": 0 if state == "waiting" else 1,
        "code": "",
        "reason": "",
    }
    return LetterView(**{**values, **more})
