"""Which of the files that PyInstaller finds belong into the packages, and which the system brings itself."""

from __future__ import annotations

import sys
from pathlib import PurePath

# Qt: we draw widgets, SVG and PNG; no web, no OpenGL in software, no embedded screens. Its own texts are not
# used: ours are in resources/translations.
_PICTURES = ("icns", "tga", "tiff", "wbmp", "webp")
_PARTS_OF_QT = (
    "opengl32sw",
    "d3dcompiler",
    "translations/qt",
    "plugins/egldeviceintegrations",
    "plugins/generic",
    "plugins/networkinformation",
    "plugins/platforminputcontexts/libqtvirtualkeyboard",
    "plugins/platforms/libqeglfs",
    "plugins/platforms/libqlinuxfb",
    "plugins/platforms/libqminimal",
    "plugins/platforms/libqvkkhrdisplay",
    "plugins/platforms/libqvnc",
    "plugins/platforms/libqwayland",
    "plugins/platforms/qminimal",
    "plugins/platforms/qdirect2d",
    "plugins/platformthemes/libqgtk3",
    "plugins/qmltooling",
    "plugins/tls",
    "plugins/wayland",
    "plugins/imageformats/qpdf",
    "plugins/imageformats/libqpdf",
    *(
        f"plugins/imageformats/{lib}{kind}"
        for lib in ("q", "libq")
        for kind in ("icns", "tga", "tiff", "wbmp", "webp")
    ),
    "qt6eglfs",
    "qt6opengl",
    "qt6pdf",
    "qt6qml",
    "qt6quick",
    "qt6virtualkeyboard",
    "qt6wayland",
    "qt6wlshell",
)
# What somebody recorded; what Python makes by itself; PyAV, which carries libraries under the GPL.
_NEVER = frozenset(("cust_ann", "__pycache__", "av", "av.libs"))
# What pip notes of its own work: checksums and places that differ from build to build.
_PIPS_NOTES = ("record", "installer", "requested", "direct_url.json")
# sounddevice brings PortAudio for every system, and with ASIO, whose licence is Steinberg's. One is loaded.
_PORTAUDIO, _OUR_PORTAUDIO = "portaudio-binaries/", "portaudio-binaries/libportaudio64bit.dll"
_SOURCES = (".ts", ".pyi", ".h", ".pxd", ".pyx")

# Libraries of the build machine that Python's own modules need in just this version; all other libraries of
# the system stay there, where they are kept safe, and are named by the Debian package.
_PYTHON_NEEDS = (
    "libpython3",
    "libssl",
    "libcrypto",
    "libsqlite3",
    "libffi",
    "liblzma",
    "libbz2",
    "libexpat",
    "libuuid",
)
_OF_THE_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/lib")


def belongs(target: str, source: str | None) -> bool:
    """Whether a file is shipped; `target` is its place in the bundle, `source` where it was found."""
    place = target.replace("\\", "/").lower()
    if any(part in place for part in _PARTS_OF_QT) or place.endswith(_SOURCES):
        return False
    parts = PurePath(place).parts
    if len(parts) > 1 and parts[-2].endswith(".dist-info") and parts[-1] in _PIPS_NOTES:
        return False
    if _PORTAUDIO in place and not place.endswith((_OUR_PORTAUDIO, ".md")):
        return False
    if not _NEVER.isdisjoint(parts):
        return False
    return not is_of_the_system(source or "")


def is_of_the_system(source: str) -> bool:
    """Whether a library is the build machine's own, and left to the machine the program runs on."""
    if not sys.platform.startswith("linux") or not source.startswith(_OF_THE_SYSTEM):
        return False
    if "/python3" in source:  # the machine's own Python and what is installed for it
        return False
    return not PurePath(source).name.startswith(_PYTHON_NEEDS)
