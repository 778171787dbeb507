"""What the window remembers about itself: language, appearance, sizes. An INI file in the data folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import ThemeChoice

SYSTEM = "system"
LANGUAGES = (SYSTEM, "en", "zh_CN")


class Preferences:
    """Typed access to the file; values that make no sense count as not set."""

    def __init__(self, data: Path) -> None:
        self._settings = QSettings(str(data / "window.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """`system`, `en` or `zh_CN`."""
        known = str(self._settings.value("language", SYSTEM))
        return known if known in LANGUAGES else SYSTEM

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)

    @property
    def theme(self) -> ThemeChoice:
        """The chosen appearance."""
        known = str(self._settings.value("theme", ThemeChoice.SYSTEM.value))
        return ThemeChoice(known) if known in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, theme: ThemeChoice) -> None:
        self._settings.setValue("theme", theme.value)

    @property
    def asked_for_version(self) -> float:
        """When it was last asked for a newer version, in seconds since 1970."""
        known = self._settings.value("update/asked")
        try:
            return float(str(known))
        except ValueError:
            return 0.0

    @asked_for_version.setter
    def asked_for_version(self, moment: float) -> None:
        self._settings.setValue("update/asked", str(moment))

    def sound_device(self, kind: str) -> str:
        """The name of the `microphone` or `loudspeaker` used last, or the number of the `phone`."""
        return str(self._settings.value(f"sound/{kind}", ""))

    def set_sound_device(self, kind: str, name: str) -> None:
        """Remember it."""
        self._settings.setValue(f"sound/{kind}", name)

    def layout(self, name: str) -> QByteArray | None:
        """The remembered state of a window, splitter or table head."""
        known = self._settings.value(f"layout/{name}")
        return known if isinstance(known, QByteArray) and not known.isEmpty() else None

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember such a state."""
        self._settings.setValue(f"layout/{name}", state)

    def forget_layout(self) -> None:
        """Go back to the sizes the program comes with."""
        self._settings.remove("layout")

    def save(self) -> None:
        """Write now."""
        self._settings.sync()
