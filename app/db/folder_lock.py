"""Makes sure that one process at a time works on a data folder; a process that dies frees it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from app.errors import EnvironmentFault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR_BYTE = 1 << 30  # Windows locks bytes, and a locked byte cannot be read: lock one beyond the text
_POLL_S = 0.05


class FolderLock:
    """An exclusive lock on the file at `path`. A file left behind by a killed process is not locked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self, *, patience_s: float = 0.0) -> None:
        """Take the lock, waiting up to `patience_s` (blocking). Raises EnvironmentFault `folder.in_use`."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            sentence = f"The data folder {self._path.parent} cannot be written ({error.strerror}). "
            sentence += "Give your user the right to it, or choose another with --data."
            raise EnvironmentFault("folder.not_writable", sentence, path=str(self._path.parent)) from error
        give_up_at = time.monotonic() + patience_s
        while not _try_lock(file):
            if time.monotonic() >= give_up_at:
                os.close(file)
                raise self._in_use()
            time.sleep(_POLL_S)
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file

    def release(self) -> None:
        """Free the lock; without effect when it is not held."""
        if self._file is not None:
            os.close(self._file)  # closing frees the lock on every system
            self._file = None

    def _in_use(self) -> EnvironmentFault:
        folder = self._path.parent
        try:
            owner = self._path.read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            owner = ""
        who = f"process {owner}" if owner else "another process"
        sentence = f"OpenMSS already runs on the data folder {folder} ({who}). "
        sentence += "Stop it first, or choose another folder with --data."
        return EnvironmentFault("folder.in_use", sentence, path=str(folder), owner=owner)


def _try_lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(file, _FAR_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
