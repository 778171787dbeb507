"""Fills in what Wine 8 lacks of Windows, in the prefix only: nothing of it is ever shipped."""

from __future__ import annotations

import subprocess
from pathlib import Path

from installer.windows.wine import Wine, WineError

# Windows 10 and Wine 9 have it; Rust's standard library, so `cryptography`, asks it for random bytes.
_RANDOM = """\
typedef unsigned char byte;
__declspec(dllimport) byte __stdcall SystemFunction036(void *buffer, unsigned long length);
__declspec(dllexport) int __stdcall ProcessPrng(byte *buffer, unsigned long long length) {
    while (length > 0) {
        unsigned long part = length > 65536 ? 65536 : (unsigned long)length;
        if (!SystemFunction036(buffer, part)) return 0;
        buffer += part;
        length -= part;
    }
    return 1;
}
int __stdcall DllMain(void *handle, unsigned reason, void *unused) { return 1; }
"""


def fill(wine: Wine) -> None:
    """Make the libraries that programs of ours need and this Wine lacks."""
    system = wine.drive_c / "windows" / "system32"
    library = system / "bcryptprimitives.dll"
    if library.exists():
        return
    source = wine.prefix / "bcryptprimitives.c"
    source.write_text(_RANDOM)
    compile_library(source, library)


def compile_library(source: Path, library: Path) -> None:
    """Compile a library that needs nothing but Windows."""
    command = ["x86_64-w64-mingw32-gcc", "-shared", "-nostdlib", "-s", "-e", "DllMain", str(source)]
    done = subprocess.run(
        [*command, "-ladvapi32", "-o", str(library)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise WineError(f"{library.name} could not be compiled:\n{done.stderr}")
