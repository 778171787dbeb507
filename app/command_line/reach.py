"""Finds who carries a command out: the server that runs on the data folder, or this process alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from app.control.client import ControlClient
from app.errors import EnvironmentFault
from app.options import Options

_PATIENCE_S = 10.0  # a server that starts or stops holds the folder, but does not answer
_STEP_S = 0.25


class Reached(Protocol):
    """A running server, or the folder itself."""

    def ask(self, command: str, **arguments: object) -> Any:
        """Put a command and return its plain result. Raises UserError or EnvironmentFault."""

    def stream(self, command: str, **arguments: object) -> Iterator[Any]:
        """Put a command that goes on answering."""

    def close(self) -> None:
        """Hang up, or close the folder."""


@contextmanager
def reach(options: Options) -> Iterator[Reached]:
    """Connect to the running server, else open the folder; wait for one that is just starting or stopping."""
    reached = _find(options)
    try:
        yield reached
    finally:
        reached.close()


def _find(options: Options) -> Reached:
    give_up_at = time.monotonic() + _PATIENCE_S
    while True:
        client = ControlClient.connect(options.paths)
        if client is not None:
            return client
        from app.control.offline import Offline  # imports the database: not needed with a server

        offline = Offline(options)
        try:
            offline.open(patience_s=_STEP_S)
        except EnvironmentFault as fault:
            if fault.code != "folder.in_use" or time.monotonic() > give_up_at:
                raise
        else:
            return offline
