"""Lets each codec carry a tone, with the libopus of a frozen folder: `python -m installer.try_codecs BUNDLE`.

Run by the Python that the folder was frozen with, on Windows under Wine too.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from app.media import opus_library
from app.media.samples import FRAME, RATE
from app.media.voice_codec import CODECS, new_decoder, new_encoder

HERTZ = 440


def main(bundle: Path) -> None:
    """Try all; SystemExit says what is wrong."""
    vars(sys)["_MEIPASS"] = str(bundle)  # as in a frozen program: what lies beside it comes first
    library = opus_library.load()
    if library is None or Path(library._name).parent != bundle:
        raise SystemExit(f"codecs: no libopus that works in {bundle}")
    tone = np.rint(9000 * np.sin(2 * np.pi * HERTZ * np.arange(RATE) / RATE)).astype(np.int16)
    for codec in CODECS.values():
        encoder, decoder = new_encoder(codec), new_decoder(codec)
        pieces = [tone[start : start + FRAME] for start in range(0, RATE, FRAME)]
        heard = np.concatenate([decoder.decode(encoder.encode(piece)) for piece in pieces])
        spectrum = np.abs(np.fft.rfft(heard[RATE // 2 :].astype(float)))
        found = int(spectrum.argmax()) * 2
        if abs(found - HERTZ) > 4:
            raise SystemExit(f"codecs: {codec.name} made {found} Hz of {HERTZ}")
    print(f"codecs: {', '.join(CODECS)} carry a tone")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
