"""What is checked once the Windows programs are frozen."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.build_windows import files_of_python
from installer.faults import BuildError


def test_a_packages_own_module_is_not_taken_for_pythons(tmp_path: Path) -> None:
    signed, bundle = tmp_path / "signed", tmp_path / "openmss" / "_internal"
    for folder, names in (
        (signed, ("python311.dll", "_ssl.pyd", "winsound.pyd")),
        (bundle, ("python311.dll", "_ssl.pyd", "G722.cp311-win_amd64.pyd", "python3.dll")),
    ):
        folder.mkdir(parents=True)
        for name in names:
            (folder / name).touch()
    assert [path.name for path in files_of_python(bundle.parent, signed)] == ["_ssl.pyd", "python311.dll"]
    (bundle / "python311.dll").unlink()
    with pytest.raises(BuildError, match="holds no Python"):
        files_of_python(bundle.parent, signed)
