"""Says what a build has done, and how long it took."""

from __future__ import annotations

import time


class Progress:
    """Seconds from its making on."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, what: str) -> None:
        """Say that something is done."""
        print(f"[{time.monotonic() - self._began:5.0f} s] {what}", flush=True)
