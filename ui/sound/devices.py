"""The sound devices of this computer, as lists to choose from, and what is said when one does not work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import EnvironmentFault


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """One device. `number` is PortAudio's, and holds until devices come or go; the name is remembered."""

    number: int
    name: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class SoundDevices:
    """What there is now. `fault`: why there is nothing at all."""

    inputs: tuple[SoundDevice, ...] = ()
    outputs: tuple[SoundDevice, ...] = ()
    fault: EnvironmentFault | None = None


ListDevices = Callable[[], SoundDevices]


def list_devices() -> SoundDevices:
    """Ask the system anew: a headset that was plugged in since is in the list. Waits for the devices."""
    try:
        import sounddevice
    except OSError as problem:  # PortAudio itself is missing
        return SoundDevices(fault=no_sound_system(problem))
    try:
        sounddevice._terminate()  # PortAudio looks for devices only when it begins
        sounddevice._initialize()
        return of_portaudio(
            sounddevice.query_devices(), sounddevice.query_hostapis(), sounddevice.default.device
        )
    except sounddevice.PortAudioError as problem:
        return SoundDevices(fault=no_sound_system(problem))


def of_portaudio(
    devices: Iterable[Mapping[str, Any]], systems: Iterable[Mapping[str, Any]], defaults: Iterable[int]
) -> SoundDevices:
    """Make the lists of what PortAudio tells. Windows shows each device once a sound system: one counts."""
    systems = tuple(systems)
    found = tuple(devices)
    chosen = _best_system(systems)
    wanted = [
        (number, device)
        for number, device in enumerate(found)
        if chosen is None or device["hostapi"] == chosen
    ]
    default_in, default_out = (
        (systems[chosen]["default_input_device"], systems[chosen]["default_output_device"])
        if chosen is not None
        else tuple(defaults)
    )
    return SoundDevices(
        tuple(
            SoundDevice(number, str(device["name"]), number == default_in)
            for number, device in wanted
            if device["max_input_channels"] > 0
        ),
        tuple(
            SoundDevice(number, str(device["name"]), number == default_out)
            for number, device in wanted
            if device["max_output_channels"] > 0
        ),
    )


def _best_system(systems: tuple[Mapping[str, Any], ...]) -> int | None:
    """WASAPI where there is one: MME cuts names short, and the others show the same devices again."""
    return next((number for number, system in enumerate(systems) if "WASAPI" in system["name"]), None)


def choose(devices: tuple[SoundDevice, ...], name: str) -> SoundDevice | None:
    """The device of a remembered name, else the system's own choice, else any."""
    by_name = next((device for device in devices if device.name == name), None)
    default = next((device for device in devices if device.is_default), None)
    return by_name or default or (devices[0] if devices else None)


def no_sound_system(problem: object) -> EnvironmentFault:
    """There is no sound on this computer at all."""
    text = f"This computer has no sound system that works ({problem}). Record by a phone, or import a file."
    return EnvironmentFault("sound.no_system", text, reason=str(problem))


def no_microphone() -> EnvironmentFault:
    """Nothing to record with."""
    text = "There is no microphone. Plug one in and press “Look again”, record by a phone, or import a file."
    return EnvironmentFault("sound.no_microphone", text)


def busy_microphone(name: str, problem: object) -> EnvironmentFault:
    """A microphone that does not open."""
    text = f"The microphone “{name}” does not answer ({problem}). Another program may use it, or the system "
    text += "does not let programs use it: check its privacy settings, or choose another."
    return EnvironmentFault("sound.busy_microphone", text, name=name, reason=str(problem))


def unplugged() -> EnvironmentFault:
    """The device went away in the middle."""
    text = "The microphone was unplugged: what was recorded until then is kept."
    return EnvironmentFault("sound.unplugged", text)
