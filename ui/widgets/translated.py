"""The one habit all windows share: every text is set in `retranslate`, again when the language changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

_Base = QWidget if TYPE_CHECKING else object


class Translated(_Base):  # type: ignore[valid-type,misc]  # a mixin: stands before the Qt class
    """A widget whose texts live in `retranslate`. Call it once at the end of the constructor."""

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts again in the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text, and every picture drawn in a colour of the palette."""
        raise NotImplementedError
