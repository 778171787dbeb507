"""A part of a take is chosen by mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.sound.take import Take
from ui.theme import Tone, tone
from ui.widgets.waveform import Waveform

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def waveform(qt: QApplication) -> Waveform:
    made = Waveform()
    made.resize(400, 100)
    made.show_take(
        Take(np.tile(np.array([0.5, -0.5], np.float32), 20_000), 10_000)
    )  # 4 s: 100 pixels a second
    return made


def drag(waveform: Waveform, begin: int, end: int) -> None:
    QTest.mousePress(waveform, LEFT, pos=QPoint(begin, 50))
    QTest.mouseMove(waveform, QPoint((begin + end) // 2, 50))
    QTest.mouseMove(waveform, QPoint(end, 50))
    QTest.mouseRelease(waveform, LEFT, pos=QPoint(end, 50))


def test_all_is_chosen_first(waveform: Waveform) -> None:
    assert waveform.part == (0.0, 4.0)
    assert waveform.is_whole
    waveform.show_take(None)
    assert waveform.part == (0.0, 0.0)
    QTest.mousePress(waveform, LEFT, pos=QPoint(50, 50))
    QTest.keyClick(waveform, Qt.Key.Key_Left)


@pytest.mark.parametrize(("begin", "end"), [(100, 300), (300, 100)])
def test_a_drag_chooses_a_part_in_either_direction(waveform: Waveform, begin: int, end: int) -> None:
    told: list[tuple[float, float]] = []
    waveform.chosen.connect(lambda *part: told.append(part))
    waveform.show()
    drag(waveform, begin, end)
    waveform.hide()
    assert waveform.part == (pytest.approx(1.0, abs=0.02), pytest.approx(3.0, abs=0.02))
    assert told[-1] == waveform.part
    assert not waveform.is_whole


def test_an_edge_can_be_moved(waveform: Waveform) -> None:
    waveform.choose(1.0, 3.0)
    waveform.show()
    drag(waveform, 101, 150)
    drag(waveform, 299, 250)
    waveform.hide()
    assert waveform.part == (pytest.approx(1.5, abs=0.02), pytest.approx(2.5, abs=0.02))


def test_a_click_chooses_all(waveform: Waveform) -> None:
    waveform.choose(1.0, 3.0)
    QTest.mouseClick(waveform, LEFT, pos=QPoint(200, 50))
    assert waveform.is_whole


def test_by_keys(waveform: Waveform) -> None:
    QTest.keyClick(waveform, Qt.Key.Key_Left)
    assert waveform.part == (0.0, pytest.approx(3.95))
    QTest.keyClick(waveform, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert waveform.part == (pytest.approx(0.05), pytest.approx(3.95))
    QTest.keyClick(waveform, Qt.Key.Key_Home)
    assert waveform.is_whole


def test_what_is_chosen_is_seen_and_where_playing_is(waveform: Waveform) -> None:
    waveform.choose(1.0, 2.0)
    waveform.show_place(3.0)
    picture = QImage(waveform.size(), QImage.Format.Format_RGB32)
    waveform.render(picture)
    assert picture.pixelColor(150, 40).name() == tone(Tone.BUSY).name()
    assert picture.pixelColor(350, 40).name() != tone(Tone.BUSY).name()
    assert picture.pixelColor(300, 5).name() == tone(Tone.BAD).name()
    waveform.show_place(-1.0)
    waveform.render(picture)
    assert picture.pixelColor(300, 5).name() != tone(Tone.BAD).name()
