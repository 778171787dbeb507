"""Where the libopus comes from that is shipped beside the programs."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from installer.faults import BuildError

WINDOWS_NAME, LINUX_NAME = "libopus-0.dll", "libopus.so.0"  # as app/media/opus_library.py looks for it


def library() -> tuple[str, Path]:
    """The name that it is shipped under, and where it is: the system's; on Windows the one in PyAV's wheel.

    Nothing else is taken of that wheel: its other libraries stand under the GPL in part. This one needs none
    of them.
    """
    name, found = WINDOWS_NAME, []
    if sys.platform == "win32":
        wheel = find_spec("av")
        if wheel is not None and wheel.origin is not None:
            found = sorted(Path(wheel.origin).parent.with_name("av.libs").glob("libopus-0-*.dll"))
    else:
        from PyInstaller.depend.bindepend import resolve_library_path

        name = LINUX_NAME
        found = [Path(place) for place in (resolve_library_path(LINUX_NAME),) if place]
    if len(found) != 1:
        raise BuildError(f"{name} was not found (on Debian: libopus0; on Windows: in the wheel of PyAV)")
    return name, found[0]
