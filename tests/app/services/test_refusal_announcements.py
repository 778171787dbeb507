from __future__ import annotations

import pytest

from app.services.announcement_catalogue import read_catalogue
from app.services.refusal_announcements import announcement_of
from tests.support.announcements import DEFAULTS


@pytest.mark.parametrize(
    ("status", "outcome", "said"),
    [
        (486, "busy", "fail-busy"),
        (486, "", "fail-busy"),
        (486, "refused", "fail-other"),
        (480, "offline", "fail-offline"),
        (480, "no_answer", "fail-no-answer"),
        (480, "", "fail-offline"),
        (408, "", "fail-no-answer"),
        (403, "", "fail-not-permitted"),
        (403, "refused", "fail-not-permitted"),
        (404, "", "fail-unknown-number"),
        (484, "", "fail-incomplete"),
        (503, "", "fail-lines-busy"),
        (603, "refused", "fail-busy"),
        (500, "failed", "fail-other"),
        (487, "cancelled", ""),
        (488, "", ""),
        (200, "", ""),
    ],
)
def test_each_failure_has_its_words(status: int, outcome: str, said: str) -> None:
    assert announcement_of(status, outcome) == said


def test_whatever_is_said_stands_in_the_catalogue() -> None:
    catalogue = read_catalogue(DEFAULTS)
    said = {
        announcement_of(status, outcome) for status in range(400, 700) for outcome in ("", "busy", "offline")
    }
    assert said - {""} <= set(catalogue)
