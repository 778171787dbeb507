"""Finds libopus, the reference library of Opus, and makes it callable.

It comes beside a frozen program, from the system (Debian's libopus0), or, for developers on Windows, out of
PyAV's wheel, of which nothing else is loaded. Where there is none, everything but Opus works.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Iterator
from ctypes import c_char_p, c_int, c_int32, c_void_p
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.media.voice_codec import CodecError
from app.paths import program_folder

logger = logging.getLogger(__name__)

NAME = "libopus-0.dll" if sys.platform == "win32" else "libopus.so.0"

# Arguments of what we call (opus.h). The states are memory of ours, so that nothing has to be given back.
_FUNCTIONS: dict[str, tuple[type, ...]] = {
    "opus_encoder_get_size": (c_int,),
    "opus_encoder_init": (c_void_p, c_int32, c_int, c_int),
    "opus_encoder_ctl": (c_void_p, c_int),
    "opus_encode": (c_void_p, c_char_p, c_int, c_void_p, c_int32),
    "opus_decoder_get_size": (c_int,),
    "opus_decoder_init": (c_void_p, c_int32, c_int),
    "opus_decode": (c_void_p, c_char_p, c_int32, c_void_p, c_int, c_int),
}


@cache
def load() -> ctypes.PyDLL | None:
    """The library, or None where there is none; the log tells which.

    A call keeps the interpreter's lock: it takes microseconds, but to win the lock back beside a busy window
    takes half a millisecond.
    """
    for place in _places():
        try:
            library = ctypes.PyDLL(place)
            for name, arguments in _FUNCTIONS.items():
                function = getattr(library, name)
                function.argtypes, function.restype = arguments, c_int
            version = library.opus_get_version_string
        except (OSError, AttributeError) as error:
            logger.debug("no libopus at %s: %s", place, error)
            continue
        version.argtypes, version.restype = (), c_char_p
        logger.info("Opus by %s", version().decode(errors="replace"))
        return library
    logger.info("Opus is not offered: %s is not installed (on Debian: libopus0)", NAME)
    return None


def needed() -> ctypes.PyDLL:
    """The library; CodecError where there is none."""
    library = load()
    if library is None:
        raise CodecError(f"Opus needs {NAME}, which is not installed")
    return library


def _places() -> Iterator[str]:
    """Where it may be, the surest first."""
    beside = program_folder() / NAME
    if beside.exists():
        yield str(beside)
    yield NAME
    wheel = find_spec("av") if sys.platform == "win32" else None
    if wheel is not None and wheel.origin is not None:
        yield from map(str, Path(wheel.origin).parent.with_name("av.libs").glob("libopus-0-*.dll"))
