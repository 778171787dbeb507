"""Who wants more decides: whether a call is recorded, and who is told."""

from __future__ import annotations

import pytest

from app.services.recording_policy import (
    NO_WISH,
    RecordingMode,
    RecordingNotice,
    RecordingWish,
    for_emergency,
    together,
)

OFF, ON_DEMAND, ALWAYS = RecordingMode
NOBODY, OUTSIDE, BOTH = RecordingNotice


@pytest.mark.parametrize(
    ("wishes", "result"),
    [
        ([], NO_WISH),
        ([NO_WISH, NO_WISH], NO_WISH),
        ([NO_WISH, RecordingWish(ON_DEMAND)], RecordingWish(ON_DEMAND)),
        ([RecordingWish(ALWAYS), RecordingWish(ON_DEMAND)], RecordingWish(ALWAYS)),
        ([RecordingWish(ALWAYS), RecordingWish(ON_DEMAND, BOTH)], RecordingWish(ALWAYS, BOTH)),
        ([RecordingWish(ALWAYS, OUTSIDE), RecordingWish(ALWAYS, NOBODY)], RecordingWish(ALWAYS, OUTSIDE)),
        ([RecordingWish(OFF, BOTH), RecordingWish(ALWAYS)], RecordingWish(ALWAYS)),
    ],
)
def test_together(wishes: list[RecordingWish], result: RecordingWish) -> None:
    assert together(wishes) == result


def test_an_emergency_call_waits_for_no_announcement_and_is_not_recorded_without_it() -> None:
    assert for_emergency(RecordingWish(ALWAYS)) == RecordingWish(ALWAYS)
    assert for_emergency(RecordingWish(ALWAYS, OUTSIDE)) == NO_WISH
    assert for_emergency(RecordingWish(ALWAYS, BOTH)) == NO_WISH
