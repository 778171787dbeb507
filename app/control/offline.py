"""Carries commands out on a data folder that no server runs on: on its database, and on the trace it left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.control.messages import plain
from app.errors import UserError
from app.events import EventBus
from app.options import Options
from app.services.configuration import Configuration


class OfflinePbx:
    """The part of a Pbx that exists without a server."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration


class Offline:
    """Speaks like a ControlClient. Holds the folder until closed."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._configuration = Configuration(options, EventBus())
        self._pbx = OfflinePbx(self._configuration)
        self._loop = asyncio.Runner()

    def open(self, *, patience_s: float) -> None:
        """Open the database, made when there is none. Raises EnvironmentFault, `folder.in_use` among them."""
        try:
            self._loop.run(self._configuration.open(patience_s=patience_s))
        except BaseException:
            self._loop.close()
            raise

    def ask(self, command: str, **arguments: object) -> Any:
        """Carry a command out; the result is as ControlClient gives it."""
        return plain(self._loop.run(self._answer(command, arguments)))

    def stream(self, command: str, **arguments: object) -> Iterator[Any]:
        """There is nothing to follow where nothing runs. Raises UserError."""
        raise self._no_server(command)

    def close(self) -> None:
        """Close the database and free the folder."""
        self._loop.run(self._configuration.close())
        self._loop.close()

    async def _answer(self, command: str, arguments: dict[str, object]) -> object:
        from app.control.record_commands import RECORD_COMMANDS

        if command in RECORD_COMMANDS:
            return await RECORD_COMMANDS[command](self._pbx, **arguments)
        match command:
            case "status":
                return self._status()
            case "calls" | "bans":
                return []
            case "trace":
                return await self._trace(**arguments)
            case "announcements":
                from app.control import announcement_commands

                return await announcement_commands.offline(command, self._configuration, arguments)
            case "conferences":
                return []
            case "recordings" | "recordings.get" | "recordings.export" | "recordings.delete":
                from app.control import recording_commands

                return await recording_commands.offline(command, self._configuration, arguments)
            case _ if command.partition(".")[0] == "voicemail":
                from app.control import voice_mail_commands

                return await voice_mail_commands.offline(command, self._configuration, arguments)
            case "diagnose" | "diagnose.save":
                return await self._diagnose(command, arguments)
        raise self._no_server(command)

    def _status(self) -> dict[str, object]:
        extensions = self._configuration.directory.extensions.values()
        return {
            "running": False,
            "extensions": [
                {"number": each.number, "description": each.description, "state": "off", "bindings": []}
                for each in extensions
            ],
            "calls": [],
            "counters": {},
        }

    async def _trace(self, **arguments: Any) -> object:
        from app.control.trace_commands import trace_page

        with self._capture() as capture:
            return [] if capture is None else await trace_page(_Captured(capture), **arguments)

    async def _diagnose(self, command: str, arguments: dict[str, Any]) -> object:
        from app.control import diagnosis_commands

        with self._capture() as capture:
            return await diagnosis_commands.offline(
                command, self._configuration.directory, capture, arguments
            )

    @contextmanager
    def _capture(self) -> Iterator[Any]:
        """The trace that the last run left on the disk, None where there is none."""
        from app.trace.capture import Capture

        folder = self._options.paths.trace
        if not folder.exists():
            yield None
            return
        settings = self._configuration.directory.settings
        capture = Capture(folder, disk_bytes=settings.trace_megabytes * 1024 * 1024)
        capture.start()
        try:
            yield capture
        finally:
            capture.stop()

    def _no_server(self, command: str) -> UserError:
        text = f"No server runs on {self._options.data}. "
        text += f"Start one with: openmss-cli serve --data {self._options.data}"
        return UserError("control.no_server", text, command=command, path=str(self._options.data))


class _Captured:
    def __init__(self, capture: Any) -> None:
        self.capture = capture
