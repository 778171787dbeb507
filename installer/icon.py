"""Draws the program's icon from its SVG: the sizes of a Linux desktop, the one file Windows wants, and the
picture beside the words of the Windows set-up."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
LINUX_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
# What the picture of the wizard measures at 100 %; set-up takes the one made for the scale of the screen.
WIZARD_SIZE = (164, 314)
WIZARD_SCALES = (100, 125, 150, 200)
_ACCENT, _DEEP = "#1f5fbf", "#163f82"  # the icon's blue, and where it fades to


def draw(svg: Path, size: int) -> bytes:
    """The picture as PNG, `size` pixels square."""
    return _encoded(_drawn(svg.read_bytes(), size, svg.name), "PNG")


def draw_wizard(svg: Path, scale: int) -> bytes:
    """The picture of the wizard as BMP at a scale in per cent: the icon's handset in white on its own blue.

    It has no words: they would need a font that looks the same on every machine that builds.
    """
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

    glyph = svg.read_bytes().replace(f'fill="{_ACCENT}"'.encode(), b'fill="none"')
    width, height = (round(side * scale / 100) for side in WIZARD_SIZE)
    large = _drawn(glyph, round(2.1 * width), svg.name)
    small = _drawn(glyph, round(0.5 * width), svg.name)
    image = QImage(width, height, QImage.Format.Format_RGB888)  # 24 bit: all that NSIS and Windows want
    ground = QLinearGradient(QPointF(0, 0), QPointF(0, height))
    ground.setColorAt(0, QColor(_ACCENT))
    ground.setColorAt(1, QColor(_DEEP))
    painter = QPainter(image)
    painter.fillRect(image.rect(), ground)
    painter.setOpacity(0.07)  # a large handset behind, cut by the edges
    painter.drawImage(QPointF(-0.55 * width, height - 1.75 * width), large)
    painter.setOpacity(1)
    painter.drawImage(QPointF(0.12 * width, 0.10 * width), small)
    painter.end()
    return _encoded(image, "BMP")


def _drawn(svg: bytes, size: int, name: str) -> QImage:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid():
        raise ValueError(f"{name} is no picture that Qt can draw")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    del application
    return image


def _encoded(image: QImage, kind: str) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(data.data())


def as_ico(pictures: Iterable[tuple[int, bytes]]) -> bytes:
    """Windows' icon file out of PNGs with their sizes."""
    chosen = list(pictures)
    header = struct.pack("<HHH", 0, 1, len(chosen))
    offset = len(header) + 16 * len(chosen)
    entries, data = b"", b""
    for size, png in chosen:
        side = size % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(png), offset + len(data))
        data += png
    return header + entries + data


def write_ico(svg: Path, target: Path) -> None:
    """Make the .ico file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_ico((size, draw(svg, size)) for size in WINDOWS_SIZES))


def write_wizard(svg: Path, folder: Path) -> None:
    """Make wizard-100.bmp and its larger sisters."""
    folder.mkdir(parents=True, exist_ok=True)
    for scale in WIZARD_SCALES:
        (folder / f"wizard-{scale}.bmp").write_bytes(draw_wizard(svg, scale))
