"""A SIP message in colour."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, ThemeChoice, Tone, tone
from ui.widgets.message_text import SEPARATOR, MessageText

TEXT = (
    f"{SEPARATOR} 12:00\nSIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP a\r\n\r\n"
    "v=0\r\nplain text\nBYE sip:a SIP/2.0"
)


def colours(text: MessageText) -> list[QColor | None]:
    found: list[QColor | None] = []
    block = text.document().firstBlock()
    while block.isValid():
        formats = block.layout().formats()
        found.append(formats[0].format.foreground().color() if formats else None)
        block = block.next()
    return found


def test_each_kind_of_line_has_its_colour(qt: QApplication, theme: Theme) -> None:
    text = MessageText()
    text.show_text(TEXT)
    assert "\r" not in text.toPlainText()
    _, status, header, blank, sdp, plain, request = colours(text)
    assert (status, header, sdp, request) == (
        tone(Tone.BAD),
        tone(Tone.BUSY),
        tone(Tone.GOOD),
        tone(Tone.BUSY),
    )
    assert blank is None
    assert plain is None
    theme.choose(ThemeChoice.DARK)
    text.recolour()
    assert colours(text)[1] == tone(Tone.BAD)
