"""Light and dark, and the colours' contrast."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton

from ui.icons import show_icon
from ui.theme import Theme, ThemeChoice, Tone, muted, tone

BOTH = [ThemeChoice.LIGHT, ThemeChoice.DARK]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1, 1.4.3."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("choice", BOTH)
def test_everything_that_is_read_has_contrast(theme: Theme, choice: ThemeChoice) -> None:
    theme.choose(choice)
    assert theme.is_dark == (choice is ThemeChoice.DARK)
    palette, role = QApplication.palette(), QPalette.ColorRole
    for ground in (role.Window, role.Base, role.AlternateBase):
        for colour in (palette.color(role.Text), muted(), palette.color(role.Link), *map(tone, Tone)):
            assert contrast(colour, palette.color(ground)) >= 4.5, (ground, colour.name())
    assert contrast(palette.color(role.HighlightedText), palette.color(role.Highlight)) >= 4.5


def test_icons_follow(theme: Theme, qt: QApplication) -> None:
    button = QPushButton()
    show_icon(button, "add")
    theme.choose(ThemeChoice.LIGHT)
    light = button.icon().pixmap(24, 24).toImage()
    theme.choose(ThemeChoice.DARK)
    assert button.icon().pixmap(24, 24).toImage() != light


def test_as_the_system(theme: Theme, qt: QApplication) -> None:
    heard: list[bool] = []
    theme.choose(ThemeChoice.DARK)
    theme.changed.connect(lambda: heard.append(theme.is_dark))
    theme.choose(ThemeChoice.SYSTEM)
    qt.styleHints().colorSchemeChanged.emit(qt.styleHints().colorScheme())
    assert heard == [False]  # nothing is dressed anew where the appearance stays
    assert theme.choice is ThemeChoice.SYSTEM


@pytest.mark.parametrize("choice", BOTH)
def test_a_box_of_choices_looks_like_a_line(theme: Theme, qt: QApplication, choice: ThemeChoice) -> None:
    theme.choose(choice)
    looks = []
    for made in (QLineEdit(), QComboBox()):
        made.resize(200, made.sizeHint().height())
        made.ensurePolished()
        image = made.grab().toImage()
        middle = made.height() // 2
        looks.append(
            (made.height(), {image.pixelColor(100, y).name() for y in range(image.height())}, middle)
        )
        assert image.pixelColor(100, middle) == QApplication.palette().color(QPalette.ColorRole.Base)
        assert image.pixelColor(100, 0) == QApplication.palette().color(QPalette.ColorRole.Mid)
    assert looks[0] == looks[1]
