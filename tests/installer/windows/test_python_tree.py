"""How the stable interface's library is made from what the tools say."""

from __future__ import annotations

import zipfile
from pathlib import Path

from installer.windows import python_tree

LISTING = """
ImageBase\t\t0000000180000000

Export Address Table -- Ordinal Base 1
\t[   0] +base[   1] 1000 Export RVA
\t[   1] +base[   2] 35a000 Export RVA

[Ordinal/Name Pointer] Table
\t[   0] PyArg_Parse
\t[   1] PyBool_Type
"""
SECTIONS = "  0 .text         002599e6  0000000180001000  0000000180001000  00000400  2**4\n"


def test_what_lies_in_the_code_is_a_function_all_else_is_data() -> None:
    names = python_tree.exports(LISTING)
    assert names == {"PyArg_Parse": 0x1000, "PyBool_Type": 0x35A000}
    code = python_tree.code_range(SECTIONS, LISTING)
    assert 0x1000 in code
    assert 0x35A000 not in code
    assert python_tree.forwarders(names, code).splitlines() == [
        "LIBRARY python3.dll",
        "EXPORTS",
        "  PyArg_Parse=python311.PyArg_Parse",
        "  PyBool_Type=python311.PyBool_Type DATA",
    ]


def test_of_the_carrier_only_python_is_taken() -> None:
    assert python_tree.is_wanted("python311.dll")
    assert python_tree.is_wanted("_ssl.pyd")
    assert not python_tree.is_wanted("tcl86t.dll")
    assert not python_tree.is_wanted("_tkinter.pyd")


def test_a_wheel_is_laid_out_as_it_is_imported(tmp_path: Path) -> None:
    wheel = tmp_path / "part-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("part/__init__.py", "")
        archive.writestr("part-1.0.data/platlib/part/fast.pyd", "x")
        archive.writestr("part-1.0.data/scripts/part", "x")
    python_tree.unpack_wheel(wheel, tmp_path / "packages")
    found = {path.relative_to(tmp_path / "packages").as_posix() for path in tmp_path.rglob("packages/**/*.*")}
    assert found == {"part/__init__.py", "part/fast.pyd"}
