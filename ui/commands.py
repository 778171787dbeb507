"""What the menu entries do: each command by its name, and the dialogs they open."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog

from app.api import diagnosis, records, status, trace
from app.api.trace import TraceFilter
from app.errors import EnvironmentFault, UserError
from app.events import Notice, Severity
from app.fields import Value
from app.paths import DataPaths
from ui import help_pages
from ui.dialogs.about import AboutDialog
from ui.dialogs.case import CaseDialog
from ui.dialogs.dialog import Dialog
from ui.dialogs.first_passwords import FirstPasswordsDialog
from ui.dialogs.import_csv import ImportDialog
from ui.dialogs.mail import MailDialog
from ui.dialogs.new_line import NewLineDialog
from ui.dialogs.questions import file_to_open, file_to_save
from ui.dialogs.record import RecordDialog, new_values
from ui.dialogs.record_list import RecordListDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.pages import routing, services
from ui.pages.call_records import ANSWERED, FAILED
from ui.record_list import RecordList
from ui.server_addresses import reachable

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_EXTENSION = "extension"


class Commands(QObject):
    """Carries out commands for one main window. A dialog that is open already comes to the front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = window.bridge

    def table(self) -> dict[str, Callable[[], None]]:
        """Every command by the name the menu entries use."""
        window = self._window
        pages = {f"page.{name}": partial(window.show_page, name) for name in window.pages}
        languages = {
            f"language.{name}": partial(window.language_requested.emit, name)
            for name in ("system", "en", "zh_CN")
        }
        themes = {
            f"theme.{name}": partial(window.theme_requested.emit, name)
            for name in ("system", "light", "dark")
        }
        return {
            **pages,
            **languages,
            **themes,
            "extensions.import": partial(self.import_records, _EXTENSION),
            "extensions.export": partial(self.export_records, _EXTENSION),
            "extensions.open": partial(self.open_list, _EXTENSION),
            "extensions.add": partial(self.edit_record, _EXTENSION, None),
            "lines.add": self.new_line,
            "trunks.add": partial(self.edit_record, "trunk", None),
            "tracer.open": self._show_tracer,
            **{f"{kind}.open": partial(self._show_kind, kind) for kind in (*routing.KINDS, *services.KINDS)},
            "settings.open": self.open_settings,
            "passwords.show": self.show_passwords,
            "trace.export": lambda: self.export_trace(window.trace.filter),
            "records.answered": partial(self._show_calls, ANSWERED),
            "records.failed": partial(self._show_calls, FAILED),
            "case.open": self.open_case,
            "mail.open": self._open_mail,
            "folder.open": self._open_folder,
            "find": lambda: window.page.go_to_search(),
            "refresh": self._refresh,
            "layout.reset": window_reset(window),
            "help": self.open_help,
            "shortcuts": self._show_shortcuts,
            "version.look": lambda: window.version_watch.look(),
            "about": lambda: self._open(AboutDialog(window.data_folder, window)),
            "quit": window.close_requested.emit,
        }

    def open_list(self, kind: str) -> None:
        """Open the list window of a kind of record."""
        for dialog in self._open_dialogs(RecordListDialog):
            if dialog.kind.name == kind:
                dialog.raise_()
                dialog.activateWindow()
                return
        made = RecordListDialog(self._bridge, records.kind(kind), self._window)
        self.serve(made.records)
        made.show()

    def serve(self, record_list: RecordList) -> None:
        """Do what a list of records asks for."""
        record_list.edit_requested.connect(self.edit_record)
        record_list.import_requested.connect(self.import_records)
        record_list.export_requested.connect(self.export_records)

    def edit_record(self, kind: str, key: str | None) -> None:
        """Open the dialog of one record; None adds one. A setting is edited among all settings."""
        if kind == "setting":
            self.open_settings(key or "")
            return
        self._window.errands.start(self._edit_record(kind, key))

    async def _edit_record(self, kind: str, key: str | None) -> None:
        values = None if key is None else await self._bridge.ask(records.get_record, kind, key)
        self._open_record(kind, key, values or {})

    def add_record(self, kind: str, values: Mapping[str, Value]) -> None:
        """Open the dialog of a new record with some values in it."""
        self._open_record(kind, None, values)

    def _open_record(self, kind: str, key: str | None, values: Mapping[str, Value]) -> None:
        spec = records.kind(kind)
        given = {**new_values(spec), **values} if key is None else values
        dialog = RecordDialog(self._bridge, spec, key, given, self._parent())
        dialog.cautioned.connect(self._window.notices.show_notice)
        page = {
            _EXTENSION: self._window.extensions,
            "line": self._window.lines,
            "trunk": self._window.trunks,
            "menu": self._window.attendant,
        }.get(kind)
        if page is not None:
            dialog.saved.connect(page.choose)
        self._open(dialog)

    def new_line(self) -> None:
        """Open the assistant for a new line."""
        dialog = NewLineDialog(self._bridge, self._window)
        dialog.plain_requested.connect(lambda kind: self.edit_record(kind, None))
        dialog.record_requested.connect(self.edit_record)
        dialog.message_requested.connect(self._window.show_message)
        dialog.cautioned.connect(self._window.notices.show_notice)
        dialog.saved.connect(self._new_line_saved)
        self._open(dialog)

    def _new_line_saved(self, kind: str, name: str) -> None:
        page = self._window.lines if kind == "line" else self._window.trunks
        self._window.show_page("lines" if kind == "line" else "trunks")
        page.choose(name)

    def open_settings(self, name: str = "") -> None:
        """Open Data – System, at a setting where one is named."""
        self._window.errands.start(self._open_settings(name))

    async def _open_settings(self, name: str) -> None:
        rows = await self._bridge.ask(records.list_records, "setting")
        dialog = SettingsDialog(self._bridge, {str(row["key"]): row["value"] for row in rows}, self._window)
        dialog.saved.connect(self._settings_saved)
        self._open(dialog)
        if name:
            dialog.go_to(name)

    def show_passwords(self, *, only_if_any: bool = False) -> None:
        """Show the generated passwords that nobody has noted yet."""
        self._window.errands.start(self._show_passwords(only_if_any=only_if_any))

    async def _show_passwords(self, *, only_if_any: bool) -> None:
        known = await self._bridge.ask(status.first_passwords)
        if known:
            addresses = (await self._bridge.ask(status.status)).addresses
            self._open(FirstPasswordsDialog(self._bridge, known, reachable(addresses), self._window))
        elif not only_if_any:
            self._tell(
                "passwords.none",
                self.tr(
                    "There is no generated password left to show. Set a new one in the extension's dialog."
                ),
            )

    def import_records(self, kind: str) -> None:
        """Ask for a file and show what importing it would do."""
        self._window.errands.start(self._import_records(kind))

    async def _import_records(self, kind: str) -> None:
        path = await file_to_open(
            self._parent(), title=self.tr("Import from a CSV file"), kinds=self.tr("CSV files (*.csv *.txt)")
        )
        if path is not None:
            dialog = ImportDialog(self._bridge, records.kind(kind), path, self._parent())
            dialog.imported.connect(
                lambda count: self._tell("import.done", self.tr("%n record(s) imported.", "", count))
            )
            self._open(dialog)

    def export_records(self, kind: str) -> None:
        """Ask where to, and write all records of a kind, without secrets."""
        self._window.errands.start(self._export_records(kind))

    async def _export_records(self, kind: str) -> None:
        path = await file_to_save(
            self._parent(),
            title=self.tr("Export to a CSV file"),
            kinds=self.tr("CSV files (*.csv *.txt)"),
            name=f"{kind}s.csv",
        )
        if path is not None:
            export = await self._bridge.ask(records.export_csv, kind)
            _write(path, export.text.encode())
            self._tell(
                "export.done", self.tr("%n record(s) written to {file}.", "", export.rows).format(file=path)
            )

    def export_trace(self, wanted: TraceFilter) -> None:
        """Ask where to, and write the shown messages for Wireshark, without secrets."""
        self._window.errands.start(self._export_trace(wanted))

    async def _export_trace(self, wanted: TraceFilter) -> None:
        path = await file_to_save(
            self._window,
            title=self.tr("Export the SIP trace"),
            kinds=self.tr("Packet captures (*.pcapng)"),
            name="openmss.pcapng",
        )
        if path is not None:
            _write(path, await self._bridge.ask(trace.export_pcapng, wanted))
            self._tell("export.done", self.tr("The trace is written to {file}.").format(file=path))

    def save_case(self, name: str) -> None:
        """Ask where to, and write what the line doctor looks at, without secrets."""
        self._window.errands.start(self._save_case(name))

    async def _save_case(self, name: str) -> None:
        path = await file_to_save(
            self._window,
            title=self.tr("Save the case of {line}").format(line=name),
            kinds=self.tr("Case files (*.json)"),
            name=f"{name}.case.json",
        )
        if path is not None:
            case = await self._bridge.ask(diagnosis.save_case, name)
            _write(path, json.dumps(case, ensure_ascii=False, indent=1).encode())
            self._tell("export.done", self.tr("The case is written to {file}.").format(file=path))

    def open_case(self) -> None:
        """Ask for a case file and show what the line doctor finds in it."""
        self._window.errands.start(self._open_case())

    async def _open_case(self) -> None:
        path = await file_to_open(
            self._window, title=self.tr("Open a case file"), kinds=self.tr("Case files (*.json)")
        )
        if path is not None:
            self._open(CaseDialog(path.name, _read_case(path), self._window))

    def open_help(self) -> None:
        """Open the manual at the page for what is in sight."""
        if not help_pages.show_topic(self._window.page.topic):
            self._tell("help.none", self.tr("The manual could not be opened: no browser answered."))

    def _open(self, dialog: QDialog) -> None:
        dialog.open()

    def _parent(self) -> MainWindow | Dialog:
        """The dialog in front, else the window: a new dialog must not hide behind a modal one."""
        front = QApplication.activeWindow()
        return front if isinstance(front, Dialog) else self._window

    def _open_dialogs(self, kind: type[RecordListDialog]) -> list[RecordListDialog]:
        return [dialog for dialog in self._window.findChildren(kind) if dialog.isVisible()]

    def _tell(self, code: str, sentence: str) -> None:
        self._window.notices.show_notice(Notice(severity=Severity.INFO, code=code, text=sentence))

    def _settings_saved(self, needs_restart: bool) -> None:
        if needs_restart:
            self._tell(
                "settings.restart", self.tr("Saved. Some of it counts after the next start of OpenMSS.")
            )

    def _show_calls(self, outcomes: tuple[str, ...]) -> None:
        self._window.records.show_result(outcomes)
        self._window.show_page("records")

    def _show_tracer(self) -> None:
        self._window.show_page("routing")
        self._window.routing.show_tracer()

    def _show_kind(self, kind: str) -> None:
        name = "routing" if kind in routing.KINDS else "services"
        self._window.show_page(name)
        (self._window.routing if name == "routing" else self._window.services).show_kind(kind)

    def _show_shortcuts(self) -> None:
        self._open(ShortcutsDialog(self._window.menus.shortcuts, self._window))

    def _open_mail(self) -> None:
        dialog = MailDialog(self._bridge, self._window)
        dialog.settings_requested.connect(self.open_settings)
        dialog.show()

    def open_log_folder(self) -> None:
        """Show the log's files in the system's file manager."""
        _open_in_file_manager(DataPaths(Path(self._window.data_folder)).logs)

    def _open_folder(self) -> None:
        _open_in_file_manager(Path(self._window.data_folder))

    def _refresh(self) -> None:
        self._window.live.start()
        self._window.page.start()


def window_reset(window: MainWindow) -> Callable[[], None]:
    """Put the layout back; looked up late, for the layout is made after the menus."""
    return lambda: window.layout_memory.reset()


def _open_in_file_manager(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _read_case(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        text = f"The file {path} cannot be read: {error.strerror}."
        raise EnvironmentFault(
            "file.not_readable", text, file=str(path), reason=error.strerror or ""
        ) from error
    except ValueError as error:
        raise UserError("diagnose.case", f"This is no case file: {error}.", problem=str(error)) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        text = f"The file {path} cannot be written: {error.strerror}."
        raise EnvironmentFault(
            "file.not_writable", text, path=str(path), reason=error.strerror or ""
        ) from error
