from __future__ import annotations

from typing import Any

import pytest

from app.calls.causes import Outcome
from app.services.actions import Refuse
from app.services.features.refusals import refuse


class Refused:
    def __init__(self) -> None:
        self.told: tuple[Any, ...] = ()

    def refuse(self, *told: Any) -> None:
        self.told = told


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (Refuse(404), (404, "", None)),
        (Refuse(480, "Nobody home", "offline"), (480, "Nobody home", Outcome.OFFLINE)),
    ],
)
async def test_the_call_is_refused_and_nothing_follows(action: Refuse, told: tuple[Any, ...]) -> None:
    call = Refused()
    assert await refuse(call, action) is None  # type: ignore[arg-type,func-returns-value]
    assert call.told == told
