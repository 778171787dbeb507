"""The packages to try out, and a clean system to install them into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.clean_system import CleanSystem, fetched

PACKAGES = "OPENMSS_PACKAGES"  # the folder with what `python3 dev.py package` has made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What installs has minutes, and runs by itself."""
    for item in items:
        if "packaging" in item.path.parts:
            item.add_marker(pytest.mark.timeout(900))
            item.add_marker(pytest.mark.xdist_group("packaging"))


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder with the packages."""
    found = os.environ.get(PACKAGES, "")
    if not found:
        pytest.skip("no packages were built: `python3 dev.py package --check` builds them and runs this")
    return Path(found)


@pytest.fixture
def debian_package(packages: Path) -> Path:
    """The newest Debian package for this machine."""
    found = sorted(packages.glob("openmss_*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        pytest.skip(f"no Debian package in {packages}")
    return found[-1]


@pytest.fixture
def clean_system(tmp_path: Path) -> Iterator[CleanSystem]:
    """A Debian with nothing but its essential packages."""
    with CleanSystem(fetched(), tmp_path / "system") as system:
        yield system
