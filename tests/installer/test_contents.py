"""What is shipped, and what is not."""

from __future__ import annotations

import sys

import pytest

from installer.contents import belongs, is_of_the_system


@pytest.mark.parametrize(
    "target",
    [
        "resources/translations/openmss_zh_CN.qm",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qoffscreen.dll",
        "mss_ann/catalogue.toml",
        "openmss-0.1.0.dist-info/METADATA",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "_sounddevice_data\\portaudio-binaries\\libportaudio64bit.dll",
    ],
)
def test_what_the_programs_need_is_shipped(target: str) -> None:
    assert belongs(target, None)


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/opengl32sw.dll",
        "PySide6\\translations\\qtbase_de.qm",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/plugins/platforms/qdirect2d.dll",
        "resources/translations/openmss_zh_CN.ts",
        "mss_ann/cust_ann/hello.wav",
        "app/__pycache__/pbx.cpython-311.pyc",
        "av/_core.pyd",
        "openmss-0.1.0.dist-info/direct_url.json",
        "keyring-25.7.0.dist-info\\RECORD",
        "_sounddevice_data/portaudio-binaries/libportaudio64bit-asio.dll",
        "_sounddevice_data\\portaudio-binaries\\libportaudio32bit.dll",
        "_sounddevice_data/portaudio-binaries/libportaudio.dylib",
        "av.libs\\libx264-165.dll",
    ],
)
def test_what_they_do_not_need_is_not(target: str) -> None:
    assert not belongs(target, None)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about the libraries of Linux")
@pytest.mark.parametrize(
    ("source", "is_left"),
    [
        ("/lib/x86_64-linux-gnu/libxcb.so.1", True),
        ("/usr/lib/x86_64-linux-gnu/libglib-2.0.so.0", True),
        ("/usr/lib/x86_64-linux-gnu/libssl.so.3", False),  # Python was built for just this one
        ("/usr/lib/python3.11/lib-dynload/_ssl.so", False),
        ("/somewhere/site-packages/numpy.libs/libopenblas.so", False),
    ],
)
def test_libraries_of_the_system_stay_there(source: str, is_left: bool) -> None:
    assert is_of_the_system(source) is is_left
