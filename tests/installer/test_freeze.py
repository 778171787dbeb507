"""What is put beside the frozen programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.faults import BuildError
from installer.freeze import check, copy_announcements, copy_manual
from installer.version import ROOT


def test_the_manual_is_where_the_window_looks_for_it(tmp_path: Path) -> None:
    copy_manual(ROOT, tmp_path)
    manual = tmp_path / "docs" / "manual"
    pages = sorted(path.name for path in (ROOT / "docs" / "manual" / "en").glob("*.html"))
    for language in ("en", "zh_CN"):
        assert sorted(path.name for path in (manual / language).iterdir()) == pages
    assert (manual / "manual.css").exists()
    assert (manual / "pictures" / "about-en-light.png").exists()
    assert not list(manual.rglob("*.py"))


def test_own_announcements_are_not_copied(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "cust_ann").mkdir(parents=True)
    (source / "cust_ann" / "fail-busy.wav").touch()
    (source / "make.py").touch()
    (source / "catalogue.toml").touch()
    copy_announcements(source, tmp_path / "target")
    assert [path.name for path in (tmp_path / "target").iterdir()] == ["catalogue.toml"]


def test_a_folder_without_its_parts_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"openmss_zh_CN\.qm.*libopus.*zh_CN/index\.html"):
        check(tmp_path)
    (tmp_path / "av.libs").mkdir()
    (tmp_path / "av.libs" / "libx264.dll").touch()
    with pytest.raises(BuildError, match="do not belong into a package"):
        check(tmp_path)
