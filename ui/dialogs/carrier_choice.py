"""The first step to a new line: which carrier, found by name, with how far its template may be trusted."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.api import carriers
from app.api.carriers import CarrierTemplate
from ui import icons, texts
from ui.marks import mark
from ui.theme import Tone, tone
from ui.widgets.details_pane import DetailsPane
from ui.widgets.page_header import SearchField
from ui.widgets.translated import Translated

_ITEM_HEIGHT = 30
_STATUS_WORDS = {
    "checked": mark("words", "Read on the carrier's own pages"),
    "community": mark("words", "From catalogues and working configurations"),
    "unverified": mark("words", "Unverified"),
}
_STATUS_TONES = {"checked": Tone.GOOD, "community": Tone.BUSY, "unverified": Tone.WAIT}
_STATUS_ICONS = {"checked": "state-idle", "community": "info", "unverified": "warning"}
_WAY_WORDS = {
    "registration": mark("words", "Registration with account and password"),
    "call": mark("words", "Account and password on each call, no registration"),
    "ip": mark("words", "By our fixed public address"),
}


def language() -> str:
    """The language the templates' own texts are shown in."""
    return QLocale().name()


class CarrierChoice(Translated, QWidget):
    """A list of templates, and what is known of the one chosen."""

    chosen = Signal()  # double click or Enter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.search.setMaximumWidth(16_000)
        self.list = QListWidget()
        self.list.setObjectName("categories")
        self._name = QLabel()
        self._name.setProperty("role", "heading")
        self._name.setWordWrap(True)
        self._trust = QLabel()
        self._trust_icon = QLabel()
        self._facts = DetailsPane()
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        trust = QHBoxLayout()
        trust.addWidget(self._trust_icon)
        trust.addWidget(self._trust, 1)
        self._trust.setWordWrap(True)
        right = QVBoxLayout()
        right.addWidget(self._name)
        right.addLayout(trust)
        right.addWidget(self._facts)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.search.textChanged.connect(self._fill)
        self.list.currentItemChanged.connect(self._show)
        self.list.itemActivated.connect(lambda _: self.chosen.emit())
        self.retranslate()

    @property
    def template(self) -> CarrierTemplate | None:
        """The template chosen."""
        item = self.list.currentItem()
        return carriers.get_template(str(item.data(Qt.ItemDataRole.UserRole))) if item is not None else None

    def retranslate(self) -> None:
        """Set every text."""
        self.search.set_hint(self.tr("Search carrier or country"))
        self.list.setAccessibleName(self.tr("Carriers"))
        self._fill()

    @Slot()
    def _fill(self) -> None:
        wanted = self.search.text().strip().casefold()
        before = self.template
        self.list.clear()
        is_chinese = language().startswith("zh")
        for template in sorted(
            carriers.list_templates(), key=lambda each: is_chinese and each.country != "CN"
        ):
            names = (template.label.en, template.label.zh, template.country, template.id)
            if wanted and not any(wanted in name.casefold() for name in names):
                continue
            item = QListWidgetItem(_title(template))
            item.setData(Qt.ItemDataRole.UserRole, template.id)
            item.setSizeHint(QSize(0, _ITEM_HEIGHT))
            self.list.addItem(item)
            if before is not None and before.id == template.id:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        self._show()

    @Slot()
    def _show(self) -> None:
        template = self.template
        self._name.setText(template.label.in_language(language()) if template else "")
        if template is None:
            self._trust.setText(self.tr("No carrier matches. A line can be set up without a template too."))
            self._trust_icon.clear()
            self._facts.show_pairs(())
            return
        status = template.status.value
        self._trust_icon.setPixmap(icons.pixmap(_STATUS_ICONS[status], tone(_STATUS_TONES[status]), 20))
        self._trust.setText(texts.word(_STATUS_WORDS[status]))
        source = template.main_source
        self._facts.show_pairs(
            (
                (
                    self.tr("The carrier knows you"),
                    "\n".join(texts.word(_WAY_WORDS[way.value]) for way in template.auth),
                ),
                (self.tr("Read in"), source.read_on),
                (self.tr("Source"), " – ".join(filter(None, (source.what, source.url)))),
                (self.tr("Remember"), self.tr("Addresses age: compare with your order paper.")),
            )
        )


def _title(template: CarrierTemplate) -> str:
    name = template.label.in_language(language())
    return f"{name}  ·  {template.country}" if template.country else name
