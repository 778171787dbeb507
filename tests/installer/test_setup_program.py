"""What makes the Windows set-up: its texts in both languages, its pictures, what it says when it cannot."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from installer import setup_program
from installer.faults import BuildError
from installer.icon import write_ico
from installer.version import ROOT

SCRIPT = (ROOT / "installer" / "openmss.nsi").read_text(encoding="utf-8")
TEXTS = dict(
    re.findall(
        r'^!insertmacro Text (\w+) (".*")$',
        (ROOT / "installer" / "windows" / "texts.nsh").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
VARIABLE = re.compile(r"\$(?:\w+|\{\w+\})")


def in_both_languages(name: str) -> tuple[str, str]:
    english, chinese = re.fullmatch(r'"([^"]*)" "([^"]*)"', TEXTS[name]).groups()  # type: ignore[union-attr]
    return english, chinese


def test_every_text_is_there_and_used() -> None:
    own = {name for name in re.findall(r"\$\((\w+)\)", SCRIPT) if not name.startswith("MUI_")}
    assert own == set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_both_languages_tell_the_same_figures(name: str) -> None:
    english, chinese = in_both_languages(name)
    assert sorted(VARIABLE.findall(english)) == sorted(VARIABLE.findall(chinese))
    if name != "PROGRAM":
        assert re.search("[\u4e00-\u9fff]", chinese)
        assert not re.search("[\u4e00-\u9fff]", english)


def test_what_is_said_of_a_choice_fits_its_two_lines() -> None:
    hints = re.findall(r'MUI_DESCRIPTION_TEXT \$\{\w+\} "\$\((\w+)\)"', SCRIPT)
    assert len(hints) == 5
    for name in hints:
        english, chinese = in_both_languages(name)
        assert len(english) <= 102, name
        assert len(chinese) <= 51, name


def test_a_set_up_is_made_with_its_pictures(qt: QApplication, tmp_path: Path) -> None:
    if not shutil.which("makensis"):
        pytest.skip("makensis is missing: apt-get install nsis")
    frozen, work = tmp_path / "frozen", tmp_path / "work"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "openmss.exe").write_bytes(b"MZ" + bytes(5000))
    write_ico(ROOT / "resources" / "icons" / "openmss.svg", work / "openmss.ico")
    made = setup_program.make(frozen, work, tmp_path / "dist", "1.2.3", compression="zlib")
    assert made.name == "OpenMSS-1.2.3-setup.exe"
    data = made.read_bytes()
    assert data[:2] == b"MZ"
    assert "OpenMSS set-up".encode("utf-16le") in data  # what Windows asks about before it starts
    assert (work / "wizard-150.bmp").exists()


def test_without_its_compiler_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="install NSIS"):
        setup_program.make(tmp_path, tmp_path, tmp_path, "1.0")
