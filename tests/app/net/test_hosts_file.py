"""Names from the hosts file."""

from __future__ import annotations

import os
from pathlib import Path

from app.net.hosts_file import HostsFile, default_path


def test_names_and_aliases_are_found_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "hosts"
    path.write_text(
        "127.0.0.1 localhost\n192.0.2.7  Phone.example phone # desk\n2001:db8::7 phone.example\nbad line\n\n"
    )
    hosts = HostsFile(path)
    assert hosts.lookup("phone.example") == ("192.0.2.7", "2001:db8::7")
    assert hosts.lookup("phone") == ("192.0.2.7",)
    assert hosts.lookup("line") == ()
    assert hosts.lookup("desk") == ()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "hosts"
    path.write_text("192.0.2.7 phone\n")
    hosts = HostsFile(path)
    assert hosts.lookup("phone") == ("192.0.2.7",)
    path.write_text("192.0.2.8 phone\n")
    os.utime(path, ns=(1, 1))
    assert hosts.lookup("phone") == ("192.0.2.8",)
    path.unlink()
    assert hosts.lookup("phone") == ()


def test_localhost_is_known_without_a_file(tmp_path: Path) -> None:
    hosts = HostsFile(tmp_path / "missing")
    assert hosts.lookup("localhost") == ("127.0.0.1", "::1")
    assert hosts.lookup("a.localhost") == ("127.0.0.1", "::1")
    assert hosts.lookup("example.org") == ()


def test_the_systems_file_is_named() -> None:
    assert default_path().name == "hosts"
