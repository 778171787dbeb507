"""Seconds from the start of the program to its first answered OPTIONS."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks.load import first_answer, median_of, print_figure, print_setting
from tests.support.programs import Program, free_ports
from tests.support.server import ROOT, Server


def seconds_to_first_answer(program: list[str], arguments: list[str], folder: Path) -> float:
    """Start it, and ask every few milliseconds until it answers."""
    port = free_ports()
    command = [
        *program,
        *arguments,
        "--data",
        str(folder / "data"),
        "--bind",
        "127.0.0.1",
    ]
    command += ["--sip-port", str(port), "--tls-port", str(free_ports())]
    environment = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    began = time.monotonic()
    with Program(command, folder / "start.log", environment=environment, folder=ROOT) as program:
        return first_answer(port, program) - began


def in_use(folder: Path) -> None:
    """Let the folder hold a server's data with 100 extensions."""
    Server(folder).import_extensions(str(number) for number in range(2000, 2100))


def median_start(program: list[str], arguments: list[str], folder: Path, rounds: int) -> float:
    """Seconds, over some starts on the same data."""
    return median_of(rounds, partial(seconds_to_first_answer, program, arguments, folder))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print_setting("Start to the first answered OPTIONS, on a data folder in use with 100 extensions")
    with tempfile.TemporaryDirectory(prefix="openmss-bench-") as name:
        folder = Path(name)
        in_use(folder)
        for label, module, arguments in (("windowless", "app", ["serve"]), ("window", "ui", [])):
            program = [sys.executable, "-m", module]
            seconds = median_start(program, arguments, folder, options.rounds)
            print_figure(f"start, {label}", seconds, f"start, {label}")


if __name__ == "__main__":
    main()
