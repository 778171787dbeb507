"""The level in decibels."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, Tone, tone
from ui.widgets.level_meter import LevelMeter


@pytest.mark.parametrize(("peak", "decibels"), [(1.0, 0.0), (0.1, -20.0), (0.0, -60.0), (0.00001, -60.0)])
def test_decibels(peak: float, decibels: float, qt: QApplication) -> None:
    meter = LevelMeter()
    meter.show_level(peak)
    assert meter.decibels == pytest.approx(decibels)


def test_the_colour_tells_too_quiet_right_and_too_loud(qt: QApplication, theme: Theme) -> None:
    meter = LevelMeter()
    meter.resize(300, 14)
    meter.show_level(1.0)
    picture = QImage(meter.size(), QImage.Format.Format_RGB32)
    meter.render(picture)
    found = [picture.pixelColor(x, 7).name() for x in (75, 210, 290)]
    assert found == [tone(each).name() for each in (Tone.WAIT, Tone.GOOD, Tone.BAD)]
    meter.clear()
    meter.render(picture)
    assert picture.pixelColor(75, 7).name() != tone(Tone.WAIT).name()
