"""The one place where errors and notices appear: what happened, why, what to do; with copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.events import Notice, Severity
from ui import icons, texts
from ui.theme import Tone, tone
from ui.widgets.translated import Translated

_LOOKS = {
    Severity.INFO: ("info", Tone.BUSY),
    Severity.WARNING: ("warning", Tone.WAIT),
    Severity.ERROR: ("error", Tone.BAD),
}
_MOST = 3  # more would push the content away; the oldest goes


class NoticeBar(QWidget):
    """Shows the last few notices above the content; each can be copied and closed. Hidden when empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._cards: list[_NoticeCard] = []
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What is shown now, oldest first."""
        return [card.sentence for card in self._cards]

    def show_error(self, error: Exception) -> None:
        """Show a refusal, a fault of the environment, or a mistake of ours."""
        self._add(_ErrorSource(error))

    def show_notice(self, notice: Notice, page: str = "") -> None:
        """Show what an administrator is to see, perhaps with a button that opens a page of the web."""
        self._add(_NoticeSource(notice, page))

    def clear(self) -> None:
        """Take everything away."""
        for card in tuple(self._cards):
            self._drop(card)

    def _add(self, source: _Source) -> None:
        for card in tuple(self._cards):
            if card.source.key == source.key:
                self._drop(card)  # the same again: once is enough, and it moves to the end
        card = _NoticeCard(source)
        card.closed.connect(self._drop)
        self._cards.append(card)
        self._column.addWidget(card)
        if len(self._cards) > _MOST:
            self._drop(self._cards[0])
        self.show()

    @Slot(object)
    def _drop(self, card: _NoticeCard) -> None:
        if card in self._cards:
            self._cards.remove(card)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.setVisible(bool(self._cards))


class _Source:
    """What a card shows, in the language of the moment."""

    severity = Severity.ERROR
    key: tuple[str, str] = ("", "")
    page = ""

    def sentence(self) -> str:
        raise NotImplementedError


class _NoticeSource(_Source):
    def __init__(self, notice: Notice, page: str) -> None:
        self.severity = notice.severity
        self.page = page
        self.key = (notice.code, notice.text)
        self._notice = notice

    def sentence(self) -> str:
        return texts.notice_sentence(self._notice)


class _ErrorSource(_Source):
    def __init__(self, error: Exception) -> None:
        self.severity = Severity.ERROR
        self.key = (getattr(error, "code", type(error).__name__), str(error))
        self._error = error

    def sentence(self) -> str:
        return texts.any_error_sentence(self._error)


class _NoticeCard(Translated, QFrame):
    """One notice: icon, kind and sentence, copy, close."""

    closed = Signal(object)

    def __init__(self, source: _Source) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.source = source
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.page_button = QPushButton()
        self.page_button.setVisible(bool(source.page))
        self.page_button.setToolTip(QUrl(source.page).toString(QUrl.ComponentFormattingOption.FullyEncoded))
        self._copy = QToolButton()
        icons.show_icon(self._copy, "copy")
        self.close_button = QToolButton()
        icons.show_icon(self.close_button, "close")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self.page_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.page_button.clicked.connect(self._open_page)
        self._copy.clicked.connect(self._copy_now)
        self.close_button.clicked.connect(self._close)
        self.retranslate()

    @property
    def sentence(self) -> str:
        return self._text.text()

    def retranslate(self) -> None:
        name, meaning = _LOOKS[self.source.severity]
        self._icon.setPixmap(icons.pixmap(name, tone(meaning), 20))
        kind = texts.word(texts.SEVERITY_WORDS[self.source.severity])
        self._text.setText(self.tr("{kind}: {sentence}").format(kind=kind, sentence=self.source.sentence()))
        self.page_button.setText(self.tr("Open the page"))
        for button, text in ((self._copy, self.tr("Copy")), (self.close_button, self.tr("Close"))):
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _close(self) -> None:
        self.closed.emit(self)

    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self.source.page))

    def _copy_now(self) -> None:
        details = f"[{self.source.key[0]}] {self.source.key[1]}"
        QGuiApplication.clipboard().setText(f"{self._text.text()}\n{details}")
