"""The list of pages at the left side."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui import icons
from ui.marks import mark
from ui.widgets.translated import Translated

PAGES: tuple[tuple[str, str, str], ...] = (  # name, icon, text
    ("dashboard", "dashboard", mark("navigation", "Dashboard")),
    ("extensions", "extensions", mark("navigation", "Extensions")),
    ("lines", "lines", mark("navigation", "External lines")),
    ("trunks", "trunks", mark("navigation", "SIP trunks")),
    ("routing", "routing", mark("navigation", "Routing")),
    ("services", "services", mark("navigation", "Services")),
    ("ring_groups", "ring-group", mark("navigation", "Ring groups")),
    ("attendant", "attendant", mark("navigation", "Auto attendant")),
    ("conferences", "conference", mark("navigation", "Conference rooms")),
    ("voice_mail", "voice-mail", mark("navigation", "Voice mail")),
    ("announcements", "announcements", mark("navigation", "Announcements")),
    ("calls", "calls", mark("navigation", "Live calls")),
    ("records", "records", mark("navigation", "Call records")),
    ("recordings", "record", mark("navigation", "Recordings")),
    ("trace", "trace", mark("navigation", "SIP trace")),
    ("log", "log", mark("navigation", "Log")),
)

_ITEM_HEIGHT = 38


class Navigation(Translated, QListWidget):
    """Chooses the page; up and down keys do it too."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setIconSize(QSize(20, 20))
        self.setFixedWidth(184)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, _, _ in PAGES:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, _ITEM_HEIGHT))
            self.addItem(item)
        self.currentItemChanged.connect(self._changed)
        self.retranslate()

    def choose(self, name: str) -> None:
        """Mark the page that is shown."""
        self.setCurrentRow([page for page, _, _ in PAGES].index(name))

    def retranslate(self) -> None:
        """Set texts and icons."""
        self.setAccessibleName(self.tr("Pages"))
        for place, (_, icon, text) in enumerate(PAGES):
            self.item(place).setText(QCoreApplication.translate("navigation", text))
            self.item(place).setIcon(icons.icon(icon))

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.page_requested.emit(item.data(Qt.ItemDataRole.UserRole))
