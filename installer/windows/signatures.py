"""Holds each file of the Windows Python to its maker's signature."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

SIGNER = "Python Software Foundation"
_SUBJECT = f"/O={SIGNER}/CN={SIGNER}"
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


class UntrustedFileError(Exception):
    """A file is not what its maker signed."""


def check_signatures(files: Iterable[Path], authorities: Path = _AUTHORITIES) -> int:
    """Check that each file carries the Python Software Foundation's signature; how many there were."""
    tool = shutil.which("osslsigncode")
    if tool is None:
        raise UntrustedFileError("osslsigncode is missing, without which no signature can be checked")
    count = 0
    for path in files:
        command = [tool, "verify", "-ignore-crl", "-CAfile", str(authorities), "-TSA-CAfile"]
        done = subprocess.run(
            [*command, str(authorities), "-in", str(path)], capture_output=True, text=True, check=False
        )
        if not is_signed_by_the_foundation(done.stdout):
            raise UntrustedFileError(f"{path.name} is not signed by the {SIGNER}:\n{done.stdout[-2000:]}")
        count += 1
    return count


def is_signed_by_the_foundation(report: str) -> bool:
    """Whether osslsigncode's report tells of a valid signature, and of the right signer as its first."""
    lines = [line.strip() for line in report.splitlines()]
    signer = next((line for line in lines if line.startswith("Subject:")), "")
    return "Succeeded" in lines and _SUBJECT in signer
