"""`python -m app` is `openmss-cli`: the PBX without a window."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line with the process's arguments; return the exit code."""
    from app.command_line.run import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
