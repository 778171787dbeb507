"""One version, in the forms that each system wants."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from installer import version as versions

ROOT = Path(__file__).parents[2]


def test_the_version_is_that_of_the_project() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert versions.version() == tomllib.loads(text)["project"]["version"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1.2.3", (1, 2, 3, 0)), ("0.1", (0, 1, 0, 0)), ("2.0.1.7", (2, 0, 1, 7)), ("1.2.3rc1", (1, 2, 3, 0))],
)
def test_windows_wants_four_numbers(text: str, numbers: tuple[int, int, int, int]) -> None:
    assert versions.four_numbers(text) == numbers


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="no version"):
        versions.four_numbers("next")


def test_the_moment_of_a_build_is_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert versions.build_moment() == 1_700_000_000
    assert versions.reproducible()["SOURCE_DATE_EPOCH"] == "1700000000"


def test_the_moment_of_a_build_outside_git_is_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert versions.build_moment(tmp_path) == versions.build_moment(tmp_path)
    assert versions.build_moment(tmp_path) > 0
