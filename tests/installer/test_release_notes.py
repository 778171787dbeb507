"""Every fragment of docs/changes is in the release notes, and so is what was only tried under Wine."""

from __future__ import annotations

from pathlib import Path

from installer import release_notes
from installer.version import version

CHANGES = Path(__file__).parents[2] / "docs" / "changes"


def test_the_notes_hold_every_change(tmp_path: Path) -> None:
    written = release_notes.write(tmp_path / "out")
    assert written.name == f"OpenMSS-{version()}-release-notes.md"
    text = written.read_text(encoding="utf-8")
    assert text.startswith(f"# OpenMSS {version()}\n")
    fragments = list(CHANGES.glob("*.md"))
    assert fragments
    for fragment in fragments:
        assert fragment.read_text(encoding="utf-8").strip() in text
    assert "under Wine, not on Windows" in text
