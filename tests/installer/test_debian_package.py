"""What the Debian package says of itself; tests/packaging installs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer import debian_package

SCRIPTS = Path(__file__).parents[2] / "installer" / "debian"


def test_the_control_file_keeps_qt_from_servers() -> None:
    text = debian_package.control_text("1.0", "amd64", 1234, "2.35")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "openmss"
    assert fields["Depends"].startswith("libc6 (>= 2.35)")
    assert "libopus0" in fields["Depends"]
    assert "libxcb" not in fields["Depends"]
    assert "libxcb-cursor0" in fields["Recommends"]
    assert fields["Installed-Size"] == "1234"


@pytest.mark.parametrize(
    ("version", "debian"),
    [("1.0", "1.0"), ("1.0rc1", "1.0~rc1"), ("1.0.dev3", "1.0~dev3"), ("2.1b2", "2.1~b2")],
)
def test_what_comes_before_a_release_sorts_before_it(version: str, debian: str) -> None:
    assert debian_package.debian_version(version) == debian


def test_scripts_keep_own_announcements() -> None:
    assert "cust_ann" not in (SCRIPTS / "prerm").read_text()
    removed = [line for line in (SCRIPTS / "postrm").read_text().splitlines() if "rm -r" in line]
    assert removed == ["    rm -rf /var/lib/openmss"]


def test_the_service_may_write_only_where_it_must() -> None:
    unit = (SCRIPTS / "openmss.service").read_text().splitlines()
    assert "ProtectSystem=strict" in unit
    assert "NoNewPrivileges=yes" in unit
    assert "CapabilityBoundingSet=" in unit
    assert [line for line in unit if line.startswith("ReadWritePaths")] == [
        "ReadWritePaths=-/opt/sipserver/mss_ann/cust_ann"
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about programs of Linux")
def test_programs_of_linux_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program")
    assert debian_package.is_elf(Path("/bin/sh").resolve())
    assert not debian_package.is_elf(tmp_path / "text")
