"""`openmss`: the PBX with its window."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path

from app.options import Options
from app.paths import default_data_folder
from app.version import ShowVersion

NO_DISPLAY = 2  # the exit code when there is no screen


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; give the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    problem = display_problem() or library_problem()
    if problem:
        print(problem, file=sys.stderr)  # noqa: T201  there is no window to say it in
        return NO_DISPLAY
    return _run(options)


def make_parser() -> argparse.ArgumentParser:
    """The options: those of `openmss-cli serve`."""
    parser = argparse.ArgumentParser(
        prog="openmss",
        description="OpenMSS with its window. Without a window: openmss-cli serve.",
    )
    parser.add_argument("--version", action=ShowVersion)
    parser.add_argument(
        "--data",
        type=_folder,
        default=default_data_folder(),
        metavar="DIR",
        help="the data folder",
    )
    parser.add_argument("--bind", type=_addresses, metavar="ADDR", help="listen on these addresses only")
    parser.add_argument("--sip-port", type=int, metavar="N", help="UDP and TCP port (0 = any free port)")
    parser.add_argument("--tls-port", type=int, metavar="N", help="TLS port (0 = any free port)")
    parser.add_argument("--rtp-ports", type=_range, metavar="A-B", help="UDP ports for relayed sound")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), help="how much to tell")
    return parser


def parse(arguments: Sequence[str]) -> Options:
    """Read the options."""
    given = make_parser().parse_args(arguments)
    return Options(
        data=given.data,
        bind=given.bind,
        sip_port=given.sip_port,
        tls_port=given.tls_port,
        rtp_ports=given.rtp_ports,
        log_level=given.log_level,
    )


def display_problem() -> str:
    """Why no window can be shown, with what to do; empty when one can."""
    if find_spec("PySide6") is None or find_spec("qasync") is None:
        return (
            "The parts that the window is made of are not installed. Install them: "
            "pip install 'openmss[window]', or run the PBX without a window: openmss-cli serve"
        )
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    has_wayland = bool(os.environ.get("WAYLAND_DISPLAY")) and not hasattr(
        sys, "_MEIPASS"
    )  # its plugin is not shipped
    if not (os.environ.get("DISPLAY") or has_wayland):
        return "There is no display to show a window on. Run the PBX without one: openmss-cli serve"
    if not has_wayland and not find_library("xcb-cursor"):
        return (
            "The library libxcb-cursor is missing, which windows need. Install it (Debian, Ubuntu: "
            "apt install libxcb-cursor0), or run the PBX without a window: openmss-cli serve"
        )
    return ""


def library_problem() -> str:
    """Which of the system's libraries keeps Qt from being loaded; empty when none does."""
    try:
        from PySide6 import QtWidgets  # noqa: F401  it loads all that a window takes
    except ImportError as error:
        advice = ""
        if sys.platform.startswith("linux"):
            advice = " (Debian, Ubuntu: apt install libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 "
            advice += "libgssapi-krb5-2)"
        return (
            f"What draws the window could not be loaded: {error}. Install what is missing{advice}, or run "
            "the PBX without a window: openmss-cli serve"
        )
    return ""


def _run(options: Options) -> int:
    # Qt is imported late: without a display the message above must come first, and `--help` at once.
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    from app.logs import Logs
    from ui.application import Application
    from ui.engine_log import LoggingEngine

    logs = Logs(options.log_level or "info", to_stderr=sys.stderr is not None)  # a window program has none
    qt = QApplication(sys.argv[:1])
    loop = QEventLoop(qt)
    glance = QTimer()  # Python sees a signal only when it runs: let it run now and then
    glance.timeout.connect(lambda: None)
    glance.start(500)
    try:
        with loop:
            window = Application(qt, options, lambda given: LoggingEngine(given, logs))
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(window.quit))
            code: int = loop.run_until_complete(window.run())
            return code
    finally:
        glance.stop()
        logs.stop()


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("[]") for part in text.split(","))


def _range(text: str) -> tuple[int, int]:
    low, sign, high = text.partition("-")
    if not (sign and low.isdigit() and high.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a range such as 10000-19999")
    return int(low), int(high)


if __name__ == "__main__":
    sys.exit(main())
