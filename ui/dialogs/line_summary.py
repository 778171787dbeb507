"""The third step to a new line: what will be set, what must not be, and what else there is to do."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.api import records
from app.api.carriers import Applied, CarrierTemplate, Topic
from app.fields import FieldKind
from ui import icons, texts
from ui.dialogs.carrier_choice import language
from ui.models.records import shown_value
from ui.theme import Tone, tone
from ui.widgets.details_pane import DetailsPane
from ui.widgets.translated import Translated

_SECRET = "••••••••"
_LOOKS = {  # of the advice; what is not here is a remark
    Topic.FORBIDDEN: ("state-off", Tone.BAD),
    Topic.STALE: ("warning", Tone.WAIT),
    Topic.UNVERIFIED: ("warning", Tone.WAIT),
    Topic.PORTAL: ("next", Tone.BUSY),
    Topic.SETUP: ("next", Tone.BUSY),
}
_ORDER = (
    Topic.FORBIDDEN,
    Topic.PORTAL,
    Topic.SETUP,
    Topic.UNVERIFIED,
    Topic.STALE,
    Topic.REMARK,
    Topic.TEST_NUMBER,
    Topic.ORDER_PAPER,
)


class LineSummary(Translated, QWidget):
    """Values to the left, advice below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._applied: Applied | None = None
        self._template: CarrierTemplate | None = None
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self.values = DetailsPane()
        self._advice_title = QLabel()
        self._advice_title.setProperty("role", "heading")
        self._advice = QWidget()
        self.sentences: list[str] = []
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        self._column = QVBoxLayout(scrolled)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._title)
        self._column.addWidget(self.values)
        self._column.addSpacing(12)
        self._column.addWidget(self._advice_title)
        self._column.addWidget(self._advice)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(scrolled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def show_applied(self, name: str, applied: Applied, template: CarrierTemplate) -> None:
        """Show what a template and the answers have made."""
        self._name, self._applied, self._template = name, applied, template
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        applied = self._applied
        if applied is None:
            return
        spec = records.kind(applied.kind)
        self._title.setText(f"{texts.field_text(spec.label)} {self._name}")
        pairs = []
        for field in spec.fields:
            value = applied.values.get(field.name, field.default)
            if value != field.default:
                shown = _SECRET if field.kind is FieldKind.SECRET else shown_value(field, value)
                pairs.append((texts.field_text(field.label), shown))
        self.values.show_pairs(pairs)
        self._advice_title.setText(self.tr("Before you go on"))
        self._show_advice(applied)

    def _forbidden(self, why: str, applied: Applied) -> str:
        """Say which field must stay as it is, and why."""
        for each in self._template.forbidden if self._template is not None else ():
            field = records.kind(applied.kind).field(each.field)
            if field is not None and each.why.in_language(language()) == why:
                return self.tr("Leave “{field}” as it is: {why}").format(
                    field=texts.field_text(field.label), why=why
                )
        return why

    def _show_advice(self, applied: Applied) -> None:
        advice = QWidget()
        grid = QGridLayout(advice)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self.sentences = []
        for notice in sorted(applied.notices, key=lambda each: _ORDER.index(each.topic)):
            said = notice.words.in_language(language())
            if notice.topic is Topic.FORBIDDEN:
                said = self._forbidden(said, applied)
            self.sentences.append(said)
            name, meaning = _LOOKS.get(notice.topic, ("info", Tone.QUIET))
            icon, text = QLabel(), QLabel(said)
            icon.setPixmap(icons.pixmap(name, tone(meaning), 18))
            text.setWordWrap(True)
            line = grid.rowCount()
            grid.addWidget(icon, line, 0)
            grid.addWidget(text, line, 1)
        old, self._advice = self._advice, advice
        self._column.replaceWidget(old, advice)
        old.hide()
        old.deleteLater()
