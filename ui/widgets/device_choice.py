"""Chooses microphone and loudspeaker; the choice is remembered by name, for numbers change."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ui.icons import show_icon
from ui.preferences import Preferences
from ui.sound.devices import ListDevices, SoundDevice, SoundDevices, choose, no_microphone
from ui.widgets.translated import Translated


class DeviceChoice(Translated, QWidget):
    """Two lists and a button that looks again. `failed`: an EnvironmentFault, there is nothing to choose."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, preferences: Preferences, list_devices: ListDevices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._list_devices = list_devices
        self._microphone, self._loudspeaker = QLabel(), QLabel()
        self.microphones, self.loudspeakers = QComboBox(), QComboBox()
        for box in (self.microphones, self.loudspeakers):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.look_button = QToolButton()
        show_icon(self.look_button, "refresh")
        row = QHBoxLayout()
        row.addWidget(self.microphones, 1)
        row.addWidget(self.look_button)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self._microphone, row)
        form.addRow(self._loudspeaker, self.loudspeakers)
        self.look_button.clicked.connect(self.look)
        self.microphones.currentIndexChanged.connect(self._chosen)
        self.loudspeakers.currentIndexChanged.connect(self._chosen)
        self.retranslate()

    @property
    def microphone(self) -> SoundDevice | None:
        """What to record with."""
        device: SoundDevice | None = self.microphones.currentData()
        return device

    @property
    def loudspeaker(self) -> SoundDevice | None:
        """What to play on."""
        device: SoundDevice | None = self.loudspeakers.currentData()
        return device

    def retranslate(self) -> None:
        """Set every text."""
        self._microphone.setText(self.tr("Microphone"))
        self._loudspeaker.setText(self.tr("Loudspeaker"))
        self.microphones.setAccessibleName(self.tr("Microphone"))
        self.loudspeakers.setAccessibleName(self.tr("Loudspeaker"))
        self.look_button.setToolTip(self.tr("Look again for microphones and loudspeakers"))
        self.look_button.setAccessibleName(self.look_button.toolTip())

    @Slot()
    def look(self) -> None:
        """Fill the lists with what is there now, and choose what was chosen last time."""
        found: SoundDevices = self._list_devices()
        for box, there, kind in (
            (self.microphones, found.inputs, "microphone"),
            (self.loudspeakers, found.outputs, "loudspeaker"),
        ):
            box.blockSignals(True)
            box.clear()
            for device in there:
                box.addItem(device.name, device)
            wanted = choose(there, self._preferences.sound_device(kind))
            if wanted is not None:
                box.setCurrentIndex(there.index(wanted))
            box.setEnabled(bool(there))
            box.blockSignals(False)
        if found.fault is not None or not found.inputs:
            self.failed.emit(found.fault or no_microphone())
        self.changed.emit()

    @Slot()
    def _chosen(self) -> None:
        for device, kind in ((self.microphone, "microphone"), (self.loudspeaker, "loudspeaker")):
            if device is not None:
                self._preferences.set_sound_device(kind, device.name)
        self.changed.emit()
