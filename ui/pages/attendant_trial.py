"""Tries a path through the attendant's menus: press keys, read what a caller hears and where it goes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.api import menus
from app.api.menus import SILENCE, Heard, Trial
from ui import icons
from ui.bridge import Bridge
from ui.errands import Errands
from ui.theme import Tone, tone
from ui.widgets.destination_edit import place_name
from ui.widgets.translated import Translated

_KEYPAD = ("123", "456", "789", "*0#")


class AttendantTrial(Translated, QWidget):
    """Asks the engine's own menu logic; nobody is called. What is saved is tried."""

    def __init__(self, bridge: Bridge, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._errands = errands
        self._menu = ""
        self.pressed: list[str] = []
        self.trial: Trial | None = None
        self.heard = QListWidget()
        self.heard.setWordWrap(True)
        self.heard.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self._icon = QLabel()
        self._hint = QLabel()
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        self.keys: dict[str, QPushButton] = {}
        self.wait = QPushButton()
        self.again = QPushButton()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._assemble()
        self.wait.clicked.connect(lambda: self.press(SILENCE))
        self.again.clicked.connect(self.restart)
        self.retranslate()

    def show_menu(self, name: str) -> None:
        """Try this menu; a call that is being tried begins again."""
        self._menu = name
        self.restart()

    @Slot()
    def restart(self) -> None:
        """Call again."""
        self.pressed = []
        self._ask()

    def press(self, key: str) -> None:
        """Press a key, or wait until the menu gives up waiting."""
        if self.trial is not None and not self.trial.kind:
            self.pressed.append(key)
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard's digits are the telephone's."""
        if event.text() and event.text() in "0123456789*#":
            self.press(event.text())
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text."""
        self.wait.setText(self.tr("Press nothing"))
        self.again.setText(self.tr("Call again"))
        self._hint.setText(self.tr("Nobody is called. Press keys as a caller from outside would."))
        self.heard.setAccessibleName(self.tr("What the caller hears"))
        for key, button in self.keys.items():
            button.setAccessibleName(self.tr("Key {key}").format(key=key))
        self._tell()

    def _assemble(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for row, keys in enumerate(_KEYPAD):
            for place, key in enumerate(keys):
                button = QPushButton(key)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setFixedWidth(52)
                button.clicked.connect(partial(self.press, key))
                grid.addWidget(button, row, place)
                self.keys[key] = button
        more = QVBoxLayout()
        more.addWidget(self.wait)
        more.addWidget(self.again)
        more.addStretch(1)
        pad = QHBoxLayout()
        pad.addLayout(grid)
        pad.addLayout(more)
        pad.addStretch(1)
        card = QFrame()
        card.setObjectName("card")
        told = QHBoxLayout(card)
        told.setContentsMargins(10, 8, 10, 8)
        told.addWidget(self._icon)
        told.addWidget(self.verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self._hint)
        column.addLayout(pad)
        column.addWidget(self.heard, 1)
        column.addWidget(card)

    def _ask(self) -> None:
        if self._menu:
            self._errands.start(self._load())

    async def _load(self) -> None:
        language = "zh" if QLocale().language() is QLocale.Language.Chinese else "en"
        menu, pressed = self._menu, tuple(self.pressed)
        trial = await self._bridge.ask(menus.try_path, menu, pressed, language)
        if (menu, pressed) == (self._menu, tuple(self.pressed)):
            self.trial = trial
            self._tell()

    def _tell(self) -> None:
        trial = self.trial
        self.heard.clear()
        for heard in trial.heard if trial is not None else ():
            self.heard.addItem(self._line(heard))
        self.heard.scrollToBottom()
        is_waiting = trial is not None and not trial.kind
        for button in (*self.keys.values(), self.wait):
            button.setEnabled(is_waiting)
        if trial is None:
            self.verdict.setText("")
            return
        meaning, icon, words = self._verdict(trial)
        self._icon.setPixmap(icons.pixmap(icon, tone(meaning), 20))
        self.verdict.setText(words)

    def _line(self, heard: Heard) -> str:
        if heard.key:
            return self.tr("The caller presses {key}").format(key=heard.key)
        if heard.is_silence:
            return self.tr("The caller presses nothing")
        if heard.digits:
            return self.tr("“{text}”").format(text=" ".join(heard.digits))
        if not heard.is_known:
            return self.tr("Nothing: there is no recording “{name}”").format(name=heard.id)
        if heard.text:
            return self.tr("“{text}”").format(text=heard.text)
        return self.tr("The recording “{name}”").format(name=heard.id)

    def _verdict(self, trial: Trial) -> tuple[Tone, str, str]:
        match trial.kind:
            case "":
                said = self.tr("Menu {menu} waits {seconds} s for a key.")
                return Tone.WAIT, "clock", said.format(menu=trial.menu, seconds=f"{trial.waits_s:g}")
            case "hangup":
                return Tone.QUIET, "hang-up", self.tr("The call ends.")
            case "refused":
                said = self.tr("This leads nowhere ({reason}): the caller is told, and comes back.")
                return Tone.BAD, "state-ended", said.format(reason=trial.reason)
            case "extension":
                return Tone.GOOD, "extensions", self.tr("Extension {name} rings.").format(name=trial.name)
            case "line" | "trunk":
                said = self.tr("Goes out over {name} as {number}.")
                return Tone.GOOD, trial.kind + "s", said.format(name=trial.name, number=trial.number)
        said = self.tr("The call goes to: {place}")
        return Tone.GOOD, "calls", said.format(place=f"{place_name(trial.kind)} {trial.name}".strip())
