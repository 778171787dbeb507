"""Runs one command: arguments in, exit code out; every refusal is one sentence on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from app.command_line.arguments import parse
from app.errors import OpenMssError

OK, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130


def run(arguments: Sequence[str]) -> int:
    """Run and return the exit code: 0 done, 1 refused or not possible, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        # a Windows console's code page cannot show every name; a name in escapes beats a traceback
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        command = parse(arguments)
    except SystemExit as end:  # argparse has written the usage, or the help that was asked for
        return int(end.code or OK)
    try:
        code = command.run(command)
        sys.stdout.flush()
    except OpenMssError as error:
        print(f"openmss-cli: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # the reader (head, less) has seen enough; without this the interpreter complains once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    return code
