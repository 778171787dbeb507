"""The page of the automatic attendant: the menus as a picture, and the chosen one beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from app.api import announcements, menus, records
from app.api.menus import MenuView
from app.errors import UserError
from app.events import RecordChanged
from app.fields import Value
from ui.bridge import Bridge
from ui.dialogs.questions import ask_text, confirm, confirm_delete
from ui.errands import Report
from ui.pages.attendant_details import AttendantDetails
from ui.pages.page import Page
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.menu_picture import MenuPicture

_KIND = "menu"
# What a menu leads to, or is led to by.
_CONCERNS = frozenset(
    {
        _KIND,
        "extension",
        "line",
        "did_route",
        "called_rule",
        "time_condition",
        "conference",
        "ring_group",
        "transition",
    }
)


class AttendantPage(Page):
    """Everything about menus in one place; follows every change, whoever makes it."""

    topic = "attendant"

    def __init__(self, bridge: Bridge, report: Report) -> None:
        super().__init__(bridge, report)
        self.views: tuple[MenuView, ...] = ()
        self._awaited = ""
        self.delete_button = self.header.add_button("delete")
        self.rename_button = self.header.add_button("edit")
        self.add_button = self.header.add_button("add")
        self.picture = MenuPicture()
        self.chooser = QComboBox()
        self.details = AttendantDetails(bridge, self.errands)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chooser)
        column.addWidget(self.details, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.picture)
        self.splitter.addWidget(side)
        self.splitter.setSizes([520, 440])
        self.splitter.setChildrenCollapsible(False)
        self.empty = EmptyState("attendant")
        self.content = OrEmpty(self.splitter, self.empty)
        self.column.addWidget(self.content, 1)
        self._connect()
        self.retranslate()

    @property
    def current(self) -> str:
        """The name of the chosen menu."""
        return self.details.name

    def start(self) -> None:
        """Load the map and what a key may lead to."""
        self.errands.start(self._load())

    def choose(self, name: str) -> None:
        """Go to a menu; unsaved changes of another are asked about."""
        self.errands.start(self._go_to(name))

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Auto attendant"))
        self.add_button.setText(self.tr("New menu"))
        self.rename_button.setText(self.tr("Rename"))
        self.delete_button.setText(self.tr("Delete"))
        self.chooser.setAccessibleName(self.tr("Menu"))
        self.picture.setAccessibleName(self.tr("The menus and what leads where"))
        self.empty.set_texts(
            self.tr(
                "There is no menu yet. A menu answers calls, says a greeting, and lets callers choose by "
                "key or dial an extension."
            ),
            self.tr("Make the first menu"),
        )
        self.picture.show_map(self.views, self.current)
        self.details.show_problems(self._view(self.current))

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._add)
        self.empty.requested.connect(self._add)
        self.rename_button.clicked.connect(self._rename)
        self.delete_button.clicked.connect(self._delete)
        self.picture.chosen.connect(self.choose)
        self.chooser.activated.connect(lambda place: self.choose(str(self.chooser.itemData(place))))
        self.details.save_requested.connect(self._save)
        self.bridge.record_changed.connect(self._record_changed)

    def _view(self, name: str) -> MenuView | None:
        return next((view for view in self.views if view.name == name), None)

    async def _load(self) -> None:
        self.views = await self.bridge.ask(menus.overview)
        self.details.keys.set_targets(await self._targets())
        conditions = await self.bridge.ask(records.list_records, "time_condition")
        entries = await self.bridge.ask(announcements.entries)
        recordings = dict.fromkeys(entry.id for entry in entries if entry.kind in ("speech", "own"))
        self.details.offer(list(recordings), [str(row["name"]) for row in conditions])
        names = [view.name for view in self.views]
        wanted = self._awaited if self._awaited in names else self.current
        if wanted not in names:
            wanted = names[0] if names else ""
        self._awaited = ""
        if wanted and (wanted != self.current or not self.details.changed_values()):
            await self._show(wanted)
        elif not wanted:
            self.details.forget()
        self._tell()

    async def _targets(self) -> dict[str, list[tuple[str, str]]]:
        found = {}
        for kind in ("extension", "conference", "ring_group"):
            key = records.kind(kind).key
            rows = await self.bridge.ask(records.list_records, kind)
            found[kind] = [(str(row[key]), str(row.get("description") or "")) for row in rows]
        found["group"] = found.pop("ring_group")
        found["menu"] = [(view.name, view.description) for view in self.views]
        found["voicemail"] = found["number"] = found["extension"]
        return found

    async def _show(self, name: str) -> None:
        self.details.show_menu(await self.bridge.ask(records.get_record, _KIND, name))

    def _tell(self) -> None:
        """Picture, chooser and buttons as the map is now."""
        self.content.show_empty(not self.views)
        self.picture.show_map(self.views, self.current)
        self.chooser.clear()
        for view in self.views:
            self.chooser.addItem(" – ".join(filter(None, (view.name, view.description))), view.name)
        self.chooser.setCurrentIndex(self.chooser.findData(self.current))
        self.details.show_problems(self._view(self.current))
        for button in (self.rename_button, self.delete_button):
            button.setEnabled(bool(self.views))

    async def _go_to(self, name: str) -> None:
        if name != self.current:
            if self.details.changed_values() and not await self._may_discard():
                self._tell()
                return
            await self._show(name)
        self._tell()

    async def _may_discard(self) -> bool:
        return await confirm(
            self,
            title=self.tr("Discard the changes?"),
            text=self.tr("The changes to menu {name} are not saved yet.").format(name=self.current),
            yes=self.tr("Discard"),
            no=self.tr("Go on editing"),
        )

    @Slot(str, object)
    def _save(self, name: str, values: dict[str, Value]) -> None:
        self.errands.start(self._send(name, values), self.details.save)

    async def _send(self, name: str, values: dict[str, Value]) -> None:
        try:
            await self.bridge.ask(records.set_record, _KIND, name, values)
        except UserError as error:
            if not self.details.show_refusal(error):
                raise
            return
        await self._show(name)

    @Slot()
    def _add(self) -> None:
        self.errands.start(self._ask_and_add())

    async def _ask_and_add(self) -> None:
        name = await ask_text(
            self, title=self.tr("New menu"), label=self.tr("Name of the menu, such as sales:")
        )
        if name:
            self._awaited = name
            await self.bridge.ask(records.add_record, _KIND, name, {"name": name})

    @Slot()
    def _rename(self) -> None:
        if self.current:
            self.errands.start(self._ask_and_rename(self.current))

    async def _ask_and_rename(self, name: str) -> None:
        if self.details.changed_values() and not await self._may_discard():
            return
        self.details.revert()
        label = self.tr("New name of menu {name}. All that leads to it follows.").format(name=name)
        new_name = await ask_text(self, title=self.tr("Rename"), label=label, text=name)
        if new_name and new_name != name:
            self._awaited = new_name
            await self.bridge.ask(menus.rename, name, new_name)

    @Slot()
    def _delete(self) -> None:
        if self.current:
            self.errands.start(self._ask_and_delete(self.current))

    async def _ask_and_delete(self, name: str) -> None:
        if await confirm_delete(self, [name]):
            self.details.revert()
            await self.bridge.ask(records.delete_record, _KIND, name)

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind in _CONCERNS:
            self.start()
