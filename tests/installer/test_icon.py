"""The .ico that is made of the program's SVG."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from installer.icon import WINDOWS_SIZES, WIZARD_SCALES, WIZARD_SIZE, draw, write_ico, write_wizard

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


def test_the_wizard_has_a_picture_for_every_scale(qt: QApplication, tmp_path: Path) -> None:
    write_wizard(SVG, tmp_path)
    for scale in WIZARD_SCALES:
        data = (tmp_path / f"wizard-{scale}.bmp").read_bytes()
        assert data[:2] == b"BM"
        assert struct.unpack_from("<H", data, 28) == (24,)  # NSIS takes no other with certainty
        image = QImage.fromData(data)
        assert (image.width(), image.height()) == tuple(round(side * scale / 100) for side in WIZARD_SIZE)
        top, bottom = image.pixelColor(0, 0), image.pixelColor(0, image.height() - 1)
        assert top.name() == "#1f5fbf"
        assert bottom.lightness() < top.lightness()
        upper = [
            image.pixelColor(x, y).lightness()
            for x in range(0, image.width(), 2)
            for y in range(0, image.height() // 3, 2)
        ]
        assert (
            0.02 < sum(light > 250 for light in upper) / len(upper) < 0.2
        )  # the white handset, no white tile
