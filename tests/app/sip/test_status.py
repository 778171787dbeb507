"""Reason phrases."""

from __future__ import annotations

import pytest

from app.sip.status import REASONS, reason_phrase


@pytest.mark.parametrize(
    ("status", "phrase"),
    [(200, "OK"), (486, "Busy Here"), (299, "OK"), (499, "Request Failed"), (699, "Declined")],
)
def test_phrases(status: int, phrase: str) -> None:
    assert reason_phrase(status) == phrase


def test_every_phrase_fits_on_a_line() -> None:
    assert all(100 <= status < 700 and phrase.isprintable() for status, phrase in REASONS.items())
