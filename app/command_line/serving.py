"""`serve`: runs the engine until a signal asks it to end."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from app.api.records import HasConfiguration
from app.command_line.arguments import Parsed
from app.command_line.tables import table
from app.control.record_commands import first_passwords
from app.engine import Engine
from app.errors import EnvironmentFault
from app.events import EngineStopped, Event, StopRequested
from app.logs import Logs

logger = logging.getLogger(__name__)

OK, FAILED = 0, 1

_TRANSPORTS = ("udp", "tcp", "tls")
_SIGNALS = ("SIGTERM", "SIGINT", "SIGBREAK")  # SIGBREAK: Windows' Ctrl+Break, log-off and shut-down
# On Windows a waiting main thread learns of Ctrl+C only when it looks up.
_GLANCE_S = 0.5 if sys.platform == "win32" else None


def serve_command(parsed: Parsed) -> int:
    """Run the PBX: one line on stdout when it is ready, everything else on stderr and in the log."""
    options = parsed.options
    logs = Logs(options.log_level or "info")
    ending = Ending()
    try:
        engine = Engine(options)
        engine.subscribe(ending.hear)
        with ending.on_signals():
            addresses = engine.start()
            try:
                logs.add_file(options.paths.logs)
                if options.log_level is None:
                    logs.set_level(engine.submit(_log_level).result())
                _show_first_passwords(engine)
                print(ready_line(addresses), flush=True)
                ending.wait()
                logger.info("asked to stop" if ending.was_asked else "the engine ended by itself")
            finally:
                engine.stop()
        return OK if ending.was_asked else FAILED
    finally:
        logs.stop()


class Ending:
    """What the main thread waits for: a signal, or the engine's end."""

    def __init__(self) -> None:
        self.was_asked = False
        self._ended = threading.Event()

    def hear(self, event: Event) -> None:
        """Take an event of the engine, on its thread."""
        if isinstance(event, StopRequested):
            self.was_asked = True
        if isinstance(event, EngineStopped | StopRequested):
            self._ended.set()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let SIGTERM and Ctrl+C end the wait, from the start of the engine on."""
        numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        before = [signal.signal(number, self._ask) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def wait(self) -> None:
        """Wait for the end."""
        while not self._ended.wait(_GLANCE_S):
            pass

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.was_asked = True
        self._ended.set()


def ready_line(addresses: Sequence[str]) -> str:
    """The line that says so: of several addresses the first of each transport."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(address.partition("=")[0], address)
    return " ".join(["ready", *(first[transport] for transport in _TRANSPORTS if transport in first)])


def _show_first_passwords(engine: Engine) -> None:
    """Say once which passwords the preset extensions got; `passwords` says it again."""
    if _is_journal():
        return
    try:
        found = engine.submit(first_passwords, True).result()
    except EnvironmentFault as fault:  # the key of the secrets is out of reach: no reason not to serve
        logger.warning("the generated passwords cannot be shown: %s", fault)
        return
    if found:
        print("Extensions with generated passwords (again: openmss-cli passwords):", file=sys.stderr)
        sys.stderr.write(table(("EXTENSION", "PASSWORD"), [(each.number, each.password) for each in found]))
        sys.stderr.flush()


def _is_journal() -> bool:
    """Whether systemd's journal keeps stderr, and others may read it (systemd.exec(5), JOURNAL_STREAM)."""
    if not (named := os.environ.get("JOURNAL_STREAM")):
        return False
    about = os.fstat(sys.stderr.fileno())
    return named == f"{about.st_dev}:{about.st_ino}"


async def _log_level(pbx: HasConfiguration) -> str:
    return pbx.configuration.directory.settings.log_level
