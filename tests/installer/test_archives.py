"""The same files make the same archive."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

from installer import archives

MOMENT = 1_700_000_000


def folder(root: Path, mode: int, names: tuple[str, ...]) -> Path:
    root.mkdir()
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        path.chmod(mode)
    return root


def test_order_owner_and_time_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    one = folder(tmp_path / "one", 0o600, ("b/c", "a"))
    other = folder(tmp_path / "other", 0o664, ("a", "b/c"))
    packed = [
        archives.pack(each, tmp_path / f"{each.name}.tar.xz", "openmss-1", MOMENT) for each in (one, other)
    ]
    assert packed[0].read_bytes() == packed[1].read_bytes()
    with tarfile.open(packed[0]) as archive:
        entries = archive.getmembers()
    assert [entry.name for entry in entries] == ["openmss-1/a", "openmss-1/b", "openmss-1/b/c"]
    assert {(entry.uid, entry.uname, entry.mtime) for entry in entries} == {(0, "root", MOMENT)}
    assert not (tmp_path / "one.tar").exists()


@pytest.mark.skipif(shutil.which("xz") is None, reason="needs the program xz")
def test_the_number_of_processors_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = folder(tmp_path / "p", 0o600, ("text",))
    packed = []
    for count in (1, 2, 5):
        monkeypatch.setattr("os.cpu_count", lambda number=count: number)
        packed.append(archives.pack(source, tmp_path / f"{count}.tar.xz", "p", MOMENT).read_bytes())
    assert packed[0] == packed[1] == packed[2]


def test_programs_stay_programs(tmp_path: Path) -> None:
    made = archives.pack(folder(tmp_path / "p", 0o700, ("run",)), tmp_path / "p.tar.xz", "p", MOMENT)
    with tarfile.open(made) as archive:
        assert archive.getmember("p/run").mode == 0o755


def test_without_the_program_xz_python_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives.shutil, "which", lambda name: None)
    made = archives.pack(folder(tmp_path / "p", 0o600, ("text",)), tmp_path / "p.tar.xz", "p", MOMENT)
    with tarfile.open(made) as archive:
        assert archive.extractfile("p/text") is not None


def test_times_and_modes_of_a_tree_are_those_of_packages(tmp_path: Path) -> None:
    root = folder(tmp_path / "tree", 0o640, ("file", "deep/file"))
    (root / "link").symlink_to("file")
    archives.set_times(root, MOMENT)
    assert {path.lstat().st_mtime for path in (root, *root.rglob("*"))} == {MOMENT}
    assert oct((root / "file").stat().st_mode & 0o777) == "0o644"
    assert oct((root / "deep").stat().st_mode & 0o777) == "0o755"
