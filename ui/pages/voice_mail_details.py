"""Beside the messages of a mailbox: what can be done with the chosen ones, and the greeting."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar

from app.api import voice_mail
from app.api.voice_mail import MailboxView, VoiceMessageView
from ui import texts
from ui.bridge import Bridge
from ui.dialogs.questions import file_to_open
from ui.errands import Errands
from ui.icons import show_icon
from ui.models.voice_mail import caller
from ui.sound.player import Player
from ui.widgets.page_header import bar_button
from ui.widgets.translated import Translated


class MessageActions(Translated, QFrame):
    """What can be done with the chosen messages, and how far the one that plays is."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self.setObjectName("card")
        self._player = player
        self._rows: list[VoiceMessageView] = []
        self.play = bar_button("play")
        self.save = bar_button("export")
        self.mark = bar_button("check")
        self.delete = bar_button("delete")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(6)
        self.time = QLabel()
        self.time.setProperty("role", "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(self.play)
        row.addWidget(self.bar, 1)
        row.addWidget(self.time)
        for button in (self.save, self.mark, self.delete):
            row.addWidget(button)
        player.changed.connect(self.retranslate)
        player.moved.connect(self._move)
        self.retranslate()

    def show_rows(self, rows: list[VoiceMessageView]) -> None:
        """Offer what these messages can do."""
        self._rows = rows
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        is_playing = self._player.is_playing
        rows = self._rows
        self.play.setText(self.tr("Stop") if is_playing else self.tr("Play"))
        show_icon(self.play, "stop" if is_playing else "play")
        self.save.setText(self.tr("Save as…"))
        is_heard = bool(rows) and not any(row.is_new for row in rows)
        self.mark.setText(self.tr("Mark as new") if is_heard else self.tr("Mark as heard"))
        self.delete.setText(self.tr("Delete"))
        self.play.setEnabled(is_playing or len(rows) == 1)
        self.save.setEnabled(len(rows) == 1)
        self.mark.setEnabled(bool(rows))
        self.delete.setEnabled(bool(rows))
        self.bar.setAccessibleName(self.tr("Position"))
        self._move()

    @Slot()
    def _move(self) -> None:
        player = self._player
        self.bar.setMaximum(max(round(player.seconds * 10), 1) if player.is_playing else 1)
        self.bar.setValue(round(player.position * 10))
        if player.is_playing:
            self.time.setText(f"{texts.duration(player.position)} / {texts.duration(player.seconds)}")
        elif len(self._rows) == 1:
            self.time.setText(f"{caller(self._rows[0])} · {texts.duration(self._rows[0].seconds)}")
        else:
            self.time.setText("")


class GreetingBar(Translated, QFrame):
    """What callers of the mailbox hear first: the standard greeting, or a file of the owner's."""

    def __init__(self, bridge: Bridge, errands: Errands, player: Player) -> None:
        super().__init__()
        self.setObjectName("card")
        self._bridge = bridge
        self._errands = errands
        self._player = player
        self._mailbox: MailboxView | None = None
        self._name = QLabel()
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.setProperty("role", "hint")
        self.listen = bar_button("play")
        self.choose = bar_button("open")
        self.remove = bar_button("clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(self._name)
        row.addWidget(self.state, 1)
        for button in (self.listen, self.choose, self.remove):
            row.addWidget(button)
        self.listen.clicked.connect(lambda: self._start(self._play))
        self.choose.clicked.connect(lambda: self._start(self._choose))
        self.remove.clicked.connect(lambda: self._start(self._remove))
        self.retranslate()

    def show_mailbox(self, mailbox: MailboxView | None) -> None:
        """Show the greeting of a mailbox; None hides it."""
        self._mailbox = mailbox
        self.setVisible(mailbox is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        has_own = self._mailbox is not None and self._mailbox.has_greeting
        self._name.setText(self.tr("Greeting"))
        self.state.setText(
            self.tr("Recorded by the owner") if has_own else self.tr("The standard greeting is heard")
        )
        self.listen.setText(self.tr("Listen"))
        self.choose.setText(self.tr("Choose a file…"))
        self.remove.setText(self.tr("Standard greeting"))
        self.listen.setEnabled(has_own)
        self.remove.setEnabled(has_own)

    def _start(self, errand: Callable[[str], Coroutine[Any, Any, None]]) -> None:
        if self._mailbox is not None:
            self._errands.start(errand(self._mailbox.number))

    async def _play(self, number: str) -> None:
        path = await self._bridge.ask(voice_mail.greeting, number)
        if path:
            self._player.play(Path(path))

    async def _choose(self, number: str) -> None:
        path = await file_to_open(
            self,
            title=self.tr("Choose the greeting"),
            kinds=self.tr("Sound files (*.wav *.flac *.ogg *.mp3)"),
        )
        if path is not None:
            await self._bridge.ask(voice_mail.set_greeting, number, str(path))

    async def _remove(self, number: str) -> None:
        await self._bridge.ask(voice_mail.remove_greeting, number)
