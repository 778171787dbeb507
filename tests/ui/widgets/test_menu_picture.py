"""The picture shows every menu, and lets one be chosen by click and key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.api.menus import Door, MenuView, Problem
from ui.theme import Theme, ThemeChoice
from ui.widgets.menu_picture import MenuPicture


def view(name: str, *targets: str, entrance: bool = False, **fields: object) -> MenuView:
    doors = tuple(Door(by=str(place), kind="menu", target=each) for place, each in enumerate(targets, 1))
    values: dict[str, object] = {
        "name": name,
        "description": "",
        "number": "",
        "doors": doors,
        "entrances": (("line", "telecom"),) if entrance else (),
        "is_reachable": True,
        "problems": (),
    }
    return MenuView(**(values | fields))  # type: ignore[arg-type]


VIEWS = (
    view("main", "sales", "main", entrance=True),
    view("sales", "main", "more"),
    view("more", problems=(Problem(code="nothing_to_choose"),)),
)


@pytest.fixture
def picture(qt: QApplication) -> MenuPicture:
    made = MenuPicture()
    made.resize(900, 500)
    made.show_map(VIEWS, "main")
    return made


def test_every_menu_is_shown_and_one_chosen(picture: MenuPicture) -> None:
    assert picture.names == ("main", "sales", "more")
    assert picture.current == "main"
    picture.choose("more")
    assert picture.current == "more"
    picture.choose("gone")
    assert picture.current == ""


def test_arrow_keys_go_from_menu_to_menu(picture: MenuPicture) -> None:
    chosen: list[str] = []
    picture.chosen.connect(chosen.append)
    picture.chosen.connect(picture.choose)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_A):
        QTest.keyClick(picture, key)
    assert chosen == ["sales", "more", "more", "sales"]


def test_a_click_chooses(picture: MenuPicture) -> None:
    chosen: list[str] = []
    picture.chosen.connect(chosen.append)
    card = picture._cards["sales"]
    place = picture.mapFromScene(card.sceneBoundingRect().center())
    QTest.mouseClick(picture.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == ["sales"]


def test_ctrl_and_the_wheel_zoom_within_limits(picture: MenuPicture) -> None:
    def turn(delta: int, modifiers: Qt.KeyboardModifier) -> None:
        event = QWheelEvent(
            QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        picture.wheelEvent(event)

    before = picture.transform().m11()
    turn(120, Qt.KeyboardModifier.NoModifier)
    assert picture.transform().m11() == before
    for _ in range(20):
        turn(120, Qt.KeyboardModifier.ControlModifier)
    assert picture.transform().m11() == pytest.approx(1.6)
    for _ in range(30):
        turn(-120, Qt.KeyboardModifier.ControlModifier)
    assert picture.transform().m11() == pytest.approx(0.4)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_it_is_drawn_in_the_colours_of_the_palette(
    picture: MenuPicture, theme: Theme, choice: ThemeChoice
) -> None:
    theme.choose(choice)
    picture.ensurePolished()
    image = picture.grab().toImage()
    centre = picture.mapFromScene(picture._cards["main"].sceneBoundingRect().center())
    base = picture.palette().color(QPalette.ColorRole.Base)
    found = {image.pixelColor(centre.x() + step, centre.y() + 2).name() for step in range(-40, 40)}
    assert base.name() in found
    assert len({image.pixelColor(x, y).name() for x in range(0, 600, 3) for y in range(0, 200, 3)}) > 3
