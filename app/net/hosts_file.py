"""The hosts file: names this machine's administrator has given addresses."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from app.net.addresses import is_numeric

logger = logging.getLogger(__name__)


def default_path() -> Path:
    """Where this operating system keeps it."""
    if os.name == "nt":
        return Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "drivers" / "etc" / "hosts"
    return Path("/etc/hosts")


class HostsFile:
    """The file's names, read again when it changes; `localhost` is always known (RFC 6761 6.3)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or default_path()
        self._stamp: tuple[int, int] | None = None
        self._names: dict[str, tuple[str, ...]] = {}

    def lookup(self, name: str) -> tuple[str, ...]:
        """Addresses of a name in lower case, IPv4 and IPv6 in the file's order; () where it is not listed."""
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._names = _parse(self._path.read_text(encoding="utf-8", errors="replace"))
                self._stamp = stamp
        except OSError as problem:
            if self._stamp is not None:
                logger.debug("the hosts file is gone: %s", problem)
            self._names, self._stamp = {}, None
        found = self._names.get(name)
        if found is None and (name == "localhost" or name.endswith(".localhost")):
            return ("127.0.0.1", "::1")
        return found or ()


def _parse(text: str) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        address, *listed = line.partition("#")[0].split()[:50] or [""]
        if not is_numeric(address):
            continue
        for name in listed:
            key = name.lower().rstrip(".")
            names[key] = (*names.get(key, ()), address)
    return names
