"""Devices as PortAudio tells of them, the remembered one first."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from ui.sound.devices import SoundDevice, choose, list_devices, of_portaudio


def device(name: str, inputs: int, outputs: int, system: int = 0) -> dict[str, Any]:
    return {"name": name, "max_input_channels": inputs, "max_output_channels": outputs, "hostapi": system}


ALSA = {"name": "ALSA", "default_input_device": 0, "default_output_device": 1}


def test_inputs_and_outputs() -> None:
    found = of_portaudio([device("Headset", 1, 2), device("Speakers", 0, 2)], [ALSA], (0, 1))
    assert found.inputs == (SoundDevice(0, "Headset", is_default=True),)
    assert found.outputs == (SoundDevice(0, "Headset"), SoundDevice(1, "Speakers", is_default=True))
    assert found.fault is None


def test_on_windows_each_device_stands_once() -> None:
    systems = [
        {"name": "MME", "default_input_device": 0, "default_output_device": -1},
        {"name": "Windows WASAPI", "default_input_device": 1, "default_output_device": -1},
    ]
    found = of_portaudio(
        [device("Headset Microphone (Long na", 1, 0), device("Headset Microphone (Long name)", 1, 0, 1)],
        systems,
        (0, -1),
    )
    assert found.inputs == (SoundDevice(1, "Headset Microphone (Long name)", is_default=True),)


def test_the_remembered_device_then_the_systems_then_any() -> None:
    one, two = SoundDevice(0, "One"), SoundDevice(1, "Two", is_default=True)
    assert choose((one, two), "One") is one
    assert choose((one, two), "Gone") is two
    assert choose((one,), "Gone") is one
    assert choose((), "One") is None


def test_without_a_sound_system(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        class PortAudioError(Exception):
            """As sounddevice's."""

        def _terminate(self) -> None:
            raise self.PortAudioError("no host API")

    monkeypatch.setitem(sys.modules, "sounddevice", Broken())  # type: ignore[arg-type]
    found = list_devices()
    assert found.fault is not None
    assert found.fault.code == "sound.no_system"
    assert "no host API" in found.fault.text
