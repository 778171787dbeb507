"""Devices are chosen, remembered by name, and looked for again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.sound_devices import ALL, BUILT_IN, HEADSET, SPEAKERS
from ui.preferences import Preferences
from ui.sound.devices import SoundDevices, no_sound_system
from ui.widgets.device_choice import DeviceChoice


class Computer:
    """What is plugged in."""

    def __init__(self, there: SoundDevices) -> None:
        self.there = there

    def __call__(self) -> SoundDevices:
        return self.there


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path)


def test_the_systems_choice_until_another_is_made(preferences: Preferences, qt: QApplication) -> None:
    choice = DeviceChoice(preferences, Computer(ALL))
    choice.look()
    assert (choice.microphone, choice.loudspeaker) == (HEADSET, SPEAKERS)
    choice.microphones.setCurrentIndex(0)
    assert choice.microphone == BUILT_IN
    again = DeviceChoice(preferences, Computer(ALL))
    again.look()
    assert again.microphone == BUILT_IN


def test_what_was_plugged_in_since_is_found(preferences: Preferences, qt: QApplication) -> None:
    computer = Computer(SoundDevices())
    choice = DeviceChoice(preferences, computer)
    faults: list[str] = []
    changes: list[bool] = []
    choice.failed.connect(lambda fault: faults.append(fault.code))
    choice.changed.connect(lambda: changes.append(choice.microphone is not None))
    choice.look()
    assert (faults, choice.microphone, choice.microphones.isEnabled()) == (
        ["sound.no_microphone"],
        None,
        False,
    )
    computer.there = ALL
    choice.look_button.click()
    assert choice.microphone == HEADSET
    assert changes == [False, True]


def test_no_sound_system_at_all(preferences: Preferences, qt: QApplication) -> None:
    choice = DeviceChoice(preferences, Computer(SoundDevices(fault=no_sound_system("no PortAudio"))))
    faults: list[str] = []
    choice.failed.connect(lambda fault: faults.append(fault.text))
    choice.look()
    assert "no PortAudio" in faults[0]
