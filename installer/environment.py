"""The environment that packages are built in: exactly what the lock lists, nothing of the developer's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

from installer.faults import BuildError
from installer.version import ROOT, reproducible

# What lies in a source folder and is no source, where no git says so.
_CACHES = (
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
)
_NO_SOURCE = frozenset((*_CACHES, ".git", ".venv", "build", "cust_ann", "dist"))


def clean_source(target: Path, root: Path = ROOT) -> Path:
    """Lay out what is committed, nothing else; outside of git, a copy of the source."""
    if not (root / ".git").exists():
        return copy_source(target, root)
    if shutil.which("git") is None:
        raise BuildError("git is missing: what is committed is what is built")
    done = subprocess.run(["git", "-C", str(root), "archive", "HEAD"], capture_output=True, check=False)
    if done.returncode:
        raise BuildError(f"git archive failed: {done.stderr.decode(errors='replace').strip()}")
    target.mkdir(parents=True)
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")
    return target


def copy_source(target: Path, root: Path) -> Path:
    """Copy a source folder: building tidies up behind itself, and `target` may lie in the folder."""
    own = {target, *target.parents} - {root, *root.parents}

    def ignored(folder: str, names: list[str]) -> set[str]:
        return {
            name
            for name in names
            if name in _NO_SOURCE or name.endswith(".egg-info") or Path(folder) / name in own
        }

    shutil.copytree(root, target, ignore=ignored)
    return target


def make(folder: Path, source: Path) -> Path:
    """Make the environment with the packages of the lock and with OpenMSS itself; its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    lock = source / "requirements-package.lock"
    install = [*pip, "install", "--require-hashes", "--requirement", str(lock)]
    if subprocess.run(install, check=False).returncode:
        raise BuildError(
            f"pip could not install the packages of {lock.name} (see above); without a network, or behind a"
            " proxy, set pip up for your package index (`pip config`) and run this again"
        )
    subprocess.run([str(python), "-m", "ui.translations"], cwd=source, check=True)
    return python


def build_wheel(python: Path, source: Path, target: Path) -> Path:
    """Build the wheel into `target`, and install it: the frozen programs tell its version."""
    wheel = make_wheel(python, source, target)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--force-reinstall", str(wheel)], check=True)
    return wheel


def make_wheel(python: Path, source: Path, target: Path) -> Path:
    """Build the wheel into `target`; the modes of its files are not those of who builds it."""
    target.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    command += ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(target), str(source)]
    before = os.umask(0o022)
    try:
        subprocess.run(command, env=reproducible(source), check=True)
    finally:
        os.umask(before)
    for left in (*source.glob("*.egg-info"), source / "build"):  # else found before what is installed
        shutil.rmtree(left, ignore_errors=True)
    return max(target.glob("openmss-*.whl"), key=lambda path: path.stat().st_mtime)


def packages_of(python: Path) -> Path:
    """The folder that an environment's packages lie in."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def plain() -> dict[str, str]:
    """This process's environment without what steers its Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
