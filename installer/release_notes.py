"""Puts the release notes together: what users notice (docs/changes), and the state of the packages."""

from __future__ import annotations

from pathlib import Path

from installer.version import ROOT, version

PACKAGES = """\
## The packages
Settings, call records, recordings and own announcements (`mss_ann/cust_ann`) stay as they are. Before a
settings database of an earlier version is brought up to date, it is copied to `backups`, beside it. An
older version refuses a newer database, and set-up refuses to put an older version over a newer one. The
portable archive has a folder of its own for each version: copy `mss_ann/cust_ann` from the older one.

The Windows set-up was built, installed and called through under Wine, not on Windows itself. Not tried on
Windows: the questions of User Account Control and SmartScreen (the set-up is not signed), the effect of the
firewall rule, sound cards, sleep and log-off, the service's rights. docs/packaging.md has the list.
"""


def notes(root: Path = ROOT) -> str:
    """The release notes of this version, as Markdown."""
    fragments = sorted((root / "docs" / "changes").glob("*.md"))
    texts = [path.read_text(encoding="utf-8").strip() for path in fragments]
    return "\n\n".join((f"# OpenMSS {version(root)}", *texts, PACKAGES))


def write(out: Path, root: Path = ROOT) -> Path:
    """Write them beside the packages; where."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"OpenMSS-{version(root)}-release-notes.md"
    target.write_text(notes(root), encoding="utf-8", newline="\n")
    return target
