"""Makes the Windows set-up out of the frozen folder, with NSIS."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from installer.faults import BuildError
from installer.freeze import size
from installer.icon import write_wizard
from installer.version import ROOT, build_moment, four_numbers


def make(
    folder: Path, work: Path, out: Path, version: str, root: Path = ROOT, *, compression: str = "/SOLID lzma"
) -> Path:
    """Run makensis on installer/openmss.nsi; where the set-up is. `compression`: what SetCompressor takes."""
    compiler = shutil.which("makensis")
    if compiler is None:
        raise BuildError("makensis is missing: install NSIS (on Debian: apt-get install nsis)")
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"OpenMSS-{version}-setup.exe"
    made.unlink(missing_ok=True)
    write_wizard(root / "resources" / "icons" / "openmss.svg", work)
    numbers = ".".join(str(number) for number in four_numbers(version))
    defines = {
        "VERSION": version,
        "NUMBERS": numbers,
        "FROZEN": str(folder),
        "ICON": str(work / "openmss.ico"),
        "WIZARD": str(work / "wizard"),
        "TARGET": str(made),
        "SIZE_KIB": str(size(folder) // 1024),
        "COMPRESSION": compression,
    }
    sign = "/" if os.name == "nt" else "-"
    command = [compiler, f"{sign}V2", f"{sign}INPUTCHARSET", "UTF8"]
    command += [f"{sign}D{name}={value}" for name, value in defines.items()]
    command.append(str(root / "installer" / "openmss.nsi"))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(build_moment(root))}
    if subprocess.run(command, env=environment, check=False).returncode or not made.exists():
        raise BuildError("makensis failed (see above)")
    return made
