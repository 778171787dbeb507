r"""Where announcements lie: the program's mss_ann, the folder for one's own, and the one in the data folder.

Own announcements stand in `mss_ann/cust_ann` (S2 of the reference): Windows D:\myvoipapp\minisipserver, or
the same on the system drive of a PC without D:; Linux /opt/sipserver. A source checkout has its own.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from app.options import Options
from app.paths import installed_folder, program_folder

FOLDER = "mss_ann"
CUSTOM = "cust_ann"
CATALOGUE = "catalogue.toml"

_WINDOWS_FOLDER = ("myvoipapp", "minisipserver")
_LINUX_FOLDER = Path("/opt/sipserver")


@dataclass(frozen=True, slots=True)
class AnnouncementPlaces:
    """The folders that announcements are read from. Nothing is created by asking for them."""

    defaults: Path  # mss_ann of the program
    custom: Path  # its cust_ann: S2
    spare: Path  # the same-named folder in the data folder, where the program's cannot be written

    @property
    def own(self) -> tuple[Path, ...]:
        """The folders of one's own announcements; what stands in the first counts more."""
        return (self.spare, self.custom)


def places(options: Options) -> AnnouncementPlaces:
    """The places of one run."""
    spare = options.data / FOLDER / CUSTOM
    ours = installed_folder() / FOLDER
    given = options.announcements
    if given is None:
        return AnnouncementPlaces(ours, default_custom_folder(), spare)
    # A folder with nothing but own announcements will do: the defaults are the program's then.
    return AnnouncementPlaces(given if (given / CATALOGUE).exists() else ours, given / CUSTOM, spare)


def default_custom_folder() -> Path:
    """The folder of S2, in which set-up puts the programs unless told otherwise: then beside them.

    The checkout's own where the program runs from its sources.
    """
    if hasattr(sys, "_MEIPASS"):  # set by PyInstaller's boot loader
        return installed_folder() / FOLDER / CUSTOM
    program = program_folder()
    if (program / "pyproject.toml").exists():
        return program / FOLDER / CUSTOM
    if sys.platform == "win32":
        return Path(windows_folder(has_d=os.path.exists("D:\\"), system=os.environ.get("SystemDrive", "C:")))  # noqa: SIM112
    return _LINUX_FOLDER / FOLDER / CUSTOM


def windows_folder(*, has_d: bool, system: str) -> PureWindowsPath:
    """The folder on Windows, by the drives there are."""
    return PureWindowsPath(("D:" if has_d else system) + "\\").joinpath(*_WINDOWS_FOLDER, FOLDER, CUSTOM)
