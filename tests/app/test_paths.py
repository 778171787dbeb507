"""Where things lie on each system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app import paths


def test_the_data_folder_of_linux_is_hidden_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", lambda: Path("/users/ann"))
    assert paths.default_data_folder() == Path("/users/ann/.openmss")


@pytest.mark.parametrize(
    ("appdata", "expected"),
    [("/roaming", Path("/roaming/OpenMSS")), (None, Path("/users/ann/AppData/Roaming/OpenMSS"))],
)
def test_the_data_folder_of_windows(
    monkeypatch: pytest.MonkeyPatch, appdata: str | None, expected: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(Path, "home", lambda: Path("/users/ann"))
    if appdata is None:
        monkeypatch.delenv("APPDATA", raising=False)
    else:
        monkeypatch.setenv("APPDATA", appdata)
    assert paths.default_data_folder() == expected


def test_a_frozen_build_has_its_resources_in_the_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/bundle", raising=False)
    assert paths.resources() == Path("/opt/bundle/resources")


def test_a_checkout_has_its_resources_beside_app() -> None:
    assert paths.resources() == Path(paths.__file__).parents[1] / "resources"


def test_everything_lies_inside_the_data_folder(tmp_path: Path) -> None:
    places = paths.DataPaths(tmp_path)
    names = ("database", "backups", "logs", "trace", "certificates", "vault_key", "lock", "control")
    found = [getattr(places, name) for name in names]
    assert all(place.parent == tmp_path for place in found)
    assert len(set(found)) == len(names)
    assert not list(tmp_path.iterdir())


def test_a_frozen_program_has_its_own_folder_and_the_bundle_inside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/sipserver/_internal", raising=False)
    assert paths.resources() == Path("/opt/sipserver/_internal/resources")
    assert paths.installed_folder() == Path("/opt/sipserver")


def test_the_checkout_is_where_its_programs_are() -> None:
    assert paths.installed_folder() == paths.program_folder() == Path(__file__).parents[2]
