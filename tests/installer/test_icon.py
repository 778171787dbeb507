"""The .ico that is made of the program's SVG."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from installer.icon import WINDOWS_SIZES, draw, write_ico

SVG = Path(__file__).parents[2] / "resources" / "icons" / "openmss.svg"


def test_the_icon_holds_every_size_as_a_picture_that_shows_something(
    qt: QApplication, tmp_path: Path
) -> None:
    target = tmp_path / "made" / "openmss.ico"
    write_ico(SVG, target)
    data = target.read_bytes()
    assert struct.unpack_from("<HHH", data) == (0, 1, len(WINDOWS_SIZES))
    for index, pixels in enumerate(WINDOWS_SIZES):
        side, _, _, _, _, depth, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * index)
        assert (side or 256, depth) == (pixels, 32)
        image = QImage.fromData(data[offset : offset + length])
        assert (image.width(), image.height()) == (pixels, pixels)
        assert image.pixelColor(pixels // 2, pixels // 2).alpha() > 0
    assert offset + length == len(data)


def test_what_is_no_picture_is_told(qt: QApplication, tmp_path: Path) -> None:
    (tmp_path / "no.svg").write_text("no picture")
    with pytest.raises(ValueError, match="no picture"):
        draw(tmp_path / "no.svg", 16)
