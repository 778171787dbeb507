r"""`openmss-service.exe`: `openmss-cli serve` as a Windows service, started and stopped by the system.

The main thread runs the server, as it does on the command line. A second thread talks with the system's
service control; when that asks for the end, the main thread is interrupted as Ctrl+Break would do.

    sc create OpenMSS binPath= "…\openmss-service.exe --data C:\ProgramData\OpenMSS" start= auto
"""

from __future__ import annotations

import _thread
import ctypes
import io
import itertools
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

NAME = "OpenMSS"

# winsvc.h
_OWN_PROCESS = 0x10
_STOPPED, _START_PENDING, _STOP_PENDING, _RUNNING = 1, 2, 3, 4
_STOP, _INTERROGATE, _SHUTDOWN = 1, 4, 5
_ACCEPTS_STOP_AND_SHUTDOWN = 0x1 | 0x4
_NO_ERROR, _NOT_IMPLEMENTED, _SPECIFIC_ERROR = 0, 120, 1066
_PATIENCE_MS = 30_000  # what the system is told to wait for a start or an end


class _Status(ctypes.Structure):
    """SERVICE_STATUS."""

    _fields_ = [
        (name, ctypes.c_uint32)
        for name in ("type", "state", "accepted", "exit_code", "own_exit_code", "check_point", "wait_hint")
    ]


class Service:
    """The conversation with the system's service control."""

    def __init__(self, end: Callable[[], object]) -> None:
        self._end = end
        self._handle: int | None = None
        self._state = _START_PENDING
        self._asked = threading.Event()
        self._is_known = threading.Event()
        self._is_over = threading.Event()
        self._code = 0

    def connect(self) -> None:
        """Let the system know us; it calls back. Without effect where it was not the one to start us."""
        threading.Thread(target=self._talk, name="service control", daemon=True).start()

    def tell_running(self) -> None:
        """Say that the server is there."""
        self._is_known.wait(10)
        self._tell(_RUNNING)

    def tell_stopped(self, code: int) -> None:
        """Say that the server has ended, and whether in order."""
        self._code = code
        self._tell(_STOPPED)
        self._is_over.set()

    def handle(self, control: int) -> int:
        """Take an order of the system; its answer."""
        if control in (_STOP, _SHUTDOWN):
            self._tell(_STOP_PENDING)
            if not self._asked.is_set():
                self._asked.set()
                self._end()
            return _NO_ERROR
        if control == _INTERROGATE:
            self._tell(self._state)
            return _NO_ERROR
        return _NOT_IMPLEMENTED

    def _talk(self) -> None:
        library: Any = ctypes.WinDLL("advapi32", use_last_error=True)  # type: ignore[attr-defined]
        main_type = ctypes.WINFUNCTYPE(None, ctypes.c_uint32, ctypes.c_void_p)  # type: ignore[attr-defined]
        handler_type = ctypes.WINFUNCTYPE(  # type: ignore[attr-defined]
            ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p
        )

        class Entry(ctypes.Structure):
            _fields_ = [("name", ctypes.c_wchar_p), ("main", main_type)]

        library.RegisterServiceCtrlHandlerExW.restype = ctypes.c_void_p
        library.RegisterServiceCtrlHandlerExW.argtypes = [ctypes.c_wchar_p, handler_type, ctypes.c_void_p]
        library.SetServiceStatus.argtypes = [ctypes.c_void_p, ctypes.POINTER(_Status)]
        handler = handler_type(lambda control, *_: self.handle(control))

        def service_main(_count: int, _arguments: int) -> None:
            self._handle = library.RegisterServiceCtrlHandlerExW(NAME, handler, None)
            self._tell(_START_PENDING)
            self._is_known.set()
            self._is_over.wait()

        self._library = library
        entries = (Entry * 2)(Entry(NAME, main_type(service_main)), Entry(None, main_type()))
        library.StartServiceCtrlDispatcherW(entries)

    def _tell(self, state: int) -> None:
        self._state = state
        if not self._handle:
            return
        pending = state in (_START_PENDING, _STOP_PENDING)
        status = _Status(
            type=_OWN_PROCESS,
            state=state,
            accepted=_ACCEPTS_STOP_AND_SHUTDOWN if state == _RUNNING else 0,
            exit_code=_SPECIFIC_ERROR if self._code else _NO_ERROR,
            own_exit_code=self._code,
            check_point=1 if pending else 0,
            wait_hint=_PATIENCE_MS if pending else 0,
        )
        self._library.SetServiceStatus(self._handle, ctypes.byref(status))


class ReadyText(io.TextIOWrapper):
    """A stdout for a program without one, which tells the service when the server says that it is ready."""

    def __init__(self, on_ready: Callable[[], object]) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self._on_ready = on_ready

    def write(self, text: str) -> int:
        """Look for the line that begins with “ready”."""
        if text.startswith("ready"):
            self._on_ready()
        return len(text)


class StartText(io.TextIOWrapper):
    """A stderr that tells why the server could not start; what it said is gone once the server runs.

    From then on the log has it all. What the first start says includes passwords, which no file is to keep.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, encoding="utf-8", errors="backslashreplace", line_buffering=True)
        self._is_wanted = True

    def write(self, text: str) -> int:
        """Write, while it starts or after it failed."""
        return super().write(text) if self._is_wanted else len(text)

    def forget(self) -> None:
        """Empty the file, and write nothing more."""
        self._is_wanted = False
        self.seek(0)
        self.truncate()

    def listen(self) -> None:
        """Write again."""
        self._is_wanted = True


def error_file(arguments: Sequence[str]) -> StartText:
    """Where it says why it could not start, before there is a log: service.txt in the data folder."""
    options = dict(itertools.pairwise(arguments))
    try:
        folder = Path(options["--data"])
        folder.mkdir(parents=True, exist_ok=True)
        return StartText((folder / "service.txt").open("wb"))
    except (KeyError, OSError):
        return StartText(io.BytesIO())


def main(arguments: Sequence[str]) -> int:
    """Run the server until the system asks for its end; its exit code."""
    service = Service(lambda: _thread.interrupt_main(signal.SIGBREAK))  # type: ignore[attr-defined]
    service.connect()  # before what takes long to import: the system waits only so long for it
    errors = error_file(arguments)

    def on_ready() -> None:
        errors.forget()
        service.tell_running()

    sys.stderr, sys.stdout = errors, ReadyText(on_ready)
    code = 1
    try:
        from app.command_line.run import run

        code = run(["serve", *arguments])
    except BaseException:
        errors.listen()
        traceback.print_exc()
        raise
    finally:
        sys.stderr.flush()
        service.tell_stopped(code)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
