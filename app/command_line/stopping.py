"""`stop`: asks the program that works on the data folder to end, server or window, and waits until it has."""

from __future__ import annotations

from app.command_line.arguments import Parsed
from app.control.client import ControlClient
from app.db.folder_lock import FolderLock

OK = 0
_PATIENCE_S = 30.0  # calls are ended politely, and phones may be slow to answer


def stop_command(parsed: Parsed) -> int:
    """Stop it; nothing to do where nothing runs. EnvironmentFault `folder.in_use` where it does not end."""
    client = ControlClient.connect(parsed.options.paths)
    if client is None:
        print(f"No server runs on {parsed.data}.")
        return OK
    try:
        client.ask("stop")
    finally:
        client.close()
    lock = FolderLock(parsed.options.paths.lock)
    lock.acquire(patience_s=_PATIENCE_S)
    lock.release()
    return OK
