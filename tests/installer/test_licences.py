"""Nothing is shipped without its licence."""

from __future__ import annotations

import json
import platform
import re
import shutil
import sys
import sysconfig
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
    index = json.loads((licences.TEXTS / "index.json").read_text(encoding="utf-8"))
    assert {"pyside6-essentials", "shiboken6", "soundfile", "soxr"} <= set(index)
    for name in index:
        assert licences.known_texts(name)
        assert all(path.stat().st_size > 1000 for path in licences.known_texts(name))


def test_a_reader_is_told_where_the_libraries_are_that_may_be_replaced(tmp_path: Path) -> None:
    licences.collect(tmp_path, tmp_path / "licences", ROOT)
    told = (tmp_path / "licences" / "README.txt").read_text(encoding="utf-8")
    for library in ("Qt", "libsndfile", "libsoxr", "libquadmath"):
        assert re.search(rf"^  {library}\b.* LGPL .* https://", told, re.M), library
    assert "libffi" in (tmp_path / "licences" / "python-parts.txt").read_text(encoding="utf-8")


def test_what_pyinstaller_took_from_elsewhere_is_found(tmp_path: Path) -> None:
    packages, elsewhere = tmp_path / "packages", tmp_path / "elsewhere"
    stdlib = sysconfig.get_path("stdlib")
    record = tmp_path / "COLLECT-00.toc"
    entries = [
        ("numpy/core.so", str(packages / "numpy" / "core.so"), "EXTENSION"),
        ("libz.so.1", str(elsewhere / "libz.so.1"), "BINARY"),
        ("libz.so", "libz.so.1", "SYMLINK"),
        ("resources/x.txt", str(elsewhere / "x.txt"), "DATA"),
    ]
    if sys.base_prefix not in ("/usr", "/usr/local"):
        entries.append(("_ssl.so", f"{stdlib}/lib-dynload/_ssl.so", "EXTENSION"))
    record.write_text(repr((entries, "openmss", False)), encoding="utf-8")
    assert licences.foreign_files(record, packages) == [elsewhere / "libz.so.1"]


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="needs Debian's dpkg-query")
def test_a_library_of_the_system_brings_its_packages_copyright(tmp_path: Path) -> None:
    library = Path("/lib") / f"{platform.machine()}-linux-gnu" / "libz.so.1"
    assert licences.copy_debian([library, library.resolve()], tmp_path) == ["zlib1g"]
    assert "Jean-loup Gailly" in (tmp_path / "zlib1g.txt").read_text(encoding="utf-8")
    nobodys = tmp_path / "libnobody.so.1"
    nobodys.touch()
    with pytest.raises(licences.LicenceError, match="libnobody"):
        licences.copy_debian([nobodys], tmp_path)
