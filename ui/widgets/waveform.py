"""A take as a curve, on which a part is chosen by mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.sound.take import Take
from ui.theme import Tone, muted, tone

_STEP_S = 0.05
_NEAR = 6  # pixels: a press so near an edge of the chosen part moves that edge


class Waveform(QWidget):
    """Shows a take, the part that is chosen, and where playing is. `chosen`: begin and end in seconds.

    Left and right move the end of the part, with Ctrl its begin; Home, End and Ctrl+A choose all.
    """

    chosen = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take: Take | None = None
        self._peaks: list[tuple[float, float]] = []
        self._begin = self._end = 0.0
        self._playing: float | None = None
        self._moves_begin = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(90)

    def sizeHint(self) -> QSize:
        """Wide and not too high."""
        return QSize(480, 130)

    @property
    def part(self) -> tuple[float, float]:
        """Begin and end of what is chosen, in seconds."""
        return self._begin, self._end

    @property
    def is_whole(self) -> bool:
        """Whether all of it is chosen."""
        seconds = self._take.seconds if self._take else 0.0
        return self._begin <= 0.0 and self._end >= seconds

    def show_take(self, take: Take | None) -> None:
        """Show a take, all of it chosen."""
        self._take = take
        self._playing = None
        self._measure()
        self.choose(0.0, take.seconds if take else 0.0)

    @Slot(float)
    def show_place(self, seconds: float) -> None:
        """Show where playing is; below 0 = nowhere."""
        self._playing = seconds if seconds >= 0 else None
        self.update()

    def choose(self, begin: float, end: float) -> None:
        """Choose a part."""
        seconds = self._take.seconds if self._take else 0.0
        begin, end = (min(max(moment, 0.0), seconds) for moment in sorted((begin, end)))
        self._begin, self._end = begin, end
        self.update()
        self.chosen.emit(begin, end)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a new part, or take hold of an edge."""
        if self._take is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        if abs(x - self._x(self._begin)) <= _NEAR:
            self._moves_begin = True
        elif abs(x - self._x(self._end)) <= _NEAR:
            self._moves_begin = False
        else:
            self._moves_begin = False
            self.choose(self._seconds(x), self._seconds(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the edge that is held."""
        if self._take is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moment = self._seconds(event.position().x())
        if self._moves_begin:
            self._moves_begin = moment <= self._end
            self.choose(moment, self._end)
        else:
            self._moves_begin = moment < self._begin
            self.choose(self._begin, moment)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click without a drag chooses all again."""
        if self._take is not None and self._end - self._begin < _STEP_S:
            self.choose(0.0, self._take.seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by keys."""
        key, take = event.key(), self._take
        step = {Qt.Key.Key_Left: -_STEP_S, Qt.Key.Key_Right: _STEP_S}.get(Qt.Key(key))
        if take is None:
            super().keyPressEvent(event)
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose(min(self._begin + step, self._end), self._end)
        elif step is not None:
            self.choose(self._begin, max(self._end + step, self._begin))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_A):
            self.choose(0.0, take.seconds)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the curve anew."""
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw curve, chosen part and place."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, self.palette().base())
        middle, half = area.center().y(), area.height() / 2 - 4
        faint = muted()
        faint.setAlpha(110)
        painter.setPen(QPen(faint, 1))
        painter.drawLine(QPointF(0, middle), QPointF(area.right(), middle))
        if self._take is not None and not self.is_whole:
            accent = tone(Tone.BUSY)
            accent.setAlpha(45)
            painter.fillRect(
                QRectF(self._x(self._begin), 0, self._x(self._end) - self._x(self._begin), area.height()),
                accent,
            )
        for x, (low, high) in enumerate(self._peaks):
            is_inside = self._x(self._begin) <= x <= self._x(self._end)
            painter.setPen(QPen(tone(Tone.BUSY) if is_inside else faint, 1))
            painter.drawLine(QPointF(x, middle - high * half), QPointF(x, middle - low * half + 1))
        if self._take is not None and not self.is_whole:
            painter.setPen(QPen(tone(Tone.BUSY), 2))
            for moment in (self._begin, self._end):
                painter.drawLine(QPointF(self._x(moment), 0), QPointF(self._x(moment), area.height()))
        if self._playing is not None:
            painter.setPen(QPen(tone(Tone.BAD), 1))
            painter.drawLine(
                QPointF(self._x(self._playing), 0), QPointF(self._x(self._playing), area.height())
            )

    def _measure(self) -> None:
        self._peaks = self._take.peaks(self.width()) if self._take is not None else []
        self.update()

    def _x(self, seconds: float) -> float:
        whole = self._take.seconds if self._take else 0.0
        return self.width() * seconds / whole if whole else 0.0

    def _seconds(self, x: float) -> float:
        whole = self._take.seconds if self._take else 0.0
        return whole * x / max(self.width(), 1)
