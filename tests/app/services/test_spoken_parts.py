from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.services.spoken_parts import Counted, Digits, Duration, Moment, Number, Recorded


@pytest.mark.parametrize(
    ("part", "same"),
    [
        (Number(1), Number(1)),
        (Counted(1, "minute", "minutes"), Counted(1, "minute", "minutes")),
        (Digits("1"), Digits("1")),
        (Moment(datetime(2026, 1, 1)), Moment(datetime(2026, 1, 1), None)),
        (Duration(1), Duration(1.0)),
        (Recorded(Path("x")), Recorded(Path("x"))),
    ],
)
def test_parts_are_plain_values(part: object, same: object) -> None:
    assert part == same
    assert len({part, same}) == 1
