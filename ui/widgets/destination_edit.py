"""Edits a destination as two choices: what sort of place, and which one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.marks import mark
from ui.widgets.translated import Translated

NUMBER = "number"
_PLACES: tuple[tuple[str, str], ...] = (  # kind as it stands before the colon, and what people call it
    ("", mark("destinations", "Nothing")),
    ("extension", mark("destinations", "Extension")),
    ("menu", mark("destinations", "Menu")),
    ("voicemail", mark("destinations", "Voice mail of")),
    ("group", mark("destinations", "Ring group")),
    ("conference", mark("destinations", "Conference room")),
    (NUMBER, mark("destinations", "Number, as dialled inside")),
)
_WORDS: tuple[tuple[str, str], ...] = (
    ("operator", mark("destinations", "Operator")),
    ("repeat", mark("destinations", "Say it again")),
    ("back", mark("destinations", "Back to the menu before")),
    ("name", mark("destinations", "Dial by name")),
    ("hangup", mark("destinations", "Hang up")),
)
OPERATOR_IF_ANY = mark("destinations", "The operator, if there is one")
_TEXTS = dict((*_PLACES, *_WORDS))


def place_name(kind: str) -> str:
    """What a sort of place is called, in the user's language."""
    return QCoreApplication.translate("destinations", _TEXTS.get(kind, kind))


class DestinationEdit(Translated, QWidget):
    """Holds a destination as text: `menu:sales`, a number, a key's word, or nothing."""

    edited = Signal()

    def __init__(self, *, with_words: bool = False, nothing: str = "", parent: QWidget | None = None) -> None:
        """With `nothing`, one of the texts of context "destinations" stands for no destination."""
        super().__init__(parent)
        self._nothing = nothing
        self._name = ""
        self._targets: Mapping[str, Sequence[tuple[str, str]]] = {}
        self._typed: dict[str, str] = {}  # what stood there, by sort of place
        self.kind = QComboBox()
        self.target = QComboBox()
        self.target.setEditable(True)
        self.target.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for box in (self.kind, self.target):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for kind, _ in (*_PLACES, *(_WORDS if with_words else ())):
            self.kind.addItem("", kind)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.kind, 1)
        row.addWidget(self.target, 1)
        self.setFocusProxy(self.kind)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.target.editTextChanged.connect(self._typed_something)
        self.retranslate()
        self._show_target()

    def value(self) -> str:
        """The destination as it is saved."""
        kind = str(self.kind.currentData())
        if not self._has_target(kind):
            return kind
        target = self._chosen()
        return target if kind == NUMBER else f"{kind}:{target}"

    def set_value(self, destination: str) -> None:
        """Show a destination; nothing is edited by this."""
        kind, colon, target = destination.partition(":")
        if not colon and kind and self.kind.findData(kind) < 0:
            kind, target = NUMBER, destination
        for box in (self.kind, self.target):
            box.blockSignals(True)
        self._typed = {kind: target}
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self._show_target()
        for box in (self.kind, self.target):
            box.blockSignals(False)

    def set_targets(self, targets: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Offer these: for each sort of place keys with what they are called."""
        value = self.value()
        self._targets = targets
        self.set_value(value)

    def set_name(self, name: str) -> None:
        """Say what is edited, to those who do not see it."""
        self._name = name
        self.kind.setAccessibleName(name)
        self.target.setAccessibleName(self.tr("{name}: which one").format(name=name))

    def show_problem(self, sentence: str) -> None:
        """Mark what is wrong."""
        for box in (self.kind, self.target):
            box.setProperty("invalid", bool(sentence))
            box.setToolTip(sentence)
            box.style().unpolish(box)
            box.style().polish(box)

    def retranslate(self) -> None:
        """Name the sorts of places."""
        for place in range(self.kind.count()):
            self.kind.setItemText(place, place_name(str(self.kind.itemData(place))))
        if self._nothing:
            self.kind.setItemText(0, QCoreApplication.translate("destinations", self._nothing))
        self.set_name(self._name)

    @staticmethod
    def _has_target(kind: str) -> bool:
        return bool(kind) and kind in dict(_PLACES)

    def _chosen(self) -> str:
        """The key of what was chosen, or what was typed."""
        text = self.target.currentText().strip()
        place = self.target.findText(text)
        return str(self.target.itemData(place)) if place >= 0 else text

    def _kind_changed(self) -> None:
        self.target.blockSignals(True)
        self._show_target()
        self.target.blockSignals(False)
        self.edited.emit()

    def _typed_something(self) -> None:
        self._typed[str(self.kind.currentData())] = self._chosen()
        self.edited.emit()

    def _show_target(self) -> None:
        kind = str(self.kind.currentData())
        self.target.clear()
        for key, name in self._targets.get(kind, ()):
            self.target.addItem(f"{key} {name}".strip(), key)
        typed = self._typed.get(kind, "")
        place = self.target.findData(typed)
        if place >= 0:
            self.target.setCurrentIndex(place)
        else:
            self.target.setCurrentIndex(-1)
            self.target.setEditText(typed)
        self.target.setVisible(self._has_target(kind))
        self.target.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if self._has_target(kind) else Qt.FocusPolicy.NoFocus
        )
