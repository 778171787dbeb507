"""What is built is what is committed; outside of git, a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from installer import environment
from installer.faults import BuildError

ROOT = Path(__file__).parents[2]


def tree(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_outside_of_git_the_source_is_copied_without_what_was_built_from_it(tmp_path: Path) -> None:
    root = tree(
        tmp_path / "openmss",
        "app/pbx.py",
        "app/__pycache__/pbx.pyc",
        "build/package/environment/python",
        "dist/old.deb",
        ".venv/python",
        "mss_ann/cust_ann/mine.wav",
        "openmss.egg-info/PKG-INFO",
        "work/left/over.txt",
    )
    for target in (root / "build" / "package" / "source", root / "work" / "source"):
        made = environment.clean_source(target, root)
        assert made == target
        assert "app/pbx.py" in files(target)
        assert set(files(target)) <= {"app/pbx.py", "work/left/over.txt"}
    assert (root / "build/package/environment/python").exists()


@pytest.mark.skipif(find_spec("setuptools") is None, reason="needs setuptools, which builds the wheel")
def test_the_wheel_has_the_manual_and_does_not_depend_on_who_builds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    sources = [environment.copy_source(tmp_path / name / "source", ROOT) for name in ("one", "another")]
    made = []
    for source, umask in zip(sources, (0o022, 0o077), strict=True):
        tree(source, "mss_ann/cust_ann/mine.wav")
        before = os.umask(umask)
        try:
            made.append(environment.make_wheel(Path(sys.executable), source, source.parent / "dist"))
        finally:
            os.umask(before)
    assert made[0].read_bytes() == made[1].read_bytes()
    with zipfile.ZipFile(made[0]) as wheel:
        names = set(wheel.namelist())
    manual = {f"docs/manual/{name}" for name in ("en/index.html", "zh_CN/index.html", "manual.css")}
    assert manual | {"app/pbx.py", "ui/__main__.py", "mss_ann/catalogue.toml"} <= names
    assert not {name for name in names if "cust_ann" in name or name.startswith(("tests/", "installer/"))}
    assert not {name for name in names if name.startswith("docs/") and name.endswith(".py")}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_in_git_it_is_what_was_committed(tmp_path: Path) -> None:
    root = tree(tmp_path / "openmss", "app.py")
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for words in (("init",), ("add", "."), ("commit", "-m", "first")):
        subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True)
    tree(root, "new.py").joinpath("app.py").write_text("changed", encoding="utf-8")
    made = environment.clean_source(tmp_path / "source", root)
    assert files(made) == ["app.py"]
    assert (made / "app.py").read_text(encoding="utf-8") == "app.py"


def test_a_checkout_is_not_built_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, ".git/HEAD", "app.py")
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(BuildError, match="git is missing"):
        environment.clean_source(tmp_path / "source", tmp_path)


def test_a_lock_that_cannot_be_fetched_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        return subprocess.CompletedProcess(command, int("install" in command))

    monkeypatch.setattr("subprocess.run", run)
    with pytest.raises(BuildError, match="without a network"):
        environment.make(tmp_path / "environment", tmp_path)
    assert "--require-hashes" in ran[-1]
