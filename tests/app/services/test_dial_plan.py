from __future__ import annotations

import pytest

from app.services.actions import Action, Refuse, RingExtension
from app.services.dial_plan import route
from app.services.directory import Directory, Extension

DIRECTORY = Directory().with_extensions(
    {"101": Extension(number="101"), "102": Extension(number="102", enabled=False)}
)


@pytest.mark.parametrize(
    ("called", "action"),
    [("101", RingExtension("101")), ("102", Refuse(404)), ("999", Refuse(404)), ("", Refuse(484))],
)
def test_what_a_number_means(called: str, action: Action) -> None:
    assert route(DIRECTORY, "100", called) == action
