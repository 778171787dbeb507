"""The attendant's menus as a picture: a card a menu, its keys on it, lines to where they lead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.api.menus import MenuView
from ui import menu_layout, menu_words
from ui.menu_layout import FOOT, HEAD, ROW, WIDTH, Edge, Place
from ui.theme import Tone, tone

_PAD = 10.0
_ROUND = 8.0
_SMALLEST, _LARGEST = 0.4, 1.6  # of the zoom
_SMALLEST_FIT = 0.7  # that the window chooses by itself


class _Card(QGraphicsItem):
    """One menu: name, what its keys do, what is wrong, who leads here."""

    def __init__(self, view: MenuView, place: Place) -> None:
        super().__init__()
        self.view = view
        self.is_chosen = False
        self._height = place.height
        self.setPos(place.x, place.y)
        self.setToolTip("\n".join(menu_words.problem_text(each) for each in view.problems))

    def boundingRect(self) -> QRectF:
        return QRectF(-2, -2, WIDTH + 4, self._height + 4)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        palette = widget.palette() if widget is not None else QPalette()
        card = QRectF(0, 0, WIDTH, self._height)
        border = palette.color(QPalette.ColorRole.Highlight if self.is_chosen else QPalette.ColorRole.Mid)
        painter.setPen(QPen(border, 2.5 if self.is_chosen else 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(card, _ROUND, _ROUND)
        self._paint_head(painter, palette)
        y = HEAD
        for door in self.view.doors:
            self._paint_door(
                painter,
                palette,
                y,
                menu_words.key_name(door.by),
                menu_words.door_text(door),
                is_broken=door.is_broken,
            )
            y += ROW
        for problem in self.view.problems:
            _write(painter, "⚠ " + menu_words.problem_text(problem), y, tone(Tone.WAIT), FOOT)
            y += FOOT
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        _write(painter, menu_words.entrances_text(self.view), y, faint, FOOT)

    def _paint_head(self, painter: QPainter, palette: QPalette) -> None:
        plain = QFont(painter.font())
        bold = QFont(plain)
        bold.setBold(True)
        painter.setFont(bold)
        _write(painter, self.view.name, 4, palette.color(QPalette.ColorRole.Text), 22)
        painter.setFont(plain)
        more = " · ".join(filter(None, (self.view.number, self.view.description)))
        _write(painter, more, 24, palette.color(QPalette.ColorRole.PlaceholderText), 20)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(0, HEAD - 2), QPointF(WIDTH, HEAD - 2))

    def _paint_door(
        self, painter: QPainter, palette: QPalette, y: float, key: str, text: str, *, is_broken: bool
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        width = max(20.0, metrics.horizontalAdvance(key) + 10)
        cap = QRectF(_PAD, y + 2, width, ROW - 4)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        colour = tone(Tone.BAD) if is_broken else palette.color(QPalette.ColorRole.Text)
        _write(painter, text, y, colour, ROW, left=_PAD + width + 8)


def _write(
    painter: QPainter, text: str, y: float, colour: QColor, height: float, *, left: float = _PAD
) -> None:
    """One line, cut where the card ends."""
    space = QRectF(left, y, WIDTH - left - _PAD, height)
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, space.width())
    painter.setPen(colour)
    painter.drawText(space, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class _Line(QGraphicsItem):
    """A line from a key to the card it leads to, with an arrow."""

    def __init__(self, path: QPainterPath, end: QPointF, *, comes_back: bool = False) -> None:
        super().__init__()
        self._length = 8.0 if comes_back else -8.0  # of the arrow's head, from its tip on
        self._path = path
        self._end = end
        self.setZValue(-1)

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-8, -8, 8, 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        palette = widget.palette() if widget is not None else QPalette()
        colour = palette.color(QPalette.ColorRole.Dark)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        head = QPainterPath(self._end)
        head.lineTo(self._end + QPointF(self._length, -5))
        head.lineTo(self._end + QPointF(self._length, 5))
        head.closeSubpath()
        painter.fillPath(head, colour)


class MenuPicture(QGraphicsView):
    """Shows the map. Arrow keys and clicks choose a menu; the wheel with Ctrl makes it larger or smaller."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setObjectName("menuPicture")
        self._cards: dict[str, _Card] = {}
        self._items: list[QGraphicsItem] = []
        self._zoom = 1.0
        self._is_zoomed = False  # by the user

    @property
    def names(self) -> tuple[str, ...]:
        """The menus shown, column by column."""
        return tuple(self._cards)

    @property
    def current(self) -> str:
        """The chosen menu."""
        return next((name for name, card in self._cards.items() if card.is_chosen), "")

    def show_map(self, views: Sequence[MenuView], current: str) -> None:
        """Draw the map anew."""
        for item in self._items:  # not scene.clear(): it would free what Python still holds
            self._scene.removeItem(item)
        places, edges = menu_layout.arrange(views)
        known = {view.name: view for view in views}
        self._cards = {name: _Card(known[name], place) for name, place in places.items()}
        self._items = [*(_line(edge, places) for edge in edges), *self._cards.values()]
        for item in self._items:
            self._scene.addItem(item)
        self._scene.setSceneRect(self._scene.itemsBoundingRect().adjusted(-16, -16, 16, 16))
        self._fit()
        self.choose(current)

    def choose(self, name: str) -> None:
        """Mark a menu, and bring it into sight."""
        for each, card in self._cards.items():
            card.is_chosen = each == name
            card.update()
        if name in self._cards:
            self.ensureVisible(self._cards[name], 8, 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card that is clicked; elsewhere the picture is dragged."""
        item = self.itemAt(event.position().toPoint())
        if isinstance(item, _Card) and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(item.view.name)
            event.accept()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, left: the menu before; down, right: the next."""
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Left: -1,
        }.get(Qt.Key(event.key()))
        names = self.names
        if step is None or not names:
            super().keyPressEvent(event)
            return
        place = names.index(self.current) + step if self.current in names else 0
        self.chosen.emit(names[max(0, min(place, len(names) - 1))])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        factor = 1.15 if event.angleDelta().y() > 0 else 1 / 1.15
        zoom = max(_SMALLEST, min(self._zoom * factor, _LARGEST))
        self._is_zoomed = True
        self._zoom_to(zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the whole width, as far as it can still be read."""
        width = self._scene.sceneRect().width()
        if width > 0 and not self._is_zoomed:
            room = self.width() - self.verticalScrollBar().sizeHint().width() - 4
            self._zoom_to(max(_SMALLEST_FIT, min(1.0, room / width)))

    def _zoom_to(self, zoom: float) -> None:
        self.scale(zoom / self._zoom, zoom / self._zoom)
        self._zoom = zoom


def _line(edge: Edge, places: dict[str, Place]) -> _Line:
    """From the right side of a key's row to the head of the card it leads to."""
    first, last = places[edge.start], places[edge.end]
    begin = QPointF(first.x + WIDTH, first.y + HEAD + ROW * (edge.row + 0.5))
    end = QPointF(last.x, last.y + HEAD / 2)
    path = QPainterPath(begin)
    if last.x > first.x:
        path.cubicTo(begin + QPointF(45, 0), end - QPointF(45, 0), end)
    elif last.x == first.x:  # within a column: out and in at its right side
        end += QPointF(WIDTH, 0)
        path.cubicTo(begin + QPointF(60, 0), end + QPointF(60, 0), end)
        return _Line(path, end, comes_back=True)
    else:  # back to where a caller came from: over the cards between
        above = min(first.y, last.y) - 70
        path.cubicTo(QPointF(begin.x() + 90, above), QPointF(end.x() - 90, above), end)
    return _Line(path, end)
