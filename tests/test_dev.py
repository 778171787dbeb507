"""The set-up does what it says: at once when all is there, and with a clear word when it cannot."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def dev() -> ModuleType:
    """A fresh copy of dev.py, as a module."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A project folder of its own, and the list of what pip was asked for."""
    asked: list[tuple[str, ...]] = []
    for name in ("ROOT", "VENV", "PYTHON", "STAMP", "RUN_LOCK", "DEVELOP_LOCK"):
        monkeypatch.setattr(dev, name, tmp_path / getattr(dev, name).relative_to(ROOT))
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name)
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.touch()
    monkeypatch.setattr(dev, "pip", lambda *arguments: asked.append(arguments))
    return asked


def test_packages_are_installed_once(dev: ModuleType, project: list[tuple[str, ...]]) -> None:
    dev.provide_environment(dev.DEVELOP_LOCK)
    assert [call[:2] for call in project] == [("install", "--require-hashes"), ("install", "--no-deps")]
    dev.provide_environment(dev.DEVELOP_LOCK)
    dev.provide_environment(dev.RUN_LOCK)  # part of the other
    assert len(project) == 2


def test_a_changed_lock_is_installed_again(dev: ModuleType, project: list[tuple[str, ...]]) -> None:
    dev.provide_environment(dev.RUN_LOCK)
    project.clear()
    dev.RUN_LOCK.write_text("other versions")
    dev.provide_environment(dev.RUN_LOCK)
    assert project == [("install", "--require-hashes", "--requirement", str(dev.RUN_LOCK))]


def test_line_ends_do_not_change_a_lock(dev: ModuleType, project: list[tuple[str, ...]]) -> None:
    dev.RUN_LOCK.write_bytes(b"a==1\nb==2\n")
    before = dev.digest(dev.RUN_LOCK)
    dev.RUN_LOCK.write_bytes(b"a==1\r\nb==2\r\n")
    assert dev.digest(dev.RUN_LOCK) == before


def test_no_network_is_told_in_words(
    dev: ModuleType, project: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def fail(*_arguments: str) -> None:
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(dev, "pip", fail)
    assert dev.main(["lint"]) == 1
    assert "pip could not install the packages" in capsys.readouterr().err


def test_another_python_is_looked_for(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "sys", SimpleNamespace(version_info=(3, 9, 1), version="3.9.1 (x)"))
    monkeypatch.setattr(dev, "ON_WINDOWS", False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/bin/{name}" if name == "python3.11" else None)
    assert dev.supported_python() == ["/bin/python3.11"]
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    with pytest.raises(dev.SetupError, match=r"needs Python 3\.11 or 3\.12; this is 3\.9\.1"):
        dev.supported_python()


LISTING = "installed\tlibegl1\t\ndeinstall\tsipsak\t\ninstalled\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80), x\n"


def debian(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, user: int) -> list[list[str]]:
    """A Debian with some packages; gives the list of what was run."""
    ran: list[list[str]] = []

    def run(command: list[str], **_settings: object) -> SimpleNamespace:
        if command[0] != "dpkg-query":
            ran.append(command)
        return SimpleNamespace(returncode=0, stdout=LISTING)

    monkeypatch.setattr(dev, "ON_LINUX", True)
    monkeypatch.setattr(dev, "subprocess", SimpleNamespace(run=run, DEVNULL=None))
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: user, raising=False)
    return ran


def test_only_missing_packages_are_installed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = debian(dev, monkeypatch, user=0)
    dev.provide_debian_packages(("libegl1", "libglib2.0-0"))  # the second goes by another name here
    assert ran == []
    dev.provide_debian_packages(("libegl1", "sipsak"))
    assert [command[:2] for command in ran] == [["apt-get", "update"], ["apt-get", "install"]]
    assert "sipsak" in ran[1]
    assert "libegl1" not in ran[1]


def test_who_may_not_install_is_told_the_line(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    ran = debian(dev, monkeypatch, user=1000)
    dev.provide_debian_packages(("sipsak",))
    assert ran == []
    assert "sudo apt-get install --yes --no-install-recommends sipsak\n" in capsys.readouterr().err


def test_without_a_display_the_server_is_run(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "replace_process", lambda *arguments: started.append(arguments) or 0)
    monkeypatch.setattr(dev, "provide_environment", lambda _lock: None)
    monkeypatch.setattr(dev, "provide_debian_packages", lambda _names: None)
    for has_display in (True, False):
        monkeypatch.setattr(dev, "has_display", lambda answer=has_display: answer)
        assert dev.main(["run", "--data", "x"]) == 0
    assert started == [("-m", "ui", "--data", "x"), ("-m", "app", "serve", "--data", "x")]


def test_the_documented_tasks_are_there(dev: ModuleType) -> None:
    assert dev.__doc__ is not None
    for task in dev.TASKS:
        assert f"python3 dev.py {task}" in dev.__doc__
    usage = subprocess.run([sys.executable, ROOT / "dev.py"], capture_output=True, text=True, check=False)
    assert usage.returncode == 2
    assert "python3 dev.py run" in usage.stderr
