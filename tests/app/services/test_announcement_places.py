from __future__ import annotations

import sys
from pathlib import Path, PureWindowsPath

import pytest

from app.options import Options
from app.paths import program_folder
from app.services import announcement_places
from app.services.announcement_places import default_custom_folder, places, windows_folder
from tests.support.announcements import write_defaults


def test_a_checkout_has_its_own_folders(tmp_path: Path) -> None:
    found = places(Options(data=tmp_path))
    assert found.defaults == program_folder() / "mss_ann"
    assert found.custom == program_folder() / "mss_ann" / "cust_ann"
    assert found.spare == tmp_path / "mss_ann" / "cust_ann"
    assert found.own == (found.spare, found.custom)


def test_windows_takes_d_and_else_the_system_drive() -> None:
    usual = PureWindowsPath(r"D:\myvoipapp\minisipserver\mss_ann\cust_ann")
    assert windows_folder(has_d=True, system="C:") == usual
    assert windows_folder(has_d=False, system="C:") == PureWindowsPath(
        r"C:\myvoipapp\minisipserver\mss_ann\cust_ann"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of Linux")
def test_installed_on_linux_it_is_opt_sipserver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_places, "program_folder", lambda: tmp_path)
    assert default_custom_folder() == Path("/opt/sipserver/mss_ann/cust_ann")


def test_a_frozen_program_has_its_folder_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "sipserver" / "_internal"), raising=False)
    assert default_custom_folder() == tmp_path / "sipserver" / "mss_ann" / "cust_ann"


def test_another_folder_may_be_named(tmp_path: Path) -> None:
    other = write_defaults(tmp_path / "other")
    found = places(Options(data=tmp_path, announcements=other))
    assert (found.defaults, found.custom) == (other, other / "cust_ann")


def test_one_without_a_catalogue_brings_only_own_ones(tmp_path: Path) -> None:
    found = places(Options(data=tmp_path, announcements=tmp_path / "other"))
    assert found.defaults == program_folder() / "mss_ann"
    assert found.custom == tmp_path / "other" / "cust_ann"
