"""Draws the program's icon from its SVG: the sizes of a Linux desktop, and the one file Windows wants."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from pathlib import Path

WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
LINUX_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def draw(svg: Path, size: int) -> bytes:
    """The picture as PNG, `size` pixels square."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg.name} is no picture that Qt can draw")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    del application
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
