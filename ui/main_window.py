"""The main window: menus, navigation, pages, notice bar and status bar, and how they are wired."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.events import EngineStarted, LineView, Notice, Severity, TrunkView
from ui import icons, reasons
from ui.bridge import Bridge
from ui.commands import Commands
from ui.errands import Errands
from ui.live import Live
from ui.menus import Menus
from ui.navigation import PAGES, Navigation
from ui.pages.announcements import AnnouncementsPage
from ui.pages.attendant import AttendantPage
from ui.pages.call_records import CallRecordsPage
from ui.pages.conferences import ConferencesPage
from ui.pages.dashboard import DashboardPage
from ui.pages.extensions import ExtensionsPage
from ui.pages.lines import LinesPage
from ui.pages.live_calls import LiveCallsPage
from ui.pages.log import LogPage
from ui.pages.page import Page
from ui.pages.recordings import RecordingsPage
from ui.pages.ring_groups import RingGroupsPage
from ui.pages.routing import RoutingPage
from ui.pages.services import ServicesPage
from ui.pages.trace import TracePage
from ui.pages.trunks import TrunksPage
from ui.pages.voice_mail import VoiceMailPage
from ui.preferences import Preferences
from ui.status_bar import StatusBar
from ui.version_watch import VersionWatch
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.translated import Translated
from ui.window_layout import Part, WindowLayout

_SIZE = (1180, 760)


class MainWindow(Translated, QMainWindow):
    """The only switchboard between pages: what one requests, another does."""

    close_requested = Signal()
    language_requested = Signal(str)
    theme_requested = Signal(str)

    def __init__(self, bridge: Bridge, preferences: Preferences, data_folder: str) -> None:
        super().__init__()
        self.bridge = bridge
        self.data_folder = data_folder
        self.notices = NoticeBar()
        self.errands = Errands(self.report)
        self.live = Live(bridge, self.report, self)
        self.version_watch = VersionWatch(bridge, self.notices, self.errands, preferences, self)
        self.dashboard = DashboardPage(bridge, self.report, self.live)
        self.extensions = ExtensionsPage(bridge, self.report, self.live.extensions)
        self.lines = LinesPage(bridge, self.report, self.live.lines)
        self.trunks = TrunksPage(bridge, self.report, self.live.trunks)
        self.routing = RoutingPage(bridge, self.report)
        self.services = ServicesPage(bridge, self.report)
        self.ring_groups = RingGroupsPage(bridge, self.report)
        self.attendant = AttendantPage(bridge, self.report)
        self.voice_mail = VoiceMailPage(bridge, self.report)
        self.announcements = AnnouncementsPage(bridge, self.report, preferences)
        self.calls = LiveCallsPage(bridge, self.report, self.live.calls)
        self.records = CallRecordsPage(bridge, self.report)
        self.recordings = RecordingsPage(bridge, self.report)
        self.conferences = ConferencesPage(bridge, self.report)
        self.trace = TracePage(bridge, self.report)
        self.log = LogPage(bridge, self.report)
        self.pages: dict[str, Page] = {
            "dashboard": self.dashboard,
            "extensions": self.extensions,
            "lines": self.lines,
            "trunks": self.trunks,
            "routing": self.routing,
            "services": self.services,
            "ring_groups": self.ring_groups,
            "attendant": self.attendant,
            "voice_mail": self.voice_mail,
            "announcements": self.announcements,
            "calls": self.calls,
            "records": self.records,
            "recordings": self.recordings,
            "conferences": self.conferences,
            "trace": self.trace,
            "log": self.log,
        }
        self.navigation = Navigation()
        self.status = StatusBar()
        self._stack = QStackedWidget()
        self._assemble()
        self.commands = Commands(self)
        self.menus = Menus(self.menuBar(), self.commands.table())
        self.layout_memory = WindowLayout(preferences, self, self._remembered())
        self._connect()
        self.retranslate()
        self.show_page("dashboard")
        self.layout_memory.restore()

    def start(self) -> None:
        """The engine runs: load everything."""
        self.live.start()
        for page in self.pages.values():
            page.start()
        self.version_watch.start()

    def stop(self) -> None:
        """The engine is about to stop: ask no more."""
        self.version_watch.stop()
        self.live.stop()
        for page in self.pages.values():
            page.errands.stop()
        self.errands.stop()

    @property
    def page(self) -> Page:
        """The page in sight."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Go to a page."""
        self._stack.setCurrentWidget(self.pages[name])
        self.navigation.choose(name)

    def report(self, error: Exception) -> None:
        """Show an error above the content."""
        self.notices.show_error(error)

    def bring_to_front(self) -> None:
        """Show the window, also when it was minimised."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def retranslate(self) -> None:
        """Set the texts that belong to no part."""
        self.setWindowTitle("OpenMSS")
        self.menus.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is quitting, and quitting may ask first."""
        event.ignore()
        self.close_requested.emit()

    def _assemble(self) -> None:
        self.setWindowIcon(icons.application_icon())
        for name, _, _ in PAGES:
            self._stack.addWidget(self.pages[name])
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 0)
        bar.addWidget(self.notices)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(content, 1)
        self.setCentralWidget(central)
        self.setStatusBar(self.status)
        area = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(_SIZE[0], area.width()), min(_SIZE[1], area.height()))
        self.setMinimumSize(760, 480)

    def _remembered(self) -> dict[str, Part]:
        return {
            "extensions": self.extensions.splitter,
            "extensions-columns": self.extensions.table.horizontalHeader(),
            "attendant": self.attendant.splitter,
            "lines": self.lines.splitter,
            "lines-columns": self.lines.table.horizontalHeader(),
            "trunks-columns": self.trunks.table.horizontalHeader(),
            "voice-mail": self.voice_mail.splitter,
            "voice-mail-columns": self.voice_mail.table.horizontalHeader(),
            "announcements-columns": self.announcements.table.horizontalHeader(),
            "calls-columns": self.calls.table.horizontalHeader(),
            "records-columns": self.records.table.horizontalHeader(),
            "recordings-columns": self.recordings.table.horizontalHeader(),
            "conferences": self.conferences.splitter,
            "trace": self.trace.splitter,
            "trace-columns": self.trace.table.horizontalHeader(),
            "log": self.log.splitter,
            "log-columns": self.log.table.horizontalHeader(),
        }

    def _connect(self) -> None:
        bridge, commands = self.bridge, self.commands
        self.navigation.page_requested.connect(self.show_page)
        self.status.page_requested.connect(self.show_page)
        self.dashboard.page_requested.connect(self.show_page)
        self.dashboard.help_requested.connect(commands.open_help)
        self.calls.trace_requested.connect(self._show_trace_of_call)
        self.calls.records_requested.connect(lambda: self.show_page("records"))
        self.extensions.add_requested.connect(lambda: commands.edit_record("extension", None))
        self.extensions.edit_requested.connect(lambda number: commands.edit_record("extension", number))
        self.extensions.records_requested.connect(self._show_records_of)
        self.extensions.trace_requested.connect(self._show_trace_of)
        self.lines.add_requested.connect(commands.new_line)
        self.lines.edit_requested.connect(lambda name: commands.edit_record("line", name))
        for page in (self.lines, self.trunks, self.records):
            page.message_requested.connect(self.show_message)
            page.record_requested.connect(commands.edit_record)
        self.lines.case_requested.connect(commands.save_case)
        self.lines.call_trace_requested.connect(self._show_trace_of_call)
        self.trunks.add_requested.connect(lambda: commands.edit_record("trunk", None))
        self.trunks.edit_requested.connect(lambda name: commands.edit_record("trunk", name))
        self.trunks.trace_requested.connect(self._show_trace_with)
        self.voice_mail.edit_requested.connect(lambda number: commands.edit_record("extension", number))
        self.voice_mail.extensions_requested.connect(lambda: self.show_page("extensions"))
        self.routing.tracer.record_requested.connect(commands.edit_record)
        self.routing.tracer.rule_requested.connect(commands.add_record)
        lists = (
            *self.routing.lists.values(),
            *self.services.lists.values(),
            self.conferences.rooms,
            self.ring_groups.groups,
        )
        for record_list in lists:
            commands.serve(record_list)
        self.records.trace_requested.connect(self._show_trace_of_call)
        self.trace.export_requested.connect(commands.export_trace)
        self.log.folder_requested.connect(commands.open_log_folder)
        self.log.setting_requested.connect(commands.open_settings)
        self.live.figures_changed.connect(self._show_figures)
        self.live.line_lost.connect(self._tell_of_line)
        self.live.trunk_lost.connect(self._tell_of_trunk)
        bridge.engine_started.connect(self._engine_started)
        bridge.engine_stopped.connect(self.status.show_stopped)
        bridge.trace_grew.connect(self.trace.follow)
        bridge.call_recorded.connect(self.records.recorded)
        bridge.notice.connect(self._show_notice)

    @Slot(object)
    def _engine_started(self, event: EngineStarted) -> None:
        self.status.show_running(event.addresses)

    @Slot(object)
    def _show_notice(self, notice: Notice) -> None:
        self.notices.show_notice(notice)

    @Slot(object)
    def _tell_of_line(self, line: LineView) -> None:
        said = self.tr("The external line {name} is off line. {reason}")
        self._warn(f"line.lost.{line.name}", said.format(name=line.name, reason=reasons.reason(line.reason)))

    @Slot(object)
    def _tell_of_trunk(self, trunk: TrunkView) -> None:
        said = self.tr("The SIP trunk {name} is out of order. {reason}")
        text = said.format(name=trunk.name, reason=reasons.reason(trunk.reason))
        self._warn(f"trunk.lost.{trunk.name}", text)

    def _warn(self, code: str, text: str) -> None:
        self.notices.show_notice(Notice(severity=Severity.WARNING, code=code, text=text))

    @Slot()
    def _show_figures(self) -> None:
        model = self.live.extensions
        self.status.show_extensions(model.registered(), model.total)
        self.status.show_lines(self.live.lines.up(), self.live.lines.wanted())
        self.status.show_calls(self.live.calls.live())

    @Slot(str)
    def _show_records_of(self, number: str) -> None:
        self.records.show_number(number)
        self.show_page("records")

    @Slot(str)
    def _show_trace_of(self, number: str) -> None:
        self.trace.show_extension(number)
        self.show_page("trace")

    @Slot(int)
    def show_message(self, message: int) -> None:
        """Go to a traced message."""
        self.trace.show_message(message)
        self.show_page("trace")

    @Slot(str)
    def _show_trace_with(self, text: str) -> None:
        self.trace.show_text(text)
        self.show_page("trace")

    @Slot(str)
    def _show_trace_of_call(self, call_id: str) -> None:
        self.trace.show_only_call(call_id)
        self.show_page("trace")
