"""Makes files and folders that only the user who runs OpenMSS can read, on Linux and on Windows."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

logger = logging.getLogger(__name__)

# Nothing inherited; full access for the owner, the system and administrators, also on what lies below.
_WINDOWS_ACCESS = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"


def make_private_folder(path: Path) -> None:
    """Make the folder if need be, and close it to other users."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(path)


def write_private_file(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all; other users cannot read it at any moment."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = os.open(draft, flags, 0o600)
    try:
        close_to_others(draft)
        os.write(file, content)
        os.fsync(file)
    finally:
        os.close(file)
    draft.replace(path)


def close_to_others(path: Path) -> None:
    """Take the rights on an existing file or folder from everyone but its owner."""
    if sys.platform == "win32":
        _set_windows_access(path)
    else:
        path.chmod(0o700 if path.is_dir() else 0o600)


if sys.platform == "win32":

    def _set_windows_access(path: Path) -> None:
        import ctypes

        descriptor = ctypes.c_void_p()
        advapi = ctypes.windll.advapi32
        made = advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            _WINDOWS_ACCESS, 1, ctypes.byref(descriptor), None
        )
        only_the_access_list = 4  # DACL_SECURITY_INFORMATION
        if not made or not advapi.SetFileSecurityW(str(path), only_the_access_list, descriptor):
            # a FAT disk keeps no rights: going on beats refusing to run from a memory stick
            logger.warning("%s may be readable by other users: its access list could not be set", path)
        if made:
            ctypes.windll.kernel32.LocalFree(descriptor)
