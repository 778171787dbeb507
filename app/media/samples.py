"""Sound as it is inside: one channel of 16-bit samples at 16 kHz, in frames of 20 ms."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Samples: TypeAlias = npt.NDArray[np.int16]  # mono, C-contiguous

RATE = 16_000
FRAME_MS = 20
FRAME = RATE * FRAME_MS // 1000
SILENCE: Samples = np.zeros(FRAME, np.int16)
SILENCE.flags.writeable = False
