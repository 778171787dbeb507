"""Runs first in a frozen program of Linux: it goes on reading its own file when an upgrade has replaced it.

PyInstaller opens the program anew for every module, and would find that of the other version.
"""

import os

import pyimod02_importers as importers  # type: ignore[import-not-found]  # PyInstaller's, in the program

_archive = importers.pyz_archive
_archive._filename = f"/proc/self/fd/{os.open(_archive._filename, os.O_RDONLY | os.O_CLOEXEC)}"
