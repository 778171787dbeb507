"""Which version of OpenMSS this is, and the option that says so."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from app.paths import program_folder


def program_version() -> str:
    """The installed version, or that of the checkout the program runs from."""
    import tomllib  # late: most commands never ask
    from importlib import metadata

    try:
        return metadata.version("openmss")
    except metadata.PackageNotFoundError:
        project = program_folder() / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


class ShowVersion(argparse.Action):
    """`--version`: says it and ends."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        help_text = "show the version and end"
        super().__init__(
            option_strings, argparse.SUPPRESS, nargs=0, default=argparse.SUPPRESS, help=help_text
        )

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Say it."""
        if sys.stdout is not None:  # a program with a window has none on Windows
            sys.stdout.write(f"OpenMSS {program_version()}\n")
        parser.exit()
