"""How loud the microphone is: a bar with a mark at the loudest moment."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Tone, muted, tone

_LOWEST_DB = -60.0
_GOOD_DB, _LOUD_DB = -30.0, -6.0
_ZONES = (
    (_LOWEST_DB, _GOOD_DB, Tone.WAIT),
    (_GOOD_DB, _LOUD_DB, Tone.GOOD),
    (_LOUD_DB, 0.0, Tone.BAD),
)
_FALL_DB = 1.5  # the mark comes down by so much with each new level


class LevelMeter(QWidget):
    """Shows peaks from 0 to 1 in decibels below full scale: too quiet, right, too loud by colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = self._mark = _LOWEST_DB
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def decibels(self) -> float:
        """What is shown."""
        return self._level

    def sizeHint(self) -> QSize:
        """A flat bar."""
        return QSize(160, 14)

    @Slot(float, float)
    def show_level(self, peak: float, _loudness: float = 0.0) -> None:
        """Show the latest moment."""
        self._level = max(20 * math.log10(peak), _LOWEST_DB) if peak > 0 else _LOWEST_DB
        self._mark = max(self._level, self._mark - _FALL_DB)
        self.update()

    @Slot()
    def clear(self) -> None:
        """Show silence."""
        self._level = self._mark = _LOWEST_DB
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar in its three zones."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0, 3, 0, -3)
        faint = muted()
        faint.setAlpha(60)
        painter.fillRect(whole, faint)
        zones = (
            (_LOWEST_DB, _GOOD_DB, Tone.WAIT),
            (_GOOD_DB, _LOUD_DB, Tone.GOOD),
            (_LOUD_DB, 0.0, Tone.BAD),
        )
        for low, high, colour in zones:
            if self._level > low:
                left, right = self._place(low), self._place(min(self._level, high))
                painter.fillRect(QRectF(left, whole.top(), right - left, whole.height()), tone(colour))
        if self._mark > _LOWEST_DB:
            painter.fillRect(QRectF(self._place(self._mark) - 2, whole.top(), 2, whole.height()), muted())

    def _place(self, decibels: float) -> float:
        return self.width() * (decibels - _LOWEST_DB) / -_LOWEST_DB
