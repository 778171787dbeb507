"""The one command: what it deletes, and how it says that it cannot go on."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from installer import build, conditions
from installer.faults import BuildError


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch) -> object:
    """`main` sets the time of the build and the modes of its files, for this process."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_folder_to_work_in_keeps_what_is_not_of_a_build(tmp_path: Path) -> None:
    for name in ("frozen/openmss/openmss", "source/dev.py", "letters/to-mother.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    build.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]
    build.clear(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder").is_dir()


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (BuildError("makensis is missing"), "package: makensis is missing"),
        (subprocess.CalledProcessError(3, ["strip", "x"]), "package: failed with 3 (see above): strip x"),
        (OSError(28, "No space left on device", "frozen"), "No space left on device"),
    ],
)
def test_what_goes_wrong_is_told_without_a_traceback(
    failure: Exception,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(conditions, "require", lambda *_, **__: None)
    monkeypatch.setattr(conditions, "uncommitted", lambda: ["a.py"])
    monkeypatch.setattr(build, "build", fail)
    assert build.main(["--work", str(tmp_path / "w"), "--out", str(tmp_path / "o")]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "without the changes to a.py" in said


def test_the_moment_of_the_build_is_one_for_all_its_programs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(conditions, "require", lambda *_, **__: None)
    monkeypatch.setattr(conditions, "uncommitted", list)
    monkeypatch.setattr(build, "build", lambda *_, **__: seen.append(os.environ["SOURCE_DATE_EPOCH"]) or [])
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert build.main(["--work", str(tmp_path / "w"), "--out", str(tmp_path / "o")]) == 0
    assert seen == [str(build.build_moment())]
