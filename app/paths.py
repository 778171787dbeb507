"""Where things lie: the program's own files, and the data folder with everything the PBX remembers."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


def program_folder() -> Path:
    """The folder that holds `resources`: the checkout, site-packages, or a frozen build's bundle."""
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's boot loader
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def installed_folder() -> Path:
    """The folder people know: a frozen build's programs stand in it, and `mss_ann`; else `program_folder`."""
    return program_folder().parent if hasattr(sys, "_MEIPASS") else program_folder()


def resources() -> Path:
    """Icons, styles and translations; read only."""
    return program_folder() / "resources"


def default_data_folder() -> Path:
    r"""Return `~/.openmss`, on Windows `%APPDATA%\OpenMSS`. It is not created here."""
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA")
        return (Path(roaming) if roaming else Path.home() / "AppData" / "Roaming") / "OpenMSS"
    return Path.home() / ".openmss"


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The places inside one data folder. Nothing is created by asking for a path."""

    data: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "openmss.db"

    @property
    def backups(self) -> Path:
        """Copies of the database made before it was changed to a newer schema."""
        return self.data / "backups"

    @property
    def logs(self) -> Path:
        """The program's log files."""
        return self.data / "log"

    @property
    def trace(self) -> Path:
        """The capture of SIP messages."""
        return self.data / "trace"

    @property
    def recordings(self) -> Path:
        """Recorded calls, a folder a day, where no other place is set."""
        return self.data / "recordings"

    @property
    def voice_mail(self) -> Path:
        """The messages callers left and the greetings, a folder a mailbox."""
        return self.data / "voicemail"

    @property
    def certificates(self) -> Path:
        """The TLS certificate and key made on first start."""
        return self.data / "tls"

    @property
    def vault_key(self) -> Path:
        """The key that secrets are encrypted with, or the note that it lies in the system's key store."""
        return self.data / "vault.key"

    @property
    def lock(self) -> Path:
        """The file that the one process at work on this folder keeps locked."""
        return self.data / "lock"

    @property
    def control(self) -> Path:
        """The private folder of the control channel."""
        return self.data / "control"
