"""The program's own icons: simple line drawings, drawn in the colour of the palette or of a meaning."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from app.paths import resources

_SIZES = (16, 20, 24, 32, 48)
_NAME = "openmssIcon"  # dynamic property: which drawing an object shows, so that a new palette can redraw it


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon) -> None: ...


def show_icon(target: QObject, name: str) -> None:
    """Give an action or button a drawing that follows the palette."""
    target.setProperty(_NAME, name)
    cast(_HasIcon, target).setIcon(icon(name))


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return the drawing in a colour, or in the colours of the palette's text."""
    palette = QApplication.palette()
    normal = colour or palette.color(QPalette.ColorRole.ButtonText)
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    selected = palette.color(QPalette.ColorRole.HighlightedText)
    return _icon(name, normal.name(), faint.name(), selected.name())


def application_icon() -> QIcon:
    """The program's mark."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_draw("openmss", "#000000", size))
    return made


def pixmap(name: str, colour: QColor, size: int = 16) -> QPixmap:
    """The drawing at one size, sharp on a dense screen."""
    return icon(name, colour).pixmap(QSize(size, size))


def repaint(application: QApplication) -> None:
    """Redraw every icon given by show_icon; called when the palette has changed."""
    for widget in application.allWidgets():
        for holder in (widget, *widget.actions()):
            name = holder.property(_NAME)
            if name:
                cast(_HasIcon, holder).setIcon(icon(name))


@lru_cache(maxsize=512)
def _icon(name: str, normal: str, faint: str, selected: str) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_draw(name, normal, size), QIcon.Mode.Normal)
        made.addPixmap(_draw(name, faint, size), QIcon.Mode.Disabled)
        made.addPixmap(_draw(name, selected, size), QIcon.Mode.Selected)
    return made


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _draw(name: str, colour: str, size: int) -> QPixmap:
    drawing = _drawing(name).replace("currentColor", colour)
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    return QPixmap.fromImage(image)
