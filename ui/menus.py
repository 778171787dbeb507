"""The menu bar as data: one line an entry, in the order and with the words of miniSIPServer.

A feature adds its entries here and their commands in `commands.py`; a menu without entries is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.icons import show_icon
from ui.marks import mark

MENUS: tuple[tuple[str, str], ...] = (
    ("file", mark("menus", "&File")),
    ("data", mark("menus", "&Data")),
    ("dial_plan", mark("menus", "Dial &plan")),
    ("services", mark("menus", "&Services")),
    ("maintain", mark("menus", "&Maintain")),
    ("records", mark("menus", "&Call records")),
    ("view", mark("menus", "&View")),
    ("help", mark("menus", "&Help")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. `group` makes its entries exclusive and checkable, in a submenu of their own."""

    menu: str
    command: str
    text: str
    icon: str = ""
    keys: str = ""
    group: str = ""
    is_after_line: bool = False


SUBMENUS: dict[str, tuple[str, str]] = {  # group -> its text and icon
    "language": (mark("menus", "&Language"), "language"),
    "theme": (mark("menus", "&Appearance"), "theme"),
}

ENTRIES: tuple[Entry, ...] = (
    Entry(
        menu="file",
        command="extensions.import",
        text=mark("menus", "&Import extensions…"),
        icon="import",
        keys="Ctrl+I",
    ),
    Entry(
        menu="file",
        command="extensions.export",
        text=mark("menus", "&Export extensions…"),
        icon="export",
        keys="Ctrl+E",
    ),
    Entry(
        menu="file",
        command="passwords.show",
        text=mark("menus", "&Generated passwords…"),
        icon="key",
        keys="Ctrl+Shift+P",
    ),
    Entry(
        menu="file",
        command="quit",
        text=mark("menus", "&Quit"),
        icon="quit",
        keys="Ctrl+Q",
        is_after_line=True,
    ),
    Entry(
        menu="data",
        command="settings.open",
        text=mark("menus", "&System…"),
        icon="settings",
        keys="Ctrl+,",
    ),
    Entry(
        menu="data",
        command="extensions.open",
        text=mark("menus", "&Extensions…"),
        icon="extensions",
        keys="Ctrl+Shift+E",
    ),
    Entry(
        menu="data",
        command="extensions.add",
        text=mark("menus", "&Add extension…"),
        icon="add",
        keys="Ctrl+N",
    ),
    Entry(
        menu="data",
        command="page.lines",
        text=mark("menus", "External &lines"),
        icon="lines",
        keys="Ctrl+3",
        is_after_line=True,
    ),
    Entry(
        menu="data",
        command="lines.add",
        text=mark("menus", "&New external line…"),
        icon="add",
        keys="Ctrl+Shift+N",
    ),
    Entry(
        menu="data",
        command="page.trunks",
        text=mark("menus", "SIP &trunks"),
        icon="trunks",
        keys="Ctrl+4",
        is_after_line=True,
    ),
    Entry(
        menu="data",
        command="trunks.add",
        text=mark("menus", "Add SIP tr&unk…"),
        icon="add",
        keys="Ctrl+Shift+K",
    ),
    Entry(
        menu="data",
        command="time_condition.open",
        text=mark("menus", "Time &conditions"),
        icon="clock",
        keys="Alt+7",
        is_after_line=True,
    ),
    Entry(
        menu="dial_plan",
        command="tracer.open",
        text=mark("menus", "Dial-&plan tracer"),
        icon="search",
        keys="Ctrl+T",
    ),
    Entry(
        menu="dial_plan",
        command="called_rule.open",
        text=mark("menus", "&Analyse called number"),
        icon="routing",
        keys="Alt+1",
        is_after_line=True,
    ),
    Entry(
        menu="dial_plan",
        command="transition.open",
        text=mark("menus", "&Transitions"),
        icon="edit",
        keys="Alt+2",
    ),
    Entry(
        menu="dial_plan",
        command="refine_rule.open",
        text=mark("menus", "&Refine called number"),
        icon="routing",
        keys="Alt+3",
    ),
    Entry(
        menu="dial_plan",
        command="caller_rule.open",
        text=mark("menus", "Analyse &caller number"),
        icon="routing",
        keys="Alt+4",
    ),
    Entry(
        menu="dial_plan",
        command="did_route.open",
        text=mark("menus", "&DID routes"),
        icon="arrow-in",
        keys="Alt+5",
    ),
    Entry(
        menu="services",
        command="screening.open",
        text=mark("menus", "&System black/white list"),
        icon="screening",
        keys="Alt+8",
    ),
    Entry(
        menu="services",
        command="ip_rule.open",
        text=mark("menus", "&IP address black/white list"),
        icon="network",
        keys="Alt+9",
    ),
    Entry(
        menu="services",
        command="page.ring_groups",
        text=mark("menus", "&Ring groups"),
        icon="ring-group",
        keys="Alt+0",
        is_after_line=True,
    ),
    Entry(
        menu="services",
        command="page.attendant",
        text=mark("menus", "&Auto attendant"),
        icon="attendant",
        keys="Ctrl+Shift+I",
    ),
    Entry(
        menu="services",
        command="page.conferences",
        text=mark("menus", "&Conference rooms"),
        icon="conference",
        keys="Ctrl+Shift+C",
        is_after_line=True,
    ),
    Entry(
        menu="services",
        command="page.voice_mail",
        text=mark("menus", "&Voice mail"),
        icon="voice-mail",
        keys="Ctrl+Shift+V",
    ),
    Entry(
        menu="services",
        command="display_number.open",
        text=mark("menus", "Caller &display numbers"),
        icon="arrow-out",
        keys="Alt+6",
        is_after_line=True,
    ),
    Entry(
        menu="maintain",
        command="page.trace",
        text=mark("menus", "SIP &trace"),
        icon="trace",
        keys="Ctrl+9",
    ),
    Entry(
        menu="maintain",
        command="page.log",
        text=mark("menus", "&Log"),
        icon="log",
        keys="Ctrl+0",
    ),
    Entry(
        menu="maintain",
        command="trace.export",
        text=mark("menus", "&Export the trace…"),
        icon="export",
        keys="Ctrl+Shift+T",
    ),
    Entry(
        menu="maintain",
        command="case.open",
        text=mark("menus", "Open a &case file…"),
        icon="doctor",
        keys="Ctrl+Shift+O",
        is_after_line=True,
    ),
    Entry(
        menu="maintain",
        command="page.announcements",
        text=mark("menus", "&Announcements"),
        icon="announcements",
        keys="Ctrl+Shift+S",
        is_after_line=True,
    ),
    Entry(
        menu="maintain",
        command="mail.open",
        text=mark("menus", "&Mail…"),
        icon="mail",
        keys="Ctrl+Shift+L",
    ),
    Entry(
        menu="maintain",
        command="folder.open",
        text=mark("menus", "Open the &data folder"),
        icon="records",
        keys="Ctrl+Shift+D",
        is_after_line=True,
    ),
    Entry(
        menu="records",
        command="page.calls",
        text=mark("menus", "&Live calls"),
        icon="calls",
        keys="Ctrl+7",
    ),
    Entry(
        menu="records",
        command="page.records",
        text=mark("menus", "&All calls"),
        icon="records",
        keys="Ctrl+8",
        is_after_line=True,
    ),
    Entry(
        menu="records",
        command="records.answered",
        text=mark("menus", "A&nswered calls"),
        icon="state-idle",
        keys="Ctrl+Shift+A",
    ),
    Entry(
        menu="records",
        command="records.failed",
        text=mark("menus", "&Failed calls"),
        icon="state-ended",
        keys="Ctrl+Shift+F",
    ),
    Entry(
        menu="records",
        command="page.recordings",
        text=mark("menus", "&Recordings"),
        icon="record",
        keys="Ctrl+Shift+R",
        is_after_line=True,
    ),
    Entry(
        menu="view",
        command="page.dashboard",
        text=mark("menus", "&Dashboard"),
        icon="dashboard",
        keys="Ctrl+1",
    ),
    Entry(
        menu="view",
        command="page.extensions",
        text=mark("menus", "&Extensions"),
        icon="extensions",
        keys="Ctrl+2",
    ),
    Entry(
        menu="view",
        command="page.routing",
        text=mark("menus", "Rou&ting"),
        icon="routing",
        keys="Ctrl+5",
    ),
    Entry(
        menu="view",
        command="page.services",
        text=mark("menus", "&Services"),
        icon="services",
        keys="Ctrl+6",
    ),
    Entry(menu="view", command="find", text=mark("menus", "&Find"), icon="search", keys="Ctrl+F"),
    Entry(menu="view", command="refresh", text=mark("menus", "&Refresh"), icon="refresh", keys="F5"),
    Entry(
        menu="view",
        command="language.system",
        text=mark("menus", "As the system"),
        group="language",
        keys="Shift+F2",
        is_after_line=True,
    ),
    Entry(menu="view", command="language.en", text="English", group="language", keys="Shift+F3"),
    Entry(menu="view", command="language.zh_CN", text="简体中文", group="language", keys="Shift+F4"),
    Entry(
        menu="view",
        command="theme.system",
        text=mark("menus", "As the system"),
        group="theme",
        keys="Shift+F6",
    ),
    Entry(
        menu="view",
        command="theme.light",
        text=mark("menus", "Light"),
        group="theme",
        keys="Shift+F7",
    ),
    Entry(
        menu="view",
        command="theme.dark",
        text=mark("menus", "Dark"),
        group="theme",
        keys="Shift+F8",
    ),
    Entry(
        menu="view",
        command="layout.reset",
        text=mark("menus", "Reset the la&yout"),
        icon="layout",
        keys="Shift+F9",
        is_after_line=True,
    ),
    Entry(menu="help", command="help", text=mark("menus", "&Manual"), icon="book", keys="F1"),
    Entry(
        menu="help",
        command="shortcuts",
        text=mark("menus", "&Keyboard shortcuts"),
        icon="keyboard",
        keys="Ctrl+/",
    ),
    Entry(
        menu="help",
        command="version.look",
        text=mark("menus", "&Look for a new version"),
        icon="refresh",
        keys="Ctrl+Shift+G",
        is_after_line=True,
    ),
    Entry(
        menu="help",
        command="about",
        text=mark("menus", "&About OpenMSS"),
        icon="info",
        keys="Ctrl+Shift+H",
        is_after_line=True,
    ),
)


class Menus(QObject):
    """Fills a menu bar from the entries whose command is known."""

    def __init__(self, bar: QMenuBar, commands: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(bar)
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._submenus: dict[str, QMenu] = {}
        self._groups: dict[str, QActionGroup] = {}
        for name, _ in MENUS:
            entries = [entry for entry in ENTRIES if entry.menu == name and entry.command in commands]
            if entries:
                self._menus[name] = bar.addMenu("")
                for entry in entries:
                    self._add(entry, commands[entry.command])
        self.retranslate()

    def check(self, command: str) -> None:
        """Mark an exclusive entry as the one that holds."""
        self.actions[command].setChecked(True)

    def retranslate(self) -> None:
        """Set every text."""
        for name, text in MENUS:
            if name in self._menus:
                self._menus[name].setTitle(_translate(text))
        for group, menu in self._submenus.items():
            menu.setTitle(_translate(SUBMENUS[group][0]))
        for entry in ENTRIES:
            if entry.command in self.actions:
                self.actions[entry.command].setText(_translate(entry.text))

    def shortcuts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For the shortcut sheet: each menu's title with its entries' texts and keys."""
        found = []
        for name, title in MENUS:
            lines = [
                (
                    _plain(entry),
                    self.actions[entry.command].shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                )
                for entry in ENTRIES
                if entry.menu == name and entry.command in self.actions
            ]
            if lines:
                found.append((plain(_translate(title)), lines))
        return found

    def _add(self, entry: Entry, call: Callable[[], None]) -> None:
        menu = self._menus[entry.menu]
        if entry.is_after_line:
            menu.addSeparator()
        if entry.group:
            menu = self._submenu(entry.group, menu)
        action = QAction(self)
        action.setShortcut(QKeySequence(entry.keys))
        action.triggered.connect(lambda: call())
        if entry.icon:
            show_icon(action, entry.icon)
        if entry.group:
            action.setCheckable(True)
            self._groups[entry.group].addAction(action)
        menu.addAction(action)
        self.actions[entry.command] = action

    def _submenu(self, group: str, menu: QMenu) -> QMenu:
        if group not in self._submenus:
            self._submenus[group] = menu.addMenu("")
            show_icon(self._submenus[group].menuAction(), SUBMENUS[group][1])
            self._groups[group] = QActionGroup(self)
        return self._submenus[group]


def plain(text: str) -> str:
    """A menu text without its mnemonic: `&File`, or `文件(&F)` as Chinese menus write it."""
    return re.sub(r"\(&.\)", "", text).replace("&", "")


def _plain(entry: Entry) -> str:
    group = f"{plain(_translate(SUBMENUS[entry.group][0]))}: " if entry.group else ""
    return group + plain(_translate(entry.text)).rstrip("…")


def _translate(text: str) -> str:
    return QCoreApplication.translate("menus", text)
