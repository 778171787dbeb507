"""One attendant menu in full: its keys, what it says, how it behaves, and a path tried."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.api import records
from app.api.menus import MenuView
from app.errors import UserError
from app.fields import Value
from ui import menu_words, texts
from ui.bridge import Bridge
from ui.errands import Errands
from ui.forms import RecordForm
from ui.pages.attendant_keys import AttendantKeys
from ui.pages.attendant_trial import AttendantTrial
from ui.widgets.translated import Translated

_GROUPS = ("Basic", "What is said", "Behaviour")


class AttendantDetails(Translated, QWidget):
    """Edits one menu. `save_requested` carries its name and what has changed."""

    save_requested = Signal(str, object)

    def __init__(self, bridge: Bridge, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self._values: dict[str, Value] = {}
        self._recordings: Sequence[str] = ()
        self._conditions: Sequence[str] = ()
        self._forms: dict[str, RecordForm] = {}
        self.keys = AttendantKeys()
        self.trial = AttendantTrial(bridge, errands)
        self.problems = QLabel()
        self.problems.setWordWrap(True)
        self.tabs = QTabWidget()
        self._pages = {group: QScrollArea() for group in _GROUPS}
        self.tabs.addTab(self.keys, "")
        for page in self._pages.values():
            page.setWidgetResizable(True)
            self.tabs.addTab(page, "")
        self.tabs.addTab(self.trial, "")
        self.save = QPushButton()
        self.save.setProperty("role", "primary")
        self.discard = QPushButton()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.discard)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.problems)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons)
        self.keys.edited.connect(self._edited)
        self.save.clicked.connect(self._save)
        self.discard.clicked.connect(self.revert)
        self.retranslate()
        self._edited()

    @property
    def forms(self) -> Mapping[str, RecordForm]:
        """The forms of what is no key, by group."""
        return self._forms

    def show_menu(self, values: Mapping[str, Value]) -> None:
        """Show a menu as it is saved."""
        self.name = str(values["name"])
        self._values = dict(values)
        self.keys.set_values(values)
        for group, page in self._pages.items():
            self._forms[group] = self._form(group, values)
            page.setWidget(self._forms[group])
        self.offer(self._recordings, self._conditions)
        self.trial.show_menu(self.name)
        self._edited()

    def forget(self) -> None:
        """There is no menu any more."""
        self.name, self._values = "", {}
        self._edited()

    def show_problems(self, view: MenuView | None) -> None:
        """Say what is wrong with the menu, in words."""
        said = [menu_words.problem_text(each) for each in view.problems] if view is not None else []
        self.problems.setText("\n".join(f"⚠ {sentence}" for sentence in said))
        self.problems.setVisible(bool(said))

    def offer(self, recordings: Sequence[str], conditions: Sequence[str]) -> None:
        """Offer these recordings and time conditions in the forms."""
        self._recordings, self._conditions = recordings, conditions
        for form in self._forms.values():
            for name, editor in form.editors.items():
                if name.endswith("prompt"):
                    editor.set_suggestions(list(recordings))
                elif name == "time_condition":
                    editor.set_choices(list(conditions))

    def changed_values(self) -> dict[str, Value]:
        """What differs from what is saved."""
        found = self.keys.values()
        for form in self._forms.values():
            found |= form.values()
        return {
            name: value for name, value in found.items() if _plain(value) != _plain(self._values.get(name))
        }

    def show_refusal(self, error: UserError) -> bool:
        """Show a refusal of the engine beside its field; False when it is about none."""
        if self.keys.show_errors((error,)):
            self.tabs.setCurrentWidget(self.keys)
            return True
        for group, form in self._forms.items():
            if form.show_refusal(error):
                self.tabs.setCurrentWidget(self._pages[group])
                return True
        return False

    @Slot()
    def revert(self) -> None:
        """Show again what is saved."""
        if self._values:
            self.show_menu(self._values)

    def retranslate(self) -> None:
        """Set every text."""
        titles = (
            self.tr("Keys"),
            *(texts.field_text(group) for group in _GROUPS),
            self.tr("Try it"),
        )
        for place, title in enumerate(titles):
            self.tabs.setTabText(place, title)
        self.save.setText(self.tr("Save"))
        self.discard.setText(self.tr("Discard"))

    def _form(self, group: str, values: Mapping[str, Value]) -> RecordForm:
        spec = records.kind("menu")
        fields = tuple(field for field in spec.fields if field.group == group and field.name != spec.key)
        form = RecordForm(
            dataclasses.replace(spec, fields=fields), values, self._validate, is_new=False, parent=self
        )
        form.setObjectName("scrolled")
        layout = form.layout()
        if layout is not None:
            layout.setContentsMargins(10, 10, 10, 10)
        form.edited.connect(self._edited)
        return form

    def _validate(self, _: dict[str, Value]) -> Iterable[UserError]:
        """Every error of the menu as it would be saved; each form shows those of its own fields."""
        found = {**self._values, **self.keys.values()}
        for form in self._forms.values():
            found |= form.values()
        return records.validate("menu", found, self.name)

    @Slot()
    def _edited(self) -> None:
        is_changed = bool(self.name) and bool(self.changed_values())
        self.save.setEnabled(is_changed)
        self.discard.setEnabled(is_changed)

    @Slot()
    def _save(self) -> None:
        if self.keys.show_errors(self._validate({})):
            self.tabs.setCurrentWidget(self.keys)
            return
        for group, form in self._forms.items():
            if form.complain():
                self.tabs.setCurrentWidget(self._pages[group])
                return
        self.save_requested.emit(self.name, self.changed_values())


def _plain(value: Value) -> str:
    return "" if value is None else str(value)
