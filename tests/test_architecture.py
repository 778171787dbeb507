"""What a linter cannot say: sizes, names, mirrored tests, first docstrings, pins, forbidden words."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("app", "ui", "tests", "benchmarks", "installer")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-package.lock", "installer/windows.lock")
MAXIMUM_LINES = 600
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base", "tools"}

# Modules without behaviour of their own: declarations that the tests of their users exercise.
WITHOUT_TEST = {
    "app/calls/events.py",
    "app/services/actions.py",
    "app/sip/events.py",
    "app/sip/outgoing.py",
    "app/sip/output.py",
    "app/sip/settings.py",
}

# What belongs to a developer's machine or to a package index. Written in pieces: this file is read too.
FORBIDDEN = re.compile(
    "|".join(
        (
            r"(?<![\w.])/" + "work/",
            r"(?<![\w.])/" + "root/",
            r"(?<![\w.])/" + "home/[a-z]+/",
            r"/tmp/" + "brief",
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "deb" + r"\.debian\.org",
            r"\bTO" + r"DO\b",
            r"\bFIX" + r"ME\b",
            r"\bX" + r"XX\b",
        )
    )
)
TEXT_SUFFIXES = {"", ".csv", ".lock", ".md", ".py", ".qss", ".sh", ".svg", ".toml", ".ts", ".txt", ".xml"}


def project_files() -> list[Path]:
    """Every file that is, or could be, committed."""
    listing = ""
    if shutil.which("git"):
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = [ROOT / line for line in listing.splitlines()] or [
        path for part in (*SOURCES, "docs") for path in (ROOT / part).rglob("*.*")
    ]
    return sorted(path for path in files if path.is_file())


def named(path: Path) -> str:
    """The path as the project speaks of it."""
    return path.relative_to(ROOT).as_posix()


FILES = project_files()
MODULES = [path for path in FILES if path.suffix == ".py"]
PROGRAM = [path for path in MODULES if named(path).startswith(("app/", "ui/"))]


def test_the_project_was_found() -> None:
    assert len(PROGRAM) > 20


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < MAXIMUM_LINES
    if path.name != "__init__.py" and not path.name.startswith("test_"):
        assert (ast.get_docstring(ast.parse(text)) or "").strip(), "no first docstring"


@pytest.mark.parametrize("path", PROGRAM, ids=named)
def test_a_module_has_a_noun_for_a_name(path: Path) -> None:
    parts = {part for name in path.relative_to(ROOT).with_suffix("").parts for part in name.split("_")}
    assert not parts & VAGUE_NAMES


@pytest.mark.parametrize("path", [path for path in PROGRAM if path.name != "__init__.py"], ids=named)
def test_a_module_has_its_test(path: Path) -> None:
    """`app/sip/uri.py` has `tests/app/sip/test_uri.py`, or `test_uri_*.py` where one would be too long."""
    folder = ROOT / "tests" / path.relative_to(ROOT).parent
    mirrored = [*folder.glob(f"test_{path.stem}.py"), *folder.glob(f"test_{path.stem}_*.py")]
    if named(path) in WITHOUT_TEST:
        assert not mirrored, "it has a test: take it off the list"
        assert not has_behaviour(path), "it has behaviour: it needs a test"
    else:
        assert mirrored


def has_behaviour(path: Path) -> bool:
    """Whether a module holds a function or method with a branch or a loop."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    branches = (ast.If, ast.For, ast.While, ast.Try, ast.Match, ast.comprehension)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(isinstance(node, branches) for function in functions for node in ast.walk(function))


def test_the_list_of_modules_without_test_is_true() -> None:
    assert not {name for name in WITHOUT_TEST if not (ROOT / name).exists()}


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix in TEXT_SUFFIXES], ids=named)
def test_nothing_of_a_developers_machine_is_committed(path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        assert path.suffix != ".py"  # a fixture of bytes
        return
    found = FORBIDDEN.search(text)
    assert found is None, f"{found.group()!r} in line {text[: found.start()].count(chr(10)) + 1}"


def test_every_version_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(line for extra in extras.values() for line in extra)]
    locked = "".join((ROOT / name).read_text(encoding="utf-8") for name in LOCKS).lower()
    for requirement in wanted:
        pin = re.match(r"([A-Za-z0-9._-]+)==([0-9][\w.]*)", requirement)
        assert pin, f"{requirement} has no exact version"
        assert f"\n{pin[1].lower()}=={pin[2]} " in locked, f"the lock is stale: {requirement}"
    assert "pyside6-essentials==6.9." in locked, "6.10 and later lose references and need what Wine lacks"
    assert "\nnumpy==1.26.4 " in locked


def test_each_lock_has_hashes_and_names_no_index() -> None:
    for name in LOCKS:
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if "==" in line]
        assert len(pins) > 10
        assert all(line.endswith("\\") for line in pins)
        assert "://" not in text


def test_a_test_guards_against_the_lost_references_of_the_qt_binding() -> None:
    tests = [path for path in MODULES if named(path).startswith("tests/ui/")]
    assert any("sys.getrefcount(True)" in path.read_text(encoding="utf-8") for path in tests)


def test_the_engine_starts_without_qt() -> None:
    """`python -m app` must run where no window is installed."""
    program = (
        "import sys, app.__main__\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'qasync', 'ui')])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert loaded.stdout.strip() == "[]", loaded.stderr
