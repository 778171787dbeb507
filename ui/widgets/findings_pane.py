"""The line doctor's findings as cards: the cause, links to the messages that show it, and what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.findings import FindingView
from ui.theme import Tone, tone
from ui.widgets.page_header import bar_button
from ui.widgets.translated import Translated


class FindingsPane(Translated, QScrollArea):
    """Shows findings, or one sentence where there is none. The most likely cause stands first."""

    evidence_requested = Signal(int)  # the id of a traced message
    apply_requested = Signal(object)  # FindingView: set its field to its value, and try again
    edit_requested = Signal(object)  # FindingView: only the user knows the value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._views: tuple[FindingView, ...] = ()
        self._nothing = ""
        self.cards: list[FindingCard] = []
        self._content = QWidget()
        self._content.setObjectName("scrolled")
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 8, 6, 0)
        self._column.setSpacing(8)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "hint")
        self._column.addWidget(self._sentence)
        self._column.addStretch(1)
        self.setWidget(self._content)

    @property
    def sentence(self) -> str:
        """What is said instead of findings; empty where there are some."""
        return "" if self._views else self._nothing

    def show_findings(self, views: Sequence[FindingView], nothing: str) -> None:
        """Show these; `nothing` is said where there is none."""
        self._views, self._nothing = tuple(views), nothing
        self._draw()

    def retranslate(self) -> None:
        """Draw anew: a card has words and colours."""
        self._draw()

    def _draw(self) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [FindingCard(view, is_first=place == 0) for place, view in enumerate(self._views)]
        for place, card in enumerate(self.cards):
            card.evidence_requested.connect(self.evidence_requested)
            card.apply_requested.connect(self.apply_requested)
            card.edit_requested.connect(self.edit_requested)
            self._column.insertWidget(place, card)
        self._sentence.setText(self._nothing)
        self._sentence.setVisible(not self._views)


class FindingCard(QFrame):
    """One finding."""

    evidence_requested = Signal(int)
    apply_requested = Signal(object)
    edit_requested = Signal(object)

    def __init__(self, view: FindingView, *, is_first: bool) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.view = view
        icon = QLabel()
        icon.setPixmap(icons.pixmap(view.icon, tone(view.tone), 20))
        text = QLabel(view.text)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        rank = QLabel(self._rank(is_first=is_first))
        rank.setProperty("role", "hint")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(rank)
        words.addWidget(text)
        self.links: list[QToolButton] = []
        if view.evidence:
            words.addLayout(self._evidence(view))
        self.apply = QPushButton()
        self.edit = QPushButton()
        if view.field:
            words.addLayout(self._remedy(view))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 10)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _rank(self, *, is_first: bool) -> str:
        if self.view.tone is Tone.QUIET:
            return self.tr("Noticed")
        return self.tr("Most likely cause") if is_first else self.tr("Also seen")

    def _evidence(self, view: FindingView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        label = QLabel(self.tr("Shown by"))
        label.setProperty("role", "hint")
        row.addWidget(label)
        for message, title in view.evidence:
            link = bar_button("trace")
            link.setText(title)
            link.setToolTip(self.tr("Open this message in the SIP trace"))
            link.clicked.connect(partial(self.evidence_requested.emit, message))
            self.links.append(link)
            row.addWidget(link)
        row.addStretch(1)
        return row

    def _remedy(self, view: FindingView) -> QHBoxLayout:
        row = QHBoxLayout()
        if view.has_value:
            shown = view.value_text or self.tr("(empty)")
            said = self.tr("Set “{field}” to: {value}").format(field=view.label, value=shown)
        else:
            said = self.tr("Field to check: {field}").format(field=view.label)
        label = QLabel(said)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(label, 1)
        if view.has_value:
            self.apply.setText(self.tr("Apply and try again"))
            self.apply.setProperty("role", "primary")
            self.apply.clicked.connect(lambda: self.apply_requested.emit(view))
            row.addWidget(self.apply)
        else:
            self.edit.setText(self.tr("Edit…"))
            self.edit.clicked.connect(lambda: self.edit_requested.emit(view))
            row.addWidget(self.edit)
        return row
