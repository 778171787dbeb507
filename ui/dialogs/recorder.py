"""The recorder: speak an announcement, hear it, cut it, even it out, save it as one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.api import announcements
from app.api.announcements import AnnouncementView
from app.errors import EnvironmentFault, UserError
from app.events import Notice, Severity
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.dialogs.questions import confirm, file_to_open
from ui.icons import show_icon
from ui.preferences import Preferences
from ui.sound.devices import ListDevices, list_devices
from ui.sound.player import OpenOutput, Player
from ui.sound.recorder import OpenInput, Recorder
from ui.sound.take import Take, TakeHistory
from ui.sound.voices import Voice, find_voice, speak
from ui.widgets.device_choice import DeviceChoice
from ui.widgets.level_meter import LevelMeter
from ui.widgets.waveform import Waveform

SOUND_FILES = "*.wav *.flac *.ogg *.opus *.mp3 *.aiff *.au"


class RecorderDialog(Dialog):
    """Works on one announcement in one language. Nothing is heard by callers before it is saved.

    The openers stand for the devices; tests give files.
    """

    topic = "announcements"
    saved = Signal(str)  # the announcement's id

    def __init__(
        self,
        bridge: Bridge,
        announcement: AnnouncementView,
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        list_sound_devices: ListDevices = list_devices,
        open_input: OpenInput | None = None,
        open_output: OpenOutput | None = None,
        find_system_voice: object = find_voice,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._announcement = announcement
        self._preferences = preferences
        self._voice: Voice | None = find_system_voice()  # type: ignore[operator]
        self.history = TakeHistory()
        self._saved: Take | None = None
        self._offset = 0.0  # where in the take the part that plays begins
        self.player = Player(self, open_output)
        self.recorder = Recorder(self, open_input)
        self._label = QLabel()
        self.text = QPlainTextEdit(announcement.text)
        self.text.setTabChangesFocus(True)
        self.devices = DeviceChoice(preferences, list_sound_devices)
        self.meter = LevelMeter()
        self.time = QLabel()
        self.waveform = Waveform()
        self.record_button, self.play_button = QPushButton(), QPushButton()
        self.phone_button, self.speak_button, self.import_button = QPushButton(), QPushButton(), QPushButton()
        self.trim_button, self.edges_button, self.even_button = QToolButton(), QToolButton(), QToolButton()
        self.undo_button, self.redo_button = QToolButton(), QToolButton()
        self.remark = QLabel()
        self.remark.setWordWrap(True)
        self.save_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Save)
        self.close_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self._assemble()
        self._connect()
        self.resize(720, 560)
        self.retranslate()
        self.devices.look()
        self.errands.start(self._load())

    # what is shown

    def retranslate(self) -> None:
        """Set every text."""
        name, language = self._announcement.id, self._announcement.language
        title = self.tr("Record “{name}”").format(name=name)
        self.setWindowTitle(f"{title} · {language}" if language else title)
        self.text.setAccessibleName(self.tr("The text to speak"))
        self._label.setText(self.tr("Text to speak"))
        self.phone_button.setText(self.tr("Record by phone…"))
        self.speak_button.setText(self.tr("Let the computer speak"))
        self.import_button.setText(self.tr("Import a file…"))
        for button, text, tip in (
            (
                self.trim_button,
                self.tr("Keep the chosen part"),
                self.tr("Cut away what is not chosen on the curve"),
            ),
            (
                self.edges_button,
                self.tr("Trim silence"),
                self.tr("Cut away the silence before and after the words"),
            ),
            (self.even_button, self.tr("Even out"), self.tr("Make it as loud as the other announcements")),
            (self.undo_button, self.tr("Undo"), self.tr("Take the last step back (Ctrl+Z)")),
            (self.redo_button, self.tr("Redo"), self.tr("Do it again (Ctrl+Y)")),
        ):
            button.setText(text)
            button.setToolTip(tip)
        self.save_button.setText(self.tr("Save"))
        self.close_button.setText(self.tr("Close"))
        self._show()

    @property
    def take(self) -> Take | None:
        """The recording as it is now."""
        return self.history.take

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost by closing."""
        return self.take is not None and self.take is not self._saved

    def _show(self) -> None:
        """Show what can be done now."""
        take, is_recording, is_playing = self.take, self.recorder.is_recording, self.player.is_playing
        has_sound = take is not None and not take.is_empty and not is_recording
        self.record_button.setText(self.tr("Stop recording") if is_recording else self.tr("Record"))
        show_icon(self.record_button, "stop" if is_recording else "record")
        self.play_button.setText(self.tr("Stop") if is_playing else self.tr("Play"))
        show_icon(self.play_button, "stop" if is_playing else "play")
        self.record_button.setEnabled(
            is_recording or (self.devices.microphone is not None and not is_playing)
        )
        self.play_button.setEnabled(has_sound)
        self.trim_button.setEnabled(has_sound and not self.waveform.is_whole)
        for button in (self.edges_button, self.even_button):
            button.setEnabled(has_sound)
        self.undo_button.setEnabled(self.history.can_undo and not is_recording)
        self.redo_button.setEnabled(self.history.can_redo and not is_recording)
        for other in (self.phone_button, self.import_button, self.speak_button):
            is_able = other is not self.speak_button or self._voice is not None
            other.setEnabled(is_able and not is_recording and not self.errands.is_busy(other))
        self.speak_button.setToolTip(
            "" if self._voice else self.tr("This computer has no voice that speaks text.")
        )
        self.save_button.setEnabled(has_sound and self.is_changed)
        self._show_time()
        self.remark.setText(self._remark(take) if has_sound and take is not None else "")
        self.remark.setVisible(bool(self.remark.text()))

    def _show_time(self) -> None:
        if self.recorder.is_recording:
            self.time.setText(f"{self.recorder.seconds:.1f} s")
        elif self.take is not None:
            self.time.setText(f"{self.take.seconds:.1f} s")
        else:
            self.time.setText("")

    def _remark(self, take: Take) -> str:
        if take.is_silent:
            return self.tr("Nothing is to be heard. Is the microphone switched on, and the right one chosen?")
        if take.is_clipped:
            return self.tr(
                "It was too loud and sounds distorted: speak more softly, or turn the microphone down."
            )
        return ""

    @Slot()
    def _device_chosen(self) -> None:
        speaker = self.devices.loudspeaker
        self.player.device = speaker.number if speaker is not None else None
        self._show()

    # what the buttons do

    @Slot()
    def toggle_recording(self) -> None:
        """Begin or end a recording."""
        if self.recorder.is_recording:
            self.recorder.stop()
            return
        self.notices.clear()
        self.player.stop()
        self.waveform.show_take(None)
        self.recorder.start(self.devices.microphone)

    @Slot()
    def toggle_playing(self) -> None:
        """Play the chosen part, or stop."""
        if self.player.is_playing:
            self.player.stop()
        elif self.take is not None:
            begin, end = self.waveform.part
            self._offset = begin
            self.player.play(self.take.between(begin, end).wav())

    @Slot()
    def keep_part(self) -> None:
        """Cut away what is not chosen."""
        if self.take is not None:
            self._go_on(self.take.between(*self.waveform.part))

    @Slot()
    def trim_silence(self) -> None:
        """Cut away the silence around the words."""
        if self.take is not None:
            self._go_on(self.take.without_edges())

    @Slot()
    def even_out(self) -> None:
        """Make it as loud as the rest."""
        if self.take is not None:
            self._go_on(self.take.evened_out())

    @Slot()
    def undo(self) -> None:
        """Take a step back."""
        self.history.undo()
        self._changed()

    @Slot()
    def redo(self) -> None:
        """Do it again."""
        self.history.redo()
        self._changed()

    @Slot()
    def save(self) -> None:
        """Make it what callers hear."""
        if self.take is not None:
            self.errands.start(self._save(self.take))

    @Slot()
    def import_file(self) -> None:
        """Take the sound of a file."""
        self.errands.start(self._import())

    @Slot()
    def speak_text(self) -> None:
        """Let the system's voice speak the text."""
        if self._voice is not None:
            self.errands.start(self._speak(self._voice), self.speak_button)

    @Slot()
    def record_by_phone(self) -> None:
        """Ask which phone, and let it ring."""
        question = QInputDialog(self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setWindowTitle(self.tr("Record by phone"))
        question.setLabelText(
            self.tr("OpenMSS calls this extension. Speak after the tone, and press # at the end.")
        )
        question.setTextValue(self._preferences.sound_device("phone"))
        question.textValueSelected.connect(
            lambda number: self.errands.start(self._by_phone(number.strip()), self.phone_button)
        )
        question.open()

    def reject(self) -> None:
        """Close; with a recording that is not saved only after a question."""
        if self.is_changed:
            self.errands.start(self._ask_and_close())
        else:
            self._close()

    # what takes its time

    async def _load(self) -> None:
        """Show what callers hear now."""
        view = self._announcement
        try:
            content: bytes = await self._bridge.ask(announcements.sound, view.id, view.language)
        except UserError:
            return  # there is none yet
        self._saved = Take.of_file(content)
        self._go_on(self._saved)

    async def _save(self, take: Take) -> None:
        view = self._announcement
        self.player.stop()
        path: str = await self._bridge.ask(announcements.save, view.id, view.language, take.wav())
        self._saved = take
        folder: announcements.WritableFolder = await self._bridge.ask(announcements.writable_folder)
        said = self.tr("Saved as {file}. The next caller hears it.").format(file=path)
        if folder.reason:
            said = f"{said} {folder.reason}"
        self.notices.show_notice(Notice(severity=Severity.INFO, code="recorder.saved", text=said))
        self.saved.emit(view.id)
        self._show()

    async def _import(self) -> None:
        kinds = self.tr("Sound files ({patterns})").format(patterns=SOUND_FILES)
        path = await file_to_open(self, title=self.tr("Import a sound file"), kinds=kinds)
        if path is not None:
            self._take_file(path.read_bytes(), path.name)

    async def _speak(self, voice: Voice) -> None:
        text = self.text.toPlainText().strip()
        if not text:
            raise UserError("recorder.no_text", "There is no text to speak. Write it first.", field="text")
        self._take_file(await speak(voice, text, self._announcement.language or "en"), voice.name)

    async def _by_phone(self, number: str) -> None:
        self._preferences.set_sound_device("phone", number)
        self.remark.setText(
            self.tr("Extension {number} rings. Answer it and speak after the tone.").format(number=number)
        )
        self.remark.show()
        try:
            content: bytes = await self._bridge.ask(announcements.record_by_phone, number)
        finally:
            self._show()
        self._take_file(content, number)

    async def _ask_and_close(self) -> None:
        agrees = await confirm(
            self,
            title=self.tr("Close without saving?"),
            text=self.tr("The recording is not saved. Closing loses it."),
            yes=self.tr("Lose it"),
            no=self.tr("Go on"),
        )
        if agrees:
            self._close()

    def _take_file(self, content: bytes, name: str) -> None:
        try:
            take = Take.of_file(content)
        except (OSError, RuntimeError) as problem:  # soundfile.LibsndfileError is a RuntimeError
            text = f"{name} holds no sound that can be read ({problem})."
            raise EnvironmentFault("recorder.file", text, file=name, reason=str(problem)) from problem
        self._go_on(take)

    # signals

    @Slot(object)
    def _recorded(self, take: Take) -> None:
        self.meter.clear()
        if not take.is_empty:
            self.history.put(take)
        self._changed()

    @Slot(float, float)
    def _heard(self, peak: float, loudness: float) -> None:
        self.meter.show_level(peak, loudness)
        self._show_time()

    @Slot(float)
    def _moved(self, seconds: float) -> None:
        self.waveform.show_place(self._offset + seconds)

    @Slot()
    def _player_changed(self) -> None:
        if not self.player.is_playing:
            self.waveform.show_place(-1.0)
        self._show()

    def _go_on(self, take: Take) -> None:
        self.history.put(take)
        self._changed()

    def _changed(self) -> None:
        self.player.stop()
        self.waveform.show_take(self.take)
        self._show()

    def _close(self) -> None:
        self.recorder.stopped.disconnect(self._recorded)
        self.recorder.stop()
        self.player.stop()
        super().reject()

    def _assemble(self) -> None:
        self.text.setMaximumHeight(78)
        meter = QHBoxLayout()
        meter.addWidget(self.meter, 1)
        self.time.setMinimumWidth(60)
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        meter.addWidget(self.time)
        tools = QHBoxLayout()
        for button, icon in (
            (self.trim_button, "cut"),
            (self.edges_button, "trim"),
            (self.even_button, "level"),
            (self.undo_button, "undo"),
            (self.redo_button, "redo"),
        ):
            show_icon(button, icon)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tools.addWidget(button)
        tools.addStretch(1)
        main = QHBoxLayout()
        main.addWidget(self.record_button)
        main.addWidget(self.play_button)
        main.addStretch(1)
        for other in (self.phone_button, self.speak_button, self.import_button):
            main.addWidget(other)
        whole = QVBoxLayout()
        whole.setSpacing(8)
        whole.addWidget(self._label)
        whole.addWidget(self.text)
        whole.addWidget(self.devices)
        whole.addLayout(main)
        whole.addLayout(meter)
        whole.addWidget(self.waveform, 1)
        whole.addLayout(tools)
        whole.addWidget(self.remark)
        self.column.addLayout(whole, 1)
        self.column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.record_button.clicked.connect(self.toggle_recording)
        self.play_button.clicked.connect(self.toggle_playing)
        self.trim_button.clicked.connect(self.keep_part)
        self.edges_button.clicked.connect(self.trim_silence)
        self.even_button.clicked.connect(self.even_out)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.phone_button.clicked.connect(self.record_by_phone)
        self.speak_button.clicked.connect(self.speak_text)
        self.import_button.clicked.connect(self.import_file)
        self.devices.changed.connect(self._device_chosen)
        self.devices.failed.connect(self.report)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.reject)
        self.waveform.chosen.connect(lambda *_: self._show())
        self.recorder.changed.connect(self._show)
        self.recorder.level.connect(self._heard)
        self.recorder.stopped.connect(self._recorded)
        self.recorder.failed.connect(self.report)
        self.player.changed.connect(self._player_changed)
        self.player.moved.connect(self._moved)
        self.player.failed.connect(self.report)
        for keys, target in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(target)
