"""The manual pages say what the commands say of themselves."""

from __future__ import annotations

import re
from pathlib import Path

from installer.man_pages import pages, roff


def test_each_command_and_option_is_on_a_page() -> None:
    found = pages("1.2.3", 1_700_000_000)
    assert set(found) == {"openmss.1", "openmss-cli.1"}
    page = found["openmss-cli.1"]
    assert page.startswith('.TH OPENMSS-CLI 1 "2023-11-14" "OpenMSS 1.2.3"')
    for command in ("serve", "status", "stop", "add", "explain"):
        assert re.search(rf"^\.SS {command}\b", page, re.M), command
    assert "\\-\\-sip\\-port" in page
    assert "%(default)s" not in page
    assert ".SH SEE ALSO" in found["openmss.1"]


def test_a_default_folder_is_the_readers_and_not_the_builders() -> None:
    for page in pages("1.0", 0).values():
        assert str(Path.home()) not in page
    assert "default: ~/.openmss" in pages("1.0", 0)["openmss-cli.1"]


def test_no_line_is_taken_for_an_order_by_mistake() -> None:
    known = {"TH", "SH", "SS", "B", "BR", "I", "PP", "TP"}
    for page in pages("1.0", 0).values():
        orders = [line[1:].split()[0] for line in page.splitlines() if line.startswith(".")]
        assert set(orders) <= known


def test_dots_dashes_and_backslashes_come_out_as_they_are() -> None:
    assert roff(".hidden") == "\\&.hidden"
    assert roff("a-b\\c") == "a\\-b\\ec"
