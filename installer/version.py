"""The version, from its one place in pyproject.toml, and the moment that a build says it was made at."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_FALLBACK_MOMENT = 1_577_836_800  # 2020-01-01: where neither git nor the environment knows better


def version(root: Path = ROOT) -> str:
    """The project's version, as "1.2.3"."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def four_numbers(text: str) -> tuple[int, int, int, int]:
    """A version as Windows wants it: "1.2.3rc1" -> (1, 2, 3, 0)."""
    found = re.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?", text)
    if found is None:
        raise ValueError(f"“{text}” is no version")
    first, second, third, fourth = (int(part or 0) for part in found.groups())
    return first, second, third, fourth


def build_moment(root: Path = ROOT) -> int:
    """Unix seconds: SOURCE_DATE_EPOCH, else the last commit's: the same source gives the same files."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        found = ""
    return int(found) if found.isdigit() else _FALLBACK_MOMENT


def reproducible(root: Path = ROOT) -> dict[str, str]:
    """The environment of a build whose files depend on the source alone, as far as that is in our hands."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(build_moment(root)),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
