"""Nothing is shipped without its licence."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import licences

ROOT = Path(__file__).parents[2]


def distribution(packages: Path, name: str, *, licence: str = "") -> None:
    """A wheel as pip leaves it."""
    folder = packages / f"{name}-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    records = [f"{folder.name}/METADATA,,"]
    if licence:
        (folder / "LICENSE.txt").write_text(licence)
        records.append(f"{folder.name}/LICENSE.txt,,")
    (folder / "RECORD").write_text("\n".join(records))


def test_each_part_gets_a_folder_with_its_texts(tmp_path: Path) -> None:
    distribution(tmp_path / "packages", "alpha", licence="do as you like")
    distribution(tmp_path / "packages", "shiboken6")  # its wheel names the licence and has no text
    found = licences.collect(tmp_path / "packages", tmp_path / "licences", ROOT)
    assert found == ["alpha", "shiboken6"]
    assert (tmp_path / "licences" / "alpha-1.0" / "LICENSE.txt").read_text() == "do as you like"
    assert "LESSER" in (tmp_path / "licences" / "shiboken6-1.0" / "LGPL-3.0.txt").read_text()
    assert (tmp_path / "licences" / "OpenMSS.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert "PYTHON SOFTWARE FOUNDATION" in (tmp_path / "licences" / "Python.txt").read_text()


def test_a_part_without_licence_stops_the_build_by_name(tmp_path: Path) -> None:
    distribution(tmp_path / "packages", "alpha", licence="yes")
    distribution(tmp_path / "packages", "beta")
    with pytest.raises(licences.LicenceError, match="of beta"):
        licences.collect(tmp_path / "packages", tmp_path / "licences", ROOT)


def test_what_is_not_shipped_needs_none(tmp_path: Path) -> None:
    distribution(tmp_path / "packages", "pefile")
    assert licences.collect(tmp_path / "packages", tmp_path / "licences", ROOT) == []


def test_every_text_of_ours_is_there() -> None:
    for name in ("pyside6-essentials", "shiboken6", "soundfile", "soxr"):
        assert licences.known_texts(name)
        assert all(path.stat().st_size > 5000 for path in licences.known_texts(name))
