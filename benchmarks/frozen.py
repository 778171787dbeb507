"""The built programs beside the source: size on disk, seconds to start, memory idle."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load import print_figure, print_setting
from benchmarks.memory import idle_windowless, idle_with_window
from benchmarks.start import in_use, median_start
from installer.freeze import size_report
from tests.support.server import BUILT, ROOT

FOLDER = Path("build/package/frozen/openmss")
SOURCE = ([sys.executable, "-m", "app"], [sys.executable, "-m", "ui"])


@contextmanager
def built(command_line: str) -> Iterator[None]:
    """The benchmarks' servers are this program meanwhile."""
    os.environ[BUILT] = command_line
    try:
        yield
    finally:
        del os.environ[BUILT]


def figures(name: str, programs: tuple[list[str], list[str]], rounds: int) -> None:
    """Measure and print one of the two."""
    print(f" {name}")
    with tempfile.TemporaryDirectory(prefix="openmss-bench-") as scratch:
        folder = Path(scratch)
        in_use(folder)
        kinds = ("windowless", ["serve"]), ("window", [])
        for program, (label, arguments) in zip(programs, kinds, strict=True):
            seconds = median_start(program, arguments, folder, rounds)
            print_figure(f"start, {label}", seconds, f"start, {label}")
    with built(" ".join(programs[0])):
        print_figure("idle, windowless", idle_windowless(), "idle, windowless")
    print_figure("idle, with window", idle_with_window(programs[1]), "idle, with window")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help=f"default: {FOLDER}")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folder: Path = (ROOT / options.folder).absolute()
    if not (folder / "openmss-cli").exists():
        print(f"{folder} has no openmss-cli: `python3 dev.py package` builds it", file=sys.stderr)
        sys.exit(0 if options.folder == FOLDER else 2)  # among all benchmarks this one may have no subject
    print_setting("The built programs, and the source beside them; 100 extensions")
    print(size_report(folder, 6))
    figures("built", ([str(folder / "openmss-cli")], [str(folder / "openmss")]), options.rounds)
    figures("source", SOURCE, options.rounds)


if __name__ == "__main__":
    main()
