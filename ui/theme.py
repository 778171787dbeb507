"""Light and dark: which of the two is shown, the palette of each, and the colours that carry a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resources
from ui import icons


class ThemeChoice(StrEnum):
    """What the user asked for under View – Appearance."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """A colour with a meaning; always shown together with an icon or a word."""

    QUIET = "quiet"  # off, ended
    GOOD = "good"  # idle, answered
    BUSY = "busy"  # talking
    WAIT = "wait"  # ringing, warning
    BAD = "bad"  # error, failed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scheme:
    """The colours of one appearance. Text on its ground keeps a contrast of at least 4.5 : 1 (WCAG AA)."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    faint: str
    border: str
    button: str
    accent: str
    link: str
    tones: dict[Tone, str]


_LIGHT = _Scheme(
    window="#f3f5f7",
    base="#ffffff",
    alternate="#f7f9fb",
    text="#1c232b",
    muted="#59646f",
    faint="#98a2ad",
    border="#d3d9df",
    button="#ffffff",
    accent="#1f5fbf",
    link="#1a58b5",
    tones={
        Tone.QUIET: "#626d79",
        Tone.GOOD: "#17753a",
        Tone.BUSY: "#1a58b5",
        Tone.WAIT: "#8f5b00",
        Tone.BAD: "#b8232b",
    },
)
_DARK = _Scheme(
    window="#1a1e23",
    base="#20252b",
    alternate="#242a31",
    text="#e4e8ec",
    muted="#a3aeb9",
    faint="#6b7682",
    border="#3a424b",
    button="#2a3038",
    accent="#2f6fd0",
    link="#79b0ff",
    tones={
        Tone.QUIET: "#9aa5b1",
        Tone.GOOD: "#58c77d",
        Tone.BUSY: "#79b0ff",
        Tone.WAIT: "#e6b450",
        Tone.BAD: "#ff8078",
    },
)


_SHOWN = "openmssIsDark"  # property of the application: what it is dressed in, whoever did it


class Theme(QObject):
    """Keeps palette, style sheet and icons in step with the user's choice and the system's."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = ThemeChoice.SYSTEM
        application.setStyle("Fusion")  # the same look, and palette roles obeyed, on every platform
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the user asked for."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Show light, dark, or whatever the system shows."""
        self._choice = choice
        self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the dark appearance is to be shown now."""
        if self._choice is ThemeChoice.SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice is ThemeChoice.DARK

    @Slot()
    def _system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        """Dress every widget anew, which is dear; nothing where the appearance stays what it is."""
        is_dark = self.is_dark
        if self._application.property(_SHOWN) == is_dark:
            return
        self._application.setProperty(_SHOWN, is_dark)
        self._application.setPalette(_palette(_DARK if is_dark else _LIGHT))
        sheet = (resources() / "styles" / "openmss.qss").read_text(encoding="utf-8")
        self._application.setStyleSheet(sheet.replace("ICONS", (resources() / "icons").as_posix()))
        icons.repaint(self._application)
        self.changed.emit()


def tone(meaning: Tone) -> QColor:
    """The colour of a meaning in the appearance shown now."""
    is_dark = QApplication.palette().color(QPalette.ColorRole.Base).lightness() < 128
    return QColor((_DARK if is_dark else _LIGHT).tones[meaning])


def muted() -> QColor:
    """The colour of secondary text."""
    return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)


def _palette(scheme: _Scheme) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    colours = {
        role.Window: scheme.window,
        role.WindowText: scheme.text,
        role.Base: scheme.base,
        role.AlternateBase: scheme.alternate,
        role.Text: scheme.text,
        role.Button: scheme.button,
        role.ButtonText: scheme.text,
        role.BrightText: scheme.tones[Tone.BAD],
        role.ToolTipBase: scheme.base,
        role.ToolTipText: scheme.text,
        role.PlaceholderText: scheme.muted,
        role.Highlight: scheme.accent,
        role.Accent: scheme.accent,
        role.HighlightedText: "#ffffff",
        role.Link: scheme.link,
        role.LinkVisited: scheme.link,
        role.Light: scheme.base,
        role.Midlight: scheme.alternate,
        role.Mid: scheme.border,
        role.Dark: scheme.faint,
        role.Shadow: "#000000",
    }
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, each, QColor(scheme.faint))
    palette.setColor(group.Disabled, role.Highlight, QColor(scheme.border))
    return palette
